"""A look whose colours are CSS variables, and the sheet that sets them for light, dark and paper.

For pages that stand alone: they follow the reader's light or dark without scripts, in browsers of many years.
"""

from __future__ import annotations

import functools
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from observatory.look import Look, Mark, look

_PLAIN = ("theme", "status", "font")
_COLOURS = [item.name for item in fields(Look) if item.name not in _PLAIN]


def _variable(name: str) -> str:
    return f"var(--{name})"


@functools.cache
def css_look() -> Look:
    """Every colour by its name: `var(--accent)`, `var(--sequential-0)`, `var(--status-lagging)`."""
    light = look("light")
    colours: dict[str, Any] = {name: _named(name, getattr(light, name)) for name in _COLOURS}
    status = {key: Mark(_variable(f"status-{key}"), mark.shape, mark.word) for key, mark in light.status.items()}
    return replace(light, **colours, status=MappingProxyType(status), font="inherit")


def _named(name: str, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return _variable(name)
    return tuple(_variable(f"{name}-{index}") for index in range(len(value)))


@functools.cache
def look_css() -> str:
    """The colours as CSS: light, dark where the reader's system is, light on paper."""
    light, dark = _declared(look("light")), _declared(look("dark"))
    night = f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f":root{{color-scheme:light dark;{light}}}{night}"


def _declared(one: Look) -> str:
    found: list[tuple[str, str]] = []
    for name in _COLOURS:
        value = getattr(one, name)
        found += [(name, value)] if isinstance(value, str) else [(f"{name}-{n}", part) for n, part in enumerate(value)]
    found += [(f"status-{key}", mark.colour) for key, mark in one.status.items()]
    return "".join(f"--{name}:{value};" for name, value in found)
