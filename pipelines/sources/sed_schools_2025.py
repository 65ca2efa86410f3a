"""School sites by locality and kind, 30 June 2025.

Publisher: Secretaría de Educación del Distrito (SED), directory of schools as a layer: 2,219 sites with a locality code
and a point; contact columns were removed before. `SECTOR` 2 is official, read from the names (every "(IED)" is 2), and
1 private. `ESTADO` 2 (21 sites) has no dictionary; all sites of the directory count.

Quirks: column names cut to ten letters, `COD_UPL` without padding. The named locality is what counts; where the point
lies in another, it is told in the accounts.
"""

from __future__ import annotations

from pipelines.counting import count_rows
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.places import place_accounts, places_of
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract
from pipelines.reading.layers import read_layer
from pipelines.reading.places import refuse_unknown

SITES = "quality_of_life/colegios_2025.geojson.gz"
FILES: tuple[str, ...] = (SITES,)
KINDS = {"1": "private", "2": "official"}
COLUMNS = ["COD_LOCA", "SECTOR", "DANE12_SED", "FECHA"]
SHAPES = {SITES: Contract(tuple(map(Column, COLUMNS)))}


def parse(capture: Capture) -> Parsed:
    """Sites by locality and city, in all and by kind; the period is the day of the directory.

    Raises:
        SourceError: an unknown locality, kind or day.
    """
    layer = read_layer(capture.path(SITES), COLUMNS, may_lack=True)
    codes = layer["COD_LOCA"].astype(str).str.zfill(2)
    kinds = layer["SECTOR"].astype(str).str.removesuffix(".0")
    days = layer["FECHA"].astype(str).str[:10]
    refuse_unknown(codes, SITES)
    refuse_unknown(kinds, SITES, KINDS, "SECTOR")
    refuse_unknown(days, SITES, days.mode(), "FECHA")
    day = str(days.iloc[0])
    rows: list[FigureRow] = count_rows("school_sites", codes, day)
    for kind, name in KINDS.items():
        rows += count_rows("school_sites", codes[kinds == kind], day, f"school_kind:{name}")
    points = layer.geometry
    located = places_of(capture, "locality").locate(points.x, points.y)
    accounts: list[Account] = place_accounts(SITES, list(codes), list(located))
    return Parsed(rows, accounts)
