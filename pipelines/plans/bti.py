"""Bogotá Territorio Inteligente 2023–2032 (CONPES D.C. 29 of 2023): its structure, version by version.

Known are the codes of action plan v4 (2026), which of them the follow-up files of 2025 hold, and how many products
there were at approval. Names, indicators, weights and targets are in the official workbook, which is not public here:
every node says so under `pending`, and one `import-plan` fills them.

Sources: reading of the official workbook `PA_BTI_V4-26_DP.xlsx` by the public extractor raulecuervo/extractor-pa-
maestro (file `plan_accion_bti_estructura.json` = its `tests/golden/plan_bti.json`); its readings `seg_bti*.json` of the
2025 follow-up; products at approval: uclg-digitalcities.org/es/practica/bogota-territorio-inteligente/.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from observatory.errors import SourceError
from observatory.plan import PENDING, Header, Node, PlanVersion
from observatory.plan_codes import code_key, parent_code
from observatory.plan_rules import compare_versions
from observatory.registry.models import Text
from pipelines.plans.files import file_sha256
from pipelines.reading.json_text import read_json

FILE = "policy/plan_accion_bti_estructura.json"
NOT_IN_FOLLOW_UP_2025 = ("2.1.4", "4.1.6", "5.1.6", "5.1.7", "5.1.8", "6.1.11", "6.1.12", "6.1.13")
PRODUCTS_AT_APPROVAL = 36
NAME = Text(
    es="Política Pública Bogotá Territorio Inteligente 2023–2032", en="Bogotá Smart Territory Public Policy 2023–2032"
)
OBJECTIVE_PENDING, REST_PENDING = "name weight", " ".join(PENDING)


def derive_bti(reference: Path) -> list[PlanVersion]:
    """The three versions known, oldest first.

    Raises:
        SourceError: the file holds other codes than those the versions rest on.
    """
    path = reference / FILE
    content = read_json(path, "codigos_ir", "codigos_ip", "archivo")
    results, products = sorted(content["codigos_ir"], key=code_key), sorted(content["codigos_ip"], key=code_key)
    if missing := set(NOT_IN_FOLLOW_UP_2025) - set(products):
        raise SourceError(f"no product {sorted(missing)}", where=FILE, fix="read which codes the 2025 follow-up lacks")
    followed = [code for code in products if code not in NOT_IN_FOLLOW_UP_2025]
    extractor = "raulecuervo/extractor-pa-maestro: tests/golden"
    approved = _header(APPROVED, "uclg-digitalcities.org", APPROVAL, PRODUCTS_AT_APPROVAL)
    in_2025 = _header(IN_2025, f"{extractor}/seg_bti*.json", FOLLOW_UP, len(followed))
    workbook = f"{extractor}/plan_bti.json ({content['archivo']})"
    in_2026 = _header(IN_2026, workbook, VERSION_4, len(products), file_sha256(path))
    before, now = PlanVersion(in_2025, _nodes(results, followed)), PlanVersion(in_2026, _nodes(results, products))
    return [PlanVersion(approved, _nodes(results, [])), before, replace(now, findings=compare_versions(before, now))]


APPROVED = Text(es="aprobación 2023", en="approval 2023")
IN_2025 = Text(es="seguimiento 2025", en="follow-up 2025")
IN_2026 = Text(es="plan de acción v4 (2026)", en="action plan v4 (2026)")
APPROVAL = Text(
    es="Al aprobarse, la política tenía 7 objetivos, 7 resultados y 36 productos. No se sabe qué códigos eran esos 36.",
    en="When approved, the policy had 7 objectives, 7 results and 36 products. Which codes those 36 were is not known.",
)
FOLLOW_UP = Text(
    es="Los 38 productos de los archivos de seguimiento de 2025. Sus nombres, metas y reportes están en esos archivos,"
    " que no se han cargado.",
    en="The 38 products of the 2025 follow-up files. Their names, targets and reports are in those files, which have"
    " not been loaded.",
)
VERSION_4 = Text(
    es="Los 46 códigos de producto del plan de acción v4. Nombres, ponderaciones y metas están pendientes del archivo"
    " oficial.",
    en="The 46 product codes of action plan v4. Names, weights and targets are pending the official file.",
)


def _header(version: Text, source: str, note: Text, products: int, sha256: str | None = None) -> Header:
    return Header(
        plan_id="bti_2023_2032",
        version=version.es,
        version_en=version.en,
        name=NAME,
        norm="CONPES D.C. 29 de 2023",
        lead_sector="Gestión Pública",
        lead_entity="Secretaría General de la Alcaldía Mayor – Consejería Distrital de TIC",
        layout="structure",
        source=source,
        source_sha256=sha256,
        first_year=2023,
        last_year=2032,
        products_stated=products,
        note=note,
    )


def _nodes(results: list[str], products: list[str]) -> list[Node]:
    """The tree of the codes; a result's objective is its first number."""
    objectives = list(dict.fromkeys(parent_code(code) for code in results))
    rows = [("objective", code, OBJECTIVE_PENDING) for code in objectives]
    rows += [("result", code, REST_PENDING) for code in results] + [
        ("product", code, REST_PENDING) for code in products
    ]
    above = {"objective": "", "result": "objective:", "product": "result:"}
    return [
        Node(f"{kind}:{code}", above[kind] and above[kind] + parent_code(code), place, kind, code, pending=pending)
        for place, (kind, code, pending) in enumerate(rows, 1)
    ]
