"""What a reader can choose: the view state, its words, and the codes that an edition knows. Codes only, never labels.

`parsing` reads a state from an address, `writing` makes addresses of it; lists are joined with `~`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

LIST_MARK = "~"
RANGE_MARK = ".."
MAXIMUM_VIEWS = 40  # of a meeting

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
    unknown_parameter, too_long, too_many, unreadable, doubled.
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
