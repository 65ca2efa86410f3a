"""The search box and what it searches, for the dashboard and for the static twin; `search.js` makes it answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from html import escape

from observatory.editions.book import Book
from observatory.links import ViewState
from observatory.wording import Lang, Words, words

Entry = tuple[str, str, str, str]  # name, kind, address, further words to find it by
Address = Callable[[str, ViewState], str]  # of a page and its state; empty where there is no such page


def search_box(w: Words, *, base: str = "", suffix: str = "", is_hidden: bool = False) -> str:
    """The box with its list; `base` and `suffix` complete the addresses of the index, scripts show what is hidden."""
    label, hidden = escape(w("search.label")), " hidden" * is_hidden
    said = {
        "none": w("search.none"),
        "one": w("search.found.one"),
        "some": w("search.found.other"),
        "theme": w("search.theme"),
        "base": base,
        "suffix": suffix,
    }
    data = "".join(f' data-{name}="{escape(text)}"' for name, text in said.items())
    return (
        f'<div class="obs-search" role="search"{hidden}><input type="search" data-search{data} role="combobox" '
        f'aria-expanded="false" aria-autocomplete="list" aria-controls="obs-found" aria-label="{label}" '
        f'placeholder="{label}" autocomplete="off" spellcheck="false">'
        f'<span role="status" class="obs-heard"></span>'
        f'<ul id="obs-found" role="listbox" aria-label="{label}" hidden></ul></div>'
    )


def index(entries: Iterable[Entry]) -> str:
    """Entries as JSON that may stand in a script."""
    return json.dumps(list(entries), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def entries(book: Book, lang: Lang, address: Address) -> Iterator[Entry]:
    """Everything a reader may search for that has a page: indicators, places, themes, plans, sources."""
    for name, kind, page, state, more in _known(book, lang):
        if href := address(page, state):
            yield name, kind, href, more


def _known(book: Book, lang: Lang) -> Iterator[tuple[str, str, str, ViewState, str]]:
    w = words(lang)
    for indicator in book.indicators.values():
        theme = book.themes[indicator.theme_id].name(lang)
        more = " ".join([*indicator.synonyms, indicator.label_es, indicator.label_en])
        yield indicator.name(lang), theme, "indicator", ViewState(ind=(indicator.indicator_id,)), more
    for area in book.territories.values():
        code = area.territory_code
        if area.level == "locality":
            yield area.name, w("search.locality"), "territory", ViewState(loc=(code,)), code
        elif area.level == "upl":
            yield area.name, "UPL", "map", ViewState(lvl="upl", loc=(code,)), code
    for topic in book.themes.values():
        yield topic.name(lang), w("search.theme"), "theme", ViewState(theme=topic.theme_id), topic.question(lang)
    for plan in book.plans.values():
        yield plan.name(lang), w("search.plan"), "plan", ViewState(plan=plan.plan_id), plan.norm(lang)
    for source in book.sources.values():
        more = f"{source.publisher} {source.publisher_acronym or ''}"
        yield source.dataset(lang), w("search.source"), "sources", ViewState(src=source.source_id), more
