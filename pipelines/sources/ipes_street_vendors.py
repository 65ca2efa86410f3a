"""Street vendors in the District's register, by locality: six cuts from 30 June 2017 to 30 December 2019.

Publisher: Instituto para la Economía Social (IPES), Registro Individual de Vendedores Informales (RIVI); figures of six
published files gathered by the repository adansanchezc1-spec/DataJam_DataOlinguitos_Gen.

Shape: 21 rows per cut, 20 localities and code 160 "metropolitana o no definida" (about 6 % of the vendors), which is
the publisher's own "without location" and becomes `99`; the city is the sum of all. Names "Santa fé", "Sumapáz". The
published share of each row agrees with the counts and is not kept. Several localities repeat one number over many cuts
(Usaquén 605 in the first four): the register grows when somebody signs up and seldom drops anybody.
"""

from __future__ import annotations

from observatory.errors import SourceError
from observatory.territory import CITY, UNLOCATED, locality_code
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading import read_table

FILES = ("economy/ipes_rivi_vendedores_informales_localidad_2017_2019.csv",)

MEASURE = "street_vendors"
_NO_LOCALITY = "160"
_PLACES_PER_CUT = 21


def parse(capture: Capture) -> Parsed:
    """Registered vendors by locality, without location and city, on the day of each cut."""
    table = read_table(
        capture.path(FILES[0]), ["codigo_localidad", "nombre_localidad", "numero_vendedores", "fecha_corte"]
    )
    rows = []
    for cut, of_cut in table.groupby("fecha_corte"):
        counts = {
            _code(number, name): int(vendors)
            for number, name, vendors in zip(
                of_cut["codigo_localidad"], of_cut["nombre_localidad"], of_cut["numero_vendedores"], strict=True
            )
        }
        if len(counts) != _PLACES_PER_CUT:
            raise SourceError(f"cut {cut} names {len(counts)} places, not {_PLACES_PER_CUT}", where=FILES[0])
        counts[CITY] = sum(counts.values())
        rows += [FigureRow(MEASURE, code, str(cut), value=count) for code, count in counts.items()]
    return Parsed(rows, [Account(FILES[0], "observed", "used", len(table))])


def _code(number: str, name: str) -> str:
    """Territory code; the number must be the locality's own, as the name says."""
    if number == _NO_LOCALITY:
        return UNLOCATED
    code = locality_code(name)
    if code != number.zfill(2):
        raise SourceError(f"{name!r} is locality {code}, the file says {number}", where=FILES[0])
    return code
