"""What a plan states and how it goes, as rows of a file: baselines, targets, reports, progress, with their source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from observatory.briefing.parts import Stated
from observatory.plan import Node
from observatory.sheets.plan_shown import Promise, Shown
from observatory.sheets.plan_words import is_fraction, stated_text
from observatory.sheets.view import View
from observatory.territory import CITY

PERCENT = 100.0


def of_nodes(view: View, found: Shown, nodes: Iterable[Node]) -> list[Stated]:
    """Results and products of a plan; one whose file is pending says so in a row of its own."""
    return [row for node in nodes for row in _of_node(view, found, node)]


def _of_node(view: View, found: Shown, node: Node) -> Iterator[Stated]:
    assert found.tree is not None
    assert found.version is not None
    w, tree, version = view.words, found.tree, found.version
    name = node.indicator or node.name or w("plan.page.name_pending")
    row = Stated("", node.node_id, f"{node.code} {name}", CITY, view.name(CITY), unit=node.unit)
    read = (version.source, version.follow_up or "")
    row = row._replace(plan=version.name(w.lang), source=_joined(*read, node.cell))
    if node.is_pending:
        yield row._replace(kind="pending", reason=w("plan.reason.pending"))
        return
    factor = PERCENT if is_fraction(tree, node) else 1.0
    if node.baseline_value is not None:
        since = str(node.baseline_year or "")
        yield row._replace(kind="baseline", period=since, value=_times(node.baseline_value, factor))
    for year, target in sorted(tree.targets_of(node.node_id).items()):
        promised = row._replace(kind="target", period=str(year), source=_joined(*read, target.cell))
        yield promised._replace(value=_times(target.value, factor), said=target.text)
    for report in tree.reports_of(node.node_id):
        period = f"{report.year}-Q{report.quarter}" if report.quarter else str(report.year)
        fault = w(f"plan.fault.{report.fault}") if report.fault else ""
        stated = report.text or (stated_text(repr(report.value), w) if report.used != report.value else "")
        reported = row._replace(kind="reported", period=period, source=_joined(*read, report.cell))
        yield reported._replace(value=_times(report.used, factor), said=stated, reason=fault)
    yield from _standing(view, found, node, row)


def _standing(view: View, found: Shown, node: Node, row: Stated) -> Iterator[Stated]:
    """Where it stands at the newest cut, in percent of what was due."""
    w, at = view.words, found.now.get(node.node_id)
    if at is None:
        return
    reason = w(f"plan.reason.{at.reason}") if at.reason else w(f"plan.fault.{at.fault}") if at.fault else ""
    share, unit = _times(at.share, PERCENT), f"% {w('plan.page.of_due')}"
    status = w(f"status.{at.status}")
    yield row._replace(kind="progress", period=at.cut, value=share, unit=unit, status=status, reason=reason)


def of_promises(view: View, promises: Sequence[Promise]) -> list[Stated]:
    """Targets of the catalogue, milestone by milestone, and how each stands in the city."""
    return [row for one in promises for row in _of_promise(view, one)]


def _of_promise(view: View, one: Promise) -> Iterator[Stated]:
    w, lang, first = view.words, view.lang, one.first
    factor = PERCENT if "%" in first.unit_es else 1.0
    place = first.territory_en if lang == "en" else first.territory_es
    row = Stated("", first.target_id, first.name(lang), first.territory_code or "", place, unit=first.unit(lang))
    plan = view.book.plans[first.plan_id].name(lang)
    row = row._replace(plan=plan, source=_joined(first.article(lang), first.source(lang)))
    if first.baseline_value is not None:
        is_level = first.kind == "percent_change"  # in a unit that the text names
        value = _times(first.baseline_value, 1.0 if is_level else factor)
        said = (first.baseline_en if lang == "en" else first.baseline_es) or ""
        yield row._replace(kind="baseline", period=first.baseline_period or "", value=value, said=said)
    for step in one.milestones:
        said = (step.text_en if lang == "en" else step.text_es) or ""
        kind = "reference" if step.role == "reference" else "target"
        yield row._replace(kind=kind, period=step.period or "", value=_times(step.value, factor), said=said)
    if one.progress is not None and one.indicator is not None:
        at, measure, factor = one.progress, one.indicator, one.indicator.factor
        source = view.book.sources[measure.source_ids[0]]
        measured = row._replace(period=at.period, status=w(f"status.{at.status}"), unit=measure.unit(lang))
        reason = w(f"reason.{at.reason}") if at.reason else ""
        named = f"{source.publisher}, {source.dataset(lang)}"
        yield measured._replace(kind="measured", value=_times(at.value, factor), reason=reason, source=named)


def _times(value: float | None, factor: float) -> float | None:
    """A value in the unit it is said in, free of the noise of binary fractions."""
    return None if value is None else float(f"{value * factor:.12g}")


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
