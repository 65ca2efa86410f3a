"""What stands behind a number: the rows of figure tables, and what an indicator is made of. Plain typed tuples."""

from __future__ import annotations

from typing import NamedTuple

from observatory.rows.language import Lang


class EntityRow(NamedTuple):
    """An office that answers for indicators, or a publisher."""

    entity_id: str
    name_es: str
    name_en: str
    acronym: str | None

    def name(self, lang: Lang) -> str:
        """Its name."""
        return self.name_en if lang == "en" else self.name_es


class QuantityRow(NamedTuple):
    """A part of an indicator: which measure of which source, at which category."""

    indicator_id: str
    part: str  # value · numerator · denominator
    source_id: str
    measure: str
    category: str | None
    levels: list[str]
    dimensions: list[str]
    measure_es: str
    measure_en: str

    def name(self, lang: Lang) -> str:
        """What is measured, in words."""
        return self.measure_en if lang == "en" else self.measure_es


class FigureLine(NamedTuple):
    """A line of a figure table as the edition keeps it; line 1 is the header."""

    source_id: str
    line: int
    measure: str
    territory_code: str
    period: str
    year: str
    disaggregation: str
    value: float | None
    lower: float | None
    upper: float | None
    sample: int | None
    flag: str
    absence: str | None


class Recomputed(NamedTuple):
    """A number computed again from the figure lines kept in the edition."""

    value: float | None
    numerator: float | None
    denominator: float | None
    source_id: str
    line: int
    denominator_source_id: str | None
    denominator_line: int | None
