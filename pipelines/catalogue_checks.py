"""Checks of what the catalogue says, each with file and line; what may not stand in it at all is refused on loading.

Texts that copy another record's, texts that say the same in both languages, and marks of a draft that nobody decided
yet, warn. A cut-off after the day of the edition fails, and so does an address of which no source of the catalogue is
known, and that does not say why.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from observatory.errors import nearest
from observatory.registry.models import Catalogue, Text
from observatory.registry.nodes import Document, read_nodes
from observatory.registry.nodes import Path as Place
from observatory.rows.account import CheckRow
from pipelines.capturing.addresses import Address
from pipelines.capturing.read_addresses import load_addresses

COPIED, UNTRANSLATED, ADDRESSED = "texts_are_their_own", "texts_in_both_languages", "addresses_catalogued"
DECIDED, ENDED = "drafts_decided", "cutoffs_not_to_come"
MARK = re.compile(r"(?:^|\s)#\s*\?")  # as `draft` writes it where a person must decide
LINES_TOLD = 6
LONG = 25  # letters up to which names, units and addresses may be the same in both languages
ADDRESS_MARKS = frozenset("/._:=")


Said = tuple[str, str, Place, Sequence[Text]]  # id of a record, where its figures come from, place, texts


class Finding(NamedTuple):
    """What a check has to say, and of which place of the catalogue."""

    check: str
    place: Place
    what: str
    fix: str


def check_texts(path: Path, catalogue: Catalogue) -> list[CheckRow]:
    """Results of the checks of the texts of `indicators.yaml`; its lines are looked up only when there is a finding."""
    found = [*copied(catalogue), *untranslated(catalogue)]
    document = read_nodes(path.read_text(encoding="utf-8"), path.name) if found else Document()
    warned = [
        CheckRow(one.check, f"{path.name}:{document.line(one.place)}", "warned", f"{one.what} → {one.fix}")
        for one in found
    ]
    quiet = {COPIED, UNTRANSLATED} - {row.check_id for row in warned}
    return [*(CheckRow(name, "edition", "passed", "") for name in sorted(quiet)), *warned]


def copied(catalogue: Catalogue) -> Iterator[Finding]:
    """Descriptions that stand twice; methods and whole lists of caveats that stand twice, for different sources.

    What one source publishes may be got in one way and have the same caveats; what it measures is never the same.
    """
    descriptions: list[Said] = []
    methods: list[Said] = []
    caveats: list[Said] = []
    for position, item in enumerate(catalogue.indicators):
        origin = " ".join(sorted(item.source_ids))
        place: Place = ("indicators", position)
        descriptions.append((item.id, item.id, (*place, "description"), (item.description,)))
        methods.append((item.id, origin, (*place, "method"), (item.method,)))
        caveats.append((item.id, origin, (*place, "caveats"), item.caveats))
    for position, source in enumerate(catalogue.sources):
        caveats.append((source.id, source.entity, ("sources", position, "caveats"), source.caveats))
    yield from chain.from_iterable(map(_twice, (descriptions, methods, caveats)))


def _twice(records: Sequence[Said]) -> Iterator[Finding]:
    """Records whose texts are wholly those of an earlier one of another origin."""
    first: dict[tuple[str, ...], tuple[str, str]] = {}
    for name, origin, place, texts in records:
        key = tuple(" ".join(text.es.split()).casefold() for text in texts)
        if not key:
            continue
        earlier, other = first.setdefault(key, (name, origin))
        if other != origin:
            what = f"the {place[-1]} of {name!r} is that of {earlier!r}, word for word"
            yield Finding(COPIED, place, what, "say what is this record's own")


def untranslated(catalogue: Catalogue) -> Iterator[Finding]:
    """Texts of more than `LONG` letters that are the same in both languages; addresses and file names do not count."""
    for place, text in texts_of(catalogue):
        if text.es == text.en and _letters(text.es) > LONG:
            what = f"the same text in Spanish and English: {text.en[:60]!r}"
            yield Finding(UNTRANSLATED, place, what, "write it in each language")


def texts_of(value: Any, place: Place = ()) -> Iterator[tuple[Place, Text]]:
    """Every text of a record and of what it holds, with its place."""
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name), (*place, name))
    elif isinstance(value, dict):
        for name, child in value.items():
            yield from texts_of(child, (*place, str(name)))
    elif isinstance(value, list):
        for position, child in enumerate(value):
            yield from texts_of(child, (*place, position))


def _letters(text: str) -> int:
    words = (word.strip(".,;:()") for word in text.split())
    return sum(map(str.isalpha, "".join(word for word in words if not ADDRESS_MARKS & set(word))))


def check_marks(path: Path) -> list[CheckRow]:
    """Whether a mark `# ?` of a draft is left in `indicators.yaml`: what it stands at was guessed by no person."""
    lines = path.read_text(encoding="utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, start=1) if MARK.search(line)]
    if not marked:
        return [CheckRow(DECIDED, "edition", "passed", "")]
    more = " …" if len(marked) > LINES_TOLD else ""
    what = f"{len(marked)} marks `# ?` of a draft, lines {', '.join(map(str, marked[:LINES_TOLD]))}{more}"
    fix = "decide what stands there, then take the mark away"
    return [CheckRow(DECIDED, f"{path.name}:{marked[0]}", "warned", f"{what} → {fix}")]


def check_cutoffs(path: Path, catalogue: Catalogue, built_on: dt.date) -> list[CheckRow]:
    """Whether the data of each source end by the day of the edition: a cut-off to come would be cited as if passed.

    Projections reach beyond their day, and say so by their nature.
    """
    measured = [(at, source) for at, source in enumerate(catalogue.sources) if source.nature != "projection"]
    late = [(at, source) for at, source in measured if source.cutoff > built_on]
    document = read_nodes(path.read_text(encoding="utf-8"), path.name) if late else Document()
    failed = [
        CheckRow(
            ENDED,
            f"{path.name}:{document.line(('sources', at, 'cutoff'))}",
            "failed",
            f"the cut-off {source.cutoff} of {source.id!r} is after the day of the edition, {built_on} → "
            "write the last day that its figures cover",
        )
        for at, source in late
    ]
    return failed or [CheckRow(ENDED, "edition", "passed", "")]


def check_addresses(path: Path, catalogue: Catalogue) -> list[CheckRow]:
    """Whether each declared address is of a source of the catalogue, or says why it is of none.

    Raises:
        CaptureError: the declarations break their contract.
    """
    known = {source.id for source in catalogue.sources}
    found = [
        (("addresses", position, "source"), *_misnamed(address, known))
        for position, address in enumerate(load_addresses(path).addresses)
        if (address.source in known) == (address.uncatalogued is not None)
    ]
    document = read_nodes(path.read_text(encoding="utf-8"), path.name) if found else Document()
    failed = [
        CheckRow(ADDRESSED, f"{path.name}:{document.line(place)}", "failed", f"{what} → {fix}")
        for place, what, fix in found
    ]
    return failed or [CheckRow(ADDRESSED, "edition", "passed", "")]


def _misnamed(address: Address, known: set[str]) -> tuple[str, str]:
    if address.source in known:
        return f"{address.source!r} is a source of the catalogue and says why it is none", "leave out `uncatalogued`"
    hint = nearest(address.source, known)
    fix = f"{hint} Or" if hint else "add it to the sources of indicators.yaml, or"
    return f"{address.source!r} is not among the catalogue's sources", f"{fix} say why in `uncatalogued`"
