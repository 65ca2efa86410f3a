"""The text of a proposed source block and indicator record."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

ASK = "  # ?"
UNKNOWN = "?"  # a word among territories that is none; then the code and name of the nearest, if one is near


@dataclass
class Proposal:
    """What a file shows of itself; `doubts` names what it does not."""

    file: str
    source_id: str
    layout: str = "tidy"
    territory: str | None = None
    fixed_territory: str | None = None
    level: str = "locality"
    also: dict[str, str] = field(default_factory=dict)
    period: str | None = None
    fixed_period: str | None = None
    holds: str = "year"
    cutoff: str = ""
    values: dict[str, str | None] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    shares: dict[str, bool] = field(default_factory=dict)
    breakdown: str | None = None
    categories: dict[str, str] = field(default_factory=dict)
    ignore: list[str] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)
    nameless: int = 0

    @property
    def has_city(self) -> bool:
        """True when the file gives the city's own figure."""
        return "00" in self.also.values() or self.fixed_territory == "00"


def as_yaml(proposal: Proposal) -> str:
    """The proposal as two lists, `sources` and `indicators`, of one record each."""
    lines = ["sources:", *_source(proposal), "indicators:", *_indicator(proposal)]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as YAML."""
    return json.dumps(text, ensure_ascii=False)


def _both(text: str) -> str:
    return f"{{es: {quoted(text)}, en: {quoted(text)}}}"


def _source(proposal: Proposal) -> list[str]:
    lines = [
        f"  - id: {proposal.source_id}{ASK}",
        f"    entity: sdp{ASK}",
        f"    dataset: {_both(proposal.source_id.replace('_', ' '))}{ASK}",
        f"    locator: {_both(proposal.file)}{ASK}",
        f"    licence: not_stated{ASK}",
        f"    cutoff: {proposal.cutoff}{ASK}",
        f"    nature: administrative{ASK}",
        f"    confidence: official{ASK}",
        f"    obtained: {{how: published, note: {_both(proposal.file)}}}{ASK}",
        f"    calendar: null{ASK}",
        "    measures:",
    ]
    for measure in proposal.values:
        unit = "share" if measure in proposal.shares else "count"
        additive = "false" if measure in proposal.shares else "true"
        text = _both(measure.replace("_", " "))
        lines += [f"      {measure}: {{name: {text}, unit: {unit}, additive: {additive}}}{ASK}"]
    return [*lines, "    reader:", *(f"      {line}" for line in _reader(proposal))]


def _reader(proposal: Proposal) -> list[str]:
    lines = [f"file: {quoted(proposal.file)}", f"layout: {proposal.layout}", *_territory(proposal), *_period(proposal)]
    lines.append("values:")
    lines += [f"  {measure}: {_value(proposal, measure, column)}" for measure, column in proposal.values.items()]
    if proposal.breakdown:
        lines += [
            "disaggregation:",
            f"  column: {quoted(proposal.breakdown)}",
            f"  dimension: group{ASK}",
            "  categories:",
        ]
        lines += [f"    {quoted(text)}: {category}{ASK}" for text, category in proposal.categories.items()]
    if proposal.ignore:
        lines.append(f"ignore: [{', '.join(map(quoted, proposal.ignore))}]")
    if "records" in proposal.doubts:
        lines.append(f"combine: count{ASK}  there is no column of numbers: each row is taken for a record")
    elif "unique" in proposal.doubts:
        lines.append(f"combine: sum{ASK}  two rows say the same territory and period")
    if proposal.nameless:
        lines.append(f"tolerance: 0.1{ASK}  {proposal.nameless} rows name no territory")
    city = "given" if proposal.has_city else "none" if proposal.shares or proposal.nameless else "sum"
    return [*lines, f"city: {city}{'' if proposal.has_city else ASK}"]


def _territory(proposal: Proposal) -> list[str]:
    known = {text: meaning for text, meaning in proposal.also.items() if not meaning.startswith(UNKNOWN)}
    unknown = {text: meaning for text, meaning in proposal.also.items() if meaning.startswith(UNKNOWN)}
    asked = [f"    # {quoted(text)}: {_undecided(meaning)}" for text, meaning in unknown.items()]
    if asked and not known:
        asked = ["  # also:", *asked]
    if proposal.layout == "territories_across":
        return ["territory: {}", *asked]
    if proposal.territory is None:
        return [f'territory: {{fixed: "{proposal.fixed_territory}"}}{ASK}']
    lines = ["territory:", f"  column: {quoted(proposal.territory)}", f"  level: {proposal.level}"]
    if known:
        lines += ["  also:", *(f"    {quoted(text)}: {_meaning(meaning)}" for text, meaning in known.items())]
    return [*lines, *asked]


def _meaning(meaning: str) -> str:
    return f'"{meaning}"{ASK}' if meaning == "99" else f'"{meaning}"'


def _undecided(meaning: str) -> str:
    place = meaning.removeprefix(UNKNOWN).strip()
    code, _, name = place.partition(" ")
    return (
        f'"{code}"{ASK} did you mean {name!r}?' if place else f'{ASK.strip()} its code, "99" for no place, or excluded'
    )


def _period(proposal: Proposal) -> list[str]:
    if proposal.layout == "periods_across":
        return [f"period: {{holds: {proposal.holds}}}"]
    if proposal.period is None:
        return [f'period: {{fixed: "{proposal.fixed_period}"}}{ASK}']
    return ["period:", f"  column: {quoted(proposal.period)}", f"  holds: {proposal.holds}"]


def _value(proposal: Proposal, measure: str, column: str | None) -> str:
    scale = "0.01" if proposal.shares.get(measure) else "1"
    parts = [f"column: {quoted(column)}"] if column else []
    parts += [f"scale: {scale}", "blank: true"] + (["whole: true"] if measure in proposal.whole else [])
    return f"{{{', '.join(parts)}}}" + (ASK if measure in proposal.shares else "")


def _indicator(proposal: Proposal) -> list[str]:
    measure = next(iter(proposal.values))
    is_share = measure in proposal.shares
    name = measure.replace("_", " ")
    levels = "[city]" if proposal.fixed_territory else "[city, upl]" if proposal.level == "upl" else "[city, locality]"
    frequency = {"year": "annual", "month": "monthly", "day": "irregular"}[proposal.holds]
    top = "1" if is_share else "1000000"
    return [
        f"  - id: {proposal.source_id}{ASK}",
        f"    theme: quality_of_life{ASK}",
        f"    name: {_both(name)}{ASK}",
        f"    label: {_both(name[:40])}{ASK}",
        f"    description: {_both(name)}{ASK}",
        f"    unit: {'share' if is_share else 'count'}{ASK}",
        f"    measure: {'share' if is_share else 'count'}{ASK}",
        f"    direction: descriptive{ASK}",
        f"    frequency: {frequency}",
        f"    levels: {levels}",
        f"    value: {{source: {proposal.source_id}, measure: {measure}}}",
        "    interval: none",
        *([f"    dimensions: [group]{ASK}"] if proposal.breakdown else []),
        f"    valid_range: [0, {top}]{ASK}",
        f"    nature: administrative{ASK}",
        f"    method: {_both(name)}{ASK}",
        f"    entity: sdp{ASK}",
    ]
