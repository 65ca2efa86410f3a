"""Observations as files that can be quoted: values with unit, flags, source, licence, cut-off, edition and link inside.

Shares leave as percent, as the unit column says; every other value in the unit it is shown in. Texts that a spreadsheet
would run as a formula are led by an apostrophe.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from observatory.links import ViewState, full_link
from observatory.rows.catalogue import IndicatorRow, SourceRow
from observatory.rows.observation import TOTAL, Observation
from observatory.wording import Lang, Words

Cell = str | float | int | None
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "indicator_id", "territory_code", "territory", "period", "period_start", "period_end", "disaggregation", "value",
    "unit", "lower_95", "upper_95", "numerator", "denominator", "sample", "flags", "absence", "source_id", "receipt",
)  # fmt: skip


@dataclass(frozen=True)
class ExportContext:
    """What a file says about itself. `territories` gives names by code."""

    edition_id: str
    built_on: dt.date
    link: str
    lang: Lang
    indicator: IndicatorRow
    sources: Sequence[SourceRow]
    territories: dict[str, str]


def to_csv(rows: Sequence[Observation], context: ExportContext) -> bytes:
    """UTF-8 CSV with a byte-order mark, for spreadsheets; first lines, led by `#`, say where the figures come from."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([f"# {key}: {value}"] for key, value in metadata(context))
    writer.writerow(COLUMNS)
    writer.writerows(table(rows, context))
    return ("\ufeff" + text.getvalue()).encode()


def to_xlsx(rows: Sequence[Observation], context: ExportContext) -> bytes:
    """A workbook of two sheets: the figures, and where they come from."""
    from xlsxwriter import Workbook

    stream, words = io.BytesIO(), Words(context.lang)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with Workbook(stream, options) as book:
        bold = book.add_format({"bold": True})
        figures = book.add_worksheet(words("export.figures"))
        for number, line in enumerate([COLUMNS, *table(rows, context)]):
            figures.write_row(number, 0, line, bold if number == 0 else None)
        figures.freeze_panes(1, 0)
        figures.autofit()
        about = book.add_worksheet(words("export.about"))
        for number, line in enumerate(metadata(context)):
            about.write_row(number, 0, line)
        about.set_column(0, 0, 22, bold)
        about.set_column(1, 1, 110)
    return stream.getvalue()


def metadata(context: ExportContext) -> list[tuple[str, str]]:
    """What the file says about itself, as (what, text)."""
    words, lang, item = Words(context.lang), context.lang, context.indicator
    is_english = lang == "en"
    lines = [
        ("indicator", f"{item.name(lang)} ({item.indicator_id})"),
        ("definition", item.description_en if is_english else item.description_es),
        ("unit", item.unit(lang)),
        ("method", item.method_en if is_english else item.method_es),
        ("entity", item.entity),
        *(("caveat", text) for text in (item.caveats_en if is_english else item.caveats_es)),
    ]
    for source in context.sources:
        lines += _source_lines(source, words)
    lines += [("edition", context.edition_id), ("built_on", context.built_on.isoformat()), ("link", context.link)]
    return [(words(f"export.{key}"), _plain(text)) for key, text in lines]


def _source_lines(source: SourceRow, words: Words) -> list[tuple[str, str]]:
    licence = f"{source.licence(words.lang)} {source.licence_url or ''}".strip()
    return [
        ("source", f"{source.publisher}, {source.dataset(words.lang)} ({source.source_id})"),
        ("address", source.found_at(words.lang)),
        ("licence", f"{licence} · {words('export.share_alike')}" if source.share_alike else licence),
        ("cutoff", source.cutoff.isoformat()),
        *(("caveat", text) for text in source.caveats(words.lang)),
    ]


def table(rows: Sequence[Observation], context: ExportContext) -> list[list[Cell]]:
    """The figures as cells, in the order of COLUMNS."""
    return [[safe(cell) for cell in _line(row, context)] for row in rows]


def _line(row: Observation, context: ExportContext) -> list[Cell]:
    words, factor = Words(context.lang), context.indicator.factor
    return [
        row.indicator_id,
        row.territory_code,
        context.territories.get(row.territory_code, row.territory_code),
        row.period,
        row.period_start.isoformat(),
        row.period_end.isoformat(),
        row.disaggregation,
        _scaled(row.value, factor),
        context.indicator.unit(context.lang),
        _scaled(row.lower, factor),
        _scaled(row.upper, factor),
        _whole(row.numerator),
        _whole(row.denominator),
        row.sample,
        ", ".join(words(f"flag.{flag}") for flag in row.flags),
        words(f"absence.{row.absence}") if row.absence else "",
        row.source_id,
        _receipt(row, context),
    ]


def _receipt(row: Observation, context: ExportContext) -> str:
    """The address of the number's receipt in this edition, with the host of the file's own link."""
    parts = urlsplit(context.link)
    dim = None if row.disaggregation == TOTAL else row.disaggregation
    state = ViewState(lang=context.lang, ind=(row.indicator_id,), loc=(row.territory_code,), t=row.period, dim=dim)
    host = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return f"{host}{full_link('receipt', state, context.edition_id)}"


def _scaled(value: float | None, factor: float) -> float | int | None:
    """The value as it is shown, free of the noise of binary fractions."""
    return None if value is None else _whole(float(f"{value * factor:.12g}"))


def _whole(value: float | None) -> float | int | None:
    """A whole number without a decimal point."""
    return int(value) if value is not None and value.is_integer() else value


def safe(cell: Cell) -> Cell:
    """A cell no spreadsheet runs as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_MARKS) else cell


def _plain(text: str) -> str:
    """One line, safe in a spreadsheet."""
    return str(safe(" ".join(text.split())))
