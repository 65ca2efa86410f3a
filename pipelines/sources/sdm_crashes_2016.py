"""Road crashes of 2016 by month and locality.

Publisher: Secretaría Distrital de Movilidad (SDM), "2016 Accidentes de tránsito Bogotá" (datos.gov.co, 79fi-zm8c).
What: a pivot of that dataset, months down and 19 localities across (12 x 19 counts, 34,931 crashes of any severity).
Since when: January to December 2016.

Quirks: tab-separated, byte-order mark, month as "01 2016", localities in capitals. There is no column for Sumapaz and
the file does not say whether none happened there or none were counted: its row says not published. The city is the sum
of the 19 columns; the daily table of the same publication has the same total. A pivot of another year in this form is
read too; a column TOTAL must be right.
"""

from __future__ import annotations

from observatory.errors import SourceError, TerritoryError
from observatory.territory import CITY, locality_code, territories
from pipelines.counting import LOCALITIES
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.contract import HARMLESS, TOTAL_WORDS
from pipelines.reading.grid import Grid, grid_of, key_of
from pipelines.reading.numbers import whole_number, year_month

PIVOT = "mobility/accidentes_localidad_mes_2016.tsv"
FILES: tuple[str, ...] = (PIVOT,)
MONTH = "MES"
NOT_COVERED = "20"


def parse(capture: Capture) -> Parsed:
    """Crashes of a year by locality and city, and by month in the city.

    Raises:
        SourceError: a month is unreadable, repeated or missing, a column is no locality or one lacks, a cell is
            no count.
    """
    grid = grid_of(capture.path(PIVOT), [(MONTH,)])
    months = _months(grid)
    counts = _counts(grid)
    if lacking := [territories()[code].name for code in LOCALITIES if code not in counts and code != NOT_COVERED]:
        fix = "was a column left out? The city is the sum of all"
        raise SourceError(f"no column of {', '.join(lacking)}", where=f"{PIVOT}, row {grid.header_row}", fix=fix)
    totals = [sum(counts[code][at] for code in counts if code != CITY) for at in range(len(months))]
    if counts.pop(CITY, totals) != totals:
        raise SourceError("the column TOTAL is not the sum of the localities", where=PIVOT)
    rows = _year_rows(counts, months[0][:4])
    rows += [FigureRow("crashes_by_month", CITY, month, value=n) for month, n in zip(months, totals, strict=True)]
    notes = [Account(PIVOT, "excluded", "note_below_table", grid.notes)] if grid.notes else []
    return Parsed(rows, [Account(PIVOT, "observed", "used", len(months)), *notes])


def _months(grid: Grid) -> list[str]:
    """The months of the rows, which must be the twelve of one year."""
    if not grid.rows:
        raise SourceError("a header and no records", where=f"{PIVOT}, row {grid.header_row}", fix="capture it again")
    at = [key_of(name) for name in grid.header].index(key_of(MONTH))
    months = []
    for row, number in zip(grid.rows, grid.numbers, strict=True):
        month = year_month(row[at])
        if month is None:
            where = f"{PIVOT}, row {number}, column {MONTH}"
            raise SourceError(f"{row[at]!r} is no month", where=where, fix="expected as in '01 2016'")
        months.append(month)
    if sorted(months) != [f"{months[0][:4]}-{number:02d}" for number in range(1, 13)]:
        raise SourceError(f"months {months} are not the twelve of a year", where=PIVOT)
    return months


def _counts(grid: Grid) -> dict[str, list[int]]:
    """Crashes by locality, and by the city where the pivot has a column TOTAL, month by month."""
    counts: dict[str, list[int]] = {}
    for at, name in enumerate(grid.header):
        if key_of(name) == key_of(MONTH) or HARMLESS.fullmatch(key_of(name)):
            continue
        code = _code(name)
        if code in counts:
            raise SourceError(f"two columns are {name!r}", where=PIVOT)
        counts[code] = [_count(row[at], number, name) for row, number in zip(grid.rows, grid.numbers, strict=True)]
    return counts


def _code(name: str) -> str:
    if name.strip().casefold() in TOTAL_WORDS:
        return CITY
    try:
        return locality_code(name)
    except TerritoryError as error:
        fix = error.fix or "a locality of Bogotá, TOTAL or MES; leave other columns out"
        raise SourceError(error.what, where=f"{PIVOT}, column {name}", fix=fix) from error


def _count(cell: str, number: int, name: str) -> int:
    count = whole_number(cell)
    if count is None or count < 0:
        raise SourceError(f"{cell!r} is no count", where=f"{PIVOT}, row {number}, column {name}", fix="write digits")
    return count


def _year_rows(counts: dict[str, list[int]], year: str) -> list[FigureRow]:
    rows = [FigureRow("crashes", code, year, value=sum(months)) for code, months in counts.items()]
    rows.append(FigureRow("crashes", CITY, year, value=sum(row.value or 0 for row in rows)))
    if NOT_COVERED not in counts:
        rows.append(FigureRow("crashes", NOT_COVERED, year, absence="not_published"))
    return rows
