"""The grammar of computed sentences: values, periods, names with their article, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from observatory.period import parse_period
from observatory.quantities import brief, number, round_brief
from observatory.rows.catalogue import IndicatorRow
from observatory.wording import Words
from observatory.wording.told import joined

NAMES_IN_A_LIST = 3
_LINKS = frozenset({"y", "e", "o", "u", "and", "or"})
_HEAD_END = re.compile(r",| \(| (?:of|in|by|at|among|where|with) ")
PROPER = ("Gini", "Saber", "Bogotá", "Línea")


def closed(text: str) -> str:
    """Text whose abbreviations (`hab.`) do not double the full stop that follows."""
    return text.replace("..", ".")


def when(period: str, words: Words, name: str = "") -> str:
    """A period with its preposition: en 2025 · en el 4.º trim. 2025 · on 30 Dec 2019 · entre 2000 y 2019.

    What `name`, the indicator's, says already is not said again: its year, or the months of each year that it covers.
    """
    known, year = parse_period(period), str(parse_period(period).end.year)
    first, last = known.start, known.end
    if known.kind == "year" and year in name:
        return ""
    months = (words(f"month.long.{first.month}").lower(), words(f"month.long.{last.month}").lower())
    if known.kind == "span" and first.year == last.year and all(month in name.lower() for month in months):
        return words("sentence.when.year", period=year)
    if known.kind == "span" and first.year != last.year and (first.month, last.month) == (1, 12):
        return words("sentence.when.years", first=first.year, last=year)
    return words(f"sentence.when.{known.kind}", period=words.period(period))


def dated(name: str, period: str, words: Words) -> str:
    """An indicator's name with a period behind it, as a title; the year or months that the name says come once.

    Viviendas con internet según el censo de 2018 · Tasa de homicidios de enero a agosto, 2026.
    """
    known, year = parse_period(period), str(parse_period(period).end.year)
    if known.kind == "year" and year in name:
        return name
    months = (words(f"month.long.{one.month}").lower() for one in (known.start, known.end))
    says_months = known.is_year_to_date and all(month in name.lower() for month in months)
    return words("map_page.title", name=name, period=year if says_months else words.period(period))


def says_unit(name: str, unit: str) -> bool:
    """Whether a name says the unit already, whole or as what is counted and the number of people it is counted per."""
    said, asked = (_plain_unit(text) for text in (name, unit))
    per = re.search(r"(?:por|per) [\d.,]+ \w+.*$", asked)
    return asked in said or (per is not None and per[0] in said and asked[: per.start()].strip() in said)


def _plain_unit(text: str) -> str:
    return text.lower().replace("por cada ", "por ").replace("inhabitants", "residents")


def figure(value: float, indicator: IndicatorRow, words: Words) -> str:
    """A value in a sentence: none at all is 0, all is 100 %; what rounds to nothing is less than a step."""
    scaled = value * indicator.factor
    if value == 0 or (scaled == 100 and indicator.symbol(words.lang).startswith("%")):
        return round_brief(value, indicator, words)
    if number(value, indicator, words) in (number(0.0, indicator, words), number(-0.0, indicator, words)):
        step = 10**-indicator.decimals / indicator.factor
        return words("sentence.under", value=brief(step, indicator, words))
    return brief(value, indicator, words)


def listed(names: Sequence[str], words: Words, at_most: int = NAMES_IN_A_LIST) -> str:
    """Names as a list in words, the rest counted: A, B y 4 más. Spanish `y` becomes `e` before the sound i.

    Names that hold commas themselves stand apart by semicolons: A, B; C; y D.
    """
    shown = list(names) if len(names) <= at_most + 1 else list(names[:at_most])
    if len(shown) < len(names):
        shown.append(words.count("sentence.more", len(names) - len(shown)))
    if len(shown) < 2:
        return joined("", shown)
    last = shown[-1].lower()
    sounds_i = last.startswith(("i", "í", "hi")) and not last.startswith(("hie", "hia", "io", "ia"))
    link = words("sentence.and_before_i" if sounds_i else "sentence.and")
    if any("," in name for name in shown):
        return joined("; ", shown[:-1]) + f";{link}" + shown[-1]
    return joined(", ", shown[:-1]) + link + shown[-1]


def _heads(words: Words) -> dict[str, str]:
    forms = ("fs", "ms", "fp", "mp")
    return {head: form for form in forms for head in words(f"sentence.noun.{form}").split()}


def lowered(name: str) -> str:
    """A name inside a sentence: its first letter small, unless it is an acronym, a formula or a proper name."""
    first = name.split(" ")[0]
    is_plain = first[1:].islower() or len(first) == 1
    return name[0].lower() + name[1:] if is_plain and first.rstrip(",") not in PROPER else name


def subject(name: str, words: Words) -> tuple[str, str]:
    """A name with its article, and its form: `singular`, `plural`, `plain` without article, `colon` if a phrase.

    Spanish goes by the first word; English by any word of the head, which ends at the first comma or preposition.
    """
    heads = _heads(words)
    parts = name.lower().split()[:1] if words.lang == "es" else _HEAD_END.split(name.lower())[0].split()
    form = next((heads[part] for part in parts if part in heads), None)
    if name.lower().split()[0] in words("sentence.predicate").split():
        return name, "colon"
    if form is None or "'s" in parts[0]:
        return name, "plain"
    article = words(f"sentence.article.{form}")
    return rounded_off(f"{article} {lowered(name)}".strip()), "plural" if form.endswith("p") else "singular"


def rounded_off(name: str) -> str:
    """A name that ends in an apposition closes it: the unemployment rate, rolling quarter, …; lists do not."""
    tail = name.rpartition(", ")[2] if ", " in name else ""
    is_list = not _LINKS.isdisjoint(tail.split())
    return f"{name}," if tail and not is_list else name


def capital(text: str) -> str:
    """Text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
