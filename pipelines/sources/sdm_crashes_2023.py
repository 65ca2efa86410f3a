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

Placed by its coordinates, a crash may fall in another locality than the one it names: the name counts, and the accounts
tell how many. Another year's files in the same form are read too, whatever they are called; each record counts in its
own year, and a year without records of January or of December is left out, for it is not over. A record with an unknown
locality, severity, outcome, road user or month is quarantined; over 2 % of such records refuse the file.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.counting import LOCALITIES, unfinished_years
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.places import place_accounts, places_of
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, Table, open_table, shape_of
from pipelines.reading.grid import year_in
from pipelines.reading.numbers import MONTHS

CRASHES = "raw/sdm_siniestros_2023.csv"
PERSONS = "raw/sdm_siniestros_2023_actor_vial.xlsx"
FILES: tuple[str, ...] = (CRASHES, PERSONS)
PATTERNS = ("*siniestro*",)

CRASH_FLAGS = {
    "crashes_with_motorcycle": "Con_Moto",
    "crashes_with_bicycle": "Con_Bicicleta",
    "crashes_with_pedestrian": "Con_Peaton",
}
SEVERITIES = ("Con Muertos", "Con Heridos", "Solo Daños")
OUTCOMES = {"MUERTO": "deaths", "HERIDO": "injured", "ILESO": "unhurt", "": "outcome_missing"}
ROAD_USERS = {
    "PEATÓN": "pedestrian",
    "MOTOCICLISTA": "motorcyclist",
    "CICLISTA": "cyclist",
    "PASAJERO": "passenger",
    "CONDUCTOR": "driver",
}
NO_ROAD_USER = "not_stated"
MONTH_NAMES = {name: f"{number:02d}" for name, number in MONTHS.items()} | {str(n): f"{n:02d}" for n in range(1, 13)}
FLAGS = (
    "Con_Bicicleta",
    "Con_Carga",
    "Con_Embriaguez",
    "Con_Huecos",
    "Con_Menores",
    "Con_Moto",
    "Con_Peaton",
    "Con_Persona_Mayor",
    "Con_Rutas",
    "Con_Tpi",
    "Con_Tpp",
    "Con_Velocidad",
    "Con_Sitp",
    "Con_Troncal",
    "Con_Alimentador",
    "Con_Zonal",
    "Con_Provisional",
    "Con_Articulado",
    "Con_Biarticulado",
    "Con_Padron_Dual",
)
OTHERS = {
    CRASHES: (
        "Formulario",
        "Direccion",
        "Fecha_Acc",
        "DD_Mes_Acc",
        "Dia_Semana_Acc",
        "Hora_Acc",
        "Min_Acc",
        "Clase_Acc",
        "Elemento_Choque",
        "Tipo_Objeto_Fijo",
        "Gravedad_Indicador_Tradicional",
    ),
    PERSONS: (
        "Codigo_Accidentado",
        "Codigo_Accidente",
        "Formulario",
        "Codigo_Vehiculo",
        "Ccodigo_Victima",
        "FechaAcc",
        "DD_Mes_Acc",
        "Dia_Semana_Acc",
        "hourAcc",
        "minuAcc",
        "Edad",
        "Sexo",
        "Gravedad_Indicador_Tradicional",
        "Muerte_Posterior",
        "Fecha_CambioGravedad",
        "Condicion_Especifica",
        "Tipo_SITP",
    ),
}
SHAPES = {
    CRASHES: Contract(
        (
            Column("Localidad", "locality"),
            Column("AA_Acc", "year", optional=True),
            Column("MM_Acc", "category", MONTH_NAMES),
            Column("Gravedad_indicador_30d", "category", {name: name for name in SEVERITIES}),
            *(Column(name, "category", {"SI": "SI", "NO": "", "": ""}) for name in CRASH_FLAGS.values()),
            Column("Codigo_Accidente", optional=True),
            Column("Longitud", "decimal", blank=True, optional=True),
            Column("Latitud", "decimal", blank=True, optional=True),
        ),
        others=(*OTHERS[CRASHES], *FLAGS),
        undeclared="report",
    ),
    PERSONS: Contract(
        (
            Column("Localidad", "locality"),
            Column("AnnoAcc", "year", optional=True),
            Column("mesAcc", "category", MONTH_NAMES),
            Column("Gravedad_Indicador_30d", "category", OUTCOMES),
            Column("Condicion", "category", ROAD_USERS | {"SIN INFORMACION": NO_ROAD_USER, "": NO_ROAD_USER}),
        ),
        others=(*OTHERS[PERSONS], *FLAGS),
        undeclared="report",
    ),
}
NAMES = {
    "Gravedad_indicador_30d": "severity",
    "Gravedad_Indicador_30d": "outcome",
    "Condicion": "road_user",
    "Localidad": "code",
}


def parse(capture: Capture) -> Parsed:
    """Counts of crashes and persons by locality, city, month (city) and road user, for each year there is.

    Raises:
        SourceError: no file of crashes or persons, or one breaks its contract.
    """
    whole = Parsed([])
    for file in capture.find(FILES, *PATTERNS):
        is_itself = file in FILES and file not in capture.aliases
        kind = file if is_itself else shape_of(capture.path(file), SHAPES) or (file if file in FILES else None)
        if kind is None:
            continue
        table = open_table(capture.path(file), SHAPES[kind], source="sdm_crashes_2023", name=file)
        parsed = _crashes(capture, table) if kind == CRASHES else _persons(table)
        whole.rows.extend(parsed.rows)
        whole.accounts.extend(parsed.accounts)
        whole.rejected.extend(parsed.rejected)
    if not whole.rows:
        raise SourceError("no file of crashes", where=str(capture.folder), fix=f"names are like {CRASHES}")
    if len({row.key for row in whole.rows}) != len(whole.rows):
        raise SourceError("two files hold the same year", where=str(capture.folder), fix="keep one of each year")
    return whole


def _crashes(capture: Capture, table: Table) -> Parsed:
    frame = _dated(table.frame.rename(columns=NAMES), "AA_Acc", "MM_Acc", table.file)
    if {"Codigo_Accidente"} <= set(frame) and frame["Codigo_Accidente"].duplicated().any():
        repeated = frame[frame["Codigo_Accidente"].duplicated()]
        raise SourceError("a crash stands twice", where=f"{table.file}, row {repeated.index[0]}", fix="keep one")
    frame, accounts = _whole_years(frame, table.file, unfinished_years(frame["month"]))
    accounts.append(Account(table.file, "observed", "used", len(frame)))
    if {"Longitud", "Latitud"} <= set(frame):
        points = frame[["Longitud", "Latitud"]].astype(float)
        located = places_of(capture, "locality").locate(points["Longitud"], points["Latitud"])
        accounts = accounts[:-1] + place_accounts(table.file, list(frame["code"]), list(located))
    return Parsed(_by_year(frame, _crash_rows), accounts + table.set_aside(), table.refused)


def _persons(table: Table) -> Parsed:
    frame = _dated(table.frame.rename(columns=NAMES), "AnnoAcc", "mesAcc", table.file)
    table = table.without(
        frame.index[frame["outcome"] == "outcome_missing"],
        "Gravedad_Indicador_30d",
        "outcome_missing",
        "MUERTO, HERIDO or ILESO",
        value="",
    )
    known = frame[frame["outcome"] != "outcome_missing"]
    frame, accounts = _whole_years(known, table.file, unfinished_years(frame["month"]))
    counts = frame["outcome"].value_counts()
    accounts += [
        Account(table.file, "observed", "used", int(counts.get("deaths", 0) + counts.get("injured", 0))),
        Account(table.file, "excluded", "unhurt", int(counts.get("unhurt", 0))),
    ]
    return Parsed(_by_year(frame, _person_rows), accounts + table.set_aside(), table.refused)


def _dated(frame: pd.DataFrame, year: str, month: str, file: str) -> pd.DataFrame:
    """The records with `year` and `month` as period codes; without a column for it, the year of the file's name."""
    years = frame[year] if year in frame else pd.Series(_year_of_name(file), index=frame.index)
    return frame.assign(year=years, month=years + "-" + frame[month].astype(str))


def _whole_years(frame: pd.DataFrame, file: str, years: list[str]) -> tuple[pd.DataFrame, list[Account]]:
    """The records but those of the unfinished years, and the account of these.

    Raises:
        SourceError: no year is whole.
    """
    unfinished = frame["year"].isin(years)
    if unfinished.all():
        months = sorted(frame["month"].unique())
        fix = "a year's figures need its January and its December: capture it again when the year is over"
        raise SourceError(f"records of {months[0]} to {months[-1]} only, no whole year", where=file, fix=fix)
    count = int(unfinished.sum())
    return frame[~unfinished], [Account(file, "excluded", "year_incomplete", count)] if count else []


def _year_of_name(file: str) -> str:
    found = year_in(file)
    if found is None:
        raise SourceError("neither a column nor the name says the year", where=file, fix="name it …_2023.csv")
    return found


def _by_year(frame: pd.DataFrame, rows_of: Callable[[pd.DataFrame, str], list[FigureRow]]) -> list[FigureRow]:
    return [row for year, records in frame.groupby("year") for row in rows_of(records, str(year))]


def _crash_rows(crashes: pd.DataFrame, year: str) -> list[FigureRow]:
    deadly = crashes[crashes["severity"] == "Con Muertos"]
    rows = _by_place("crashes", crashes, year) + _by_place("crashes_with_deaths", deadly, year)
    for measure, column in CRASH_FLAGS.items():
        rows += _by_place(measure, crashes[crashes[column] == "SI"], year)
    return rows + _by_month("crashes_by_month", crashes, year)


def _person_rows(persons: pd.DataFrame, year: str) -> list[FigureRow]:
    rows: list[FigureRow] = []
    for measure in ("deaths", "injured"):
        harmed = persons[persons["outcome"] == measure]
        rows += _by_place(measure, harmed, year) + _by_month(f"{measure}_by_month", harmed, year)
        for user in ROAD_USERS.values():
            rows += _by_place(measure, harmed[harmed["road_user"] == user], year, f"road_user:{user}")
    return rows


def _by_place(measure: str, records: pd.DataFrame, year: str, disaggregation: str = "total") -> list[FigureRow]:
    """Records counted by locality, zeros included, and in the city."""
    counts = records["code"].value_counts().to_dict()
    values = {code: int(counts.get(code, 0)) for code in LOCALITIES} | {CITY: len(records)}
    return [FigureRow(measure, code, year, disaggregation, value) for code, value in values.items()]


def _by_month(measure: str, records: pd.DataFrame, year: str) -> list[FigureRow]:
    """Records counted by month in the city."""
    counts = records["month"].value_counts().to_dict()
    months = [f"{year}-{number:02d}" for number in range(1, 13)]
    return [FigureRow(measure, CITY, month, value=int(counts.get(month, 0))) for month in months]
