"""What the figures of sentences open: the receipt of a number, the sheet of a target, the list behind a count."""

from __future__ import annotations

from observatory.rows.catalogue import TargetRow
from observatory.rows.observation import TOTAL, LatestRow, Observation
from observatory.rows.progress import ProgressRow
from observatory.wording.told import Reference

POPULATION = Reference("sources", (("src", "sdp_population_2025"),))  # of the populations that territories tell


def receipt(
    indicator_id: str,
    territory_code: str,
    period: str,
    disaggregation: str = TOTAL,
    *,
    edition_id: str | None = None,
) -> Reference:
    """The receipt of a number; in another edition than the one shown when that is given."""
    choices: list[tuple[str, object]] = [("ind", (indicator_id,)), ("loc", (territory_code,)), ("t", period)]
    choices += [("dim", disaggregation)] if disaggregation != TOTAL else []
    choices += [("asof", edition_id)] if edition_id else []
    return Reference("receipt", tuple(choices))


def ranking(indicator_id: str, period: str, edition_id: str | None = None) -> Reference:
    """The localities in order, among which a place is counted."""
    choices: list[tuple[str, object]] = [("ind", (indicator_id,)), ("t", period), ("tab", "rank")]
    choices += [("asof", edition_id)] if edition_id else []
    return Reference("compare", tuple(choices))


def of_row(row: Observation | LatestRow) -> Reference:
    """The receipt of an observation."""
    dim = row.disaggregation if isinstance(row, Observation) else TOTAL
    return receipt(row.indicator_id, row.territory_code, row.period, dim)


def of_progress(row: ProgressRow) -> Reference:
    """The receipt of the value that progress is told of, which works out its share, what was expected, its pace."""
    return receipt(row.indicator_id, row.territory_code, row.period)


def promised(step: TargetRow, edition_id: str | None = None) -> Reference:
    """The sheet of a target: its milestones, what they count from, where they were read."""
    choices: list[tuple[str, object]] = [("plan", step.plan_id), ("node", step.target_id)]
    choices += [("asof", edition_id)] if edition_id else []
    return Reference("plan", tuple(choices))


def of_target(row: ProgressRow) -> Reference | None:
    """The sheet of the target that progress is held against; None where it is held against none."""
    if row.plan_id is None or row.target_id is None:
        return None
    return Reference("plan", (("plan", row.plan_id), ("node", row.target_id)))


def of_node(plan_id: str, version: str | None, node_id: str) -> Reference:
    """The sheet of a result or product, with the working of its progress."""
    return Reference("plan", (("plan", plan_id), ("ver", version), ("node", node_id)))
