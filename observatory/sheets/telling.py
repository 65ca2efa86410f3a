"""Facts in words: each with its sentence and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from observatory.editions import reads
from observatory.editions.book import Book
from observatory.editions.diff import ValueChange
from observatory.quantities import number
from observatory.rows.catalogue import IndicatorRow, TargetRow
from observatory.rows.observation import TOTAL
from observatory.sentences import changes as said
from observatory.sentences.opening import promised, ranking, receipt
from observatory.sentences.promise import change as change_in_percent
from observatory.sheets.changed import indicator_of
from observatory.sheets.fact import Fact
from observatory.wording import Words
from observatory.wording.told import Reference, opens

RowOf = tuple[str, str, str, str, str, str]  # indicator or source, place, period, category, before, after


class Told(NamedTuple):
    """A fact, its sentence, and its rows."""

    fact: Fact
    sentence: str
    rows: list[RowOf]


class Teller:
    """Tells facts of two editions in one language."""

    def __init__(self, before: Book, after: Book, words: Words) -> None:
        self.before, self.after, self.words = before, after, words

    def tell(self, fact: Fact) -> Told:
        """A fact in words."""
        return Told(fact, self._sentence(fact), self._rows(fact))

    def _indicator(self, fact: Fact) -> IndicatorRow:
        assert fact.about.indicator_id is not None
        return indicator_of((self.before, self.after), fact.about.indicator_id)

    def _place(self, code: str) -> str:
        return self.after.names.get(code) or self.before.names.get(code) or code

    def _where(self, row: ValueChange) -> str:
        """The place, and the category when it is not the total."""
        place, category = self._place(row.territory_code), self.after.categories.get(row.disaggregation)
        return f"{place} ({category.name(self.words.lang)})" if category else place

    def _sentence(self, fact: Fact) -> str:
        if fact.values:
            return self._of_values(fact)
        if fact.status is not None:
            return self._of_status(fact)
        if fact.ranks is not None:
            return self._of_ranks(fact)
        if fact.target is not None:
            return self._of_target(fact)
        return self._of_catalogue(fact)

    def _of_values(self, fact: Fact) -> str:
        w, indicator, first = self.words, self._indicator(fact), fact.values[0]
        if fact.part == "new_periods":
            periods = list(dict.fromkeys(row.period for row in fact.values))
            return said.new_periods(indicator, periods, sum(row.after is not None for row in fact.values), w)
        where, others = self._where(first), len(fact.values) - 1
        before = said.value_or_absence(first.before, first.before_absence, indicator, w)
        after = said.value_or_absence(first.after, first.after_absence, indicator, w)
        if first.before is not None and first.after is not None:
            before, after = said.apart(first.before, first.after, indicator, w)
        before = opens(before, self._receipt(first, self.before))
        after = opens(after, self._receipt(first, None))
        if fact.part == "revised":
            return said.revised(indicator, where, first.period, before, after, others, fact.reason, w)
        if fact.part == "removed":
            return said.removed(indicator, where, first.period, before, others, w)
        if fact.part == "flagged":
            return said.flagged(indicator, where, first.period, first.after_flag.split(), others, w)
        return said.new_values(indicator, where, first.period, after, others, w)

    def _receipt(self, row: ValueChange, book: Book | None) -> Reference:
        """The receipt of a value, in its own edition where that is not the one shown."""
        edition_id = None if book is None else book.edition_id
        return receipt(row.indicator_id, row.territory_code, row.period, row.disaggregation, edition_id=edition_id)

    def _of_status(self, fact: Fact) -> str:
        assert fact.status is not None
        old, new = fact.progress
        by = ""
        if new is not None:
            by = said.by_how_much(self._indicator(fact), new, old, self.before.edition_id, self.words)
        change = fact.status
        where = self._place(change.territory_code)
        return said.flipped(self._indicator(fact), where, change.before, change.after, by, self.words)

    def _of_ranks(self, fact: Fact) -> str:
        assert fact.ranks is not None
        old, new = fact.ranks
        indicator = self._indicator(fact)
        sides = ((old, self.before, self.before.edition_id), (new, self.after, None))
        places, values = [], []
        for row, book, edition_id in sides:
            one = indicator.indicator_id
            period = reads.latest(book.edition, one, "locality")[0].period
            shown = receipt(one, row.territory_code, period, edition_id=edition_id)
            places.append(opens(self.words.number(row.place or 0), ranking(one, period, edition_id)))
            values.append(opens(number(row.value or 0.0, indicator, self.words), shown))
        where = self._place(new.territory_code)
        return said.moved(indicator, where, (places[0], places[1]), (values[0], values[1]), self.words)

    def _of_target(self, fact: Fact) -> str:
        assert fact.target is not None
        change, w = fact.target, self.words
        row = next(
            one for book in (self.after, self.before) for one in book.targets if one.target_id == change.target_id
        )
        name = row.name_en if w.lang == "en" else row.name_es
        indicator = self.after.indicators.get(row.indicator_id or "")
        before, after = (
            opens(_promised(row, one, indicator, w), promised(row, edition_id))
            for one, edition_id in ((change.before, self.before.edition_id), (change.after, None))
        )
        if fact.part == "due":
            progress = fact.progress[1]
            status = progress.status if progress is not None else "no_value"
            return said.due(name, change.period or "", after, status, w)
        return said.target_changed(fact.reason, name, change.period, before, after, w)

    def _of_catalogue(self, fact: Fact) -> str:
        w = self.words
        if fact.part == "indicators":
            fields = [name for name, _, _ in fact.fields]
            return said.indicator_changed(fact.reason, self._indicator(fact).name(w.lang), fields, w)
        if fact.part == "codes":
            code, before, after = self._renamed(*fact.fields[0])
            return said.code_changed(fact.reason, before or code, after or code, w)
        source = self.after.sources.get(fact.source_id or "") or self.before.sources[fact.source_id or ""]
        if fact.part == "late":
            publisher = source.publisher_acronym or source.publisher
            return said.late(source.dataset(w.lang), publisher, w.date(source.cutoff), w)
        return said.held_back(fact.number, source.dataset(w.lang), fact.reason, w)

    def _renamed(self, code: str, before: str | None, after: str | None) -> tuple[str, str | None, str | None]:
        """A code with its names in this language where they tell the change, else in Spanish."""
        old, new = self.before.categories.get(code), self.after.categories.get(code)
        names = tuple(row.name(self.words.lang) if row else None for row in (old, new))
        return (code, before, after) if names[0] == names[1] else (code, names[0], names[1])

    def _rows(self, fact: Fact) -> list[RowOf]:
        """The rows behind a fact, codes and plain numbers."""
        one = fact.about.indicator_id or fact.source_id or ""
        if fact.values:
            return [_value_row(row) for row in fact.values]
        if fact.status is not None:
            return [(one, fact.status.territory_code, "", TOTAL, fact.status.before, fact.status.after)]
        if fact.ranks is not None:
            old, new = fact.ranks
            return [(one, new.territory_code, "", TOTAL, f"{old.place}", f"{new.place}")]
        if fact.target is not None:
            row = fact.target
            return [
                (one or row.target_id, "00", row.period or "", row.target_id, _plain(row.before), _plain(row.after))
            ]
        return [(one, name, "", "", before or "", after or "") for name, before, after in fact.fields]


def _value_row(row: ValueChange) -> RowOf:
    flags = ("", "") if row.before_flag == row.after_flag else (row.before_flag, row.after_flag)
    ends = ((row.before, row.before_absence, flags[0]), (row.after, row.after_absence, flags[1]))
    return (row.indicator_id, row.territory_code, row.period, row.disaggregation, _plain(*ends[0]), _plain(*ends[1]))


def _plain(value: float | None, absence: str | None = None, flag: str = "") -> str:
    text = absence or "" if value is None else f"{value:.10g}"
    return f"{text} {flag}".strip()


def told(before: Book, after: Book, found: Sequence[Fact], words: Words) -> list[Told]:
    """Facts in words, in their order."""
    teller = Teller(before, after, words)
    return [teller.tell(fact) for fact in found]


def _promised(row: TargetRow, value: float | None, indicator: IndicatorRow | None, words: Words) -> str:
    """A milestone's value, a change in percent as such."""
    if row.kind == "percent_change" and value is not None:
        return change_in_percent(value, row.baseline_value, row.baseline_period, words)
    return said.told_quantity(value, indicator, words)
