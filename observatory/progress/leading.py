"""Which of several targets stands for an indicator in a territory."""

from __future__ import annotations

from observatory.registry.models import Target
from observatory.rows.progress import ProgressRow


def with_leader(rows: list[tuple[ProgressRow, Target, int | None, bool]]) -> list[ProgressRow]:
    """Mark the row that stands for the indicator in its territory.

    Args:
        rows: each row with its target, the year its plan starts and whether the plan is closed.

    District targets of open plans compete: assessed first, read before announced, the latest plan, then by id.
    """
    open_rows = [item for item in rows if not item[3] and item[1].scope == "district" and item[1].role != "reference"]
    if not open_rows:
        return [item[0] for item in rows]
    leader = min(open_rows, key=_precedence)[0]
    return [item[0]._replace(leads=item[0] is leader) for item in rows]


def _precedence(item: tuple[ProgressRow, Target, int | None, bool]) -> tuple[bool, bool, int, str]:
    row, target, starts, _ = item
    return row.status == "not_assessed", target.role == "announced", -(starts or 0), target.id
