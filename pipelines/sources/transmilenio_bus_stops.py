"""Zonal bus stops of the SITP by locality.

Publisher: TransMilenio S.A., "Paraderos zonales del SITP" (datosabiertos.bogota.gov.co).
What: one record per stop where zonal buses may take on and let off passengers (7,618); `cenefa`, the code on the stop's
sign, never repeats. The locality is the publisher's own column.
Since when: the file carries no date. The portal's listing of the layer is reported to date from 2020, and a copy of
August 2026 holds 7,623 stops; the period is written 2020 and carries the flag `estimated` for that reason alone.

Quirks: byte-order mark, line breaks inside quoted cells, names "Rafael Uribe" and "Candelaria". Placed by its
coordinates on the locality outlines, the stop falls in another locality than the one named in 63 cases and outside all
of them in 3; the publisher's name is kept. Sumapaz has no record; the file does not say whether rural routes are within
its reach, so its row says not published.
"""

from __future__ import annotations

from observatory.errors import SourceError
from observatory.territory import CITY, locality_code
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading import read_table

STOPS = "mobility/paraderos_zonales_sitp.csv"
FILES: tuple[str, ...] = (STOPS,)
YEAR = "2020"
FLAG = "estimated"
NOT_COVERED = "20"


def parse(capture: Capture) -> Parsed:
    """Stops by locality and in the city.

    Raises:
        SourceError: a stop stands twice.
        TerritoryError: an unknown locality.
    """
    table = read_table(capture.path(STOPS), ["cenefa", "localidad"])
    repeated = table.loc[table["cenefa"].duplicated(), "cenefa"].tolist()
    if repeated:
        raise SourceError(f"stops {repeated} stand twice", where=STOPS)
    counts = {locality_code(str(name)): int(count) for name, count in table["localidad"].value_counts().items()}
    rows = [FigureRow("bus_stops", code, YEAR, value=count, flag=FLAG) for code, count in counts.items()]
    rows.append(FigureRow("bus_stops", CITY, YEAR, value=len(table), flag=FLAG))
    if NOT_COVERED not in counts:
        rows.append(FigureRow("bus_stops", NOT_COVERED, YEAR, absence="not_published"))
    return Parsed(rows, [Account(STOPS, "observed", "used", len(table))])
