"""An indicator of an edition as CSV, for the command line."""

from __future__ import annotations

import os
from pathlib import Path

from observatory.editions import reads
from observatory.editions.book import read_book
from observatory.editions.exports import ExportContext, to_csv
from observatory.editions.opening import open_by_id, open_current
from observatory.errors import EditionError, nearest
from observatory.links import DASHBOARD, ViewState, full_link
from observatory.wording import Lang


def export_csv(editions: Path, edition_id: str | None, indicator_id: str, lang: Lang) -> bytes:
    """Every observation of an indicator, with where it comes from.

    Links name the host of `OBSERVATORY_DASHBOARD_URL`; without it they begin with the page.

    Raises:
        EditionError: no such edition, or no such indicator in it.
    """
    edition = open_by_id(edition_id, editions) if edition_id else open_current(editions)
    book = read_book(edition)
    if indicator_id not in book.indicators:
        fix = nearest(indicator_id, book.indicators)
        raise EditionError(f"no indicator {indicator_id!r}", where=edition.edition_id, fix=fix)
    origin = os.environ.get(DASHBOARD, "").rstrip("/")
    link = f"{origin}{full_link('indicator', ViewState(lang=lang, ind=(indicator_id,)), edition.edition_id)}"
    return to_csv(reads.observations(edition, indicator_id), ExportContext(book, lang, link, (indicator_id,), origin))
