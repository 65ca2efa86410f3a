"""The look of the Observatory: the colours, shapes and sizes that charts, maps and pages share, in light and in dark.

Every text colour keeps 4.5 : 1 against `paper` and `soft`, every mark 3 : 1 against `paper`; the status colours
differ in greyscale and for the three common colour-vision types. `tests/test_look.py` holds them to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Theme = Literal["light", "dark"]

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
TEXT_SIZE = 13  # pixels, before the scale of meeting mode
SMALL_SIZE = 12


@dataclass(frozen=True)
class Mark:
    """How a status is shown: colour and shape, with the key of its word."""

    colour: str
    shape: str
    word: str


@dataclass(frozen=True)
class Look:
    """The tokens of one theme; colours are `#rrggbb`.

    `sequential` (`sequential_long` for six and seven classes) runs from low to high, `diverging_bad` and
    `diverging_good` from the anchor outwards.
    """

    theme: Theme
    ink: str
    muted: str
    paper: str
    soft: str
    hairline: str
    accent: str
    city: str
    context: str
    target: str
    benchmark: str
    outline: str
    hatch: str
    band: str
    sequential: tuple[str, ...]
    sequential_long: tuple[str, ...]
    diverging_bad: tuple[str, ...]
    diverging_good: tuple[str, ...]
    status: Mapping[str, Mark]
    font: str = FONT


_SHAPES = {
    "met": "✓",
    "on_track": "●",
    "at_risk": "◆",
    "lagging": "▼",
    "over_executed": "▲",
    "not_assessed": "○",
    "no_target": "○",
    "improving": "↗",
    "worsening": "↘",
    "unchanged": "→",
    "changed": "↔",
    "rising": "↑",
    "falling": "↓",
}
_TREND = ("improving", "worsening", "unchanged", "changed", "rising", "falling")


def _marks(colours: Mapping[str, str]) -> Mapping[str, Mark]:
    full = {**dict.fromkeys(_TREND, colours["trend"]), "no_target": colours["not_assessed"], **colours}
    return MappingProxyType({key: Mark(full[key], shape, f"status.{key}") for key, shape in _SHAPES.items()})


_LIGHT = Look(
    theme="light",
    ink="#1b2733",
    muted="#52616e",
    paper="#ffffff",
    soft="#f4f6f8",
    hairline="#d9e0e6",
    accent="#005f73",
    city="#1b2733",
    context="#8a97a3",
    target="#a34700",
    benchmark="#52616e",
    outline="#6b7884",
    hatch="#6b7884",
    band="rgba(0,95,115,0.14)",
    sequential_long=("#d6f0f0", "#9ad7d9", "#59b9bf", "#0a9aa4", "#057984", "#045b67", "#013d49"),
    sequential=("#d1eeee", "#80cbce", "#29a2ab", "#057682", "#034956"),
    diverging_bad=("#f2d9be", "#e4a76c", "#c36933", "#92381a"),
    diverging_good=("#b9e2e2", "#67bec4", "#088f9b", "#005965"),
    status=_marks(
        {
            "met": "#00373a",
            "on_track": "#007f63",
            "at_risk": "#c28000",
            "lagging": "#9f1617",
            "over_executed": "#502987",
            "not_assessed": "#727e8d",
            "trend": "#026399",
        }
    ),
)

_DARK = Look(
    theme="dark",
    ink="#e6edf3",
    muted="#a3b1be",
    paper="#10171e",
    soft="#18222c",
    hairline="#2b3844",
    accent="#94d2bd",
    city="#e6edf3",
    context="#6a7885",
    target="#f2a65a",
    benchmark="#a3b1be",
    outline="#7d8b98",
    hatch="#7d8b98",
    band="rgba(148,210,189,0.18)",
    sequential_long=("#073a44", "#005661", "#00737d", "#159299", "#3fb0b4", "#6ccece", "#a6ecea"),
    sequential=("#03424c", "#016670", "#1a8f97", "#4dbbbe", "#a0eae8"),
    diverging_bad=("#60432a", "#996032", "#d08843", "#f9c67c"),
    diverging_good=("#1f4d56", "#197882", "#32a8af", "#84dedd"),
    status=_marks(
        {
            "met": "#a7f9ff",
            "on_track": "#5bdcb6",
            "at_risk": "#ffcf95",
            "lagging": "#ff7c69",
            "over_executed": "#9c6ed4",
            "not_assessed": "#8f9498",
            "trend": "#75bbff",
        }
    ),
)


def look(theme: Theme) -> Look:
    """The tokens of a theme."""
    return _DARK if theme == "dark" else _LIGHT
