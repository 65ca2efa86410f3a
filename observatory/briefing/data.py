"""The data of a briefing: every observation of its views in one table, with what it says about itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from observatory.briefing.native_trend import displayed, year_of
from observatory.briefing.parts import Briefing
from observatory.editions.exports import COLUMNS, Cell, ExportContext, metadata, table
from observatory.rows.catalogue import IndicatorRow
from observatory.sheets.method import sources_of

PROJECTED = ("view", "indicator_id", "territory_code", "target_id", "model", "year", "value", "lower", "upper")


def to_csv(briefing: Briefing) -> bytes:
    """UTF-8 CSV with a byte-order mark; lines led by `#` say where figures come from, `view` which view has them."""
    text, w = io.StringIO(), briefing.view.words
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([f"# {briefing.title}"])
    writer.writerows(
        [f"# {w('briefing.data_view')} {number}: {title} {link}"] for number, title, link in _views(briefing)
    )
    for context in _contexts(briefing).values():
        writer.writerows([f"# {key}: {value}"] for key, value in metadata(context))
    for row in _projected(briefing):
        said = ", ".join(f"{name} {value}" for name, value in zip(PROJECTED, row, strict=True))
        writer.writerow([f"# {w('nature.projection')}: {said}"])
    writer.writerow(("view", *COLUMNS))
    writer.writerows(_rows(briefing))
    return ("\ufeff" + text.getvalue()).encode()


def to_xlsx(briefing: Briefing) -> bytes:
    """A workbook: the figures, the views, where the figures come from, and projections where a view draws them."""
    from xlsxwriter import Workbook

    stream, w = io.BytesIO(), briefing.view.words
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with Workbook(stream, options) as book:
        bold = book.add_format({"bold": True})
        figures = book.add_worksheet(w("export.figures"))
        for number, line in enumerate([("view", *COLUMNS), *_rows(briefing)]):
            figures.write_row(number, 0, line, bold if number == 0 else None)
        figures.freeze_panes(1, 0)
        figures.autofit()
        views = book.add_worksheet(w("briefing.data_sheet"))
        views.write_row(0, 0, [w("briefing.data_view"), w("briefing.data_title"), w("export.link")], bold)
        for number, line in enumerate(_views(briefing), 1):
            views.write_row(number, 0, line)
        views.set_column(1, 1, 80)
        views.set_column(2, 2, 80)
        about = book.add_worksheet(w("export.about"))
        lines = [line for context in _contexts(briefing).values() for line in metadata(context)]
        for number, line in enumerate(lines):
            about.write_row(number, 0, line)
        about.set_column(0, 0, 22, bold)
        about.set_column(1, 1, 110)
        if projected := list(_projected(briefing)):
            ahead = book.add_worksheet(w("nature.projection"))
            for number, row in enumerate([PROJECTED, *projected]):
                ahead.write_row(number, 0, row, bold if number == 0 else None)
            ahead.autofit()
    return stream.getvalue()


def _views(briefing: Briefing) -> list[tuple[int, str, str]]:
    return [(number, one.title, one.link) for number, one in enumerate(briefing.chapters, 1)]


def _rows(briefing: Briefing) -> Iterator[list[Cell]]:
    contexts = _contexts(briefing)
    for number, chapter in enumerate(briefing.chapters, 1):
        for one in chapter.data:
            for line in table(one.rows, contexts[one.indicator.indicator_id]):
                yield [number, *line]


def _projected(briefing: Briefing) -> Iterator[list[Cell]]:
    """What the models of a view's trend lead to, in the unit the figures are shown in."""
    for number, chapter in enumerate(briefing.chapters, 1):
        for one in chapter.data:
            for row in one.projections:
                ends = [displayed(value, one.indicator) for value in (row.value, row.lower, row.upper)]
                named = [row.indicator_id, row.territory_code, row.target_id, row.model, year_of(row)]
                yield [number, *named, *ends]


def _contexts(briefing: Briefing) -> dict[str, ExportContext]:
    """What the files say of each indicator, each once."""
    found: dict[str, ExportContext] = {}
    for chapter in briefing.chapters:
        for one in chapter.data:
            found.setdefault(one.indicator.indicator_id, _context(briefing, one.indicator))
    return found


def _context(briefing: Briefing, one: IndicatorRow) -> ExportContext:
    book = briefing.view.book
    return ExportContext(
        edition_id=book.edition_id,
        built_on=book.edition.built_on,
        link=briefing.link,
        lang=briefing.view.lang,
        indicator=one,
        sources=[book.sources[source] for source in sources_of(one)],
        territories=book.names,
    )
