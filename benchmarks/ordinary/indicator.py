"""The content of the page `indicator` as most people would write it: pandas on a CSV, px, default settings."""

import json
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.express as px
import streamlit as st

FOLDER = Path(os.environ["OBSERVATORY_EXPORT"])


@st.cache_data
def load(name: str) -> pd.DataFrame:
    """A table of the export."""
    return pd.read_csv(FOLDER / name, dtype={"territory_code": str, "period": str})


@st.cache_data
def outlines() -> dict[str, Any]:
    """The localities."""
    document: dict[str, Any] = json.loads((FOLDER / "localities.geojson").read_text(encoding="utf-8"))
    return document


def workbook(frame: pd.DataFrame) -> bytes:
    """The rows as XLSX."""
    buffer = BytesIO()
    frame.to_excel(buffer, index=False, engine="xlsxwriter")
    return buffer.getvalue()


st.set_page_config(page_title="Observatorio", layout="wide")
observations, targets, indicators = load("observations.csv"), load("targets.csv"), load("indicators.csv")
names = dict(zip(indicators.indicator_id, indicators.name_es, strict=True))
first = os.environ.get("OBSERVATORY_FIRST", next(iter(names)))
chosen = st.selectbox("Indicador", list(names), list(names).index(first), format_func=lambda code: names[code])
about = indicators[indicators.indicator_id == chosen].iloc[0]
rows = observations[(observations.indicator_id == chosen) & (observations.disaggregation == "total")]
places = rows[["territory_code", "territory"]].drop_duplicates().sort_values("territory_code")
place_names = dict(zip(places.territory_code, places.territory, strict=True))
place: str = st.selectbox("Lugar", list(place_names), format_func=lambda code: place_names[code])
series = rows[rows.territory_code == place].sort_values("period_end")
aims = targets[(targets.indicator_id == chosen) & targets.value.notna()]

st.title(about.name_es)
left, right = st.columns(2)
left.metric("Último valor", None if series.empty else series.value.iloc[-1])
right.metric("Meta", None if aims.empty else aims.value.iloc[-1])
figure = px.line(series, x="period", y="value", markers=True, title=about.name_es)
for aim in aims.itertuples():
    figure.add_hline(y=aim.value, line_dash="dash", annotation_text=f"Meta {aim.period}")
st.plotly_chart(figure)
st.dataframe(series)

localities = rows[~rows.territory_code.isin(["00"])]
if not localities.empty:
    period = st.selectbox("Periodo", sorted(localities.period.unique(), reverse=True))
    now = localities[localities.period == period]
    st.plotly_chart(px.strip(now, x="value", hover_name="territory"))
    st.plotly_chart(
        px.choropleth_map(
            now,
            geojson=outlines(),
            locations="territory_code",
            color="value",
            hover_name="territory",
            map_style="white-bg",
            center={"lat": 4.6, "lon": -74.1},
            zoom=9,
        )
    )
    st.dataframe(now.sort_values("value"))
st.subheader("Método")
st.write(about.description_es)
st.write(about.method_es)
st.download_button("CSV", rows.to_csv(index=False), "datos.csv")
st.download_button("XLSX", workbook(rows), "datos.xlsx")
