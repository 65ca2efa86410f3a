"""The Youth policy 2019–2030 (CONPES D.C. 08 of 2019) as a plan, from the public follow-up board of its Secretariat.

36 result indicators 2020–2025 and 99 products 2019–2025, with yearly targets and reports. The board publishes neither
the targets after 2025 nor the final ones, nor who answers within a sector. Every cell is kept as stated; `used` and
`fault` say what enters our arithmetic and why it may differ:

- `missing_as_zero`: the board fills years without a report with 0 (R12 has zeros before it begins, and R26, R30 and
  R32 have nothing else). No share or rate of the results can be zero in a city. Where it could be (R4, R28, R29: few
  cases) and in the products' first year, 2019, where all 38 reports are 0, the zero is `zero_doubtful`. Both count as
  no report. Among those 38 are services that attend all who ask (P26, P28, P98, P99: 100 % from 2020 on) and levels
  with a baseline of tens of thousands (P2, P120); read as true zeros they would change no verdict after 2019. R4 in
  2020 is a true zero: none was programmed.
- scales: what `pipelines.sources.sdis_youth_policy` found cell by cell in thirteen results, and `MORE_FAULTS` in the
  others, read beside their series in the same way.
- products of type Creciente: the board shows the increment of the year; the level is its accumulated column.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from observatory.plan import Adjustment, Finding, Header, Node, PlanVersion, Published, Report, YearTarget
from observatory.plan_rules import check_plan
from observatory.registry.models import Text
from pipelines.plans.files import file_sha256
from pipelines.plans.rows import TYPES, code_in
from pipelines.reading.json_text import read_json
from pipelines.reading.sheets import plain
from pipelines.sources.sdis_youth_policy import DOUBTFUL, PRODUCTS, QUARANTINED, RESULTS, WRITTEN_AS_PERCENT

FIRST_YEAR = 2019  # of the products, where every report is 0
COULD_BE_ZERO = ("R4", "R28", "R29")
MORE_FAULTS: dict[tuple[str, int], str] = {
    ("R4", 2021): "scale_unknown",  # 0.0119 of a body, beside 2 and a target of 5
    ("R13", 2025): "not_credible",  # 1.17 where the series and targets are parts of one
    ("R15", 2021): "not_credible",  # 4.94 is the value of R16, the next row, for the same year
    ("R19", 2022): "doubtful",  # 102.8 percent
    ("R22", 2022): "scale_unknown",  # 0.068 books a year between 1.2 and 6.03
    ("R28", 2020): "doubtful",
    ("R34", 2022): "doubtful",  # all the young, after 24 % and 41 %
    ("R34", 2023): "doubtful",
    ("P101", 2021): "doubtful",  # 1 person against a target of 800, 1,543 the next year
    ("P120", 2025): "negative_value",  # −84,101 young people; the level falls from 93,455 to 9,354
} | {("R29", year): "scale_unknown" for year in (2020, 2021, 2022, 2023, 2025)}  # 0.4 to 4.66 against 0.011
TARGETS_IN_PERCENT = {("R10", year) for year in range(2020, 2026)} | {("R20", 2020)}  # 1.53 beside a baseline of 0.0155
TARGETS_HELD = {("R17", 2020), ("R18", 2020)}  # 81.77 years beside 14.7; 0.34 births beside 34.6
MEASURED_BY = {
    "R3": "youth_social_organisations",
    "R5": "lower_secondary_gross_coverage",
    "R6": "upper_secondary_gross_coverage",
    "R7": "higher_education_transition",
    "R8": "school_internet_enrolment",
    "R10": "upper_secondary_dropout",
    "R16": "youth_suicide_rate",
    "R18": "adolescent_fertility_rate",
    "R25": "youth_injury_rate",
    "R27": "youth_domestic_violence_rate",
    "R35": "youth_adequate_dwelling",
    "R36": "youth_walking_cycling",
    "R37": "youth_road_death_rate",
    "P7": "localities_with_youth_house",
    "P38": "youth_digital_skills",
}
RATES_IN_PERCENT = ("R5", "R6", "R7", "R10")  # "Tasa" on the board; coverage, transition and dropout in fractions
LOWER_IS_BETTER = ("R10", "R16", "R19")  # dropout, suicides, HIV incidence: by their names, not of type Decreciente
NOT_ON_THE_BOARD = "periodicity final_target entity"
MEASURES = {
    "valor": "year_value",
    "acumulado": "accumulated",
    "meta_acum": "accumulated_target",
    "porcentaje": "share_of_year",
    "porcentaje_acum": "share_to_date",
}
NAME = Text(es="Política Pública de Juventud 2019–2030", en="Youth Public Policy 2019–2030")
NOTE = Text(
    es="Del tablero público de la Secretaría de Integración Social, generado el 28 de julio de 2026. El tablero no"
    " publica las metas posteriores a 2025, las metas finales, la periodicidad ni la entidad de cada indicador.",
    en="From the public board of the Social Integration Secretariat, generated on 28 July 2026. The board publishes"
    " neither the targets after 2025, the final targets, the periodicity nor the entity of each indicator.",
)


def derive_youth(reference: Path) -> PlanVersion:
    """The plan as the two files of the board state it, with every faulty cell flagged."""
    contents = {file: read_json(reference / file, "items", "generado") for file in (RESULTS, PRODUCTS)}
    objectives = [
        Node(
            f"objective:{item['key'].rstrip('.')}",
            "",
            place,
            "objective",
            item["key"].rstrip("."),
            name=item["objetivo"],
        )
        for place, item in enumerate(contents[RESULTS]["dimensiones"], 1)
    ]
    plan = PlanVersion(_header(reference, contents[PRODUCTS]["generado"]), objectives)
    for kind, file in (("result", RESULTS), ("product", PRODUCTS)):
        for item in contents[file]["items"]:
            _read_item(plan, kind, item)
    plan.findings.extend([*_reported(plan), *check_plan(plan)])
    return plan


def _header(reference: Path, generated: str) -> Header:
    return Header(
        plan_id="youth_policy_2019_2030",
        version="metas al corte 2025-12-31",
        version_en="targets at 2025-12-31",
        name=NAME,
        norm="CONPES D.C. 08 de 2019",
        lead_sector="Integración Social",
        lead_entity="Secretaría Distrital de Integración Social",
        layout="board",
        source=f"SDIS-Juventud/tablero-ppdj: data/resultados.json ({generated})",
        source_sha256=file_sha256(reference / RESULTS),
        follow_up=f"SDIS-Juventud/tablero-ppdj: data/productos.json ({generated})",
        follow_up_sha256=file_sha256(reference / PRODUCTS),
        first_year=2019,
        last_year=2030,
        reported_to="2025-Q4",
        note=NOTE,
    )


def _read_item(plan: PlanVersion, kind: str, item: dict[str, Any]) -> None:
    node = _node(kind, item, len(plan.nodes) + 1)
    plan.nodes.append(node)
    for cell in item["serie"]:
        place = f"{item['llave']}.{cell['anio']}"
        if cell["meta"] is not None:
            plan.targets.append(_target(node, item["llave"], cell, f"{place}.meta"))
        if cell["valor"] is not None:
            plan.reports.append(_report(node, kind, item, cell))
        plan.published.extend(
            Published(node.node_id, cell["anio"], measure, _inside(name, cell[name]), "", f"{place}.{name}")
            for name, measure in MEASURES.items()
            if cell.get(name) is not None and (kind == "product" or name == "porcentaje")
        )
    plan.adjustments.extend(
        Adjustment(
            node.node_id, change["fecha"], "; ".join(" ".join(line.split()) for line in change["ajuste"].splitlines())
        )
        for change in item["ajustes"]
    )


def _inside(name: str, value: float) -> float:
    return round(value / 100, 6) if name.startswith("porcentaje") else value


def _node(kind: str, item: dict[str, Any], position: int) -> Node:
    code = code_in(item["esperado"], kind)
    stated = item["valor_linea_base"]
    is_number = isinstance(stated, int | float)
    above = "objective" if kind == "result" else "result"
    return Node(
        node_id=f"{kind}:{code}",
        parent_id=f"{above}:{code.rpartition('.')[0]}",
        position=position,
        kind=kind,
        code=code,
        name=item["esperado"].strip(),
        indicator=item["indicador"].strip(),
        unit=f"{item['indicador_tipo']} (%)" if item["llave"] in RATES_IN_PERCENT else item["indicador_tipo"],
        weight=item["ponderacion"],
        sector=item["sector_lider"],
        annualization=TYPES[plain(item["tipo_anualizacion"])],
        annualization_text=item["tipo_anualizacion"],
        baseline_value=float(stated) if is_number else None,
        baseline_text="" if is_number else stated or "",
        starts=item["fecha_inicio"],
        ends=item["fecha_fin"],
        pending=NOT_ON_THE_BOARD,
        indicator_id=MEASURED_BY.get(item["llave"], ""),
        direction="lower_is_better" if item["llave"] in LOWER_IS_BETTER else "",
        cell=item["llave"],
    )


def _target(node: Node, key: str, cell: dict[str, Any], place: str) -> YearTarget:
    value, year = float(cell["meta"]), cell["anio"]
    if (key, year) in TARGETS_IN_PERCENT:
        return YearTarget(node.node_id, year, round(value / 100, 6), repr(value), place)
    if (key, year) in TARGETS_HELD:
        return YearTarget(node.node_id, year, None, repr(value), place)
    return YearTarget(node.node_id, year, value, "", place)


def _report(node: Node, kind: str, item: dict[str, Any], cell: dict[str, Any]) -> Report:
    is_level = kind == "product" and node.annualization == "increasing"
    name = "acumulado" if is_level else "valor"
    value, year, key = float(cell[name]), cell["anio"], item["llave"]
    fault = fault_of(kind, key, cell, int(item["fecha_inicio"][:4]))
    used = {"": value, "doubtful": value, "written_as_percent": round(value / 100, 6)}.get(fault)
    return Report(node.node_id, year, 0, value, used, fault, "", f"{key}.{year}.{name}")


def fault_of(kind: str, key: str, cell: dict[str, Any], starts: int) -> str:
    """What is wrong with a cell: a code of `observatory.plan.FAULTS`; empty when nothing is.

    Args:
        kind: result or product.
        key: R1 … R37, P1 … P123.
        cell: year, value and target as the board states them.
        starts: first year of the indicator.
    """
    year, value = cell["anio"], cell["valor"]
    if year < starts:
        return "before_start"
    if value == 0 and cell["meta"] == 0:
        return ""
    if value == 0 and kind == "result":
        return "zero_doubtful" if key in COULD_BE_ZERO else "missing_as_zero"
    if value == 0 and year == FIRST_YEAR:
        return "zero_doubtful"
    if (key, year) in WRITTEN_AS_PERCENT:
        return "written_as_percent"
    if (key, year) in DOUBTFUL:
        return "doubtful"
    return QUARANTINED.get((key, year)) or MORE_FAULTS.get((key, year), "")


def _reported(plan: PlanVersion) -> list[Finding]:
    """The faults of cells as findings, and targets that were read in another scale or held."""
    found = []
    for report in plan.reports:
        node = plan.by_id[report.node_id]
        if report.fault:
            used = "" if report.used is None or report.used == report.value else f"{report.used:.6g}"
            severity = "warning" if report.fault in ("doubtful", "zero_doubtful", "before_start") else "error"
            found.append(
                Finding(report.fault, severity, node.node_id, node.code, report.cell, f"{report.value:.10g}", used)
            )
        elif node.kind == "product" and node.unit == "Valor" and report.value != int(report.value or 0):
            found.append(
                Finding(
                    "count_with_decimals", "warning", node.node_id, node.code, report.cell, f"{report.value:.10g}", ""
                )
            )
    for target in plan.targets:
        if target.text:
            code, used = plan.by_id[target.node_id].code, "" if target.value is None else f"{target.value:.6g}"
            found.append(Finding("target_scale", "error", target.node_id, code, target.cell, target.text, used))
    return found
