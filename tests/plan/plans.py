"""Small plans for tests. Their names and figures are of no real plan."""

from __future__ import annotations

from typing import Any

from observatory.plan import Header, Node, PlanVersion, Report, YearTarget
from observatory.registry.models import Bands, Text

BANDS = Bands(at_risk_above=0.5, on_track_above=0.75, over_executed_above=1.25, source=Text(es="Semáforo", en="Bands"))


def header(**fields: Any) -> Header:
    """A header whose fields are plain unless named."""
    known: dict[str, Any] = {
        "plan_id": "example",
        "version": "1",
        "name": Text(es="Ejemplo", en="Example"),
        "norm": "CONPES D.C. 0",
        "layout": "new",
        "source": "example.xlsx",
        "first_year": 2023,
        "last_year": 2026,
        "reported_to": "2024-Q4",
    }
    return Header(**(known | fields))


def tree(*products: Node, results: tuple[Node, ...] = ()) -> PlanVersion:
    """One objective and result of weight 1 above the products, or above the results given."""
    nodes = [Node("objective:1", "", 1, "objective", "1", name="Uno", weight=1.0)]
    nodes += results or (node("1.1", kind="result", parent="objective:1", weight=1.0, annualization="constant"),)
    return PlanVersion(header(), [*nodes, *products])


def node(code: str, *, kind: str = "product", parent: str = "result:1.1", **fields: Any) -> Node:
    """A product of type sum unless said otherwise."""
    plain = {"name": code, "indicator": f"Indicador {code}", "annualization": "sum", "cell": f"IP!{code}"}
    return Node(f"{kind}:{code}", parent, 1, kind, code, **(plain | fields))


def promise(plan: PlanVersion, code: str, targets: dict[int, float], *, kind: str = "product") -> None:
    """Add yearly targets."""
    plan.targets.extend(
        YearTarget(f"{kind}:{code}", year, value, "", f"{code}.{year}") for year, value in targets.items()
    )


def report(
    plan: PlanVersion, code: str, values: dict[str, float | None], fault: str = "", kind: str = "product"
) -> None:
    """Add reports by quarter code (2024-Q2), or by year for the whole of it."""
    for when, value in values.items():
        year, _, quarter = when.partition("-Q")
        used = None if fault else value
        plan.reports.append(
            Report(f"{kind}:{code}", int(year), int(quarter or 0), value, used, fault, "", f"{code}.{when}")
        )
