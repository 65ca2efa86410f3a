"""The plans that ship with the observatory, derived from the publishers' files: `data/plans`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from observatory.plan import PlanVersion
from observatory.registry.models import Bands
from pipelines.plans.board_comparison import Compared, compare_board
from pipelines.plans.bti import derive_bti
from pipelines.plans.files import publish_plan, write_rows
from pipelines.plans.youth import derive_youth

COMPARISON = "board_comparison.csv"
SHIPPED: tuple[Callable[[Path], list[PlanVersion]], ...] = (derive_bti, lambda folder: [derive_youth(folder)])


def derive_plans(reference: Path, root: Path, bands: Bands) -> list[Path]:
    """Derive every shipped plan into `root` (`data/plans`) and say where; an unchanged plan changes nothing.

    Args:
        reference: folder of the publishers' files.
        root: folder of the plans.
        bands: cuts between statuses, of the catalogue.

    Raises:
        SourceError: a file does not hold what the derivation rests on.
    """
    found = []
    for derive in SHIPPED:
        for plan in derive(reference):
            found.append(publish_plan(plan, root))
            if plan.header.layout == "board":
                write_rows(root / plan.header.plan_id / COMPARISON, Compared, compare_board(plan, bands))
    return found
