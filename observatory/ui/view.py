"""The view that a reader's address asks for."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config

from observatory.briefing.agenda import agenda_of
from observatory.editions import opening
from observatory.errors import EditionError
from observatory.links import ViewState, Vocabulary, address, migrated, parse_link
from observatory.look import look
from observatory.sheets.view import View
from observatory.ui.adaptive import adaptive_look
from observatory.ui.book import book
from observatory.wording import Lang, words


def base_path() -> str:
    """The dashboard's folder in the address (`server.baseUrlPath`) with a leading slash, or empty."""
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def addressed(page: str, state: ViewState) -> str:
    """The address of a page where this dashboard is served."""
    return f"{base_path()}{address(page, state)}"


def _origin() -> str:
    """Scheme, host and folder the reader came by, empty when unknown."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{base_path()}" if parts.scheme and parts.netloc else ""


def editions_folder() -> Path:
    """Where editions lie: `OBSERVATORY_EDITIONS`, or `data/editions`."""
    return Path(os.environ.get("OBSERVATORY_EDITIONS") or opening.EDITIONS)


def reader_language(state: ViewState) -> Lang:
    """The link's language, else the browser's, else Spanish."""
    if state.lang is not None:
        return "en" if state.lang == "en" else "es"
    return "en" if (st.context.locale or "es").lower().startswith("en") else "es"


def asked() -> dict[str, str]:
    """The parameters of the address, in today's vocabulary."""
    return migrated("", st.query_params.to_dict())[1]


def doubled() -> list[str]:
    """The parameters that the address holds more than once."""
    return [name for name in st.query_params if len(st.query_params.get_all(name)) > 1]


def current_view(page: str) -> View:
    """The view that the address asks for.

    Raises:
        EditionError: there is no edition to show.
    """
    query = asked()
    asof = parse_link({name: query[name] for name in ("asof",) if name in query}, Vocabulary())[0].asof
    shown = book(asof, editions_folder())
    state, notices = parse_link(query, shown.vocabulary, doubled())
    notices += agenda_of(state, shown.vocabulary)[1]
    drawn = look("dark" if st.context.theme.type == "dark" else "light")
    w = words(reader_language(state))
    return View(page, shown, state, notices, w, drawn, adaptive_look(), _origin(), addressed)


def newest_id() -> str | None:
    """The current edition's id, if there is one."""
    try:
        return opening.current_path(editions_folder()).stem
    except EditionError:
        return None
