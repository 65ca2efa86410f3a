"""The HTML that arrives before the dashboard: right language, no outside address, and the heavy files fetched at once.

Streamlit's own page says `lang="en"`, preloads a font this project does not use, asks two addresses in turn for where
its server is, and learns which libraries a page needs only after the page's script has run. This one is composed from
the scripts that the installed Streamlit names in its page and from its build manifest.
"""

from __future__ import annotations

import functools
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streamlit import config

from observatory.ui.assets import frontend_folder
from observatory.wording import LANGUAGES, Lang, words

_REMEMBERED = Path(__file__).with_name("remembered.js")
DEFAULT_LANGUAGE: Lang = "es"
PAPER, PAPER_DARK = "#ffffff", "#10171e"
INK, INK_DARK = "#1b2733", "#e6edf3"

# Elements of Streamlit's frontend that each page draws, by their names in its build manifest.
EVERYWHERE = ("Html", "BidiComponent")
ELEMENTS: dict[str, tuple[str, ...]] = {
    "theme": ("ButtonGroup",),
    "plan": ("Selectbox", "ButtonGroup", "DownloadButton"),
    "indicator": ("Selectbox", "ButtonGroup", "DownloadButton"),
    "map": ("Selectbox", "ButtonGroup", "DeckGlJsonChart", "webgl-device", "DownloadButton"),
    "territory": ("Selectbox",),
    "receipt": ("Selectbox", "DownloadButton"),
    "changes": ("Selectbox", "DownloadButton"),
    "compare": ("Selectbox", "Multiselect", "ButtonGroup", "DownloadButton"),
    "briefing": ("TextInput", "DateInput", "Button", "Progress", "DownloadButton"),
    "sources": ("Selectbox", "ButtonGroup", "DownloadButton"),
}

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' "
    "rx='3' fill='%23005f73'/%3E%3Cpath d='M4 12V8M8 12V4M12 12V6' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E"
)


@dataclass(frozen=True)
class ShellWords:
    """What is said before any word of the dashboard is loaded."""

    description: str
    loading: str
    no_script: str


WORDS: dict[Lang, ShellWords] = {
    "es": ShellWords(
        description="Los indicadores de Bogotá frente a sus metas, con cifras publicadas, por ciudad y por localidad.",
        loading="Cargando el Observatorio de Bogotá…",
        no_script="El Observatorio de Bogotá necesita JavaScript. Actívelo en su navegador y recargue la página.",
    ),
    "en": ShellWords(
        description="Bogotá's indicators against their targets, on published figures, for the city and its localities.",
        loading="Loading the Bogotá Observatory…",
        no_script="The Bogotá Observatory needs JavaScript. Turn it on in your browser and reload the page.",
    ),
}

# The client fetches its icon font (375 kB) at start; an icon that is shown fetches it without that.
LAZY_ICONS = (
    "document.fonts.load = (load => (font, text) => font.includes('Material Symbols') "
    "? Promise.resolve([]) : load.call(document.fonts, font, text))(document.fonts.load);"
)

PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{description}">
{told}
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="{paper}">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="{paper_dark}">
<link rel="shortcut icon" href="{icon}">
<style>
html {{ background: {paper}; color: {ink} }}
.shell {{ font: 16px system-ui, sans-serif; margin: 4rem auto; max-width: 40rem; padding: 0 1rem }}
@media (prefers-color-scheme: dark) {{ html {{ background: {paper_dark}; color: {ink_dark} }} }}
</style>
<script>
window.prerenderReady = false;
window.__streamlit = {connection};
{lazy_icons}
</script>
{links}
</head>
<body>
<noscript><p class="shell">{no_script}</p></noscript>
<script data-stamp="{stamp}">
{remembered}</script>
<div id="root"><p class="shell">{loading}</p></div>
</body>
</html>
"""


def language(query: str, accepted: str) -> Lang:
    """The language of a request: `lang` of its query, else the reader's browser, else Spanish."""
    asked = re.search(r"(?:^|&)lang=(\w+)", query)
    if asked and asked[1] in LANGUAGES:
        return next(lang for lang in LANGUAGES if lang == asked[1])
    wishes = [part.strip().partition(";q=") for part in accepted.split(",") if part.strip()]
    for tag, _, _ in sorted(wishes, key=lambda wish: -_weight(wish[2])):
        for lang in LANGUAGES:
            if tag.strip().lower().split("-")[0] == lang:
                return lang
    return DEFAULT_LANGUAGE


def _weight(quality: str) -> float:
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0


@functools.lru_cache(maxsize=64)
def page(name: str, lang: Lang, base: str = "", told: str = "", stamp: str = "") -> bytes:
    """The HTML of one page of the dashboard.

    Args:
        name: the page's address without slash; empty for the first page.
        lang: language of the words.
        base: `server.baseUrlPath` with a leading slash, or empty.
        told: meta tags of the view that the link asks for, or nothing.
        stamp: what a page that the browser kept must fit to be shown, or nothing.
    """
    said, w = WORDS[lang], words(lang)
    text = PAGE.format(
        lang=lang,
        told=told,
        title=html.escape(f"{w(f'nav.{name}' if name else 'nav.overview')} · {w('app.name')}"),
        description=html.escape(said.description),
        loading=html.escape(said.loading),
        no_script=html.escape(said.no_script),
        paper=PAPER,
        paper_dark=PAPER_DARK,
        ink=INK,
        ink_dark=INK_DARK,
        icon=ICON,
        connection=_connection(base),
        lazy_icons=LAZY_ICONS,
        links="\n".join(_links(name, base)),
        stamp=stamp,
        remembered=_REMEMBERED.read_text(encoding="utf-8"),
    )
    return text.encode()


def _connection(base: str) -> str:
    """Tells the client where its server is, so that it connects at once instead of probing two addresses first."""
    host = '{allowedOrigins: [location.origin], useExternalAuthToken: false, metricsUrl: ""}'
    themes = f"LIGHT_THEME: {json.dumps(_theme('light'))}, DARK_THEME: {json.dumps(_theme('dark'))}"
    return f"{{BACKEND_BASE_URL: location.origin + {json.dumps(base)}, HOST_CONFIG: {host}, {themes}}}"


def _theme(name: str) -> dict[str, Any]:
    """The colours and fonts of a theme as the client spells them, so that it does not start in Streamlit's own."""
    options = config.get_options_for_section("theme") | {
        key: value for key, value in config.get_options_for_section(f"theme.{name}").items() if value is not None
    }
    renamed = {"font": "bodyFont"}
    plain = {renamed.get(key, key): value for key, value in options.items() if isinstance(value, str)}
    return {key: value for key, value in plain.items() if key.endswith(("Color", "Font"))}


def _links(name: str, base: str) -> list[str]:
    entry, first = entry_files()
    late = [file for file in files_of(EVERYWHERE + ELEMENTS.get(name, ())) if file not in {entry, *first}]
    scripts = [file for file in [*first, *late] if file.endswith(".js")]
    styles = [file for file in first if file.endswith(".css")]
    late_styles = [file for file in late if file.endswith(".css")]
    return [
        f'<script type="module" crossorigin src="{base}/{entry}"></script>',
        *(f'<link rel="modulepreload" crossorigin href="{base}/{file}">' for file in scripts),
        *(f'<link rel="stylesheet" crossorigin href="{base}/{file}">' for file in styles),
        *(f'<link rel="preload" as="style" crossorigin href="{base}/{file}">' for file in late_styles),
    ]


@functools.cache
def entry_files() -> tuple[str, tuple[str, ...]]:
    """Streamlit's entry script and the files its own page loads with it, as `static/js/…`."""
    source = (frontend_folder() / "index.html").read_text(encoding="utf-8")
    entry = re.findall(r'<script[^>]*\ssrc="\./(static/[^"]+)"', source)
    loaded = re.findall(r'<link rel="(?:modulepreload|stylesheet)"[^>]*\shref="\./(static/[^"]+)"', source)
    return entry[0], tuple(loaded)


def files_of(elements: tuple[str, ...]) -> list[str]:
    """Files that the named elements load, in the order of the manifest's imports; unknown names load nothing."""
    chunks = _manifest()
    by_name = {chunk["name"]: key for key, chunk in chunks.items() if chunk.get("isDynamicEntry")}
    found: dict[str, None] = {}
    waiting = [by_name[name] for name in elements if name in by_name]
    seen: set[str] = set()
    while waiting:
        key = waiting.pop(0)
        if key in seen:
            continue
        seen.add(key)
        chunk = chunks[key]
        found |= dict.fromkeys([chunk["file"], *chunk.get("css", [])])
        waiting.extend(chunk.get("imports", []))
    return list(found)


@functools.cache
def _manifest() -> dict[str, Any]:
    path: Path = frontend_folder() / "manifest.json"
    chunks: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return chunks
