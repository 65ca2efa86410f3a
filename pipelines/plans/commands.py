"""The commands of plans: `import-plan FILE.xlsx`, `import-follow-up FILE.xlsb`, `plans --from FOLDER`.

Each writes a new version under `data/plans` and leaves those before it; the next `build` puts it in the edition.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.commands import Commands, Progress, command
from pipelines.layout import Layout

if TYPE_CHECKING:
    from observatory.plan import PlanVersion
    from observatory.registry.models import Plan

DEFAULT_PLAN = "bti_2023_2032"
NEXT = "python -m pipelines build"


def add_commands(commands: Commands) -> None:
    """Register the three commands with those of `python -m pipelines`."""
    planned = command(commands, "import-plan", _import_plan, "read an action-plan workbook as a new version")
    planned.add_argument("--version", help="version in the words readers will see; the file's name when left out")
    words = "read a follow-up workbook onto the current version"
    followed = command(commands, "import-follow-up", _import_follow_up, words)
    kinds = ".xlsx, .xlsm or .xlsb as the District publishes it"
    for parser in (planned, followed):
        parser.add_argument("file", type=Path, metavar="FILE", help=kinds)
        parser.add_argument("--plan", default=DEFAULT_PLAN, help=f"of the catalogue; else {DEFAULT_PLAN}")
    derived = command(commands, "plans", _derive, "derive the shipped plans again from the publishers' files")
    derived.add_argument("--from", dest="folder", type=Path, required=True, metavar="FOLDER")


def _import_plan(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from pipelines.plans.workbook import import_plan

    record = _record(options.plan, layout)
    plan, folder = import_plan(options.file, layout.plans, record, options.version or options.file.stem)
    return _told(plan, folder, progress)


def _import_follow_up(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from pipelines.plans.follow_up_workbook import import_follow_up

    plan, folder = import_follow_up(options.file, layout.plans, _record(options.plan, layout).id)
    return _told(plan, folder, progress)


def _record(plan_id: str, layout: Layout) -> Plan:
    """The catalogue's record of a plan.

    Raises:
        SourceError: there is no such plan; the nearest id is given.
    """
    from observatory.errors import SourceError, nearest
    from observatory.registry.loading import load_catalogue

    plans = {plan.id: plan for plan in load_catalogue(layout.catalogue).plans}
    if plan_id not in plans:
        fix = nearest(plan_id, plans) or "add it under `plans`"
        raise SourceError(f"no plan {plan_id!r}", where=str(layout.catalogue), fix=fix)
    return plans[plan_id]


def _told(plan: PlanVersion, folder: Path, progress: Progress) -> int:
    """Say what was read, what was found wrong in it, cell by cell, and what to do next."""
    kinds = Counter(node.kind for node in plan.nodes)
    progress("read", f"{kinds['objective']} objectives, {kinds['result']} results, {kinds['product']} products")
    progress("read", f"{len(plan.targets)} yearly targets, {len(plan.reports)} reports, {len(plan.notes)} notes")
    for finding in plan.findings:
        progress(finding.severity, " ".join(filter(None, (finding.cell, finding.code, finding.rule, finding.found))))
    severities = Counter(finding.severity for finding in plan.findings)
    said = ", ".join(f"{severities[name]} {name}s" for name in ("error", "warning", "notice"))
    print(f"{folder}\n{said}; now: {NEXT}")
    return 0


def _derive(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from observatory.errors import SourceError
    from observatory.registry.loading import load_catalogue
    from pipelines.plans.shipped import derive_plans

    if not options.folder.is_dir():
        raise SourceError("no such folder", where=str(options.folder), fix="give the publishers' files with --from")
    for folder in derive_plans(options.folder, layout.plans, load_catalogue(layout.catalogue).status_bands):
        progress("plans", str(folder))
    return 0
