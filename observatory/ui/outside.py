"""What the server answers beside the pages: how a link presents itself, its picture, and feeds of changes."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from observatory.editions import opening
from observatory.errors import EditionError
from observatory.links import ViewState, Vocabulary, address, migrated, parse_link, unfolded
from observatory.look import look
from observatory.sheets.feed import Entry, feed
from observatory.sheets.view import ALL_PAGES, View
from observatory.ui import preview as drawn
from observatory.ui.book import book
from observatory.ui.changes import between_editions, told_between
from observatory.ui.view import base_path, editions_folder
from observatory.wording import Lang, words

PICTURE_PATH, FEED_PATH = "preview", "feeds/changes.atom"
FEED_EDITIONS = 6
LONGEST_QUERY = 8000


@dataclass(frozen=True)
class Asked:
    """What a request asks for: hashable, so that answers are kept."""

    page: str
    query: str
    lang: Lang
    edition_id: str


def asked(page: str, query: str, lang: Lang) -> Asked | None:
    """Page, parameters and edition of an address in any form; None when there is nothing to tell of."""
    given = dict(parse_qsl(query[:LONGEST_QUERY], keep_blank_values=True))
    name, chosen = migrated(*(unfolded(given) or (page or "overview", given)))
    asof = parse_link({key: chosen[key] for key in ("asof",) if key in chosen}, Vocabulary())[0].asof
    if name not in ALL_PAGES:
        return None
    try:
        edition_id = (
            opening.path_of(asof, editions_folder()).stem if asof else opening.current_path(editions_folder()).stem
        )
    except EditionError:
        return None
    told = "en" if chosen.get("lang") == "en" else "es" if "lang" in chosen else lang
    return Asked(name, urlencode(chosen), "en" if told == "en" else "es", edition_id)


def _view(one: Asked) -> View:
    shown = book(one.edition_id, editions_folder())
    state, notices = parse_link(dict(parse_qsl(one.query, keep_blank_values=True)), shown.vocabulary)
    light = look("light")
    return View(one.page, shown, state, notices, words(one.lang), light, light)


@functools.lru_cache(maxsize=512)
def _preview(one: Asked) -> drawn.Preview:
    return drawn.preview(_view(one))


@functools.lru_cache(maxsize=256)
def _picture(one: Asked) -> bytes:
    """The picture of a view; an edition never changes, so neither does it."""
    return drawn.picture(_preview(one))


def tags(page: str, query: str, lang: Lang, origin: str, base: str) -> str:
    """Meta tags of a view for programs that show links: title, line, picture; empty when nothing is to be told."""
    one = asked(page, query, lang)
    if one is None or not origin:
        return ""
    try:
        told = _preview(one)
    except EditionError:  # the page itself says what is the matter with its edition
        return ""
    image = f"{origin}{base}/{PICTURE_PATH}/{one.page}.png?{urlencode(dict(parse_qsl(one.query)) | {'lang': one.lang})}"
    named = {
        "og:type": "website",
        "og:site_name": told.name,
        "og:title": told.title,
        "og:description": told.line,
        "og:image": image,
        "og:image:width": str(drawn.WIDTH),
        "og:image:height": str(drawn.HEIGHT),
        "og:image:alt": told.title,
        "og:locale": "en_US" if one.lang == "en" else "es_CO",
    }
    lines = [f'<meta property="{name}" content="{escape(text)}">' for name, text in named.items()]
    return "\n".join([*lines, '<meta name="twitter:card" content="summary_large_image">'])


def origin_of(headers: Mapping[str, str], scheme: str) -> str:
    """Scheme and host that a request came by, behind a proxy too; empty when the host is no host."""
    host = headers.get("x-forwarded-host") or headers.get("host") or ""
    proto = headers.get("x-forwarded-proto") or scheme
    is_host = re.fullmatch(r"[\w.-]+(:\d+)?|\[[0-9a-fA-F:]+\](:\d+)?", host)
    return f"{proto}://{host}" if is_host and proto in ("http", "https") else ""


async def picture(request: Request) -> Response:
    """`/preview/<page>.png?…`: the picture of a view."""
    one = asked(request.path_params["page"], request.url.query, "es")
    if one is None:
        return PlainTextResponse("not found", HTTPStatus.NOT_FOUND)
    try:
        body = await run_in_threadpool(_picture, one)
    except EditionError as error:
        return PlainTextResponse(str(error.what), HTTPStatus.NOT_FOUND)
    return _kept(request, body, "image/png")


def _kept(request: Request, body: bytes, media_type: str) -> Response:
    """An answer that is not sent again when it is the same."""
    headers = {"etag": f'"{hashlib.sha256(body).hexdigest()[:20]}"', "cache-control": "no-cache"}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type=media_type, headers=headers | {"x-content-type-options": "nosniff"})


async def changes(request: Request) -> Response:
    """`/feeds/changes.atom?theme=…&loc=…&lang=…`: what each edition brought."""
    one = asked("changes", request.url.query, "es")
    if one is None:
        return PlainTextResponse("no edition", HTTPStatus.SERVICE_UNAVAILABLE)
    origin = f"{origin_of(request.headers, request.url.scheme)}{base_path()}"
    newest = opening.list_editions(editions_folder())[0].edition_id
    body = await run_in_threadpool(_feed, one, origin, newest)
    return _kept(request, body, "application/atom+xml")


@functools.lru_cache(maxsize=64)
def _feed(one: Asked, origin: str, _newest: str) -> bytes:
    view = _view(one)
    w, state = view.words, view.state
    kept = ViewState(lang=one.lang, theme=state.theme, loc=state.loc[:1], ent=state.ent)
    base = f"{origin}{address('changes', kept)}"
    about = [view.book.themes[state.theme].name(view.lang)] if state.theme else []
    about += [view.name(code) for code in state.loc[:1]]
    title = " · ".join([w("changes.feed_title"), *about])
    query = base.partition("?")[2]
    filters = address("changes", replace(kept, lang=None))
    return feed(_entries(view), w, title=title, address=f"{origin}/{FEED_PATH}?{query}", base=base, about=filters)


def _entries(view: View) -> list[Entry]:
    """What each of the newest editions brought against the one before it."""
    found = []
    for before, after in between_editions(FEED_EDITIONS):
        lines = told_between(before, after, view.state, view.words)
        found.append(Entry(after.edition_id, after.edition.built_on, lines))
    return found
