"""Street vendors in the District's register, by locality: six cuts from 30 June 2017 to 30 December 2019.

Publisher: Instituto para la Economía Social (IPES), Registro Individual de Vendedores Informales (RIVI); figures of six
published files gathered by the repository adansanchezc1-spec/DataJam_DataOlinguitos_Gen.

Shape: 21 rows per cut, 20 localities and code 160 "metropolitana o no definida" (about 6 % of the vendors), which is
the publisher's own "without location" and becomes `99`; the city is the sum of all. Names "Santa fé", "Sumapáz". The
published share of each row agrees with the counts and is not kept. Several localities repeat one number over many cuts
(Usaquén 605 in the first four): the register grows when somebody signs up and seldom drops anybody. Files of other cuts
in the same form are read too; nothing of a cut may be wrong or missing.
"""

from __future__ import annotations

from observatory.errors import SourceError
from observatory.territory import CITY, UNLOCATED, territories
from pipelines.figures import Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, Table, open_table

FILES: tuple[str, ...] = ("economy/ipes_rivi_vendedores_informales_localidad_2017_2019.csv",)
PATTERNS = ("*rivi*", "*vendedores*informales*")
MEASURE = "street_vendors"
_PLACES_PER_CUT = 21
NO_LOCALITY = {"160": UNLOCATED, "metropolitana o no definida": UNLOCATED, "no definida": UNLOCATED}
SHAPES = {
    FILES[0]: Contract(
        (
            Column("codigo_localidad", "locality", NO_LOCALITY),
            Column("nombre_localidad", "locality", NO_LOCALITY),
            Column("numero_vendedores", "whole", lowest=0),
            Column("fecha_corte", "date"),
        ),
        others=("porcentaje",),
        undeclared="refuse",
        tolerance=0,
        unique=("codigo_localidad", "fecha_corte"),
        total="numero_vendedores",
    )
}


def parse(capture: Capture) -> Parsed:
    """Registered vendors by locality, without location and city, on the day of each cut.

    Raises:
        SourceError: a cut lacks a place, or a number is not the locality of the name.
    """
    whole = Parsed([])
    for file in capture.find(FILES, *PATTERNS):
        table = open_table(capture.path(file), SHAPES[FILES[0]], source="ipes_street_vendors", name=file)
        _refuse_other_names(table)
        for cut, of_cut in table.frame.groupby("fecha_corte"):
            counts = {str(code): int(n) for code, n in of_cut[["codigo_localidad", "numero_vendedores"]].to_numpy()}
            if len(counts) != _PLACES_PER_CUT:
                raise SourceError(f"cut {cut:%Y-%m-%d} names {len(counts)} places, not {_PLACES_PER_CUT}", where=file)
            counts[CITY] = sum(counts.values())
            whole.rows.extend(
                FigureRow(MEASURE, code, f"{cut:%Y-%m-%d}", value=count) for code, count in counts.items()
            )
        whole.accounts.extend(table.accounts())
    return whole


def _refuse_other_names(table: Table) -> None:
    differing = table.frame[table.frame["codigo_localidad"] != table.frame["nombre_localidad"]]
    for row, code, name in zip(
        differing.index, differing["codigo_localidad"], differing["nombre_localidad"], strict=True
    ):
        called = territories()[name].name if name in territories() else name
        raise SourceError(f"{called!r} is locality {name}, the file says {code}", where=f"{table.file}, row {row}")
