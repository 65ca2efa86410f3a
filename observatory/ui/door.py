"""The way into a page and out of it: settings, the view or the reason why there is none, head and foot."""

from __future__ import annotations

import logging
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from observatory.errors import EditionError
from observatory.links import Vocabulary, parse_link
from observatory.sheets.view import PAGES, View
from observatory.ui import canvas
from observatory.ui.masthead import footer, masthead
from observatory.ui.view import current_view, newest_id, reader_language
from observatory.wording import Words, words

__all__ = ["PAGES", "enter", "follow", "leave", "settings", "title"]

_ICON = Path(__file__).with_name("icon.svg")
_log = logging.getLogger(__name__)


def _reader_words() -> Words:
    return words(reader_language(parse_link(st.query_params.to_dict(), Vocabulary())[0]))


def settings(page_title: str) -> None:
    """Page settings and style, the same on every page."""
    st.set_page_config(page_title=page_title, page_icon=str(_ICON), layout="wide", initial_sidebar_state="collapsed")
    canvas.style()


def title(page: str) -> str:
    """The page's name in the browser's tab, in the reader's language."""
    w = _reader_words()
    return f"{w(f'nav.{page}')} · {w('app.name')}"


def follow(pages: dict[str, Any]) -> None:
    """Go to the page whose link was just clicked."""
    asked = canvas.destination()
    if asked is not None and asked[0] in pages:
        st.switch_page(pages[asked[0]], query_params=asked[1])


def enter(page: str) -> View:
    """The view the address asks for, under the page's head. Without an edition: the reason, and the run ends."""
    _through_the_dashboard()
    canvas.enter(page)
    try:
        view = current_view(page)
    except EditionError as error:
        _log.warning("no edition to show: %s", error)
        _closed(page)
        st.stop()
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


def leave(view: View) -> None:
    """The page's foot."""
    footer(view)


def _closed(page: str) -> None:
    w = _reader_words()
    newest = newest_id()
    query = {name: text for name, text in st.query_params.to_dict().items() if name != "asof"}
    said = "edition.missing" if newest and "asof" in st.query_params else "edition.none"
    link = ""
    if newest:
        href = f"/{page}?" + "&".join(f"{escape(name)}={escape(text)}" for name, text in query.items())
        link = f'<p><a href="{href}">{escape(w("edition.newest"))} ({escape(newest)})</a></p>'
    asked = escape(st.query_params.get("asof", ""))
    canvas.show(f'<section class="obs-empty"><h1>{escape(w(said))}</h1><p>{asked}</p>{link}</section>', "obs-closed")
