"""View state → address: what a reader chose, or everything in force with its edition; long, or short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from observatory.links.short import LONGEST, SHORT, short_code
from observatory.links.state import LIST_MARK, VERSION, ViewState


def parameters(state: ViewState) -> dict[str, str]:
    """The parameters of an address, in a fixed order, without what was not chosen."""
    written = {item.name: _written(getattr(state, item.name)) for item in fields(state) if item.name != "unknown"}
    return {name: text for name, text in written.items() if text} | dict(state.unknown)


def _written(value: Any) -> str:
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return LIST_MARK.join(str(part) for part in value)
    return str(value)


def address(page: str, state: ViewState) -> str:
    """`/indicator?ind=homicide_rate&loc=08`: only what the reader chose."""
    query = urlencode(parameters(state), safe=f"{LIST_MARK}:,", quote_via=quote)
    return f"/{page}?{query}" if query else f"/{page}"


def full_link(page: str, state: ViewState, edition_id: str) -> str:
    """An address that shows the same figures for good: everything in force and the edition."""
    return address(page, replace(state, asof=edition_id, v=VERSION))


def shortened(link: str) -> str:
    """A link in its short form, with its host when it has one: far below 200 characters for the usual views.

    One that holds too much to be read back, as a long agenda does, stays as it is.
    """
    parts = urlsplit(link)
    folder, _, page = parts.path.rpartition("/")
    code = short_code(page, dict(parse_qsl(parts.query, keep_blank_values=True)))
    if len(code) > LONGEST:
        return link
    return f"{parts.scheme}://{parts.netloc}{folder}/?{SHORT}={code}" if parts.netloc else f"{folder}/?{SHORT}={code}"


def carried(state: ViewState, names: Iterable[str]) -> ViewState:
    """The part of a state that another page keeps; language, edition and a meeting always travel."""
    always = {"lang", "asof", "present", *(("agenda", "at") if state.present else ())}
    kept = {name: getattr(state, name) for name in {*names, *always}}
    return ViewState(**kept)
