"""Road crashes of 2023 and the persons in them.

Publisher: Secretaría Distrital de Movilidad (SDM), road-safety yearbook 2023.
What: one record per crash with a police report (14,106) and one per person involved (33,542), joined by
`Codigo_Accidente`; no crash or person stands twice, and both files name the same crashes and localities.
Since when: crashes of 1 January to 31 December 2023; a death counts in the month of its crash.

Deaths are persons whose `Gravedad_Indicador_30d` is MUERTO: dead within 30 days of the crash (543). The traditional
column says MUERTO for 19 more, who died later; they are injured under the 30-day rule. Crashes with deaths follow the
same rule (525). Four persons, all drivers, have no outcome in either column and are quarantined.

Quirks: byte-order mark, `;`, a trailing empty column, localities in capitals in one file and in title case without
accents in the other, Spanish month names, SI or blank as flags, "Candelaria" for La Candelaria. Age, sex and address
are not read. The register is complete for the District, so a locality without records is a true zero.
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY, locality_code, territories
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading import read_table

CRASHES = "raw/sdm_siniestros_2023.csv"
PERSONS = "raw/sdm_siniestros_2023_actor_vial.xlsx"
FILES: tuple[str, ...] = (CRASHES, PERSONS)
YEAR = "2023"

CRASH_FLAGS = {
    "crashes_with_motorcycle": "Con_Moto",
    "crashes_with_bicycle": "Con_Bicicleta",
    "crashes_with_pedestrian": "Con_Peaton",
}
SEVERITIES = {"Con Muertos", "Con Heridos", "Solo Daños"}
OUTCOMES = {"MUERTO": "deaths", "HERIDO": "injured", "ILESO": "unhurt", "": "outcome_missing"}
ROAD_USERS = {
    "PEATÓN": "pedestrian",
    "MOTOCICLISTA": "motorcyclist",
    "CICLISTA": "cyclist",
    "PASAJERO": "passenger",
    "CONDUCTOR": "driver",
}
MONTHS = (
    "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio",
    "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre",
)  # fmt: skip
LOCALITIES = tuple(code for code, area in territories().items() if area.level == "locality")


def parse(capture: Capture) -> Parsed:
    """Counts of crashes and persons of 2023 by locality, city, month (city) and road user.

    Raises:
        SourceError: an unknown severity, outcome, road user, month or flag.
        TerritoryError: an unknown locality.
    """
    crashes, persons = _crashes(capture), _persons(capture)
    return Parsed(_crash_rows(crashes) + _person_rows(persons), _accounts(crashes, persons))


def _crashes(capture: Capture) -> pd.DataFrame:
    columns = ["Localidad", "MM_Acc", "Gravedad_indicador_30d", *CRASH_FLAGS.values()]
    table = read_table(capture.path(CRASHES), columns)
    _expect(table["Gravedad_indicador_30d"], SEVERITIES, CRASHES)
    for column in CRASH_FLAGS.values():
        _expect(table[column], {"SI", ""}, CRASHES)
    return _placed(table, "MM_Acc", CRASHES)


def _persons(capture: Capture) -> pd.DataFrame:
    columns = ["Localidad", "mesAcc", "Gravedad_Indicador_30d", "Condicion"]
    table = pd.read_excel(
        capture.path(PERSONS), engine="calamine", dtype=str, usecols=columns, keep_default_na=False
    ).rename(columns={"Gravedad_Indicador_30d": "outcome", "Condicion": "road_user"})
    _expect(table["outcome"], set(OUTCOMES), PERSONS)
    victims = table[table["outcome"].isin(["MUERTO", "HERIDO"])]
    _expect(victims["road_user"], set(ROAD_USERS), PERSONS)
    return _placed(table, "mesAcc", PERSONS)


def _expect(column: pd.Series[str], known: set[str], file: str) -> None:
    unknown = sorted(set(column) - known)
    if unknown:
        raise SourceError(f"{column.name}: unknown {unknown}", where=file, fix=f"known are {sorted(known)}")


def _placed(table: pd.DataFrame, month_column: str, file: str) -> pd.DataFrame:
    """The table with `code` of the locality and `month` as a period code."""
    _expect(table[month_column], set(MONTHS), file)
    codes = {name: locality_code(name) for name in table["Localidad"].unique()}
    months = {name: f"{YEAR}-{number:02d}" for number, name in enumerate(MONTHS, start=1)}
    return table.assign(code=table["Localidad"].map(codes), month=table[month_column].map(months))


def _crash_rows(crashes: pd.DataFrame) -> list[FigureRow]:
    deadly = crashes[crashes["Gravedad_indicador_30d"] == "Con Muertos"]
    rows = _by_place("crashes", crashes) + _by_place("crashes_with_deaths", deadly)
    for measure, column in CRASH_FLAGS.items():
        rows += _by_place(measure, crashes[crashes[column] == "SI"])
    return rows + _by_month("crashes_by_month", crashes)


def _person_rows(persons: pd.DataFrame) -> list[FigureRow]:
    rows: list[FigureRow] = []
    for outcome, measure in (("MUERTO", "deaths"), ("HERIDO", "injured")):
        harmed = persons[persons["outcome"] == outcome]
        rows += _by_place(measure, harmed) + _by_month(f"{measure}_by_month", harmed)
        for spanish, road_user in ROAD_USERS.items():
            rows += _by_place(measure, harmed[harmed["road_user"] == spanish], f"road_user:{road_user}")
    return rows


def _by_place(measure: str, records: pd.DataFrame, disaggregation: str = "total") -> list[FigureRow]:
    """Records counted by locality, zeros included, and in the city."""
    counts = records["code"].value_counts().to_dict()
    values = {code: int(counts.get(code, 0)) for code in LOCALITIES} | {CITY: len(records)}
    return [FigureRow(measure, code, YEAR, disaggregation, value) for code, value in values.items()]


def _by_month(measure: str, records: pd.DataFrame) -> list[FigureRow]:
    """Records counted by month in the city."""
    counts = records["month"].value_counts().to_dict()
    months = [f"{YEAR}-{number:02d}" for number in range(1, 13)]
    return [FigureRow(measure, CITY, month, value=int(counts.get(month, 0))) for month in months]


def _accounts(crashes: pd.DataFrame, persons: pd.DataFrame) -> list[Account]:
    outcomes = persons["outcome"].map(OUTCOMES).value_counts().to_dict()
    return [
        Account(CRASHES, "observed", "used", len(crashes)),
        Account(PERSONS, "observed", "used", int(outcomes["deaths"] + outcomes["injured"])),
        Account(PERSONS, "excluded", "unhurt", int(outcomes.get("unhurt", 0))),
        Account(PERSONS, "quarantined", "outcome_missing", int(outcomes.get("outcome_missing", 0))),
    ]
