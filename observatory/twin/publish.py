"""Write the twin of an edition to a folder, whole: built beside, then put in its place."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from observatory.editions.book import read_book
from observatory.editions.opening import open_by_id, open_current
from observatory.errors import EditionError
from observatory.links import DASHBOARD, ViewState
from observatory.rows.catalogue import ThemeRow
from observatory.sheets import changes as changes_sheet
from observatory.sheets.search import entries, index
from observatory.sheets.since import edition_before, told_since
from observatory.twin.data import data_files
from observatory.twin.feeds import place_feed, place_path, theme_feed, theme_path
from observatory.twin.frame import HERE, Page, document, script, style
from observatory.twin.pages import pages
from observatory.twin.places import ADDRESS, ENTRIES, INDEX, PLANS, Site, path_of
from observatory.wording import LANGUAGES, Lang, words

MARK = "edition.json"  # tells that a folder is a twin and may be replaced
_ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
LARGEST_PAGE = 150_000  # bytes
Progress = Callable[[str, str], None]


def publish(
    edition_id: str | None, folder: Path, editions: Path, progress: Progress, address: str | None = None
) -> int:
    """Write the twin of an edition.

    Args:
        edition_id: the current edition when None.
        folder: replaced when it holds a twin; must else be empty or not there.
        editions: folder of the editions.
        progress: told each step.
        address: of the twin; `OBSERVATORY_STATIC_URL` when None, and relative addresses without either.

    Raises:
        EditionError: no such edition, a folder that holds something else, or an address that is none.
    """
    began = time.perf_counter()
    _check(folder)
    address = _whole(os.environ.get(ADDRESS, "") if address is None else address)
    book = read_book(open_by_id(edition_id, editions) if edition_id else open_current(editions))
    site = Site(book, address, os.environ.get(DASHBOARD, ""))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        built = Path(beside) / "twin"
        written = _write(site, built, progress)
        _put(built, folder)
    if not site.address:
        progress("address", f"not known: sitemap and feeds hold relative addresses; give --address or {ADDRESS}")
    progress("done", f"{written} files of {book.edition_id} in {time.perf_counter() - began:.1f} s → {folder}")
    return 0


def _check(folder: Path) -> None:
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file()):
        fix = "choose a folder that is empty, not there, or holds a twin"
        raise EditionError("the folder holds something else", where=str(folder), fix=fix)


def _whole(address: str) -> str:
    """The address, when it is one or empty: readers of feeds and of the site map follow it from elsewhere."""
    if address and not _ADDRESS.fullmatch(address):
        fix = "write scheme and host, as https://datos.example.org/observatorio"
        raise EditionError(f"{address!r} is no address", where=f"--address or {ADDRESS}", fix=fix)
    return address


def _put(built: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one; a reader meets the one or the other."""
    old = built.with_name("old")
    if folder.exists():
        folder.rename(old)
    built.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write(site: Site, built: Path, progress: Progress) -> int:
    count, largest, found = 0, (0, ""), []
    for lang in LANGUAGES:
        for one in pages(site, lang):
            content = document(site, one).encode()
            _save(built / lang / one.path, content)
            found.append(one)
            largest = max(largest, (len(content), f"{lang}/{one.path}"))
        progress("pages", f"{lang}: {sum(one.lang == lang for one in found)}")
    for row in site.book.indicators.values():
        for name, content in data_files(site, row):
            _save(built / name, content)
            count += 1
    progress("data", f"{count} files")
    for name, content in _beside(site, found):
        _save(built / name, content)
        count += 1
    progress("largest", f"{largest[1]}: {largest[0] / 1000:.0f} kB")
    return count + len(found)


def _save(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _beside(site: Site, found: list[Page]) -> Iterator[tuple[str, bytes]]:
    """Style, script, feeds, search index, site map, the door, and what the twin is."""
    book = site.book
    yield "style.css", style().encode()
    yield "search.js", script().encode()
    yield "icon.svg", (HERE / "icon.svg").read_bytes()
    before = edition_before(book)
    for lang in LANGUAGES:
        if before is not None:
            lines = told_since(before, book, ViewState(), words(lang))
            yield f"{lang}/data/changes.csv", changes_sheet.to_csv(words(lang), lines, site.opening(lang))
        for theme_id in book.themes:
            yield f"{lang}/{theme_path(theme_id)}", theme_feed(site, lang, theme_id)
        for code in book.localities():
            yield f"{lang}/{place_path(code)}", place_feed(site, lang, code)
        yield f"{lang}/{ENTRIES}", _entries(site, found, lang).encode()
    yield "sitemap.xml", _site_map(site, found)
    yield "robots.txt", _robots(site)
    yield INDEX, _door(list(book.themes.values())).encode()
    about = {"edition": book.edition_id, "built_on": book.edition.built_on.isoformat(), "pages": len(found)}
    yield MARK, json.dumps(about).encode()


def _entries(site: Site, found: list[Page], lang: Lang) -> str:
    """What the dashboard's search finds and has a page here, then the results, products and targets of plans."""
    known = list(entries(site.book, lang, lambda page, state: path_of(page, state, site.book)))
    have, plan = {PLANS, *(href for _, _, href, _ in known)}, words(lang)("search.plan")
    nodes = [one for one in found if one.lang == lang and one.page == "plan" and one.path not in have]
    every = [*known, *((one.title, plan, one.path, one.description) for one in nodes)]
    return f"globalThis.observatorySearchIndex = {json.dumps(index(every), ensure_ascii=False)};\n"


def _site_map(site: Site, found: list[Page]) -> bytes:
    day, base = site.book.edition.built_on.isoformat(), f"{site.address.rstrip('/')}/" if site.address else ""
    urls = "".join(
        f"<url><loc>{escape(f'{base}{one.lang}/{one.path}')}</loc><lastmod>{day}</lastmod></url>\n" for one in found
    )
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{urls}</urlset>\n".encode()


def _robots(site: Site) -> bytes:
    place = f"Sitemap: {site.address.rstrip('/')}/sitemap.xml\n" if site.address else ""
    return f"User-agent: *\nAllow: /\n{place}".encode()


def _door(themes: list[ThemeRow]) -> str:
    """The first page: both languages, and the themes in each."""
    parts = []
    for lang in LANGUAGES:
        w = words(lang)
        items = "".join(
            f'<li><a href="{lang}/theme/{one.theme_id}.html">{escape(one.name(lang))}</a></li>' for one in themes
        )
        home = f'<a href="{lang}/{INDEX}" hreflang="{lang}">{escape(w("app.name"))}</a>'
        parts.append(f'<section lang="{lang}"><h2>{home}</h2><p>{escape(w("app.motto"))}</p><ul>{items}</ul></section>')
    names = " · ".join(words(lang)("app.name") for lang in LANGUAGES)
    alternates = "".join(f'<link rel="alternate" hreflang="{lang}" href="{lang}/{INDEX}">' for lang in LANGUAGES)
    return (
        f'<!DOCTYPE html>\n<html lang="es">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(names)}</title>\n'
        f'<meta name="description" content="{escape(names)}">\n{alternates}\n'
        f'<link rel="stylesheet" href="style.css">\n<link rel="icon" href="icon.svg" type="image/svg+xml">\n</head>\n'
        f'<body class="obs-canvas"><main><h1>{escape(names)}</h1>{"".join(parts)}</main></body>\n</html>\n'
    )
