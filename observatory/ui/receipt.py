"""The receipt's controls: which number, and its lines as a file."""

from __future__ import annotations

import streamlit as st

from observatory.rows.observation import TOTAL
from observatory.sheets.indicator import chosen_indicator, dim_name, dims_of, places_of
from observatory.sheets.receipt_rows import Receipt, lines_csv, periods
from observatory.sheets.view import View
from observatory.ui.controls import choose, choose_indicator, choose_place


def choices(view: View) -> None:
    """Indicator, place, period and category of the number."""
    w, indicator = view.words, view.book.indicators[chosen_indicator(view)]
    boxes = st.columns([5, 3, 2, 3], vertical_alignment="bottom")
    with boxes[0]:
        choose_indicator(view, list(view.book.indicators), indicator.indicator_id)
    places = places_of(view, indicator)
    extra = [view.state.place] if view.state.place and view.state.place not in places else []
    place = view.state.place or places[0]
    with boxes[1]:
        choose_place(view, [*places, *extra], place, default=places[0])
    dims = dims_of(view, indicator)
    dim = str(view.state.dim if view.state.dim in dims else TOTAL)
    known = list(reversed(periods(view, indicator, place, dim)))
    if known:
        with boxes[2]:
            period = view.state.t if view.state.t in known else known[0]
            choose(view, "t", known, str(period), w("control.period"), text=w.period)
    if len(dims) > 1:
        with boxes[3]:
            choose(view, "dim", dims, dim, w("control.dimension"), text=lambda one: dim_name(view, one), default=TOTAL)


def download(view: View, receipt: Receipt) -> None:
    """Every line behind the number as CSV."""
    row = receipt.row
    name = f"{row.indicator_id}-{row.territory_code}-{row.period}-{view.book.edition_id}.csv"
    said = view.words("receipt.download")
    st.download_button(said, lambda: lines_csv(receipt), name, "text/csv", on_click="ignore", key="receipt-lines")
