"""The way into a page and out of it: settings, the view or the reason why there is none, head and foot."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from observatory.editions import opening
from observatory.errors import EditionError, EditionFormError
from observatory.links import Vocabulary, migrated, parse_link, unfolded
from observatory.sheets.marks import anchor, heading, tag
from observatory.sheets.view import ALL_PAGES, View
from observatory.ui import canvas
from observatory.ui.kept import kept
from observatory.ui.masthead import footer, masthead
from observatory.ui.meeting import is_meeting, screen, screen_key
from observatory.ui.view import asked, base_path, current_view, editions_folder, newest_id, reader_language
from observatory.wording import Words, words

__all__ = ["ALL_PAGES", "enter", "follow", "leave", "settings", "title"]

_ICON = Path(__file__).with_name("icon.svg")
_log = logging.getLogger(__name__)


def _reader_words() -> Words:
    return words(reader_language(parse_link(asked(), Vocabulary())[0]))


def settings(page_title: str) -> None:
    """Page settings and style, the same on every page."""
    st.set_page_config(page_title=page_title, page_icon=str(_ICON), layout="wide", initial_sidebar_state="collapsed")
    canvas.style()
    canvas.engine()


def title(page: str) -> str:
    """The page's name in the browser's tab, in the reader's language."""
    w = _reader_words()
    return f"{w(f'nav.{page}')} · {w('app.name')}"


def follow(pages: dict[str, Any]) -> None:
    """Go to the page that a short link asks for."""
    short = unfolded(st.query_params.to_dict())
    destination = migrated(*short) if short else None
    if destination is not None and destination[0] in pages:
        st.switch_page(pages[destination[0]], query_params=destination[1])


def enter(page: str) -> View:
    """The view the address asks for, under the page's head. Without an edition: the reason, and the run ends."""
    _through_the_dashboard()
    try:
        view = current_view(page)
    except EditionError as error:
        _log.warning("no edition to show: %s", error)
        _closed(page, error)
        st.stop()
    if is_meeting(view):
        canvas.style("meeting")
        canvas.show(kept(view, screen_key(view), lambda: screen(view)), "obs-screen")
        st.stop()
    if not st.context.is_embedded:
        masthead(view)
    return view


def _through_the_dashboard() -> None:
    """Run the dashboard when the server ran the page's file alone.

    Streamlit takes a folder named `pages` for pages of its old kind until `st.navigation` has run once, so the first
    deep link after a start would skip `dashboard.py`.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def leave(view: View, last: str = "") -> None:
    """The page's last HTML and its foot; an embedded page has neither head nor foot."""
    if not st.context.is_embedded:
        footer(view, last)
    elif last:
        canvas.show(last, "obs-last")


def _closed(page: str, error: EditionError) -> None:
    """Why there is nothing to show; of a link to an edition that cannot be shown: the nearest and the newest."""
    w, query = _reader_words(), asked()
    newest, asof = newest_id(), query.get("asof")
    if newest is None or asof is None:
        canvas.show(f'<section class="obs-empty">{heading(1, w("edition.none"))}</section>', "obs-closed")
        return
    nearest = opening.nearest_edition(asof, editions_folder())
    offered = [("edition.nearest", nearest.edition_id)] if nearest and nearest.edition_id != newest else []
    links = [
        _offered(page, query | {"asof": one}, w(key, edition=one))
        for key, one in [*offered, ("edition.newest_one", newest)]
    ]
    key = "missing" if not (editions_folder() / f"{asof}.duckdb").is_file() else "damaged"
    key = "other_form" if isinstance(error, EditionFormError) else key
    why = tag("p", w(f"edition.why_{key}")) if key != "missing" else ""
    said = heading(1, w(f"edition.{key}")) + why + tag("p", w("edition.asked", edition=asof))
    canvas.show(f'<section class="obs-empty">{said}{"".join(links)}</section>', "obs-closed")


def _offered(page: str, query: dict[str, str], text: str) -> str:
    """A paragraph with a link to a page."""
    return f"<p>{anchor(f'{base_path()}/{page}?{urlencode(query)}', text)}</p>"
