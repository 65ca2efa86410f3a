"""View state ⇄ address: the one codec of pages, downloads and tests.

Codes only, never labels. Each parameter is valid, invalid (named in a notice, the rest kept) or missing.
Two writers: `address` holds what the reader chose, `full_link` everything in force and the edition (`asof`).
Lists are joined with `~`. Unknown parameters are kept as they are and reported.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from observatory.errors import PeriodError, nearest
from observatory.links.short import LONGEST, SHORT, short_code
from observatory.period import parse_period

LIST_MARK = "~"
RANGE_MARK = ".."
MAXIMUM_LENGTH = 200
MAXIMUM_VIEWS = 40  # of a meeting
LONGER = {"agenda": 6000}
FOREIGN = frozenset({"embed", "embed_options"})  # the server's own parameters: kept, never reported

OF_A_PLAN = ("tree", "due", "groups", "board", "findings")
TABS = ("line", "table", "map", "rank", "slope", "scatter", "list", "matrix", "checks", *OF_A_PLAN)
LEVELS = ("locality", "upl")
Classing = Literal["target", "quantile", "natural", "equal", "pretty"]
CLASSINGS: tuple[Classing, ...] = ("target", "quantile", "natural", "equal", "pretty")
AREAS = ("urban", "all")
LANGUAGES = ("es", "en")
ORDERS = ("value", "place")
Y_AXES = ("shared", "own")


@dataclass(frozen=True)
class ViewState:
    """What a reader chose. None and empty mean: not chosen."""

    lang: str | None = None
    theme: str | None = None
    ind: tuple[str, ...] = ()
    loc: tuple[str, ...] = ()
    t: str | None = None  # a period, `latest`, `earliest`, or `a..b`
    tab: str | None = None
    dim: str | None = None  # disaggregation `dimension:category`
    lvl: str | None = None
    cls: str | None = None
    k: int | None = None
    area: str | None = None
    order: str | None = None  # of small multiples
    y: str | None = None  # their axes
    src: str | None = None  # a source
    asof: str | None = None  # an edition
    v: int | None = None  # version of the vocabulary
    since: str | None = None  # an edition, or a day, that is held against the one shown
    ent: str | None = None  # an entity that answers for indicators
    present: bool | None = None  # meeting mode
    agenda: tuple[str, ...] = ()  # views of a meeting, as short codes
    at: int | None = None  # which of them is shown, from 1
    title: str | None = None  # of a briefing
    day: str | None = None  # of a briefing
    plan: str | None = None  # a plan of the catalogue
    ver: str | None = None  # a version of it
    node: str | None = None  # a result, product or target of it
    unknown: tuple[tuple[str, str], ...] = field(default=())

    @property
    def indicator(self) -> str | None:
        """The first indicator, if any."""
        return self.ind[0] if self.ind else None

    @property
    def place(self) -> str | None:
        """The first territory, if any."""
        return self.loc[0] if self.loc else None


VERSION = 1


class Notice(NamedTuple):
    """A parameter that was not taken, and why.

    `reason` is a key of the wording section `notice`: unknown_code, not_a_choice, not_a_period, not_a_number,
    unknown_parameter, too_long, too_many, unreadable.
    """

    parameter: str
    raw: str
    reason: str
    hint: str


class Vocabulary(NamedTuple):
    """The codes that an edition knows."""

    indicators: frozenset[str] = frozenset()
    territories: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    disaggregations: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()
    versions: frozenset[str] = frozenset()
    nodes: frozenset[str] = frozenset()


class _RefusedError(Exception):
    def __init__(self, reason: str, hint: str = "") -> None:
        self.reason, self.hint = reason, hint


Parse = Callable[[str, Vocabulary], Any]
_EDITION = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{7,64}")


def _choice(choices: Sequence[str]) -> Parse:
    def parse(raw: str, _: Vocabulary) -> str:
        if raw not in choices:
            raise _RefusedError("not_a_choice", nearest(raw, choices) or ", ".join(choices))
        return raw

    return parse


def _code(known: Callable[[Vocabulary], frozenset[str]]) -> Parse:
    def parse(raw: str, vocabulary: Vocabulary) -> str:
        codes = known(vocabulary)
        if raw not in codes:
            raise _RefusedError("unknown_code", nearest(raw, codes))
        return raw

    return parse


def _codes(known: Callable[[Vocabulary], frozenset[str]], at_most: int) -> Parse:
    one = _code(known)

    def parse(raw: str, vocabulary: Vocabulary) -> tuple[str, ...]:
        parts = tuple(dict.fromkeys(part for part in raw.split(LIST_MARK) if part))
        if not parts:
            raise _RefusedError("unknown_code")
        if len(parts) > at_most:
            raise _RefusedError("too_many", str(at_most))
        return tuple(one(part, vocabulary) for part in parts)

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
            raise _RefusedError("not_a_number", f"{low}–{high}")
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
    "loc": _codes(lambda vocabulary: vocabulary.territories, at_most=5),
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


def parse_link(query: Mapping[str, str], vocabulary: Vocabulary) -> tuple[ViewState, list[Notice]]:
    """Read the parameters of an address; what cannot be read is reported and left out."""
    chosen: dict[str, Any] = {}
    unknown: list[tuple[str, str]] = []
    notices: list[Notice] = []
    for name, raw in query.items():
        if name == SHORT:  # a short code that could be read was unfolded before
            notices.append(Notice(name, raw[:40], "unreadable", ""))
            continue
        if name not in PARSERS:
            unknown.append((name[:40], raw[:MAXIMUM_LENGTH]))
            if name not in FOREIGN:
                notices.append(Notice(name[:40], raw[:MAXIMUM_LENGTH], "unknown_parameter", nearest(name, PARSERS)))
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
    code = short_code(parts.path.strip("/"), dict(parse_qsl(parts.query, keep_blank_values=True)))
    if len(code) > LONGEST:
        return link
    return f"{parts.scheme}://{parts.netloc}/?{SHORT}={code}" if parts.netloc else f"/?{SHORT}={code}"


def carried(state: ViewState, names: Iterable[str]) -> ViewState:
    """The part of a state that another page keeps; language, edition and a meeting always travel."""
    always = {"lang", "asof", "present", *(("agenda", "at") if state.present else ())}
    kept = {name: getattr(state, name) for name in {*names, *always}}
    return ViewState(**kept)
