"""Vehicles of the surveyed households of Bogotá, 2019, expanded, by kind.

Publisher: Secretaría Distrital de Movilidad (SDM), Encuesta de Movilidad 2019, table of vehicles v14022020: 13,833
vehicles with the expansion factor `f_exp`; together 1,821,909. `p5_municipio` is where the vehicle is registered, not
where the household lives, and the households' table is not at hand, so nothing can be told by locality.

The file brings no dictionary, so kinds of vehicle are kept as their codes. Quirks: `;`, column `p4_combstible`, a cell
of mojibake.
"""

from __future__ import annotations

from pipelines.counting import city_rows
from pipelines.figures import Capture, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

VEHICLES = "mobility/eodh2019_vehiculos.csv"
FILES: tuple[str, ...] = (VEHICLES,)
YEAR = "2019"
KINDS = {str(code): f"code_{code}" for code in range(1, 10)}
SHAPES = {
    VEHICLES: Contract(
        (
            Column("id_hogar"),
            Column("p2_id_vehiculo", "whole", lowest=1),
            Column("p3_id_tipo_vehiculo", "category", KINDS),
            Column("f_exp", "decimal", lowest=0),
        ),
        undeclared="report",
        others=(
            "p4_combstible",
            "p4_combustible_otro",
            "p5_id_municipio",
            "p5_municipio",
            "p6_pico_placa",
            "p7_modelo",
            "p8_propietario",
            "p8_propietario_otro",
            "p9_estacion_noche",
            "p10_pago_mensual",
        ),
        unique=("id_hogar", "p2_id_vehiculo"),
    )
}


def parse(capture: Capture) -> Parsed:
    """Expanded vehicles of households by the survey's code of kind."""
    table = open_table(capture.path(VEHICLES), SHAPES[VEHICLES], source="sdm_household_vehicles_2019", name=VEHICLES)
    sums = table.frame.groupby("p3_id_tipo_vehiculo")["f_exp"].sum()
    expanded = {str(kind): round(float(total), 4) for kind, total in sums.items()}
    return Parsed(city_rows("household_vehicles", expanded, YEAR, "vehicle_code"), table.accounts(), table.refused)
