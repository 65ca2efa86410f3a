"""What stands behind one number: its lines, the number computed again, the command that repeats it."""

from __future__ import annotations

from dataclasses import dataclass

from observatory.editions import reads, receipts
from observatory.quantities import quantity
from observatory.receipt import FigureLine, QuantityRow, Recomputed
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import TOTAL, Observation
from observatory.sheets.indicator import chosen_indicator, dims_of, places_of
from observatory.sheets.view import View
from observatory.tabular import as_csv


@dataclass(frozen=True)
class Receipt:
    """A number with what stands behind it. `lines` are those of its measures in its territory, used or not."""

    indicator: IndicatorRow
    row: Observation
    again: Recomputed | None
    quantities: list[QuantityRow]
    lines: dict[str, list[FigureLine]]  # by part

    def is_used(self, line: FigureLine) -> bool:
        """Whether the number was made of this line."""
        if self.again is None:
            return False
        found = (
            (self.again.source_id, self.again.line),
            (self.again.denominator_source_id, self.again.denominator_line),
        )
        return (line.source_id, line.line) in found


def find(view: View) -> Receipt | None:
    """The receipt the link asks for; where it is silent: the first place, the total, the newest period with a value."""
    indicator = view.book.indicators[chosen_indicator(view)]
    places, dims = places_of(view, indicator), dims_of(view, indicator)
    if view.state.place is not None:
        places = [view.state.place]
    dim = view.state.dim if view.state.dim in dims else TOTAL
    rows = reads.series(view.book.edition, indicator.indicator_id, places[:1], str(dim))
    valued = [row for row in rows if row.value is not None]
    asked = [row for row in rows if row.period == view.state.t] if view.state.t else (valued or rows)[-1:]
    return receipt_of(view, indicator, asked[0]) if asked else None


def newest(view: View, indicator: IndicatorRow) -> Observation | None:
    """The newest number of the first place that has one, the city before the localities."""
    for place in places_of(view, indicator):
        rows = [
            row for row in reads.series(view.book.edition, indicator.indicator_id, [place]) if row.value is not None
        ]
        if rows:
            return rows[-1]
    return None


def receipt_of(view: View, indicator: IndicatorRow, row: Observation) -> Receipt:
    """What stands behind an observation."""
    edition = view.book.edition
    quantities = receipts.quantities(edition, indicator.indicator_id)
    lines = {one.part: receipts.lines(edition, one, row.territory_code) for one in quantities}
    return Receipt(indicator, row, receipts.recomputed(edition, row), quantities, lines)


def periods(view: View, indicator: IndicatorRow, place: str, dim: str) -> list[str]:
    """Periods that have a receipt, oldest first."""
    return [row.period for row in reads.series(view.book.edition, indicator.indicator_id, [place], dim)]


def command(receipt: Receipt, edition_id: str) -> str:
    """What recomputes the number on any machine with this repository."""
    row = receipt.row
    parts = [
        ".venv/bin/python -m pipelines reproduce",
        row.indicator_id,
        f"--place {row.territory_code}",
        f"--period {row.period}",
    ]
    parts += [f"--category {row.disaggregation}"] if row.disaggregation != TOTAL else []
    return " ".join([*parts, f"--edition {edition_id}"])


def lines_csv(receipt: Receipt) -> bytes:
    """Every line behind the number, used or not, as plain CSV."""
    lines = [[part, int(receipt.is_used(one)), *one] for part, found in receipt.lines.items() for one in found]
    return as_csv([["part", "used", *FigureLine._fields], *lines])


def told(view: View, receipt: Receipt) -> str:
    """The number in one line, for titles and previews."""
    row, w = receipt.row, view.words
    value = w(f"absence.{row.absence}") if row.value is None else quantity(row.value, receipt.indicator, w)
    return f"{receipt.indicator.name(view.lang)} · {view.name(row.territory_code)} · {w.period(row.period)}: {value}"
