"""`python -m pipelines brief`: the files of an agenda, written to a folder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from observatory.briefing.agenda import edition_of, read_agenda
from observatory.briefing.chapters import briefing
from observatory.briefing.making import files
from observatory.editions.book import read_book
from observatory.editions.opening import current_path, open_by_id
from observatory.links import DASHBOARD, is_of_this_machine


def brief(
    agenda: Path, edition_id: str | None, folder: Path, editions: Path, progress: Callable[[str, str], None]
) -> int:
    """Write every file of a briefing.

    Args:
        agenda: YAML with title, date, language and views as links.
        edition_id: the one the views are pinned to when None, and the current edition when they are not.
        folder: where the files go; made when it is not there.
        editions: folder of the editions.
        progress: told each step.

    Raises:
        EditionError: no such edition, an agenda that cannot be read, or views pinned to another edition.
    """
    began = time.perf_counter()
    book = read_book(open_by_id(edition_of(agenda, edition_id, current_path(editions).stem), editions))
    asked, lang = read_agenda(agenda, book.vocabulary)
    origin = os.environ.get(DASHBOARD, "").rstrip("/")
    if warning := reach(origin):
        progress("links", warning)
    made = briefing(book, asked, lang, origin, lambda done, total: progress("views", f"{done} of {total}"))
    folder.mkdir(parents=True, exist_ok=True)
    for _, name, content in files(made):
        (folder / name).write_bytes(content)
        progress("written", f"{folder / name} ({len(content) / 1000:.0f} kB)")
    progress("done", f"{len(made.chapters)} views of {book.edition_id} in {time.perf_counter() - began:.1f} s")
    return 0


def reach(origin: str) -> str:
    """What must be said of links that nobody else could follow, and how to mend it; empty when all is well."""
    remedy = f"set {DASHBOARD} to the address where others open the dashboard, as https://observatorio.example.org"
    if not origin:
        return f"the files name their views without a link that opens: no host is known; {remedy}"
    if is_of_this_machine(origin):
        return f"links and QR codes lead to {origin}, which opens on this machine only; {remedy}"
    return ""
