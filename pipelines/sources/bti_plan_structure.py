"""Structure of the action plan "Bogotá Territorio Inteligente" (CONPES D.C. 29 of 2023), version 4 of 2026.

Publisher: Secretaría Distrital de Planeación and Consejería de TIC, workbook `PA_BTI_V4-26_DP.xlsx`, as read by a
tested public extractor: 7 result indicators, 46 product indicators, their codes and years. No names, no targets.
"""

from __future__ import annotations

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.json_text import read_json

PLAN = "policy/plan_accion_bti_estructura.json"
FILES: tuple[str, ...] = (PLAN,)
PERIOD = "2026"
LISTS = {"result_indicators": ("codigos_ir", "n_ir", 2), "product_indicators": ("codigos_ip", "n_ip", 3)}


def parse(capture: Capture) -> Parsed:
    """Indicators of the plan by kind; each code is one record.

    Raises:
        SourceError: a list is not as long as it says, repeats a code, or a product's result is not in the plan.
    """
    plan = read_json(capture.path(PLAN), "codigos_ir", "codigos_ip")
    rows, records = [], 0
    for measure, (codes, count, depth) in LISTS.items():
        found = plan[codes]
        wrong = [code for code in found if len(code.split(".")) != depth]
        if wrong or len(set(found)) != plan[count] or len(found) != plan[count]:
            raise SourceError(f"{codes}: {len(found)} codes, {plan[count]} said, odd {wrong}", where=PLAN)
        rows.append(FigureRow(measure, CITY, PERIOD, value=len(found)))
        records += len(found)
    orphans = [code for code in plan["codigos_ip"] if code.rpartition(".")[0] not in plan["codigos_ir"]]
    if orphans:
        raise SourceError(f"products {orphans} have no result", where=PLAN)
    return Parsed(rows, [Account(PLAN, "observed", "used", records)])
