"""The answer to an address where no page is: said in the reader's language, with the nearest pages that are."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from html import escape
from urllib.parse import quote

from observatory.ui.shell import ICON, INK, INK_DARK, PAPER, PAPER_DARK
from observatory.wording import Lang, words

# First parts of addresses that the server, Streamlit or its components answer for themselves.
OTHERS = frozenset(
    {"_stcore", "static", "media", "component", "app", "auth", "oauth2callback", "preview", "feeds", "healthz"}
)
LONGEST = 80  # characters of the address that are repeated
# What the part behind a page's name must have meant: `/territory/08` → `/territory?loc=08`.
MEANT = {
    "indicator": "ind", "map": "ind", "territory": "loc", "theme": "theme", "plan": "plan", "sources": "src",
}  # fmt: skip

PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<meta name="color-scheme" content="light dark">
<link rel="shortcut icon" href="{icon}">
<style>
html {{ background: {paper}; color: {ink}; font: 16px/1.5 system-ui, sans-serif }}
main {{ margin: 4rem auto; max-width: 40rem; padding: 0 1rem; overflow-wrap: anywhere }}
h1 {{ font-size: 1.75rem; line-height: 1.2 }}
a {{ color: light-dark(#005f73, #94d2bd) }}
@media (prefers-color-scheme: dark) {{ html {{ background: {paper_dark}; color: {ink_dark} }} }}
</style>
</head>
<body>
<main>
<p>{name}</p>
<h1>{title}</h1>
<p>{said}</p>
{links}
</main>
</body>
</html>
"""


def is_lost(path: str, pages: Collection[str], files: Collection[str]) -> bool:
    """Whether nothing answers at a path below the base address.

    Args:
        path: without leading slash.
        pages: names of the pages, the empty one among them.
        files: names of the files that the frontend has beside its own folder.
    """
    first, _, rest = path.partition("/")
    is_asked_for_by_streamlit = "_stcore" in path.split("/")  # it asks below a page's address too
    is_page = first in pages and not rest
    return not (is_page or first in OTHERS or is_asked_for_by_streamlit or path in files)


def page(path: str, lang: Lang, base: str, pages: Collection[str]) -> bytes:
    """The HTML of the answer, whole without the dashboard and without scripts."""
    w = words(lang)
    links = [f'<p><a href="{escape(f"{base}/{to}")}">{escape(text)}</a></p>' for to, text in _links(path, lang, pages)]
    return PAGE.format(
        lang=lang,
        title=escape(w("lost.title")),
        name=escape(w("app.name")),
        said=escape(w("lost.what", address=f"/{path[:LONGEST]}")),
        links="\n".join(links),
        icon=ICON,
        paper=PAPER,
        paper_dark=PAPER_DARK,
        ink=INK,
        ink_dark=INK_DARK,
    ).encode()


def _links(path: str, lang: Lang, pages: Collection[str]) -> list[tuple[str, str]]:
    """Addresses below the base and their words: what may have been meant, then the summary."""
    w, (first, _, rest) = words(lang), path.strip("/").partition("/")
    names = {name: name for name in pages if name}
    names |= {w(f"nav.{name}").lower(): name for name in names}
    near = difflib.get_close_matches(first.lower(), names, n=1, cutoff=0.7)
    found = []
    if near and names[near[0]] != "overview":
        one = names[near[0]]
        named = re.fullmatch(r"[\w-]{1,60}", rest) if one in MEANT else None
        if named:
            address = f"{one}?{MEANT[one]}={quote(rest)}&lang={lang}"
            found.append((address, w("lost.meant", address=f"/{address}")))
        found.append((f"{one}?lang={lang}", w("lost.near", page=w(f"nav.{one}"))))
    return [*found, (f"overview?lang={lang}", w("lost.summary"))]
