"""The briefing under way: kept for the reader's session, so that any page can add its view to it."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from observatory.briefing.agenda import BRIEFED, Agenda, agenda_of, item_of, state_of
from observatory.links import ViewState, parse_link
from observatory.sheets.view import View

_KEY = "obs-agenda"


class Basket(NamedTuple):
    """A view and the briefing under way."""

    has_view: bool  # it is in the briefing already
    views: int  # of the briefing, without this one where it is not in it
    here: str  # the address of this very page with the view in the briefing
    briefing: str  # the address of the briefing under way


def begun(view: View) -> Agenda:
    """The briefing under way: that of the address, else that of the session; remembered from now on."""
    if view.state.agenda:
        st.session_state[_KEY] = ViewState(agenda=view.state.agenda, title=view.state.title, day=view.state.day)
    return agenda_of(st.session_state.get(_KEY, ViewState()), view.book.vocabulary)[0]


def is_begun() -> bool:
    """Whether this session has a briefing under way."""
    return _KEY in st.session_state


def address(view: View, agenda: Agenda) -> str:
    """Where a briefing is read and taken away."""
    kept = state_of(agenda)
    return view.link("briefing", (), agenda=kept.agenda, title=kept.title, day=kept.day)


def basket(view: View, link: str) -> Basket | None:
    """The view of a pinned link and the briefing under way; None for pages that a briefing cannot hold."""
    if view.page not in BRIEFED:
        return None
    state, _ = parse_link(dict(parse_qsl(urlsplit(link).query)), view.book.vocabulary)
    agenda, item = begun(view), item_of(view.page, state)
    has_view = item in agenda.items
    kept = state_of(agenda if has_view else agenda.with_item(item))
    here = view.here(agenda=kept.agenda, title=kept.title, day=kept.day)
    return Basket(has_view, len(agenda.items), here, address(view, agenda))
