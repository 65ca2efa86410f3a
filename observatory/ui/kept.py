"""HTML that is drawn once per edition, language and way of looking, and shared by all sessions."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from observatory.sheets.view import View


def kept(view: View, part: str, draw: Callable[[], str]) -> str:
    """What `draw` gives for this view; `part` names it among everything that is kept."""
    return _drawn((view.book.edition_id, view.lang, view.state.asof, view.state.present, part), draw)


@st.cache_resource(max_entries=64, show_spinner=False)
def _drawn(key: tuple[object, ...], _draw: Callable[[], str]) -> str:  # noqa: ARG001  # the key is for the cache
    return _draw()
