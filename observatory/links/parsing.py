"""Address → view state: each parameter is valid, refused with its reason and a hint, or not known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from observatory.errors import PeriodError, TerritoryError, meant, nearest
from observatory.links.short import SHORT
from observatory.links.state import (
    AREAS,
    CLASSINGS,
    LANGUAGES,
    LEVELS,
    LIST_MARK,
    MAXIMUM_VIEWS,
    ORDERS,
    RANGE_MARK,
    TABS,
    VERSION,
    Y_AXES,
    Notice,
    ViewState,
    Vocabulary,
)
from observatory.period import parse_period
from observatory.territory import locality_code

MAXIMUM_LENGTH = 200
LONGER = {"agenda": 6000}
LIKENESS = 0.7  # of a parameter that may be meant: names are short, and a wild guess helps nobody
FOREIGN = frozenset({"embed", "embed_options"})  # the server's own parameters: kept, never reported


class _RefusedError(Exception):
    def __init__(self, reason: str, hint: str = "") -> None:
        self.reason, self.hint = reason, hint


Parse = Callable[[str, Vocabulary], Any]
Hint = Callable[[str, Collection[str]], str]
_EDITION = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{7,64}")


def _choice(choices: Sequence[str]) -> Parse:
    def parse(raw: str, _: Vocabulary) -> str:
        found = _matched(raw, choices)
        if found is None:
            raise _RefusedError("not_a_choice", nearest(raw, choices) or ", ".join(choices))
        return found

    return parse


def _matched(raw: str, codes: Collection[str]) -> str | None:
    """The code that is written so, else the only one that is when capitals do not count."""
    if raw in codes:
        return raw
    alike = [code for code in codes if code.casefold() == raw.casefold()]
    return alike[0] if len(alike) == 1 else None


def _code(known: Callable[[Vocabulary], frozenset[str]], hint: Hint = nearest) -> Parse:
    def parse(raw: str, vocabulary: Vocabulary) -> str:
        codes = known(vocabulary)
        found = _matched(raw, codes)
        if found is None:
            raise _RefusedError("unknown_code", hint(raw, codes))
        return found

    return parse


def _place_hint(raw: str, codes: Collection[str]) -> str:
    """The place that may be meant: by its number without the zero before it, by its name, else the nearest code."""
    code = raw.zfill(2)
    if code not in codes:
        try:
            code = locality_code(raw)
        except TerritoryError:
            return nearest(raw, codes)
    return meant(code) if code in codes else ""


def _codes(known: Callable[[Vocabulary], frozenset[str]], at_most: int, hint: Hint = nearest) -> Parse:
    one = _code(known, hint)

    def parse(raw: str, vocabulary: Vocabulary) -> tuple[str, ...]:
        typed = raw.replace(",", LIST_MARK)  # as people write a list
        parts = tuple(dict.fromkeys(part for part in typed.split(LIST_MARK) if part))
        if not parts:
            raise _RefusedError("unknown_code")
        if len(parts) > at_most:
            raise _RefusedError("too_many", str(at_most))
        return tuple(dict.fromkeys(one(part, vocabulary) for part in parts))

    return parse


def _time(raw: str, _: Vocabulary) -> str:
    ends = raw.split(RANGE_MARK)
    if len(ends) > 2:
        raise _RefusedError("not_a_period", "2025")
    for end in ends:
        if end not in ("latest", "earliest"):
            _check_period(end)
    return raw


def _check_period(code: str) -> None:
    try:
        parse_period(code)
    except PeriodError:
        raise _RefusedError("not_a_period", "2025, 2025-03, 2015..latest") from None


def _count(low: int, high: int) -> Parse:
    def parse(raw: str, _: Vocabulary) -> int:
        if not raw.isascii() or not raw.isdigit() or len(raw) > 4 or not low <= int(raw) <= high:
            raise _RefusedError("not_a_number", f"{low}–{high}" if low < high else f"{low}")
        return int(raw)

    return parse


def _switch(raw: str, _: Vocabulary) -> bool:
    if raw not in ("1", "0"):
        raise _RefusedError("not_a_choice", "1, 0")
    return raw == "1"


def _since(raw: str, _: Vocabulary) -> str:
    if not _EDITION.fullmatch(raw) and not _is_day(raw):
        raise _RefusedError("not_a_period", "2026-11-23")
    return raw


def _is_day(raw: str) -> bool:
    try:
        return dt.date.fromisoformat(raw).isoformat() == raw
    except ValueError:
        return False


def _day(raw: str, _: Vocabulary) -> str:
    if not _is_day(raw):
        raise _RefusedError("not_a_period", "2026-11-23")
    return raw


def _title(raw: str, _: Vocabulary) -> str:
    """Words on one line."""
    return " ".join(raw.split())


def _agenda(raw: str, _: Vocabulary) -> tuple[str, ...]:
    """Views as short codes; which of them can be read is told where they are opened."""
    codes = tuple(part for part in raw.split(LIST_MARK) if part)
    if len(codes) > MAXIMUM_VIEWS:
        raise _RefusedError("too_many", str(MAXIMUM_VIEWS))
    if not codes or not all(re.fullmatch(r"[\w-]+", code, re.ASCII) for code in codes):
        raise _RefusedError("unreadable")
    return codes


def _edition(raw: str, _: Vocabulary) -> str:
    if not _EDITION.fullmatch(raw):
        raise _RefusedError("unknown_code")
    return raw


PARSERS: dict[str, Parse] = {
    "lang": _choice(LANGUAGES),
    "theme": _code(lambda vocabulary: vocabulary.themes),
    "ind": _codes(lambda vocabulary: vocabulary.indicators, at_most=6),
    "loc": _codes(lambda vocabulary: vocabulary.territories, at_most=5, hint=_place_hint),
    "t": _time,
    "tab": _choice(TABS),
    "dim": _code(lambda vocabulary: vocabulary.disaggregations),
    "lvl": _choice(LEVELS),
    "cls": _choice(CLASSINGS),
    "k": _count(3, 7),
    "area": _choice(AREAS),
    "order": _choice(ORDERS),
    "y": _choice(Y_AXES),
    "src": _code(lambda vocabulary: vocabulary.sources),
    "asof": _edition,
    "v": _count(1, VERSION),
    "since": _since,
    "ent": _code(lambda vocabulary: vocabulary.entities),
    "present": _switch,
    "agenda": _agenda,
    "at": _count(1, MAXIMUM_VIEWS),
    "plan": _code(lambda vocabulary: vocabulary.plans),
    "ver": _code(lambda vocabulary: vocabulary.versions),
    "node": _code(lambda vocabulary: vocabulary.nodes),
    "title": _title,
    "day": _day,
}


def parse_link(
    query: Mapping[str, str], vocabulary: Vocabulary, doubled: Collection[str] = ()
) -> tuple[ViewState, list[Notice]]:
    """Read the parameters of an address; what cannot be read is reported and left out.

    Args:
        doubled: names that stand in the address more than once; `query` holds the last of each.
    """
    chosen: dict[str, Any] = {}
    unknown: list[tuple[str, str]] = []
    notices = [Notice(name, query[name][:40], "doubled", "") for name in doubled if name in PARSERS and name in query]
    for name, raw in query.items():
        if name == SHORT:  # a short code that could be read was unfolded before
            notices.append(Notice(name, raw[:40], "unreadable", ""))
            continue
        if name not in PARSERS:
            unknown.append((name[:40], raw[:MAXIMUM_LENGTH]))
            if name not in FOREIGN:
                notices.append(
                    Notice(name[:40], raw[:MAXIMUM_LENGTH], "unknown_parameter", nearest(name, PARSERS, LIKENESS))
                )
            continue
        longest = LONGER.get(name, MAXIMUM_LENGTH)
        if len(raw) > longest:
            notices.append(Notice(name, raw[:40] + "…", "too_long", str(longest)))
            continue
        try:
            chosen[name] = PARSERS[name](raw, vocabulary)
        except _RefusedError as refused:
            notices.append(Notice(name, raw, refused.reason, refused.hint))
    return ViewState(**chosen, unknown=tuple(unknown)), notices
