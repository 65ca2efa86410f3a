"""Zonal bus stops of the SITP by locality.

Publisher: TransMilenio S.A., "Paraderos zonales del SITP" (datosabiertos.bogota.gov.co).
What: one record per stop where zonal buses may take on and let off passengers (7,618); `cenefa`, the code on the stop's
sign, never repeats. The locality is the publisher's own column.
Since when: the file carries no date. The portal's listing of the layer is reported to date from 2020, and a copy of
August 2026 holds 7,623 stops; the period is written 2020 and carries the flag `estimated` for that reason alone.

Quirks: byte-order mark, line breaks inside quoted cells, names "Rafael Uribe" and "Candelaria". Placed by its
coordinates on the locality outlines, the stop falls in another locality than the one named in 63 cases and outside all
of them in 3; the publisher's name is kept, and the accounts tell how many. Sumapaz has no record; the file does not say
whether rural routes are within its reach, so its row says not published.
"""

from __future__ import annotations

from observatory.territory import CITY
from pipelines.counting import RURAL
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.places import place_accounts, places_of
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

STOPS = "mobility/paraderos_zonales_sitp.csv"
FILES: tuple[str, ...] = (STOPS,)
YEAR = "2020"
FLAG = "estimated"
SHAPES = {
    STOPS: Contract(
        (
            Column("cenefa"),
            Column("localidad", "locality"),
            Column("longitud", "decimal", optional=True, blank=True),
            Column("latitud", "decimal", optional=True, blank=True),
        ),
        unique=("cenefa",),
        tolerance=0.01,
    )
}


def parse(capture: Capture) -> Parsed:
    """Stops by locality and in the city.

    Raises:
        SourceError: a stop stands twice, or names an unknown locality.
    """
    table = open_table(capture.path(STOPS), SHAPES[STOPS], source="transmilenio_bus_stops", name=STOPS)
    codes = table.frame["localidad"]
    counts = codes.value_counts()
    rows = [FigureRow("bus_stops", str(code), YEAR, value=int(count), flag=FLAG) for code, count in counts.items()]
    rows.append(FigureRow("bus_stops", CITY, YEAR, value=len(codes), flag=FLAG))
    if RURAL not in counts:
        rows.append(FigureRow("bus_stops", RURAL, YEAR, absence="not_published"))
    accounts = [Account(STOPS, "observed", "used", len(codes))]
    if {"longitud", "latitud"} <= set(table.frame):
        points = table.frame[["longitud", "latitud"]].astype(float)
        located = places_of(capture, "locality").locate(points["longitud"], points["latitud"])
        accounts = place_accounts(STOPS, list(codes), list(located))
    return Parsed(rows, accounts + table.set_aside(), table.refused)
