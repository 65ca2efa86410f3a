"""Controls whose value is the address: the link fills them, and a change writes the link.

On each run the link's value goes into the widget before it is drawn, so links, Back and Forward always win.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from observatory.links import LIST_MARK
from observatory.sheets.view import View

Choice = TypeVar("Choice", bound=str)


def _write(parameter: str, key: str, default: str | None, resets: tuple[str, ...]) -> None:
    value = st.session_state[key]
    text = LIST_MARK.join(value) if isinstance(value, list) else value
    changed = st.query_params.to_dict()
    for name in (parameter, *resets):
        changed.pop(name, None)
    if text and text != default:
        changed[parameter] = text
    st.query_params.from_dict(changed)


def _bind(parameter: str, value: object) -> str:
    key = f"obs-{parameter}"
    st.session_state[key] = value
    return key


def choose(
    view: View,
    parameter: str,
    options: Sequence[Choice],
    chosen: Choice,
    label: str,
    *,
    text: Callable[[Choice], str],
    default: str | None = None,
    resets: tuple[str, ...] = (),
    as_buttons: bool = False,
) -> Choice:
    """One of several codes, from a select box or from a row of buttons. Returns the code in force."""
    key = _bind(parameter, chosen)
    shared: dict[str, Any] = {"key": key, "format_func": text, "on_change": _write}
    shared["args"] = (parameter, key, default, resets)
    if as_buttons:
        picked = st.segmented_control(label, list(options), required=True, **shared)
    else:
        empty = view.words("control.choose")
        picked = st.selectbox(label, list(options), placeholder=empty, filter_mode="fuzzy", **shared)
    return picked if picked in options else chosen


switch = functools.partial(choose, as_buttons=True)


def choose_several(
    view: View,
    parameter: str,
    options: Sequence[str],
    chosen: Sequence[str],
    label: str,
    *,
    text: Callable[[str], str],
    at_most: int,
) -> list[str]:
    """A box for up to `at_most` codes, in the reader's order."""
    key = _bind(parameter, list(chosen))
    return st.multiselect(
        label,
        list(options),
        key=key,
        format_func=text,
        max_selections=at_most,
        select_all=False,
        on_change=_write,
        args=(parameter, key, None, ()),
        placeholder=view.words("control.choose"),
    )


def choose_indicator(view: View, options: Sequence[str], chosen: str) -> str:
    """The indicator of the page, grouped by theme; a change forgets what belonged to the old one."""
    book, lang = view.book, view.lang

    def text(code: str) -> str:
        indicator = book.indicators[code]
        return f"{book.themes[indicator.theme_id].name(lang)} · {indicator.label(lang)}"

    resets = ("t", "dim", "cls", "k")
    return choose(view, "ind", options, chosen, view.words("control.indicator"), text=text, resets=resets)


def choose_place(view: View, options: Sequence[str], chosen: str, *, default: str | None = None) -> str:
    """The territory of the page."""
    return choose(view, "loc", options, chosen, view.words("control.place"), text=view.name, default=default)


def choose_period(view: View, periods: Sequence[str], chosen: str) -> str:
    """The period of the page, newest first; the newest is the default and stays out of the link."""
    options = list(reversed(periods))
    return choose(view, "t", options, chosen, view.words("control.period"), text=view.words.period, default=options[0])
