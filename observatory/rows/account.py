"""What came in, what became of it, and which edition holds it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from observatory.rows.language import Lang


class EditionRow(NamedTuple):
    """Which edition this is."""

    edition_id: str
    built_on: dt.date
    content_hash: str
    schema_version: int


class CaptureRow(NamedTuple):
    """What came in for a source. `rows` are figure rows, of an embedded table also those that a capture replaced."""

    source_id: str
    path: str
    sha256: str
    bytes: int
    rows: int
    kind: str  # capture · declared (read by the catalogue's `reader:`) · embedded · refused
    retrieved: dt.date | None = None
    taken_from: str | None = None  # an address, or the name of the file that was brought
    reason: str | None = None  # why it was refused: wording key capture.reason.<code>
    detail: str | None = None


class AccountRow(NamedTuple):
    """What became of rows: per source, stage and file they add up to the rows that came in."""

    source_id: str
    stage: str  # file: the publisher's records · file_kept: of figures kept beside a capture · figures: figure rows
    file: str
    outcome: str  # observed · excluded · quarantined
    rule: str
    rows: int


class RejectedRow(NamedTuple):
    """A row that was refused."""

    source_id: str
    file: str
    row_number: int
    column_name: str
    value: str | None
    rule: str
    hint: str


class CorrectionRow(NamedTuple):
    """A row of a figure table that was corrected: what the publisher says, what is used instead, and why."""

    correction_id: str
    source_id: str
    row_number: int
    measure: str
    territory_code: str
    period: str
    disaggregation: str
    action: str  # replace · withhold · flag
    published: float | None
    corrected: float | None
    flag: str | None
    absence: str | None
    reason_es: str
    reason_en: str
    decided: dt.date
    expires: dt.date

    def reason(self, lang: Lang) -> str:
        """Why it was corrected."""
        return self.reason_en if lang == "en" else self.reason_es


class CheckRow(NamedTuple):
    """The result of one check on one subject."""

    check_id: str
    subject: str
    status: str  # passed · failed · warned
    detail: str
    reason_es: str = ""  # why a rule of the catalogue must hold; checks of every edition have their words in wording/
    reason_en: str = ""

    def reason(self, lang: Lang) -> str:
        """Why it must hold, where the catalogue says so."""
        return self.reason_en if lang == "en" else self.reason_es
