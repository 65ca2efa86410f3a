"""The content of the page `map` as most people would write it: pandas on a CSV, default pydeck, default settings."""

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pydeck as pdk
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


st.set_page_config(page_title="Observatorio", layout="wide")
observations, indicators = load("observations.csv"), load("indicators.csv")
local = observations[(observations.territory_code.str.len() == 2) & ~observations.territory_code.isin(["00", "99"])]
local = local[(local.disaggregation == "total") & local.value.notna()]
names = dict(zip(indicators.indicator_id, indicators.name_es, strict=True))
chosen = st.selectbox("Indicador", sorted(local.indicator_id.unique()), format_func=lambda code: names[code])
rows = local[local.indicator_id == chosen]
period = st.selectbox("Periodo", sorted(rows.period.unique(), reverse=True))
now = rows[rows.period == period].set_index("territory_code")

st.title(f"{names[chosen]}, {period}")
low, high = rows.value.min(), rows.value.max()
document = outlines()
for feature in document["features"]:
    code = feature["properties"]["territory_code"]
    value = now.value.get(code)
    shade = 0 if value is None else (value - low) / (high - low or 1)
    feature["properties"]["value"] = value
    feature["properties"]["colour"] = [230 - 200 * shade, 240 - 120 * shade, 240 - 110 * shade, 200]
left, right = st.columns([7, 5])
left.pydeck_chart(
    pdk.Deck(
        layers=[
            pdk.Layer(
                "GeoJsonLayer",
                document,
                id="areas",
                pickable=True,
                get_fill_color="properties.colour",
                get_line_color=[255, 255, 255],
                line_width_min_pixels=1,
            )
        ],
        initial_view_state=pdk.ViewState(latitude=4.6, longitude=-74.1, zoom=9.5),
        tooltip={"text": "{territory}: {value}"},
    ),
    on_select="rerun",
    height=560,
)
right.dataframe(now.sort_values("value")[["territory", "value", "lower", "upper"]])
st.download_button("CSV", rows.to_csv(index=False), "datos.csv")
