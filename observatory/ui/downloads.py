"""Downloads of exactly what is shown: CSV and XLSX, made on the click."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from observatory.editions import account_exports, exports
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.sheets.accounting import CameIn
from observatory.sheets.method import sources_of
from observatory.sheets.view import View

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download_buttons(view: View, indicator: IndicatorRow, rows: Sequence[Observation], link: str) -> None:
    """Two buttons; the files carry unit, flags, source, licence, cut-off, edition and link."""
    context = exports.ExportContext(
        edition_id=view.book.edition_id,
        built_on=view.book.edition.built_on,
        link=link,
        lang=view.lang,
        indicator=indicator,
        sources=[view.book.sources[one] for one in sources_of(indicator)],
        territories=view.book.names,
    )
    name = f"{indicator.indicator_id}-{view.book.edition_id}"
    kept = list(rows)
    with st.container(horizontal=True, key="obs-downloads"):
        st.download_button(
            view.words("download.csv"),
            lambda: exports.to_csv(kept, context),
            f"{name}.csv",
            "text/csv",
            on_click="ignore",
            key="csv",
        )
        st.download_button(
            view.words("download.xlsx"),
            lambda: exports.to_xlsx(kept, context),
            f"{name}.xlsx",
            XLSX,
            on_click="ignore",
            key="xlsx",
        )


def account_buttons(view: View, source_id: str, came: CameIn) -> None:
    """The accounts of a source and its rows to mend, as a sheet for its publisher."""
    book, name = view.book, f"{source_id}-{view.book.edition_id}"
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
    with st.container(horizontal=True, key="obs-downloads"):
        st.download_button(
            view.words("download.csv"),
            lambda: account_exports.accounts_csv(context),
            f"{name}.csv",
            "text/csv",
            on_click="ignore",
            key="csv",
        )
        st.download_button(
            view.words("download.xlsx"),
            lambda: account_exports.accounts_xlsx(context),
            f"{name}.xlsx",
            XLSX,
            on_click="ignore",
            key="xlsx",
        )
