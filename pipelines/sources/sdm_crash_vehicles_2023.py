"""Vehicles in the road crashes of 2023, by class and by locality of the crash.

Publisher: Secretaría Distrital de Movilidad (SDM), road-safety yearbook 2023: one record per vehicle (24,403), joined
to its crash by `Codigo_Accidente`; every one finds its crash. With it, the dictionary of the three crash tables (110
columns described): the columns read here must stand in it.

Quirks: byte-order mark, `;`, CRLF, packed. `Clase` is empty in 4 records and "No identificado" in 19: both are
`unidentified`. Plates and owners are not in the file.
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError, nearest
from pipelines.counting import city_rows, count_rows
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, Table, open_table

VEHICLES = "mobility/sdm_siniestros_2023_vehiculos.csv.gz"
DICTIONARY = "mobility/sdm_siniestros_2023_diccionario.csv"
CRASHES = "raw/sdm_siniestros_2023.csv"
FILES: tuple[str, ...] = (VEHICLES, DICTIONARY, CRASHES)
CLASSES = {
    "Motocicleta": "motorcycle",
    "Motociclo": "motorcycle",
    "Cuatrimoto": "motorcycle",
    "Motocarro": "motorcycle",
    "Automovil": "car",
    "Camioneta": "car",
    "Campero": "car",
    "Bicicleta": "bicycle",
    "Bus": "bus",
    "Buseta": "bus",
    "Microbus": "bus",
    "Camion, Furgon": "lorry",
    "Tractocamion": "lorry",
    "Volqueta": "lorry",
    "M. Industrial": "other",
    "M. Agricola": "other",
    "Traccion animal": "other",
    "No identificado": "unidentified",
    "": "unidentified",
}
SHAPES = {
    VEHICLES: Contract(
        (
            Column("Codigo_Accidente"),
            Column("AA_Acc", "year"),
            Column("Codigo_Vehiculo", "whole", lowest=1),
            Column("Clase", "category", CLASSES),
        ),
        unique=("Codigo_Accidente", "Codigo_Vehiculo"),
    ),
    DICTIONARY: Contract((Column("Hoja"), Column("Atributo"), Column("Descripción")), undeclared="refuse"),
    CRASHES: Contract((Column("Codigo_Accidente"), Column("Localidad", "locality")), unique=("Codigo_Accidente",)),
}


def parse(capture: Capture) -> Parsed:
    """Vehicles by class in the city, and by locality of their crash where the crashes are at hand.

    Raises:
        SourceError: vehicles of several years, one whose crash is not in the register, or a column that is not in
            the dictionary.
    """
    table = _open(capture, VEHICLES)
    frame, accounts = table.frame, table.accounts()
    year = _year(frame)
    rows = city_rows("vehicles_in_crashes", frame["Clase"].value_counts().to_dict(), year, "vehicle_class")
    if capture.has(DICTIONARY):
        accounts += _described(capture)
    if capture.has(CRASHES):
        located, lines = _located(capture, table, year)
        rows, accounts = rows + located, accounts + lines
    return Parsed(rows, accounts, table.refused)


def _year(frame: pd.DataFrame) -> str:
    years = frame["AA_Acc"].value_counts()
    if len(years) != 1:
        row = frame.index[frame["AA_Acc"] == years.index[-1]][0]
        where = f"{VEHICLES}, row {row}, column AA_Acc"
        raise SourceError(f"vehicles of {sorted(years.index)}", where=where, fix="give one year a file")
    return str(years.index[0])


def _open(capture: Capture, file: str) -> Table:
    return open_table(capture.path(file), SHAPES[file], source="sdm_crash_vehicles_2023", name=file)


def _described(capture: Capture) -> list[Account]:
    table = _open(capture, DICTIONARY)
    described = set(table.frame["Atributo"])
    for column in SHAPES[VEHICLES].required:
        if column not in described:
            raise SourceError(f"no description of {column!r}", where=DICTIONARY, fix=nearest(column, described))
    return [Account(DICTIONARY, "excluded", "describes_columns", len(table.frame)), *table.set_aside()]


def _located(capture: Capture, vehicles: Table, year: str) -> tuple[list[FigureRow], list[Account]]:
    crashes = _open(capture, CRASHES)
    places = crashes.frame.set_index("Codigo_Accidente")["Localidad"]
    codes = vehicles.frame["Codigo_Accidente"].map(places)
    if codes.isna().any():
        row = int(codes.index[codes.isna()][0])
        code = vehicles.frame.loc[row, "Codigo_Accidente"]
        raise SourceError(f"no crash {code!r}", where=f"{VEHICLES}, row {row}", fix="capture both files of one year")
    rows = [row for row in count_rows("vehicles_in_crashes", codes, year) if row.territory_code != "00"]
    return rows, crashes.accounts()
