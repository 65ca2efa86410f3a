"""Downloads of exactly what is shown: CSV and XLSX, made on the click."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from observatory.editions import account_exports, exports
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.sheets.accounting import CameIn
from observatory.sheets.view import View

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Made = Callable[[], bytes]


def file_buttons(view: View, name: str, as_csv: Made, as_xlsx: Made, labels: str = "download") -> None:
    """Two buttons; `labels` is the part of the wording that names them."""
    files = (("csv", "text/csv", as_csv), ("xlsx", XLSX, as_xlsx))
    with st.container(horizontal=True, key="obs-downloads"):
        for kind, media_type, made in files:
            label = view.words(f"{labels}.{kind}")
            st.download_button(label, made, f"{name}.{kind}", media_type, on_click="ignore", key=kind)


def download_buttons(view: View, indicator: IndicatorRow, rows: Sequence[Observation], link: str) -> None:
    """The rows of one indicator; the files carry unit, flags, source, licence, cut-off, edition and link."""
    kept = list(rows)
    figure_buttons(view, (indicator.indicator_id,), lambda: kept, link)


def figure_buttons(
    view: View, indicator_ids: Sequence[str], rows: Callable[[], Sequence[Observation]], link: str
) -> None:
    """The rows of one indicator or several, read on the click."""
    context = exports.ExportContext(view.book, view.lang, link, indicator_ids, view.origin)
    about = indicator_ids[0] if len(indicator_ids) == 1 else view.words("compare.file")
    file_buttons(
        view,
        f"{about}-{view.book.edition_id}",
        lambda: exports.to_csv(rows(), context),
        lambda: exports.to_xlsx(rows(), context),
    )


def account_buttons(view: View, source_id: str, came: CameIn) -> None:
    """The accounts of a source and its rows to mend, as a sheet for its publisher."""
    book = view.book
    context = account_exports.AccountContext(
        edition_id=book.edition_id,
        built_on=book.edition.built_on,
        link=view.pinned(src=source_id),
        lang=view.lang,
        source=book.sources[source_id],
        captures=came.captures,
        accounts=came.accounts,
        rejected=came.rejected,
    )
    st.caption(view.words("accounting.lead"))
    file_buttons(
        view,
        f"{source_id}-{book.edition_id}",
        lambda: account_exports.accounts_csv(context),
        lambda: account_exports.accounts_xlsx(context),
        "accounting",
    )
