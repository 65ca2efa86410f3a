"""The `reader:` block of a source: a simple file declared in `indicators.yaml`, without a module of its own.

A tidy table (one row per territory and period) or a pivot (territories or periods across), as CSV, TSV, XLSX, Parquet
or GeoJSON. How the file is written is detected unless declared; what its columns mean is declared, never guessed. A
value that does not keep to the declaration quarantines its row, up to `tolerance`, and refuses the file beyond.
"""

from __future__ import annotations

from itertools import chain
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from observatory.errors import nearest
from observatory.registry.records import Flag, PeriodCode, Record, Slug, TerritoryCode
from observatory.territory import CODES, UNLOCATED

DecimalMark = Literal[",", "."]
EXCLUDED = "excluded"
KNOWN = frozenset({EXCLUDED, UNLOCATED, *chain.from_iterable(CODES.values())})
CODES_TOLD = (
    f'"00" is the city, "01" to "20" the localities, "UPL01" to "UPL33" the planning units, "{UNLOCATED}" no place; '
    f"{EXCLUDED} leaves the row out"
)


def _known_code(code: Any) -> Any:
    """Refuse a code that YAML reads as a number, and one that no territory has."""
    if isinstance(code, int | float) and not isinstance(code, bool):
        raise ValueError('a code is text, and YAML reads this as a number → quote it, as "00"')
    if isinstance(code, str) and code not in KNOWN:
        near = "" if code.isdecimal() else nearest(code, KNOWN)
        raise ValueError(f"no territory has this code → {near or CODES_TOLD}")
    return code


Mapped = Annotated[TerritoryCode | Literal["excluded"], BeforeValidator(_known_code)]


class TerritoryPart(Record):
    """Where the territory stands: a column, the header (`across`), or nowhere (`fixed`).

    `also` says what other words of the column are: `Distrito: "00"`, `Sin localidad: "99"`, `Soacha: excluded`.
    """

    column: str | None = None
    fixed: TerritoryCode | None = None
    level: Literal["locality", "upl"] = "locality"
    also: dict[str, Mapped] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one(self) -> TerritoryPart:
        if self.column is not None and self.fixed is not None:
            raise ValueError("a territory is in a `column` or `fixed`, not both → keep one of them")
        return self


class PeriodPart(Record):
    """Where the period stands: a column and what it holds, the header (`across`), or nowhere (`fixed`)."""

    column: str | None = None
    holds: Literal["year", "month", "day"] = "year"
    fixed: PeriodCode | None = None

    @model_validator(mode="after")
    def _one(self) -> PeriodPart:
        if self.column is not None and self.fixed is not None:
            raise ValueError("a period is in a `column` or `fixed`, not both → keep one of them")
        return self


class ValuePart(Record):
    """A column of values: the number read is multiplied by `scale` (0.01 turns percent into the fractions used inside).

    In a pivot there is no column: the cells below the header are the values.
    """

    column: str | None = None
    scale: float = Field(gt=0)
    whole: bool = False
    lowest: float | None = None
    highest: float | None = None
    blank: bool = False


class DisaggregationPart(Record):
    """A column that breaks values down: what it may say, and the category each is; `total` is the whole."""

    column: str
    dimension: Slug
    categories: dict[str, Slug] = Field(min_length=1)


class FormPart(Record):
    """How the file is written, where that is not to be detected."""

    encoding: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    header_row: int | None = Field(default=None, ge=1)
    sheet: str | None = None
    decimal: DecimalMark | None = None


class Reader(Record):
    """How to read one file of a source into figures."""

    file: str = Field(description="Name of the file, or a pattern with *.")
    layout: Literal["tidy", "territories_across", "periods_across"]
    territory: TerritoryPart
    period: PeriodPart
    values: dict[Slug, ValuePart] = Field(min_length=1, description="By measure of the source.")
    disaggregation: DisaggregationPart | None = None
    where: dict[str, list[str]] = Field(default={}, description="Keep only rows whose column says one of these.")
    ignore: list[str] = Field(default=[], description="Columns known and not read; any other refuses the file.")
    missing: list[str] = Field(default=[], description="Words that mean no value.")
    combine: Literal["none", "sum", "count"] = Field(
        default="none",
        description="sum: add rows of one key up; count: each row is a record, and a locality without any is a zero.",
    )
    city: Literal["given", "sum", "none"] = Field(
        description="Whether the city's figure is in the file, or is the sum."
    )
    flag: list[Flag] = Field(default_factory=list)
    tolerance: float = Field(
        default=0.05,
        ge=0,
        le=0.2,
        description="Share of rows that may be quarantined: one of twenty localities and the city when left out.",
    )
    form: FormPart = FormPart()

    @model_validator(mode="after")
    def _fits_its_layout(self) -> Reader:
        across = self.layout != "tidy"
        if across and (len(self.values) != 1 or next(iter(self.values.values())).column is not None):
            raise ValueError("a pivot has one measure, without `column` → keep one under `values`, without `column`")
        if not across and self.combine != "count" and any(part.column is None for part in self.values.values()):
            raise ValueError("each value of a tidy table needs its `column` → write `column` under each of `values`")
        if self.combine == "count" and len(self.values) != 1:
            raise ValueError("counting records gives one measure → keep one under `values`")
        self._refuse_lost_part("territory", self.territory.column, self.territory.fixed, "territories_across")
        self._refuse_lost_part("period", self.period.column, self.period.fixed, "periods_across")
        return self

    def _refuse_lost_part(self, name: str, column: str | None, fixed: str | None, layout: str) -> None:
        said = column is not None or fixed is not None
        if said == (self.layout == layout):
            fix = f"write its `column` or `fixed`, unless it stands across (`layout: {layout}`)"
            raise ValueError(f"`{name}` stands nowhere, or twice → {fix}")
