"""Look at a published file and propose its source block and indicator record, ready to paste into `indicators.yaml`.

    python -m pipelines draft FILE

What the file itself shows (encoding, header, territories, periods, categories, numbers) is filled in. What only a
person can know carries the mark `# ?`: publisher, licence, unit, direction, what a number counts. A name that is no
territory is proposed as a comment, with the nearest one: until somebody decides, the capture's rows of it are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from observatory.errors import SourceError, TerritoryError
from observatory.period import parse_period
from observatory.registry.reader import EXCLUDED
from observatory.territory import CITY, UNLOCATED, aliases, folded, locality_code, territories, upl_code
from pipelines.draft_text import UNKNOWN, Proposal, as_yaml
from pipelines.reading.grid import Grid, grid_of, key_of, year_in
from pipelines.reading.numbers import decimal_mark, moment, number, whole_number, year_month

MOST_CATEGORIES = 30
ENOUGH = 0.8
CITY_WORDS = frozenset({"distrito", "bogota", "bogota d c", "total", "total general", "ciudad", "distrito capital"})
UNLOCATED_WORDS = ("desconocid", "sin localidad", "sin dato", "sin informacion", "no definida", "sin localizacion")
OUTSIDE_WORDS = ("fuera", "otro municipio", "soacha")
SHARE_WORDS = ("porcentaje", "proporcion", "tasa", "share", "pct", "participacion", "%")


@dataclass
class Look:
    """A column as it looks: its texts, and what each could be."""

    name: str
    texts: list[str]
    kind: str = "text"
    also: dict[str, str] = field(default_factory=dict)

    @property
    def filled(self) -> list[str]:
        """Cells that say something."""
        return [text for text in self.texts if text.strip()]

    @property
    def distinct(self) -> list[str]:
        """What they say, each once, in order."""
        return list(dict.fromkeys(self.filled))


def draft(path: Path) -> str:
    """YAML text of a source and an indicator for a file, with `# ?` where a person must decide.

    Raises:
        SourceError: the file is no table, or nothing in it looks like a territory or a number.
    """
    grid = grid_of(path)
    looks = [_look(grid, at) for at, name in enumerate(grid.header) if name]
    proposal = _propose(path, grid, looks)
    return as_yaml(proposal)


def _look(grid: Grid, at: int) -> Look:
    texts = [row[at].strip() if at < len(row) else "" for row in grid.rows]
    look = Look(grid.header[at], texts)
    look.kind = _kind(look)
    if look.kind in ("locality", "upl"):
        look.also = {
            text: _also(text) for text in look.distinct if not (_is_place(text, look.kind) or _is_locality_number(text))
        }
        unknown = [text for text, meaning in look.also.items() if meaning == UNKNOWN]
        look.also |= {text: f"{UNKNOWN} {_nearest_place(text, look.kind)}".strip() for text in unknown}
    return look


def _kind(look: Look) -> str:
    """What most of a column's texts are."""
    if not look.filled:
        return "text"
    if re.search("loca|cod_?loc", folded(look.name)) and all(_is_locality_number(text) for text in look.distinct):
        return "locality"
    tests: dict[str, Callable[[str], bool]] = {
        "locality": lambda text: _is_place(text, "locality"),
        "upl": lambda text: _is_place(text, "upl"),
        "year": lambda text: (whole_number(text) or 0) in range(1985, 2061),
        "month": lambda text: len(text) <= 15 and year_month(text) is not None and moment(text) is None,
        "day": lambda text: moment(text) is not None,
    }
    for kind, test in tests.items():
        telling = [text for text in look.distinct if _also(text) == UNKNOWN] if kind == "locality" else look.distinct
        if telling and _share(telling, test) >= ENOUGH:
            return kind
    if all(whole_number(text) is not None for text in look.distinct):
        return "whole"
    try:
        mark = decimal_mark(look.distinct)
    except SourceError:
        return "text"
    return "decimal" if all(number(text, mark) is not None for text in look.distinct) else "text"


def _is_locality_number(text: str) -> bool:
    return text.isdecimal() and 1 <= int(text) <= 20


def _share(texts: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / max(len(texts), 1)


def _is_place(text: str, level: str) -> bool:
    try:
        return bool(locality_code(text) if level == "locality" else upl_code(text))
    except TerritoryError:
        return level == "upl" and re.fullmatch(r"UPL ?\d{1,2}", text.upper()) is not None


def _nearest_place(text: str, level: str) -> str:
    """Code and name of the territory whose name or alias is nearest; empty when none is near."""
    names = {name: code for name, code in aliases() if territories()[code].level == level}
    names |= {folded(area.name): code for code, area in territories().items() if area.level == level}
    found = get_close_matches(folded(text), names, n=1)
    return f"{names[found[0]]} {territories()[names[found[0]]].name}" if found else ""


def _also(text: str) -> str:
    """What a word among localities seems to be; a question when nothing tells."""
    plain = folded(text)
    if plain in CITY_WORDS:
        return CITY
    if any(word in plain for word in UNLOCATED_WORDS) or not plain:
        return UNLOCATED
    return EXCLUDED if any(word in plain for word in OUTSIDE_WORDS) else UNKNOWN


def _propose(path: Path, grid: Grid, looks: list[Look]) -> Proposal:
    proposal = Proposal(file=path.name, source_id=_slug(path))
    places = [look for look in looks if look.kind in ("locality", "upl")]
    across = _places_across(looks)
    periods = [name for name in grid.header if _is_period(name)]
    if across:
        proposal.layout = "territories_across"
        looks = [look for look in looks if look.name not in across]
        near = {look.name: _nearest_place(look.name, "locality") for look in looks}
        proposal.also = {name: f"{UNKNOWN} {place}" for name, place in near.items() if place}
    elif len(periods) >= 3:
        proposal.layout = "periods_across"
        proposal.holds = "month" if all(year_month(name) and len(name) > 4 for name in periods) else "year"
        proposal.cutoff = _last_day(periods, proposal.holds)
        looks = [look for look in looks if look.name not in periods]
    _territory(proposal, places)
    _period(proposal, looks, path)
    numbers = [look for look in looks if look.kind in ("whole", "decimal") and look.name != proposal.period]
    codes = [look for look in numbers if _repeats(look, places, looks)]
    if proposal.layout == "tidy":
        proposal.values = {_word(look.name): look.name for look in numbers if look not in codes}
        proposal.whole = {_word(look.name) for look in numbers if look.kind == "whole"}
        proposal.shares = {_word(look.name): _percent(look) for look in numbers if _is_share(look)}
    else:
        proposal.values = {_slug(path): None}
    if not proposal.values:
        _records(proposal, path)
    else:
        _disaggregation(proposal, looks)
    read = {proposal.territory, proposal.period, proposal.breakdown, *proposal.values.values()}
    proposal.ignore = [look.name for look in looks if look.name not in {*read, *proposal.also}]
    return proposal


def _records(proposal: Proposal, path: Path) -> None:
    """Propose to count the records of a register, which has no numbers; they must say where or when.

    Raises:
        SourceError: they do not.
    """
    if proposal.territory is None and proposal.period is None:
        fix = "is it a table with a header? Records are counted where a column says their place or their day"
        raise SourceError("no column of numbers", where=path.name, fix=fix)
    proposal.values = {"records": None}
    proposal.doubts.add("records")


def _places_across(looks: list[Look]) -> list[str]:
    names = [look.name for look in looks if _is_place(look.name, "locality")]
    return names if len(names) >= 10 else []


def _is_period(name: str) -> bool:
    return re.fullmatch(r"(19|20)\d{2}([-/ ]?(0[1-9]|1[0-2]))?", name.strip()) is not None


def _territory(proposal: Proposal, places: list[Look]) -> None:
    if proposal.layout == "territories_across":
        return
    if not places:
        proposal.fixed_territory = CITY
        proposal.doubts.add("territory")
        return
    chosen = max(
        places, key=lambda look: (look.kind == "locality", not look.distinct[0].isdecimal(), len(look.distinct))
    )
    if len(chosen.filled) < len(chosen.texts):
        proposal.doubts.add("nameless")
        proposal.nameless = len(chosen.texts) - len(chosen.filled)
    proposal.territory, proposal.level, proposal.also = chosen.name, chosen.kind, chosen.also


def _period(proposal: Proposal, looks: list[Look], path: Path) -> None:
    if proposal.layout == "periods_across":
        return
    dated = [look for look in looks if look.kind in ("day", "month", "year") and look.name != proposal.territory]
    if dated:
        finest = min(dated, key=lambda look: ("day", "month", "year").index(look.kind))
        proposal.period, proposal.holds = finest.name, finest.kind
        proposal.cutoff = _last_day(finest.distinct, finest.kind)
    else:
        proposal.fixed_period = year_in(path.name) or "2025"
        proposal.cutoff = _last_day([proposal.fixed_period], "year")
        proposal.doubts.add("period")


def _last_day(texts: list[str], holds: str) -> str:
    """The last day of the newest period that the texts name, 2024-12-31; those that name none are passed over."""
    if holds == "day":
        return max(f"{day:%Y-%m-%d}" for text in texts if (day := moment(text)) is not None)
    if holds == "month":
        codes = [code for text in texts if (code := year_month(text)) is not None]
    else:
        codes = [str(year) for text in texts if (year := whole_number(text)) is not None]
    return parse_period(max(codes)).end.isoformat()


def _repeats(look: Look, places: list[Look], looks: list[Look]) -> bool:
    """True for a column of codes: one number for each text of another column."""
    plain = key_of(look.name)
    if plain.startswith(("cod", "id", "no", "num", "objectid", "fid")) and look.kind == "whole":
        others = [other for other in (*places, *looks) if other is not look and other.kind not in ("whole", "decimal")]
        pairs = [dict.fromkeys(zip(look.texts, other.texts, strict=True)) for other in others]
        return any(len(pair) <= max(len(look.distinct), 1) for pair in pairs) or len(look.distinct) == len(look.texts)
    return False


def _is_share(look: Look) -> bool:
    return look.kind == "decimal" and any(word in folded(look.name) or word in look.name for word in SHARE_WORDS)


def _percent(look: Look) -> bool:
    """True when a share is written as percent."""
    mark = decimal_mark(look.distinct)
    return max(number(text, mark) or 0 for text in look.distinct) > 1


def _disaggregation(proposal: Proposal, looks: list[Look]) -> None:
    """The column without which two rows would say the same, if one is enough."""
    keys = [look for look in looks if look.name in (proposal.territory, proposal.period)]
    if proposal.layout != "tidy" or _unique(keys):
        return
    taken = {proposal.territory, proposal.period, *proposal.values.values()}
    texts = [look for look in looks if look.name not in taken and look.kind == "text"]
    for look in sorted(texts, key=lambda item: len(item.distinct)):
        if 2 <= len(look.distinct) <= MOST_CATEGORIES and _unique([*keys, look]):
            proposal.breakdown = look.name
            proposal.categories = {text: _word(text) for text in look.distinct}
            return
    proposal.doubts.add("unique")


def _unique(looks: Iterable[Look]) -> bool:
    columns = [look.texts for look in looks]
    rows = list(zip(*columns, strict=True))
    return bool(columns) and len(set(rows)) == len(rows)


def _word(text: str) -> str:
    """A text as an identifier."""
    plain = re.sub(r"[^a-z0-9]+", "_", folded(text)).strip("_") or "value"
    return (plain if plain[0].isalpha() else f"v_{plain}")[:60]


def _slug(path: Path) -> str:
    return _word(path.name.split(".")[0])
