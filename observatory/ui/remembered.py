"""What a page that a reader's browser kept must fit to be shown again: the edition and the code that drew it.

`remembered.js` keeps and shows; the first HTML says what is served now (`stamp`), each page what it was drawn with
(`drawn`). No page reads a clock (what is late is told as of the edition's day), so the day is no part of it.
"""

from __future__ import annotations

import functools
import hashlib
import json

import streamlit as st

from observatory.sheets.view import View
from observatory.ui.assets import REPOSITORY
from observatory.ui.basket import is_begun
from observatory.ui.view import newest_id

_DRAWING = ("dashboard.py", ".streamlit/config.toml", "pages/**/*.*", "observatory/**/*.*")
_SUFFIXES = frozenset({".py", ".sql", ".js", ".css", ".svg", ".yaml", ".toml"})


@functools.cache
def code_version() -> str:
    """Names the code that draws pages: this project's files and the version of Streamlit."""
    found = hashlib.sha256(st.__version__.encode())
    for path in sorted(path for pattern in _DRAWING for path in REPOSITORY.glob(pattern)):
        if path.suffix in _SUFFIXES:
            found.update(path.read_bytes())
    return found.hexdigest()[:12]


def stamp() -> str:
    """The current edition and the code; empty when there is no edition."""
    edition = newest_id()
    return f"{edition}.{code_version()}" if edition else ""


def drawn(view: View) -> str:
    """What a page was drawn with, as JSON: stamp, page, parameters of the address.

    The stamp is empty, which fits nothing, where a new session would see another page: a briefing is under way, or the
    current edition cannot be shown.
    """
    is_current = view.state.asof is not None or view.book.edition_id == newest_id()
    query = [(name, text) for name in st.query_params for text in st.query_params.get_all(name)]
    told = [stamp() if is_current and not is_begun() else "", view.page, query]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
