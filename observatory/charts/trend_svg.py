"""The trend as SVG: the dashboard's figure, drawn without scripts, for print, slides and the static twin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from observatory.charts.figure_svg import figure_svg
from observatory.charts.trend import trend
from observatory.look import Look
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.wording import Words


def trend_svg(
    indicator: IndicatorRow,
    observations: Sequence[Observation],
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    label: str,
    width: float = 720,
    css: str = "",
    **more: Any,
) -> str:
    """Draw an indicator over time as SVG; empty text when there is no value.

    Args:
        indicator: what is measured.
        observations: rows as `trend` takes them.
        look: its colours may be any CSS colour.
        words: the reader's language.
        names: territory code → name.
        label: text alternative.
        width: pixels, for which labels are set.
        css: class of the SVG.
        more: further arguments of `trend`: place, targets, breaks, others, height, scale.
    """
    if all(row.value is None for row in observations):
        return ""
    figure = trend(indicator, observations, look, words, names=names, width=width, **more)
    return figure_svg(figure, look, label=label, width=width, css=css)
