"""The same rules written a second time, as a ledger walked quarter by quarter in exact fractions, on random series.

The ledger shares no code with the rules under test: it adds a fourth of what a year asks at each quarter, instead of
prorating, and keeps running totals, instead of looking back.
"""

from __future__ import annotations

import math
import random
from fractions import Fraction
from typing import Any

import pytest

from observatory.progress.annualization import assess
from observatory.progress.commitment import Annualization, Commitment, Report
from observatory.progress.reporting import Periodicity, Quarter

CASES = 20_000
KINDS: list[Annualization] = ["sum", "constant", "increasing", "decreasing"]
REPORT_MONTHS: dict[str | None, set[int]] = {
    None: {3, 6, 9, 12},
    "monthly": {3, 6, 9, 12},
    "bimonthly": {3, 6, 9, 12},
    "quarterly": {3, 6, 9, 12},
    "four_monthly": {6, 9, 12},
    "semiannual": {6, 12},
    "annual": {12},
    "biennial": {12},
    "triennial": {12},
    "quadrennial": {12},
    "quinquennial": {12},
}
Plain = dict[str, Any]
Plan = dict[str, Any]


def ledger(plan: Plan, made: dict[tuple[int, int], Fraction], year: int, quarter: int) -> Plain:  # noqa: C901
    """All quantities of a cut, from a walk through the quarters."""
    kind, final, first = plan["kind"], plan["final"], min([year, *plan["targets"]])
    asked = {
        when: target
        for when, target in plan["targets"].items()
        if target is not None and not (target == 0 and not (kind == "decreasing" and final == 0))
    }
    base = plan["base"] if kind in ("increasing", "decreasing") else None
    if base is None and kind == "increasing":
        base = Fraction(0)
    if base is None and kind == "decreasing" and asked:
        years = sorted(asked)
        end = years[-1] if plan["ends"] is None else plan["ends"]
        goal = asked[years[-1]] if final is None else final
        if end - years[0] + 1 > 0:
            base = (asked[years[0]] - goal) / (end - years[0] + 1) + asked[years[0]]

    effective = 0
    for number in (1, 2, 3, 4):
        if number <= quarter and (3 * number in REPORT_MONTHS[plan["period"]] or (year, number) in made):
            effective = number

    total = Fraction(0)  # of a sum
    level = Fraction(0) if kind == "constant" else base
    previous = level
    seen = False
    in_period = Fraction(0)
    for when in range(first, year + 1):
        in_period = Fraction(0)
        steps = effective if when == year else 4
        target = asked.get(when)
        if target is None:
            continue
        if kind == "constant" and not seen:
            level = previous = target
        for _ in range(steps):
            in_period += target / 4
            total += target / 4
            if level is not None and previous is not None:
                level += (target - previous) / 4
        level = target if steps == 4 else level
        seen, previous = True, target

    done: Fraction | None = Fraction(0) if kind in ("sum", "constant") else base
    this_year: Fraction | None = None
    for (when, number), value in sorted(made.items()):
        if (when, number) > (year, quarter):
            break
        done = done + value if kind == "sum" and done is not None else value
        if when == year:
            this_year = (this_year or 0) + value if kind == "sum" else value

    period = None if not asked else in_period if kind == "sum" else level
    to_date = None if not asked else total if kind == "sum" else level
    zero = Fraction(0) if kind in ("sum", "constant") else base

    def part(value: Fraction | None, whole: Fraction | None) -> Fraction | None:
        if value is None or whole is None or zero is None or whole - zero == 0:
            return None
        return (value - zero) / (whole - zero)

    paf, tid = part(done, final), part(to_date, final)
    begins, has_started = plan["starts"], any(when <= (year, quarter) for when in made)
    for when in range(first if begins is None else begins[0], year + 1):
        for number in (1, 2, 3, 4):
            is_due = 3 * number in REPORT_MONTHS[plan["period"]] and (when, number) <= (year, quarter)
            has_started |= is_due and begins is not None and (when, number) >= begins
    return {
        "has_started": has_started or begins is None,
        "effective_quarter": effective,
        "period_target": period,
        "accumulated_target": to_date,
        "year_value": this_year,
        "accumulated": done,
        "year_share": part(this_year, period),
        "share": part(done, to_date),
        "final_share": paf,
        "expected_share": tid,
        "gap": None if paf is None or tid is None else paf - tid,
    }


def random_number(draw: random.Random) -> Fraction:
    """Quarters of units, some zero, of many sizes: exact both as fractions and as floats."""
    return Fraction(draw.choice([0, draw.randint(0, 12), draw.randint(0, 4000), draw.randint(0, 4_000_000)]), 4)


def random_plan(draw: random.Random) -> Plan:
    start = draw.randint(2018, 2024)
    years = range(start, start + draw.randint(1, 8))
    targets = {year: None if draw.random() < 0.2 else random_number(draw) for year in years}
    return {
        "kind": draw.choice(KINDS),
        "targets": targets if draw.random() < 0.98 else {},
        "final": None if draw.random() < 0.05 else draw.choice([random_number(draw), targets[years[-1]]]),
        "base": None if draw.random() < 0.4 else random_number(draw),
        "period": draw.choice(list(REPORT_MONTHS)),
        "ends": draw.choice([None, years[-1], years[-1] + draw.randint(-2, 3)]),
        "starts": draw.choice([None, (start + draw.randint(-1, 6), draw.randint(1, 4))]),
    }


def random_reports(draw: random.Random, plan: Plan) -> dict[tuple[int, int], Fraction]:
    start = min(plan["targets"], default=2020)
    frequency = draw.random()
    quarters = [(year, number) for year in range(start - 1, start + 9) for number in (1, 2, 3, 4)]
    return {quarter: random_number(draw) for quarter in quarters if draw.random() < frequency}


def as_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def assessed(plan: Plan, made: dict[tuple[int, int], Fraction], year: int, quarter: int, draw: random.Random) -> Plain:
    periodicity: Periodicity | None = plan["period"]
    commitment = Commitment(
        annualization=plan["kind"],
        targets={when: as_float(target) for when, target in plan["targets"].items()},
        final_target=as_float(plan["final"]),
        baseline=as_float(plan["base"]),
        periodicity=periodicity,
        ends=plan["ends"],
        starts=Quarter(*plan["starts"]) if plan["starts"] else None,
    )
    reports = [Report(Quarter(*when), float(value)) for when, value in made.items()]
    reports += [Report(Quarter(2040, 1), None)]
    draw.shuffle(reports)
    return vars(assess(commitment, reports, Quarter(year, quarter)))


@pytest.mark.parametrize("seed", range(4))
def test_the_rules_agree_with_the_ledger_on_random_series(seed: int) -> None:
    draw = random.Random(20261123 + seed)
    compared, with_share = 0, 0
    for _ in range(CASES // 4):
        plan = random_plan(draw)
        made = random_reports(draw, plan)
        year, quarter = min(plan["targets"], default=2020) + draw.randint(-1, 9), draw.randint(1, 4)
        expected = ledger(plan, made, year, quarter)
        found = assessed(plan, made, year, quarter, draw)
        for key, value in expected.items():
            if value is None or found[key] is None:
                assert found[key] is None and value is None, (key, plan, made, year, quarter)
            else:
                close = math.isclose(found[key], value, rel_tol=1e-9, abs_tol=1e-9)
                assert close, (key, found[key], float(value), plan, made, year, quarter)
            compared += 1
        with_share += expected["share"] is not None
    assert compared == CASES // 4 * 11
    assert with_share > CASES // 4 // 2
    print(f"seed {seed}: {CASES // 4} random cases, {compared} quantities compared, {with_share} with a share to date")
