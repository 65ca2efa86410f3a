"""Published tables and registers that tests save again, changed in form or in meaning."""

from __future__ import annotations

from pipelines.reading.grid import raw_rows
from tests.published import REFERENCE
from tests.saving import Rows

TABLES = {
    "sds_family_violence": "quality_of_life/sds_violencia_intrafamiliar_localidad_2015_2024.csv",
    "sds_drug_use": "quality_of_life/sds_consumo_psicoactivas_localidad_2015_2024.csv",
    "sds_malnutrition": "quality_of_life/sds_osb_malnutricion_18_64.csv",
    "ipes_street_vendors": "economy/ipes_rivi_vendedores_informales_localidad_2017_2019.csv",
    "sdmujer_quarterly": "quality_of_life/sdmujer_series_trimestrales_localidad.csv",
    "sdp_population_2018_2035": "population/poblacion_localidad_2018_2035.csv",
    "dadep_demography_2015": "population/dadep_suelo_demografia_localidad_2015.csv",
    "sdm_crashes_2016": "mobility/accidentes_localidad_mes_2016.tsv",
}
REGISTERS = {
    "sdm_crashes_2023": "raw/sdm_siniestros_2023.csv",
    "sds_line123": "raw/sds_llamadas123_2025-03_cp850.csv",
    "transmilenio_bus_stops": "mobility/paraderos_zonales_sitp.csv",
    "sdp_perception_2025": "quality_of_life/sdp_encuesta_percepcion_2025_subconjunto.csv.gz",
}
SOURCES = TABLES | REGISTERS


def excerpts(most: int) -> dict[str, Rows]:
    """Header and records of each table, whole, and records from all over each register, as text cells."""
    found = {}
    for source, file in SOURCES.items():
        rows = [[cell.strip().replace("–", "-") for cell in row] for row in raw_rows(REFERENCE / file)[0] if any(row)]
        found[source] = rows if source in TABLES else [rows[0], *_spread(rows[1:], most)]
    return found


def _spread(records: Rows, most: int) -> Rows:
    """Records at even distances, the first and the last among them: a register must reach over its whole period."""
    last = len(records) - 1
    return [records[at] for at in sorted({round(last * step / (most - 1)) for step in range(most)})]
