"""What a reader sees when a view fails for a reason nobody foresaw, and what the log keeps of it."""

from __future__ import annotations

import logging
import secrets
from urllib.parse import urlsplit

import streamlit as st

from observatory.links import ViewState, Vocabulary, parse_link
from observatory.sheets.marks import anchor, heading, tag
from observatory.sheets.view import ALL_PAGES
from observatory.ui import canvas
from observatory.ui.view import addressed, reader_language
from observatory.wording import words

_log = logging.getLogger(__name__)


def say(error: Exception) -> bool:
    """Tell the reader that the view failed and what to do, and the log which failure it was.

    The server gives this to Streamlit, which has written the traceback to the log before. A failure in here falls back
    to Streamlit's own message.

    Args:
        error: what no page caught.

    Returns:
        True: nothing more is to be shown.
    """
    code = secrets.token_hex(4)
    url = st.context.url or ""
    _log.error("error %s: %s: %s; the view was %s", code, type(error).__name__, error, url)
    canvas.show(_told(urlsplit(url).path.rpartition("/")[2], code), "obs-failed")
    return True


def _told(page: str, code: str) -> str:
    """The message: this page with nothing chosen on it, where that is another view, and the summary."""
    query = st.query_params.to_dict()
    lang = reader_language(parse_link({key: query[key] for key in ("lang",) if key in query}, Vocabulary())[0])
    w, plain = words(lang), ViewState(lang=lang)
    links = []
    if page in ALL_PAGES and set(query) - {"lang"}:
        links.append(anchor(addressed(page, plain), w("failed.plain", page=w(f"nav.{page}"))))
    if page != "overview":
        links.append(anchor(addressed("overview", plain), w("failed.summary")))
    said = heading(1, w("failed.title")) + tag("p", w("failed.what")) + "".join(f"<p>{link}</p>" for link in links)
    return f'<section class="obs-empty obs-failed" role="alert">{said}{tag("p", w("failed.code", code=code))}</section>'
