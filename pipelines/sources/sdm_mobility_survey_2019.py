"""How people travelled in 2019: time, trips by mode, vehicles and income, from the official indicator books.

Publisher: Secretaría Distrital de Movilidad (SDM), Encuesta de Movilidad 2019, annex D: the book of mobility indicators
and the socio-economic one. What: expanded estimates, one table per sheet; no sampling error is published.
Since when: the edition of 2019; Bogotá and 18 municipalities, of which only Bogotá is kept.

Sheets kept
- IND_125 and IND_123: mean minutes per trip by locality, and in Bogotá. All trips, walks of any length: the means by
  mode (IND_212) weighted with all trips (IND_103) give the published 51.9.
- IND_210: daily trips of the residents of Bogotá by main mode, walks of 15 minutes or more (13,359,728). IND_103 holds
  the same with walks of any length, by stratum (15,831,826).
- IND_64, 68, 76, 78, 80, 82, 84 and IND_43, 44, 48, 52, 56: trips, trips per person by mode, and vehicles by zone
  (UTAM). Zones are added up to localities with the survey's own layer of zones. The sums are the published totals of
  the city (trips and five modes) or the parse fails. Walking cannot be had by zone.
- IND_15: households by band of monthly income.

Public transport is what IND_113 calls so: TransMilenio, zonal and provisional buses, feeders, cable, intermunicipal.
Rural zones ("Upr") lie in several localities: they are `99` in counts and are left out of the mean times. The layer
puts the zone UPR3 in Sumapaz, the books with the other rural zones; the books are followed, so Sumapaz is not
published. A zone without a row in the sheet of a mode has no trips in it: the sums prove it.

Quirks: banner rows, tables that end in "END" or "End", names without accents, a loose subtotal under IND_103.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isclose
from pathlib import Path
from typing import TypeAlias

import pyogrio

from observatory.errors import SourceError
from observatory.territory import CITY, UNLOCATED, locality_code
from pipelines.figures import Account, Capture, FigureRow, Outcome, Parsed
from pipelines.reading.workbook import open_workbook

MOBILITY = "raw/sdm_eodh2019_anexoD_movilidad.xlsx"
SOCIOECONOMIC = "raw/sdm_eodh2019_anexoD_socioeconomicos.xlsx"
ZONES = "boundaries/utam_eodh2019_shp.zip"
FILES: tuple[str, ...] = (MOBILITY, SOCIOECONOMIC, ZONES)
YEAR = "2019"
NOT_SURVEYED = "20"
DECIMALS = 4

CITY_NAME = "Bogotá D.c."
RURAL_NAME = "Upr"
LOWEST_BAND = "$0 - $828,116"
NO_ANSWER = "No Sabe/no Responde"
MODES = {
    "A Pie": "walking",
    "Bicicleta": "bicycle",
    "Transmilenio": "public_transport",
    "Sitp Zonal": "public_transport",
    "Sitp Provisional": "public_transport",
    "Alimentador": "public_transport",
    "Cable": "public_transport",
    "Intermunicipal": "public_transport",
    "Auto": "car",
    "Moto": "motorcycle",
    "Transporte Publico Individual": "taxi",
    "Transporte Escolar": "school_transport",
    "Transporte Informal": "informal_transport",
    "Bicitaxi": "other",
    "Patineta": "other",
    "Otro": "other",
}
SUSTAINABLE = ("walking", "bicycle", "public_transport")
ZONE_RATES = {
    "public_transport": "IND_76",
    "taxi": "IND_78",
    "car": "IND_80",
    "motorcycle": "IND_82",
    "bicycle": "IND_84",
}
ZONE_VEHICLES = {"motor_vehicles": "IND_44", "cars": "IND_48", "motorcycles": "IND_52", "bicycles": "IND_56"}

Cell: TypeAlias = str | float
Amounts: TypeAlias = dict[str, float]


@dataclass
class _Books:
    """The two books, and a count of what became of each row read."""

    folder: Path
    fates: Counter[tuple[str, Outcome, str]] = field(default_factory=Counter)
    asked: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._open = {name: open_workbook(self.folder / name) for name in (MOBILITY, SOCIOECONOMIC)}

    def table(self, book: str, sheet: str) -> tuple[list[str], list[list[Cell]]]:
        """Header and rows of a sheet: from below the banner down to the word END."""
        self.asked.add((book, sheet))
        sheet_rows = self._open[book].get_sheet_by_name(sheet).to_python()
        grid = [list(row) for row in sheet_rows if any(cell != "" for cell in row)]
        start = next((at for at, row in enumerate(grid) if sum(cell != "" for cell in row) > 1), None)
        end = next((at for at, row in enumerate(grid) if str(row[0]).upper() == "END"), None)
        if start is None or end is None or end <= start:
            raise SourceError(f"sheet {sheet} has no table that ends in END", where=book)
        return [str(name) for name in grid[start]], grid[start + 1 : end]  # type: ignore[return-value]

    def pairs(self, book: str, sheet: str) -> Amounts:
        """A sheet of two columns: name and amount."""
        return {str(row[0]): _number(row[1], sheet) for row in self.table(book, sheet)[1]}

    def note(self, book: str, outcome: Outcome, rule: str, rows: int = 1) -> None:
        """Count `rows` records with their fate."""
        self.fates[book, outcome, rule] += rows

    def note_other_sheets(self) -> None:
        """Count the rows of the sheets that nothing is read from."""
        for book, opened in self._open.items():
            for sheet in opened.sheet_names:
                if (book, sheet) not in self.asked:
                    self.note(book, "excluded", "other_sheet", len(self.table(book, sheet)[1]))

    def accounts(self) -> list[Account]:
        """What became of the records of each file."""
        return [Account(*fate, rows) for fate, rows in sorted(self.fates.items())]


def parse(capture: Capture) -> Parsed:
    """Figures of 2019 for the city and 19 localities of residence.

    Raises:
        SourceError: a sheet changed its shape, a mode is unknown or the zones do not add up to the city.
        TerritoryError: an unknown locality.
    """
    books = _Books(capture.folder)
    zones = _zone_codes(capture.path(ZONES), books)
    by_mode = _trips_by_mode(books)
    rows = [
        *_travel_times(books),
        *_city_trips(by_mode),
        *_city_trips_all_walks(books),
        *_zone_trips(books, zones, by_mode),
        *_zone_vehicles(books, zones),
        *_incomes(books),
    ]
    books.note_other_sheets()
    return Parsed(rows, books.accounts())


def _number(cell: Cell, sheet: str) -> float:
    if not isinstance(cell, (int, float)):
        raise SourceError(f"{cell!r} in {sheet} is no number")
    return float(cell)


def _row(measure: str, code: str, amount: float, disaggregation: str = "total") -> FigureRow:
    return FigureRow(measure, code, YEAR, disaggregation, round(amount, DECIMALS))


def _silent(measure: str, disaggregation: str = "total") -> FigureRow:
    return FigureRow(measure, NOT_SURVEYED, YEAR, disaggregation, absence="not_published")


def _spread(measure: str, amounts: Mapping[str, float], disaggregation: str = "total") -> list[FigureRow]:
    """Rows of a count by locality code, with the locality that was not surveyed."""
    rows = [_row(measure, code, amount, disaggregation) for code, amount in amounts.items()]
    return [*rows, _silent(measure, disaggregation)]


def _place(name: str) -> str:
    return UNLOCATED if name == RURAL_NAME else locality_code(name)


def _travel_times(books: _Books) -> list[FigureRow]:
    cities = books.pairs(MOBILITY, "IND_123")
    minutes = {_place(name): mean for name, mean in books.pairs(MOBILITY, "IND_125").items()}
    books.note(MOBILITY, "excluded", "outside_bogota", len(cities) - 1)
    books.note(MOBILITY, "excluded", "rural_zones_of_several_localities", int(UNLOCATED in minutes))
    minutes.pop(UNLOCATED, None)
    books.note(MOBILITY, "observed", "used", len(minutes) + 1)
    return _spread("mean_travel_time", minutes | {CITY: cities[CITY_NAME]})


def _mode(name: str) -> str:
    try:
        return MODES[name]
    except KeyError:
        raise SourceError(f"unknown mode {name!r}", where=MOBILITY, fix=f"known are {sorted(MODES)}") from None


def _added(pairs: Iterable[tuple[str, float]]) -> Amounts:
    """Amounts added up by key."""
    sums: defaultdict[str, float] = defaultdict(float)
    for key, amount in pairs:
        sums[key] += amount
    return dict(sums)


def _trips_by_mode(books: _Books) -> Amounts:
    published = books.pairs(MOBILITY, "IND_210")
    books.note(MOBILITY, "observed", "used", len(published))
    return _added((_mode(name), trips) for name, trips in published.items())


def _city_trips(by_mode: Mapping[str, float]) -> list[FigureRow]:
    rows = [_row("trips", CITY, trips, f"mode:{mode}") for mode, trips in by_mode.items()]
    sustainable = sum(by_mode[mode] for mode in SUSTAINABLE)
    return [*rows, _row("trips", CITY, sum(by_mode.values())), _row("sustainable_trips", CITY, sustainable)]


def _city_trips_all_walks(books: _Books) -> list[FigureRow]:
    header, rows = books.table(MOBILITY, "IND_103")
    strata = [row for row in rows if row[0] != ""]
    books.note(MOBILITY, "observed", "used", len(strata))
    books.note(MOBILITY, "excluded", "loose_subtotal", len(rows) - len(strata))
    cells = ((name, cell) for row in strata for name, cell in zip(header[1:], row[1:], strict=True) if cell != "")
    by_mode = _added((_mode(name), _number(cell, "IND_103")) for name, cell in cells)
    return [
        _row("trips_all_walks", CITY, by_mode["walking"], "mode:walking"),
        _row("trips_all_walks", CITY, sum(by_mode.values())),
        _row("sustainable_trips_all_walks", CITY, sum(by_mode[mode] for mode in SUSTAINABLE)),
    ]


def _zone_codes(layer: Path, books: _Books) -> dict[str, str]:
    """Locality code by zone of Bogotá, `99` for rural zones."""
    table = pyogrio.read_dataframe(
        f"/vsizip/{layer}/UTAM.shp", columns=["UTAM", "MUNNombre", "LOCNombre"], read_geometry=False
    )
    inside = table[table["MUNNombre"] == "BOGOTA"]
    books.note(ZONES, "observed", "used", len(inside))
    books.note(ZONES, "excluded", "outside_bogota", len(table) - len(inside))
    pairs = zip(inside["UTAM"], inside["LOCNombre"], strict=True)
    return {zone.upper(): UNLOCATED if zone.upper().startswith("UPR") else locality_code(name) for zone, name in pairs}


def _of_bogota(books: _Books, book: str, sheet: str, zones: Mapping[str, str]) -> Amounts:
    """The amounts of a sheet by zone, those of Bogotá."""
    amounts = {name.upper(): amount for name, amount in books.pairs(book, sheet).items()}
    inside = {zone: amount for zone, amount in amounts.items() if zone in zones}
    books.note(book, "observed", "used", len(inside))
    books.note(book, "excluded", "outside_bogota", len(amounts) - len(inside))
    return inside


def _agree(what: str, zones: float, city: float) -> None:
    if not isclose(zones, city, rel_tol=1e-9):
        raise SourceError(f"{what}: the zones add up to {zones}, the city has {city}", where=MOBILITY)


def _zone_trips(books: _Books, zones: Mapping[str, str], city: Mapping[str, float]) -> list[FigureRow]:
    trips = _of_bogota(books, MOBILITY, "IND_64", zones)
    per_person = _of_bogota(books, MOBILITY, "IND_68", zones)
    _agree("trips", sum(trips.values()), sum(city.values()))
    rows = _spread("trips", _added((zones[zone], amount) for zone, amount in trips.items()))
    for mode, sheet in ZONE_RATES.items():
        rates = _of_bogota(books, MOBILITY, sheet, zones)
        by_zone = {zone: trips[zone] / per_person[zone] * rates.get(zone, 0.0) for zone in trips}
        _agree(mode, sum(by_zone.values()), city[mode])
        rows += _spread("trips", _added((zones[zone], amount) for zone, amount in by_zone.items()), f"mode:{mode}")
    return rows


def _zone_vehicles(books: _Books, zones: Mapping[str, str]) -> list[FigureRow]:
    counts = {measure: _of_bogota(books, SOCIOECONOMIC, sheet, zones) for measure, sheet in ZONE_VEHICLES.items()}
    per_thousand = _of_bogota(books, SOCIOECONOMIC, "IND_43", zones)
    counts["residents"] = {zone: count / per_thousand[zone] * 1000 for zone, count in counts["motor_vehicles"].items()}
    rows: list[FigureRow] = []
    for measure, amounts in counts.items():
        by_place = _added((zones[zone], amount) for zone, amount in amounts.items())
        rows += _spread(measure, by_place | {CITY: sum(amounts.values())})
    return rows


def _incomes(books: _Books) -> list[FigureRow]:
    header, table = books.table(SOCIOECONOMIC, "IND_15")
    books.note(SOCIOECONOMIC, "observed", "used", len(table))
    known: Amounts = {}
    lowest: Amounts = {}
    for name, *cells in table:
        bands = dict(zip(header[1:], (_number(cell, "IND_15") for cell in cells), strict=True))
        known[_place(str(name))] = sum(amount for band, amount in bands.items() if band != NO_ANSWER)
        lowest[_place(str(name))] = bands[LOWEST_BAND]
    return [
        *_spread("households_income_known", known | {CITY: sum(known.values())}),
        *_spread("households_lowest_income", lowest | {CITY: sum(lowest.values())}),
    ]
