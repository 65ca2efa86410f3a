"""Measured air equals its file, and a reading of the same hours in long form gives the same means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipelines.figures import FigureRow, Parsed

Rows = dict[tuple[str, str, str], FigureRow]


@pytest.fixture
def rows(assert_rederives: Callable[[str], Parsed]) -> Rows:
    parsed = assert_rederives("rmcab_hourly_2021_2023")
    assert sum(account.rows for account in parsed.accounts if account.file.endswith(".csv")) == 21480
    return {(row.measure, row.period, row.disaggregation): row for row in parsed.rows}


def test_known_figures(rows: Rows) -> None:
    assert rows["pm25_year_mean", "2021", "total"].value == pytest.approx(13.93, abs=0.005)
    assert rows["pm25_year_mean", "2022", "total"].value == pytest.approx(16.24, abs=0.005)
    assert (rows["pm25_year_mean", "2021", "total"].sample, rows["pm10_year_mean", "2021", "total"].sample) == (12, 11)
    assert rows["pm25_days_over_limit", "2021", "station:carvajal_sevillana"].value == 120
    assert rows["pm25_year_mean", "2022", "station:carvajal_sevillana"].absence == "suppressed"
    assert {row.absence for (_, period, _), row in rows.items() if period in ("2023", "2023-06")} == {"suppressed"}


def test_the_long_form_gives_the_same_station_means(rows: Rows, reference: Path) -> None:
    hours = pd.read_parquet(reference / "performance/rmcab_horario_largo_2021_2023.parquet")
    month = (hours["fecha_hora"] - pd.Timedelta(hours=1)).dt.strftime("%Y-%m")
    means = hours.groupby([month, "estacion", "contaminante"])["valor_ugm3"].mean()
    for code, short, slug in (("2021-03", "kennedy", "kennedy"), ("2023-05", "paranda", "puente_aranda")):
        for published, name in (("pm10", "pm10"), ("pm2.5", "pm25")):
            row = rows[f"{name}_month_mean", code, f"station:{slug}"]
            assert row.value == pytest.approx(means[code, short, published])
