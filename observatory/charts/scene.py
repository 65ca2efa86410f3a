"""What every mark of an SVG chart needs to know: the indicator, the look, the words, the names, who is chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from observatory import svg
from observatory.look import SMALL_SIZE, Look
from observatory.quantities import brief
from observatory.rows.catalogue import IndicatorRow
from observatory.series import name_of
from observatory.wording import Words


@dataclass(frozen=True)
class Scene:
    """The surroundings of a chart's marks."""

    indicator: IndicatorRow
    look: Look
    words: Words
    names: Mapping[str, str]
    chosen: Collection[str] = ()
    links: Mapping[str, str] | None = field(default=None)
    scale: float = 1.0

    @property
    def size(self) -> float:
        """Pixels of the text."""
        return SMALL_SIZE * self.scale

    def name(self, code: str) -> str:
        """A territory's name."""
        return name_of(code, self.names, self.words)

    def value(self, value: float | None) -> str:
        """A value without its unit, or the words for none."""
        return self.words("chart.without_data") if value is None else brief(value, self.indicator, self.words)

    def linked(self, mark: str, code: str) -> str:
        """A mark as a link to its territory, where there is an address."""
        return svg.linked(mark, (self.links or {}).get(code))
