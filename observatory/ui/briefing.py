"""The page of the briefing: ready-made ones, title and day, views in their order, and the files to take away."""

from __future__ import annotations

import datetime as dt
import os
import time
from html import escape
from typing import NamedTuple

import streamlit as st

from observatory.briefing import ready
from observatory.briefing.agenda import Agenda, Item, agenda_of
from observatory.briefing.chapters import briefing, chapters
from observatory.briefing.making import OUTPUTS, file_name
from observatory.links import DASHBOARD, is_of_this_machine
from observatory.sheets.marks import anchor, heading, tag
from observatory.sheets.view import View
from observatory.ui import basket
from observatory.ui.canvas import show
from observatory.ui.kept import kept
from observatory.ui.share import share_html

LONGEST_TITLE = 120


class File(NamedTuple):
    """A file that is ready to be saved."""

    key: str
    name: str
    media_type: str
    content: bytes


def draw(view: View) -> None:
    """The whole page."""
    under_way = basket.begun(view)
    agenda, _ = agenda_of(view.state, view.book.vocabulary)
    w = view.words
    show(heading(1, w("briefing.page_title")) + tag("p", w("briefing.page_lead"), "obs-lead"), "briefing-head")
    if agenda.items:
        _title_and_day(view, agenda)
        link = view.pinned(agenda=view.state.agenda, title=view.state.title, day=view.state.day)
        show(_views(view, agenda), "briefing-views")
        _files(view, agenda, link)
        show(share_html(view, link) + tag("p", w("briefing.lives"), "obs-note"), "briefing-share")
    else:
        count = len(under_way.items)
        go_on = anchor(basket.address(view, under_way), w("briefing.resume", n=w.number(count)), "obs-more")
        said = tag("p", w("briefing.none"), "obs-empty-note") + tag("p", w("briefing.lives"), "obs-note")
        show(f"<p>{go_on}</p>" * (count > 0) + said, "briefing-none")
    show(kept(view, "ready-made briefings", lambda: _ready(view)), "briefing-ready")


def _write(parameter: str) -> None:
    """Put what was typed into the address."""
    value = st.session_state[f"obs-{parameter}"]
    changed = st.query_params.to_dict()
    changed.pop(parameter, None)
    if value:
        changed[parameter] = value.isoformat() if isinstance(value, dt.date) else str(value)[:LONGEST_TITLE]
    st.query_params.from_dict(changed)


def _title_and_day(view: View, agenda: Agenda) -> None:
    w = view.words
    st.session_state["obs-title"] = agenda.title or w("briefing.default_title")
    st.session_state["obs-day"] = agenda.day or view.book.edition.built_on
    boxes = st.columns([5, 2])
    with boxes[0]:
        st.text_input(w("briefing.title"), key="obs-title", max_chars=LONGEST_TITLE, on_change=_write, args=("title",))
    with boxes[1]:
        st.date_input(w("briefing.day"), key="obs-day", format="DD/MM/YYYY", on_change=_write, args=("day",))


def _views(view: View, agenda: Agenda) -> str:
    """The views as a list; each can go up, down or away, by a link that holds the new order."""
    w, items = view.words, list(agenda.items)
    rows = []
    for place, (item, chapter) in enumerate(zip(items, chapters(view.book, agenda, view.lang), strict=True)):
        href = view.addressing(item.page, item.state)
        moves = []
        for step, key, arrow in ((-1, "up", "↑"), (1, "down", "↓")):
            if 0 <= place + step < len(items):
                order = list(items)
                order[place], order[place + step] = order[place + step], order[place]
                moves.append(_move(view, agenda, order, f"{w(f'briefing.{key}')}: {chapter.title}", arrow))
        rest = items[:place] + items[place + 1 :]
        moves.append(_move(view, agenda, rest, f"{w('briefing.remove')}: {chapter.title}", "×"))
        name = f"{anchor(href, chapter.title)} {tag('small', w(f'nav.{item.page}'))}"
        rows.append(f'<li><span>{name}</span><span class="obs-moves">{"".join(moves)}</span></li>')
    clear = anchor(view.link("briefing", ()), w("briefing.clear"), "obs-more")
    return f'{heading(2, w("briefing.views"))}<ol class="obs-agenda">{"".join(rows)}</ol>{clear}'


def _move(view: View, agenda: Agenda, items: list[Item], label: str, sign: str) -> str:
    href = basket.address(view, Agenda(tuple(items), agenda.title, agenda.day))
    return f'<a href="{escape(href)}" aria-label="{escape(label)}" title="{escape(label)}">{sign}</a>'


def _origin(view: View) -> str:
    """Where the links of the files lead: the address that was declared for others, else the reader's own."""
    return os.environ.get(DASHBOARD, "").rstrip("/") or view.origin


def _files(view: View, agenda: Agenda, link: str) -> None:
    """A button that makes all files with a bar of progress; then one button for each."""
    w = view.words
    origin = _origin(view)
    local = tag("p", w("briefing.local_links", origin=origin, name=DASHBOARD), "obs-banner obs-warn")
    show(heading(2, w("briefing.download")) + local * is_of_this_machine(origin), "briefing-download")
    st.button(w("briefing.prepare"), key="obs-prepare", type="primary", on_click=_prepare, args=(link,))
    if st.session_state.get("obs-prepared") != link:
        return
    with st.container(horizontal=True, key="obs-files"):
        for file in _made(link, view, agenda):
            label = w(f"briefing.make_{file.key}")
            st.download_button(
                label, file.content, file.name, file.media_type, on_click="ignore", key=f"obs-file-{file.key}"
            )


def _prepare(link: str) -> None:
    st.session_state["obs-prepared"] = link


@st.cache_resource(max_entries=8, show_spinner=False)
def _made(link: str, _view: View, _agenda: Agenda) -> list[File]:  # noqa: ARG001  # the link is the key
    """Every file of a briefing, kept by its link, which holds all that it is made of."""
    w, began = _view.words, time.perf_counter()
    steps = len(_agenda.items) + len(OUTPUTS)
    bar = st.progress(0.0, w("briefing.making"))

    def told(done: int, total: int) -> None:
        bar.progress(done / steps, w("briefing.made_chapter", n=done, total=total))

    made = briefing(_view.book, _agenda, _view.lang, _origin(_view), told)
    found = []
    for place, output in enumerate(OUTPUTS, 1):
        bar.progress((len(_agenda.items) + place) / steps, w(f"briefing.make_{output.key}"))
        found.append(File(output.key, file_name(made, output), output.media_type, output.make(made)))
    bar.progress(1.0, w("briefing.made", seconds=w.number(time.perf_counter() - began, 1)))
    return found


def _ready(view: View) -> str:
    """Ready-made briefings as links."""
    w, book, lang = view.words, view.book, view.lang
    council = anchor(basket.address(view, ready.council(book, lang)), w("briefing.ready_council"))
    since = ready.since_last_meeting(book, lang)
    recent = anchor(basket.address(view, since), w("briefing.ready_since")) if since else ""
    themes = [(ready.theme(book, one, lang), row.name(lang)) for one, row in book.themes.items()]
    places = [(ready.locality(book, code, lang), view.name(code)) for code in book.localities()]
    lists = "".join(
        f"{heading(3, w(key))}<ul class='obs-choices'>"
        + "".join(f"<li>{anchor(basket.address(view, agenda), name)}</li>" for agenda, name in found)
        + "</ul>"
        for key, found in (("briefing.ready_themes", themes), ("briefing.ready_localities", places))
    )
    first = "".join(f"<li>{link}</li>" for link in (council, recent) if link)
    return f"{heading(2, w('briefing.ready'))}<ul class='obs-choices'>{first}</ul>{lists}"
