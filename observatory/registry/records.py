"""What every record of the catalogue is made of: ids, periods, texts in both languages, quantities."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from observatory.errors import PeriodError
from observatory.period import parse_period


def _period_code(code: str) -> str:
    try:
        return parse_period(code).code
    except PeriodError as error:
        raise ValueError(f"{error.what} → {error.fix}") from error


SLUG = r"^[a-z][a-z0-9_]*$"
Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]
PeriodCode = Annotated[str, AfterValidator(_period_code)]
TerritoryCode = Annotated[str, Field(pattern=r"^(\d{2}|UPL\d{2})$")]

Level = Literal["city", "locality", "upl"]
Flag = Literal["provisional", "estimated", "modelled", "reestimated", "break", "low_reliability", "secondary"]
Absence = Literal["not_published", "not_applicable", "suppressed", "late", "quarantined"]
Nature = Literal["measured", "administrative", "survey", "census", "modelled", "estimated", "projection"]


class Record(BaseModel):
    """Base of every record: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(Record):
    """A text in both languages."""

    es: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, lang: str) -> str:
        """The text in `es` or `en`."""
        return self.en if lang == "en" else self.es


class Quantity(Record):
    """A measure of a source; `dimension` keeps only one category."""

    source: Slug
    measure: Slug
    category: str | None = Field(
        default=None, pattern=r"^[a-z0-9_]+:[a-z0-9_]+$", description="`dimension:category`, e.g. mode:walking."
    )
