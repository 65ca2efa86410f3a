"""Registered tourist dwellings by locality, and per 1,000 dwellings of the 2018 census.

Publisher: Instituto Distrital de Turismo (IDT), "Vivienda turística", from the Registro Nacional de Turismo (RNT);
layer kept by the repository Juansotag/Geovivienda. 7,529 points, one per registration number; `LOCALIDAD` is the number
of the locality without padding and agrees with the outlines for every point. No point lies in Sumapaz: the register
covers it, so its count is a true zero. The codes of the sub-category (17, 18, 19, 20) have no dictionary and are not
kept, nor are the registration numbers.

Date: the layer names no cut. Its repository was at work in January 2026. The press gives, from the same register,
11.9 % of 53,248 (about 6,340) tourist dwellings in Bogotá on 22 April 2024 and 8,650 at the close of 2025; 7,529 lies
between. The period is written 2025 and carries the flag `estimated` for that reason alone: the count itself is exact.

Dwellings: DANE, census of 2018, by census sector (see `pipelines.reading.census_sectors` for the localities). Rural
homes outside hamlets are not in that table, so Sumapaz, whose hamlets hold 12 % of its people, gets no denominator. The
ratio divides a register of 2025 by dwellings of 2018, hence `reestimated`.
"""

from __future__ import annotations

from collections import Counter

from observatory.errors import SourceError
from observatory.territory import CITY, territories
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.places import place_accounts, places_of
from pipelines.reading.cells import Column
from pipelines.reading.census_sectors import LOCALITIES, SECTORS, census_sectors
from pipelines.reading.contract import Contract, Table, open_table
from pipelines.reading.workbook import open_workbook

REGISTER = "economy/vivienda_turistica_rnt.geojson.gz"
CENSUS = "governance_digital/dane_cnpv2018_sector_censal_internet_ipm.xlsx"
FILES = (REGISTER, CENSUS, SECTORS, LOCALITIES)

SHAPES = {
    REGISTER: Contract(
        (
            Column("REGNTURISM"),
            Column("LOCALIDAD", "locality"),
            Column("LONGITUD", "decimal", blank=True, optional=True),
            Column("LATITUD", "decimal", blank=True, optional=True),
        ),
        undeclared="report",
        others=("SUBCATRNT", "SECCATASTR"),
        tolerance=0.001,
        unique=("REGNTURISM",),
    )
}
PERIOD = "2025"
CENSUS_YEAR = "2018"
SUMAPAZ = "20"


def parse(capture: Capture) -> Parsed:
    """Tourist dwellings, census dwellings and the first per 1,000 of the second, by locality and city."""
    register = open_table(capture.path(REGISTER), SHAPES[REGISTER], source="idt_tourist_dwellings", name=REGISTER)
    tourist = _tourist_dwellings(register)
    census, sectors = _census_dwellings(capture)
    rows = []
    for code in _codes():
        rows += [
            FigureRow("tourist_dwellings", code, PERIOD, value=tourist[code], flag="estimated"),
            _valued("census_dwellings", code, CENSUS_YEAR, census.get(code), ""),
            _valued(
                "per_1000_dwellings", code, PERIOD, _ratio(tourist[code], census.get(code)), "estimated reestimated"
            ),
        ]
    return Parsed(rows, _register_accounts(capture, register) + _accounts(sectors), register.refused)


def _tourist_dwellings(register: Table) -> Counter[str]:
    counts = Counter(map(str, register.frame["LOCALIDAD"]))
    counts[CITY] = len(register.frame)
    return counts


def _register_accounts(capture: Capture, register: Table) -> list[Account]:
    frame = register.frame
    if not {"LONGITUD", "LATITUD"} <= set(frame):
        return register.accounts()
    points = frame[["LONGITUD", "LATITUD"]].astype(float)
    located = places_of(capture, "locality").locate(points["LONGITUD"], points["LATITUD"])
    quarantined = [line for line in register.accounts() if line.outcome != "observed"]
    return place_accounts(REGISTER, list(frame["LOCALIDAD"]), list(located)) + quarantined


def _census_dwellings(capture: Capture) -> tuple[dict[str, int], int]:
    """Dwellings by locality (without Sumapaz) and city, and the number of sectors they come from."""
    header, *cells = open_workbook(capture.path(CENSUS)).get_sheet_by_index(0).to_python()
    sector, dwellings = header.index("SETU_CCNCT"), header.index("STVIVIENDA")
    by_sector = {str(row[sector]): int(str(row[dwellings]).removesuffix(".0")) for row in cells}
    localities = census_sectors(capture)["locality_code"]
    if set(by_sector) != set(localities.index):
        raise SourceError("the census workbook and the layer name different sectors", where=CENSUS)
    sums: Counter[str] = Counter()
    for code, count in by_sector.items():
        sums[localities[code]] += count
        sums[CITY] += count
    return {code: count for code, count in sums.items() if code != SUMAPAZ}, len(by_sector)


def _codes() -> list[str]:
    return [area.code for area in territories().values() if area.level in ("city", "locality")]


def _ratio(tourist: int, census: int | None) -> float | None:
    return None if census is None else 1000 * tourist / census


def _valued(measure: str, code: str, period: str, value: float | None, flag: str) -> FigureRow:
    return FigureRow(measure, code, period, value=value, flag=flag, absence="not_published" if value is None else "")


def _accounts(sectors: int) -> list[Account]:
    return [
        Account(CENSUS, "observed", "used", sectors),
        Account(SECTORS, "observed", "used", sectors),
        Account(LOCALITIES, "observed", "used", len(_codes()) - 1),
    ]
