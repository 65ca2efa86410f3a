"""Observations as files that can be quoted: each row with its unit, flags, source, licence, cut-off, edition and links.

Shares leave as percent, as the unit column says; every other value in the unit it is shown in. Texts that a spreadsheet
would run as a formula are led by an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from observatory.editions.book import Book
from observatory.links import ViewState, full_link
from observatory.rows.catalogue import IndicatorRow, SourceRow
from observatory.rows.observation import TOTAL, Observation
from observatory.tabular import Cell, Sheet, as_csv, as_xlsx, one_line, safe
from observatory.wording import Lang, Words

COLUMNS = (
    "indicator_id", "indicator", "territory_code", "territory", "period", "period_start", "period_end",
    "disaggregation", "value", "unit", "lower_95", "upper_95", "numerator", "denominator", "sample", "flags", "absence",
    "nature", "source_id", "source", "licence", "cutoff", "edition", "link", "receipt",
)  # fmt: skip

_ONE_PLACE = re.compile(r"([?&]loc=)[^&~#]*(?=[&#]|$)")


@dataclass(frozen=True)
class ExportContext:
    """What a file says about its rows: catalogue of the edition, language, link of the view, what is measured.

    `origin` is the dashboard that receipts lead to, empty when unknown. A link that names one place leads, on each row,
    to that row's place, unless the place `is_chosen`: a briefing's view stays the view it is.
    """

    book: Book
    lang: Lang
    link: str
    indicator_ids: Sequence[str]
    origin: str = ""
    is_chosen: bool = False


def to_csv(rows: Sequence[Observation], context: ExportContext) -> bytes:
    """Plain CSV of COLUMNS."""
    return as_csv([COLUMNS, *table(rows, context)])


def to_xlsx(rows: Sequence[Observation], context: ExportContext) -> bytes:
    """A workbook of two sheets: the figures, and definition, method, caveats and sources."""
    return as_xlsx([figures_sheet([COLUMNS, *table(rows, context)], context), about_sheet(context)])


def figures_sheet(lines: Sequence[Sequence[Cell]], context: ExportContext) -> Sheet:
    """The sheet of the figures; the first line is its header."""
    return Sheet(Words(context.lang)("export.figures"), lines)


def about_sheet(context: ExportContext) -> Sheet:
    """The sheet that says what the figures are and where they come from."""
    return Sheet(Words(context.lang)("export.about"), metadata(context), is_table=False)


def metadata(context: ExportContext) -> list[tuple[str, str]]:
    """What a file says about itself, as (what, text): each indicator, then each source once, then edition and link."""
    words, book = Words(context.lang), context.book
    items = [book.indicators[one] for one in context.indicator_ids]
    lines = [line for item in items for line in _indicator_lines(item, words)]
    for one in dict.fromkeys(source for item in items for source in item.source_ids):
        lines += _source_lines(book.sources[one], words)
    lines += [("edition", book.edition_id), ("built_on", book.edition.built_on.isoformat()), ("link", context.link)]
    return [(words(f"export.{key}"), one_line(text)) for key, text in lines]


def _indicator_lines(item: IndicatorRow, words: Words) -> list[tuple[str, str]]:
    lang = words.lang
    is_english = lang == "en"
    return [
        ("indicator", f"{item.name(lang)} ({item.indicator_id})"),
        ("definition", item.description_en if is_english else item.description_es),
        ("unit", item.unit(lang)),
        ("method", item.method_en if is_english else item.method_es),
        ("entity", item.entity),
        *(("caveat", text) for text in (item.caveats_en if is_english else item.caveats_es)),
    ]


def _source_lines(source: SourceRow, words: Words) -> list[tuple[str, str]]:
    return [
        ("source", f"{_name(source, words)} ({source.source_id})"),
        ("address", source.found_at(words.lang)),
        ("licence", f"{_licence(source, words)} {source.licence_url or ''}".strip()),
        ("cutoff", source.cutoff.isoformat()),
        *(("caveat", text) for text in source.caveats(words.lang)),
    ]


def _name(source: SourceRow, words: Words) -> str:
    return f"{source.publisher}, {source.dataset(words.lang)}"


def _licence(source: SourceRow, words: Words) -> str:
    licence = source.licence(words.lang)
    return f"{licence} · {words('export.share_alike')}" if source.share_alike else licence


def table(rows: Sequence[Observation], context: ExportContext) -> list[list[Cell]]:
    """The figures as cells, in the order of COLUMNS."""
    words = Words(context.lang)
    return [[safe(cell) for cell in _line(row, context, words)] for row in rows]


def _line(row: Observation, context: ExportContext, words: Words) -> list[Cell]:
    book, item = context.book, context.book.indicators[row.indicator_id]
    source = book.sources[row.source_id]
    return [
        row.indicator_id,
        item.name(words.lang),
        row.territory_code,
        book.names.get(row.territory_code, row.territory_code),
        row.period,
        row.period_start.isoformat(),
        row.period_end.isoformat(),
        row.disaggregation,
        _scaled(row.value, item.factor),
        item.unit(words.lang),
        _scaled(row.lower, item.factor),
        _scaled(row.upper, item.factor),
        _whole(row.numerator),
        _whole(row.denominator),
        row.sample,
        ", ".join(words(f"flag.{flag}") for flag in row.flags),
        words(f"absence.{row.absence}") if row.absence else "",
        words(f"nature.{item.nature}"),
        row.source_id,
        _name(source, words),
        _licence(source, words),
        source.cutoff.isoformat(),
        book.edition_id,
        context.link if context.is_chosen else _ONE_PLACE.sub(rf"\g<1>{row.territory_code}", context.link),
        _receipt(row, context),
    ]


def _receipt(row: Observation, context: ExportContext) -> str:
    """The address of the number's receipt in this edition."""
    dim = None if row.disaggregation == TOTAL else row.disaggregation
    state = ViewState(lang=context.lang, ind=(row.indicator_id,), loc=(row.territory_code,), t=row.period, dim=dim)
    return f"{context.origin}{full_link('receipt', state, context.book.edition_id)}"


def _scaled(value: float | None, factor: float) -> float | int | None:
    """The value as it is shown, free of the noise of binary fractions."""
    return None if value is None else _whole(float(f"{value * factor:.12g}"))


def _whole(value: float | None) -> float | int | None:
    """A whole number without a decimal point."""
    return int(value) if value is not None and value.is_integer() else value
