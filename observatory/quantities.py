"""Values as the public reads them: the unit's factor, decimals and symbol, in the reader's language."""

from __future__ import annotations

from observatory.rows.catalogue import IndicatorRow
from observatory.wording import NARROW_BLANK, Words

NO_BREAK_BLANK = "\u00a0"


def number(value: float, indicator: IndicatorRow, words: Words, *, extra: int = 0) -> str:
    """A value without its unit: 14,8. `extra` adds decimals."""
    return words.number(value * indicator.factor, indicator.decimals + extra)


def round_number(value: float, indicator: IndicatorRow, words: Words) -> str:
    """A target or edge without the zeros it was not written with: 11 rather than 11,0; 13,6 stays."""
    scaled = value * indicator.factor
    fewest = next((n for n in range(indicator.decimals) if abs(round(scaled, n) - scaled) < 1e-9), indicator.decimals)
    return words.number(scaled, fewest)


def brief(value: float, indicator: IndicatorRow, words: Words) -> str:
    """A value for a label or a sentence: percent carry their sign, other units are named elsewhere."""
    is_percent = indicator.symbol(words.lang).startswith("%")
    return quantity(value, indicator, words) if is_percent else number(value, indicator, words)


def round_brief(value: float, indicator: IndicatorRow, words: Words) -> str:
    """A target for a label or a sentence, without zeros it was not written with."""
    is_percent = indicator.symbol(words.lang).startswith("%")
    return round_number(value, indicator, words) + (suffix(indicator, words) if is_percent else "")


def quantity(value: float, indicator: IndicatorRow, words: Words) -> str:
    """A value with its unit: 14,8 por 100.000 hab. · 63,0 %."""
    return number(value, indicator, words) + suffix(indicator, words)


def signed(value: float, indicator: IndicatorRow, words: Words) -> str:
    """A difference of two values, with its sign and without unit: +1,3."""
    return words.signed(value * indicator.factor, indicator.decimals)


def suffix(indicator: IndicatorRow, words: Words) -> str:
    """What follows a number of this indicator, its blank included; empty when the unit has no symbol."""
    symbol = indicator.symbol(words.lang)
    blank = NARROW_BLANK if symbol.startswith(("%", "‰")) else NO_BREAK_BLANK
    return f"{blank}{symbol}" if symbol else ""


def shown(value: float, indicator: IndicatorRow) -> float:
    """A value as it lies on an axis: times the unit's factor, not rounded."""
    return value * indicator.factor


def interval(lower: float | None, upper: float | None, indicator: IndicatorRow, words: Words) -> str:
    """Both ends of an interval: 13,9–15,7; empty when either is missing."""
    if lower is None or upper is None:
        return ""
    return f"{number(lower, indicator, words)}–{number(upper, indicator, words)}"
