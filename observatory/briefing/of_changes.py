"""The chapter of what changed since an earlier edition."""

from __future__ import annotations

from observatory.briefing.agenda import Item
from observatory.briefing.parts import Chapter
from observatory.sheets.cells import Cell, Grid
from observatory.sheets.fact import PARTS
from observatory.sheets.since import edition_before, told_since
from observatory.sheets.view import View

AT_MOST_SAYINGS = 5


def changes(view: View, item: Item, link: str) -> Chapter:
    """The facts in sentences: the first as sayings, all of them as a table by kind."""
    w, before = view.words, edition_before(view.book, view.state.since)
    if before is None:
        alone = w("changes.only_one", date=w.date(view.book.edition.built_on))
        return Chapter(item, title=w("nav.changes"), lead=alone, link=link)
    lines = sorted(told_since(before, view.book, view.state, w), key=lambda one: PARTS.index(one.fact.part))
    ids = {"before": before.edition_id, "after": view.book.edition_id}
    lead = w("changes.lead", n=w.count("changes.facts", len(lines)), **ids) if lines else w("changes.lead_none", **ids)
    title = w("changes.title", date=w.date(before.edition.built_on))
    rows = [[Cell(w(f"changes.part.{one.fact.part}")), Cell(one.sentence)] for one in lines]
    grid = Grid(title, [w("changes.kind"), w("changes.sentence")], rows)
    return Chapter(
        item,
        title=title,
        lead=lead,
        link=link,
        sayings=[one.sentence for one in lines[:AT_MOST_SAYINGS]],
        tables=[grid] if rows else [],
    )
