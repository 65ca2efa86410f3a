"""The briefing under way: kept for the reader's session, so that any page can add its view to it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from observatory.briefing.agenda import BRIEFED, agenda_of, item_of, state_of
from observatory.links import ViewState, parse_link
from observatory.sheets.view import View

_KEY = "obs-agenda"


def remember(view: View) -> None:
    """Keep the agenda of the briefing page that is shown."""
    st.session_state[_KEY] = ViewState(agenda=view.state.agenda, title=view.state.title, day=view.state.day)


def with_view(view: View, link: str) -> str:
    """The address of the briefing with the view of a pinned link behind the others; empty for pages it cannot hold."""
    if view.page not in BRIEFED:
        return ""
    query = dict(parse_qsl(urlsplit(link).query))
    state, _ = parse_link(query, view.book.vocabulary)
    agenda, _ = agenda_of(st.session_state.get(_KEY, ViewState()), view.book.vocabulary)
    item = item_of(view.page, state)
    whole = agenda if item in agenda.items else agenda.with_item(item)
    kept = state_of(whole)
    return view.link("briefing", (), agenda=kept.agenda, title=kept.title, day=kept.day)
