"""Public space and trees by locality, 2015, as published by DADEP and the Jardín Botánico, and the people they serve.

Publisher: Departamento Administrativo de la Defensoría del Espacio Público (DADEP), through the "Open Data Bogotá"
portal of the Cámara de Comercio; files kept by the repository vlarandac/VA-ESPACIO_PUBLICO_BOGOTA_2015.

Shape: three tall tables, two of localities and one of the city, one row per place and indicator. Names without accents
(SANTAFE, RAFAEL URIBE, MARTIRES); the table of localities has CRLF ends, that of the city a byte-order mark.

The rates are taken ready-made: they were divided by the population projected before the census of 2018 (7,878,783
inhabitants), which later rates must not be mixed with. That population is read too, of 20 localities and the city: the
localities add up to the city, and their effective public space weighted by it gives 3.693 where the city's is published
as 3.69. Sumapaz has people and no public space published; trees lack Chapinero. Other indicators (licences, social
housing, restored square metres) are left out: where a locality is missing, the files do not tell zero from not
reported.
"""

from __future__ import annotations

from observatory.errors import SourceError
from observatory.territory import CITY, territories
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

LOCALITIES = "environment/dadep_espacio_publico_habitat_localidad_2015.csv"
CITY_TABLE = "environment/dadep_indicadores_bogota_2015.csv"
POPULATION = "population/dadep_suelo_demografia_localidad_2015.csv"
FILES = (LOCALITIES, CITY_TABLE, POPULATION)

PERIOD = "2015"
MEASURES = {
    "ESPACIO PUBLICO EFECTIVO POR HABITANTE (numerico)": "effective_public_space",
    "ESPACIO PUBLICO VERDE POR HABITANTE (numerico)": "green_public_space",
    "NUMERO DE ARBOLES POR CADA 100.000 HABITANTES (numerico)": "trees_per_100k",
    "POBLACION POR (# personas)": "population",
}
OTHERS = (
    "AREA DE SUELO EN PLANES PARCIALES DE RENOVACION URBANA ADOPTADOS (ha2)",
    "AREA DE SUELO EN PLANES PARCIALES DE RENOVACION URBANA CON CONCEPTO DE VIABILIDAD. (ha2)",
    "AREA DE SUELO EN PLANES PARCIALES DE RENOVACION URBANA EN FASE DE FORMULACION. (ha2)",
    "AREA LICENCIADA DESTINO COMERCIO (m2)",
    "AREA LICENCIADA DESTINO INDUSTRIA (m2)",
    "AREA LICENCIADA DESTINO VIVIENDA (m2)",
    "AREA LICENCIADA OTROS DESTINOS (m2)",
    "DENSIDAD POBLACIONAL POR KM2 (km2)",
    "EXTENSION TERRITORIAL AREA HECTAREAS (ha2)",
    "EXTENSION TERRITORIAL AREA KM2 (km2)",
    "NUMERO DE METROS CUADRADOS DE ESPACIO PUBLICO RECUPERADOS (numerico)",
    "NUMERO DE METROS CUADRADOS DE ESPACIO PUBLICO RESTITUIDOS POR HECHOS NOTORIOS (numerico)",
    "NUMERO DE METROS CUADRADOS DE ESPACIO PUBLICO RESTITUIDOS VOLUNTARIAMENTE (numerico)",
    "NUMERO DE PLANES PARCIALES DE RENOVACION URBANA ADOPTADOS (numerico)",
    "NUMERO DE PLANES PARCIALES DE RENOVACION URBANA CON CONCEPTO DE VIABILIDAD (numerico)",
    "NUMERO DE PLANES PARCIALES DE RENOVACION URBANA EN FASE DE FORMULACION (numerico)",
    "NUMERO DE PREDIOS BASE CATASTRAL (RURAL Y URBANO) (numerico)",
    "NUMERO DE PREDIOS RURALES BASE CATASTRAL. (numerico)",
    "NUMERO DE PREDIOS URBANOS BASE CATASTRAL (numerico)",
    "NUMERO DE VIVIENDAS NUEVAS (numerico)",
    "PREDIOS CLASIFICADOS COMO NO PROPIEDAD HORIZONTAL (numerico)",
    "PREDIOS CLASIFICADOS COMO PROPIEDAD HORIZONTAL (numerico)",
    "PREDIOS URBANOS (CENSO INMOBILIARIO) (numerico)",
    "SUBSIDIOS DISTRITALES DE VIVIENDA GENERADOS PARA VIVIENDA O MEJORAMIENTO (numerico)",
    "VIVIENDAS VIP EN CONSTRUCCION (numerico)",
    "VIVIENDAS VIP EN ESTUDIOS Y DISENOS (numerico)",
    "VIVIENDAS VIP EN OBRAS DE URBANISMO (numerico)",
    "VIVIENDAS VIP EN TRAMITES DE LICENCIAMIENTO (numerico)",
    "VIVIENDAS VIS EN ESTUDIOS Y DISENOS (numerico)",
)
_LEFT_OUT = "other"
_CITY_NAME = "BOGOTA D.C."


TABLE = Contract(
    (
        Column("geografia_nombre", "locality", {_CITY_NAME: CITY}),
        Column("Indicador", "category", MEASURES | dict.fromkeys(OTHERS, _LEFT_OUT)),
        Column("Valor", "decimal", lowest=0),
    ),
    others=("geo_padre_nombre", "SublineaTematica"),
    undeclared="refuse",
    tolerance=0,
)
SHAPES = dict.fromkeys(FILES, TABLE)


def parse(capture: Capture) -> Parsed:
    """m² per inhabitant, trees per 100,000 inhabitants and inhabitants by locality and city, as published."""
    published: dict[tuple[str, str], float | None] = {}
    accounts: list[Account] = []
    for file in FILES:
        table = open_table(capture.path(file), TABLE, source="dadep_public_space_2015", name=file)
        used = table.frame[table.frame["Indicador"] != _LEFT_OUT]
        for code, measure, value in used.itertuples(index=False, name=None):
            _add(published, (measure, code), value)
        accounts += table.accounts(("used", len(used)))
        accounts.append(Account(file, "excluded", "other_indicator", len(table.frame) - len(used)))
    return Parsed([_row(measure, code, published) for measure in MEASURES.values() for code in _codes()], accounts)


def _add(published: dict[tuple[str, str], float | None], key: tuple[str, str], value: float | None) -> None:
    if key in published:
        raise SourceError(f"{key} is published twice", where="DADEP 2015")
    published[key] = value


def _codes() -> list[str]:
    return [area.code for area in territories().values() if area.level in ("city", "locality")]


def _row(measure: str, code: str, published: dict[tuple[str, str], float | None]) -> FigureRow:
    value = published.get((measure, code))
    return FigureRow(measure, code, PERIOD, value=value, absence="not_published" if value is None else "")
