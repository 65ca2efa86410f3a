"""What changed between two editions, one sentence per fact; templates stand under `changes:` in the wording."""

from __future__ import annotations

from observatory.quantities import brief, number, quantity, suffix
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.progress import ProgressRow
from observatory.sentences.grammar import capital, closed, listed, lowered, subject, when
from observatory.sentences.opening import of_progress, receipt
from observatory.statistics.ranks import first_place
from observatory.wording import Words
from observatory.wording.told import joined, opens


def of_subject(indicator: IndicatorRow, words: Words, link: str = "of") -> str:
    """The indicator behind its preposition: de la tasa de homicidios · del índice de Gini · de «Se siente segura».

    `link` is `of`, or `for` or `by` where English says so.
    """
    name, form = subject(indicator.name(words.lang), words)
    name = lowered(name) if form == "plain" else name
    if form == "colon":
        return words(f"changes.{link}_quoted", name=indicator.name(words.lang))
    said = words(f"changes.{link}", name=name.rstrip(","))
    return said.replace("de el ", "del ", 1) if words.lang == "es" else said


def value_or_absence(value: float | None, absence: str | None, indicator: IndicatorRow, words: Words) -> str:
    """A value with its percent sign, or in quotes why there is none."""
    if value is not None:
        return brief(value, indicator, words)
    return words("changes.quoted", text=words(f"absence.{absence or 'not_published'}"))


def apart(before: float, after: float, indicator: IndicatorRow, words: Words) -> tuple[str, str]:
    """Two values with as many decimals as it takes to see that they differ, up to four more than usual."""
    sign = suffix(indicator, words) if indicator.symbol(words.lang).startswith("%") else ""
    told = ("", "")
    for extra in range(5):
        told = (number(before, indicator, words, extra=extra), number(after, indicator, words, extra=extra))
        if told[0] != told[1]:
            break
    return f"{told[0]}{sign}", f"{told[1]}{sign}"


def _which(indicator: IndicatorRow, place: str, period: str, words: Words) -> dict[str, str]:
    return {"subject": of_subject(indicator, words, "for"), "place": place, "period": words.period(period)}


def revised(
    indicator: IndicatorRow, place: str, period: str, before: str, after: str, others: int, reason: str, words: Words
) -> str:
    """One value that was revised, how many more were for the same reason, and the reason."""
    said = words("changes.revised", before=before, after=after, **_which(indicator, place, period, words))
    more = words.count("changes.others", others) if others else ""
    return closed(joined("", [said, more, words(f"changes.why.{reason}"), "."]))


def removed(indicator: IndicatorRow, place: str, period: str, before: str, others: int, words: Words) -> str:
    """One value that is gone, and how many more."""
    said = words("changes.removed", before=before, **_which(indicator, place, period, words))
    return _with_others(said, others, words)


def flagged(indicator: IndicatorRow, place: str, period: str, flags: list[str], others: int, words: Words) -> str:
    """One value whose marks changed though it did not, and how many more."""
    marks = listed([words(f"flag.{flag}") for flag in flags], words, at_most=6) or words("changes.no_flag")
    said = words("changes.flagged", flags=marks, **_which(indicator, place, period, words))
    return _with_others(said, others, words)


def new_periods(indicator: IndicatorRow, periods: list[str], values: int, words: Words) -> str:
    """Periods that have their first values."""
    told = listed([words.period(code) for code in periods], words)
    return closed(words.count("changes.new_periods", values, subject=of_subject(indicator, words, "for"), periods=told))


def new_values(indicator: IndicatorRow, place: str, period: str, after: str, others: int, words: Words) -> str:
    """Values that are new in a period that was known already."""
    said = words("changes.new_values", after=after, **_which(indicator, place, period, words))
    return _with_others(said, others, words)


def _with_others(said: str, others: int, words: Words) -> str:
    """A sentence with how many more values it is true of; they are among its rows."""
    return closed(joined("", [said, words.count("changes.others", others) if others else "", "."]))


def flipped(indicator: IndicatorRow, place: str, before: str, after: str, by: str, words: Words) -> str:
    """A status that flipped, and by how much; `by` is empty or a clause of `by_how_much`."""
    said = {"before": words(f"status.{before}"), "after": words(f"status.{after}")}
    text = words("changes.flipped", subject=of_subject(indicator, words), place=place, **said)
    return closed(joined("", [text, by, "."]))


def by_how_much(
    indicator: IndicatorRow, new: ProgressRow, old: ProgressRow | None, edition_id: str, words: Words
) -> str:
    """The value against what was expected, or against the one before; empty when neither is known.

    `edition_id` is the edition of `old`.
    """
    if new.value is None:
        return ""
    shown = of_progress(new)
    said = {"value": opens(brief(new.value, indicator, words), shown), "when": when(new.period, words)}
    if new.expected is not None:
        return words("changes.against_expected", expected=opens(brief(new.expected, indicator, words), shown), **said)
    if old is not None and old.value is not None:
        earlier = receipt(old.indicator_id, old.territory_code, old.period, edition_id=edition_id)
        return words("changes.against_before", before=opens(brief(old.value, indicator, words), earlier), **said)
    return words("changes.at_value", **said)


def moved(indicator: IndicatorRow, place: str, ranks: tuple[str, str], of: tuple[str, str], words: Words) -> str:
    """A place among the localities that changed by more than its interval; ranks and values before and after."""
    said = {"before": ranks[0], "after": ranks[1], "was": of[0], "now": of[1]}
    said["order"] = words(f"chart.first.{first_place(indicator)}")
    return closed(words("changes.moved", place=place, subject=of_subject(indicator, words, "by"), **said))


def due(name: str, period: str, value: str, status: str, words: Words) -> str:
    """A target that fell due in between, and how it stands."""
    stands = words(f"changes.due_{status}") if words.has(f"changes.due_{status}") else words(f"status.{status}")
    return closed(words("changes.due", name=name, period=words.period(period), value=value, status=stands))


def target_changed(kind: str, name: str, period: str | None, before: str, after: str, words: Words) -> str:
    """A milestone that is new, gone or revised."""
    told = words.period(period) if period else words("working.in_force")
    return closed(words(f"changes.target_{kind}", name=name, period=told, before=before, after=after))


def late(dataset: str, publisher: str, cutoff: str, words: Words) -> str:
    """A source whose next data should have come by now."""
    return closed(words("changes.late", dataset=dataset, publisher=publisher, cutoff=cutoff))


def indicator_changed(kind: str, name: str, fields: list[str], words: Words) -> str:
    """An indicator that is new, gone, or means something else."""
    told = listed([words(f"changes.field.{field}") for field in dict.fromkeys(fields)], words, at_most=6)
    return closed(words(f"changes.indicator_{kind}", name=name, fields=told))


def code_changed(kind: str, before: str, after: str, words: Words) -> str:
    """A territory or category that is new, gone or renamed."""
    return closed(words(f"changes.code_{kind}", before=before, after=after))


def held_back(count: int, dataset: str, kind: str, words: Words) -> str:
    """Rows of a source that are quarantined since, or no longer."""
    return capital(closed(words.count(f"changes.quarantined_{kind}", count, dataset=dataset)))


def told_quantity(value: float | None, indicator: IndicatorRow | None, words: Words) -> str:
    """A milestone's value in the unit of its indicator, as it stands where there is none."""
    if value is None:
        return words("diff.nothing")
    if indicator is not None:
        return quantity(value, indicator, words)
    return words.number(value, 0 if float(value).is_integer() else 2)
