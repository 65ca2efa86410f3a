"""How the figures of a plan are said: values in the unit of its indicator, shares, weights."""

from __future__ import annotations

from observatory.plan import Node, PlanVersion
from observatory.wording import Words

MANY = 10.0  # shares above ten times what was due are told in words
FRACTION = 1.5  # the largest target of an indicator in percent that is written as a fraction


def share_text(share: float | None, words: Words) -> str:
    """What part of what was due was done: `73 %`; words where a percentage would only startle."""
    if share is None:
        return ""
    if share < 0:
        return words("plan.page.backwards")
    if share > MANY:
        return words("plan.page.many_times")
    return words.percent(share, 0)


def exact_share(share: float | None, words: Words) -> str:
    """The percentage as computed, for workings and tables."""
    return "" if share is None else words.percent(share, 1)


def value_text(plan: PlanVersion, node: Node, value: float | None, words: Words) -> str:
    """A value of an indicator: percent where its targets are fractions in percent, else with the decimals it needs."""
    if value is None:
        return ""
    if is_fraction(plan, node):
        return words.percent(value, 0 if round(value * 100, 6).is_integer() else 1)
    return words.number(value, _decimals(value))


def is_fraction(plan: PlanVersion, node: Node) -> bool:
    """Whether values of an indicator in percent are written as fractions."""
    targets = plan.target_values(node.node_id).values()
    is_percent = node.unit == "Porcentaje" or node.unit.endswith("(%)")
    return is_percent and max(map(abs, targets), default=0.0) <= FRACTION


def stated_text(text: str, words: Words) -> str:
    """What a cell says where its number is not used: in the reader's notation when it is a number all the same."""
    try:
        value = float(text)
    except ValueError:
        return text
    return words.number(value, _decimals(value))


def _decimals(value: float) -> int:
    """Enough decimals for three significant figures, none that are zero."""
    most = 1 if abs(value) >= 100 else 2 if abs(value) >= 1 else 3 if abs(value) >= 0.1 else 4
    return next((count for count in range(most) if abs(round(value, count) - round(value, most)) < 1e-9), most)


def weight_text(weight: float | None, words: Words) -> str:
    """The share of the policy an indicator weighs; empty when the publisher gives none."""
    return "" if weight is None else words.percent(weight, 1 if weight < 0.1 else 0)


def amount(value: float | None, unit: str, words: Words) -> str:
    """A number of the catalogue in its unit: a fraction as percent where the unit is one."""
    if value is None:
        return ""
    if "%" in unit:
        return words.percent(value, 0 if round(value * 100, 6).is_integer() else 1)
    return words.number(value, 0 if float(value).is_integer() else 2)
