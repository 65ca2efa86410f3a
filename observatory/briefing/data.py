"""The data of a briefing: every observation of its views in one table, with what it says about itself."""

from __future__ import annotations

from collections.abc import Iterator

from observatory.briefing.native_trend import year_of
from observatory.briefing.parts import Briefing, Chapter, Dataset, Stated
from observatory.editions.exports import COLUMNS, ExportContext, about_sheet, figures_sheet, table
from observatory.period import parse_period
from observatory.rows.progress import ProjectionRow
from observatory.sheets import cells
from observatory.tabular import Cell, Line, Sheet, as_csv, as_xlsx, safe

HEAD = ("view", "kind", *COLUMNS)


def to_csv(briefing: Briefing) -> bytes:
    """Plain CSV; `view` tells which view of the briefing has the row, `kind` what it is, `link` opens that view.

    A row is an observation, a projection (its flags name the model), or what a plan states: a baseline, target,
    reference, report, measured figure or progress, its status among the flags, and why there is none as absence. Views
    told by neither (sources, changes) have their tables in the workbook.
    """
    return as_csv(_lines(briefing))


def to_xlsx(briefing: Briefing) -> bytes:
    """A workbook: the figures, the views, the tables of views without observations, and where figures come from."""
    w, whole = briefing.view.words, _context(briefing, briefing.link)
    head = [w("briefing.data_view"), w("briefing.data_title"), w("export.link")]
    views: list[Line] = [[number, one.title, one.link] for number, one in enumerate(briefing.chapters, 1)]
    named: list[Line] = [head, *views]
    return as_xlsx(
        [
            figures_sheet(list(_lines(briefing)), whole),
            Sheet(w("briefing.data_sheet"), named),
            *_tables(briefing),
            about_sheet(whole),
        ]
    )


def _lines(briefing: Briefing) -> Iterator[Line]:
    yield HEAD
    w = briefing.view.words
    observed, ahead = w("export.kind.observation"), w("export.kind.projection")
    for number, chapter in enumerate(briefing.chapters, 1):
        context = _context(briefing, chapter.link)
        for one in chapter.data:
            yield from ([number, observed, *line] for line in table(one.rows, context))
            yield from ([number, ahead, *_projected(briefing, one, row, context)] for row in one.projections)
        for row in chapter.stated:
            yield [number, w(f"export.kind.{row.kind}"), *_stated(row, chapter, briefing)]


def _stated(row: Stated, chapter: Chapter, briefing: Briefing) -> list[Cell]:
    """What a plan states, in the columns of observations."""
    start, end = _ends(row.period)
    line: dict[str, Cell] = dict.fromkeys(COLUMNS, "")
    line |= {"indicator_id": row.code, "indicator": f"{row.name} ({row.plan})", "value": row.value, "unit": row.unit}
    line |= {"territory_code": row.territory_code, "territory": row.territory, "period": row.period}
    line |= {"period_start": start, "period_end": end, "source": row.source, "link": chapter.link}
    line |= {"flags": " · ".join(filter(None, (row.status, row.said))), "absence": row.reason}
    asked = chapter.item.state
    sheet = briefing.view.link("plan", (), plan=asked.plan, ver=asked.ver, node=row.code)
    line |= {"edition": briefing.view.book.edition_id, "receipt": sheet}
    return [safe(cell) for cell in line.values()]


def _ends(code: str) -> tuple[str, str]:
    """First and last day of a period; nothing where a plan names no period."""
    if not code:
        return "", ""
    period = parse_period(code)
    return period.start.isoformat(), period.end.isoformat()


def _projected(briefing: Briefing, one: Dataset, row: ProjectionRow, context: ExportContext) -> list[Cell]:
    """A projection as a row: the year's end that the model leads to, with its interval."""
    w, period = briefing.view.words, parse_period(year_of(row))
    last = one.rows[-1]._replace(
        territory_code=row.territory_code,
        period=period.code,
        period_start=period.start,
        period_end=period.end,
        value=row.value,
        lower=row.lower,
        upper=row.upper,
        numerator=None,
        denominator=None,
    )
    line = dict(zip(COLUMNS, next(iter(table([last], context))), strict=True))
    line |= {"nature": w("nature.projection"), "flags": w(f"projection.model.{row.model}"), "receipt": ""}
    return [*line.values()]


def _tables(briefing: Briefing) -> Iterator[Sheet]:
    """A sheet for each table of a view that no observation tells; figures as numbers, shares as fractions."""
    for number, chapter in enumerate(briefing.chapters, 1):
        for place, grid in enumerate(() if chapter.data else chapter.tables, 1):
            name = f"{briefing.view.words('briefing.data_view')} {number}.{place}"
            yield Sheet(name, [list(grid.head), *([_told(cell) for cell in row] for row in grid.rows)])


def _told(cell: cells.Cell) -> Cell:
    return safe(" · ".join(filter(None, (cell.text, cell.note)))) if cell.value is None else cell.value


def _context(briefing: Briefing, link: str) -> ExportContext:
    measured = dict.fromkeys(one.indicator.indicator_id for chapter in briefing.chapters for one in chapter.data)
    view = briefing.view
    return ExportContext(view.book, view.lang, link, tuple(measured), view.origin, is_chosen=True)
