"""Hourly air data: stamps rebuilt, 75 % of the hours required, the city on a fixed group of stations."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture, FigureRow
from pipelines.sources import rmcab_hourly_2021_2023 as source

COLUMNS = [f"{station}_{pollutant.ending}" for station in source.STATIONS for pollutant in source.POLLUTANTS]
HOURS_2021 = 8760


def write_hours(folder: Path, table: pd.DataFrame, stamps: list[str]) -> Capture:
    """An invented file in the published form; stamps end where the list ends."""
    path = folder / source.FILES[0]
    path.parent.mkdir(parents=True)
    filled = [*stamps, *[""] * (len(table) - len(stamps))]
    text = table.assign(datetime=filled)[["datetime", *COLUMNS]].to_csv(sep=";", decimal=",", index=False)
    path.write_text("\ufeff" + text, encoding="utf-8")
    return Capture(folder)


def invented_year() -> pd.DataFrame:
    """2021 and the first day of 2022 at 10 µg/m³; Suba at 30 with only its first 70 % of hours, Tunal at 40."""
    table = pd.DataFrame(10.0, index=range(HOURS_2021 + 24), columns=COLUMNS)
    table["tunal_pm2.5"] = 40.5
    table["suba_pm2.5"] = 30.0
    table.loc[int(0.7 * HOURS_2021) :, "suba_pm2.5"] = None
    return table


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], FigureRow]:
    capture = write_hours(tmp_path_factory.mktemp("air"), invented_year(), ["01-01-2021 01:00", "01-01-2021 02:00"])
    return {(row.measure, row.period, row.disaggregation): row for row in source.parse(capture).rows}


def test_a_year_with_too_few_hours_has_no_value(rows: dict[tuple[str, str, str], FigureRow]) -> None:
    suba = rows["pm25_year_mean", "2021", "station:suba"]
    assert (suba.value, suba.absence, suba.sample) == (None, "suppressed", 6132)
    assert rows["pm25_month_mean", "2021-01", "station:suba"].value == 30.0


def test_the_city_is_the_same_group_in_every_period(rows: dict[tuple[str, str, str], FigureRow]) -> None:
    january = rows["pm25_month_mean", "2021-01", "total"]
    assert january.sample == 14  # Suba is valid in January and still left out
    assert january.value == pytest.approx((13 * 10 + 40.5) / 14)


def test_an_unfinished_period_has_no_value_anywhere(rows: dict[tuple[str, str, str], FigureRow]) -> None:
    of_2022 = [row for (_, period, _), row in rows.items() if period.startswith("2022")]
    assert of_2022
    assert {row.absence for row in of_2022} == {"suppressed"}


def test_days_over_the_limit_are_counted_among_complete_days(rows: dict[tuple[str, str, str], FigureRow]) -> None:
    assert rows["pm25_days_over_limit", "2021", "station:tunal"].value == 365
    assert rows["pm25_days_over_limit", "2021", "station:kennedy"].value == 0
    assert rows["pm25_days_complete", "2021", "total"].value == 14 * 365
    assert rows["pm25_days_over_limit", "2021", "station:suba"].absence == "suppressed"


def test_the_last_hour_of_a_day_is_written_24(tmp_path: Path) -> None:
    stamps = [f"31-01-2021 {hour:02d}:00" for hour in range(1, 25)]
    hours, _ = source._wide(write_hours(tmp_path, invented_year().head(24), stamps), source.WIDE)
    assert (hours.values.index[-1], hours.rebuilt) == (pd.Timestamp("2021-01-31 23:00"), 0)


def test_a_stamp_out_of_sequence_is_refused(tmp_path: Path) -> None:
    capture = write_hours(tmp_path, invented_year().head(48), ["01-01-2021 01:00", "01-01-2021 03:00"])
    with pytest.raises(SourceError, match="unbroken"):
        source.parse(capture)


def test_an_unknown_station_is_refused(tmp_path: Path) -> None:
    capture = write_hours(tmp_path, invented_year().head(48), ["01-01-2021 01:00"])
    path = capture.path(source.FILES[0])
    path.write_text(path.read_text(encoding="utf-8").replace("suba_pm10", "usme_pm10"), encoding="utf-8")
    with pytest.raises(SourceError, match="usme_pm10"):
        source.parse(capture)


def test_another_year_with_fewer_stations_and_codes_for_no_data_is_read(tmp_path: Path) -> None:
    """Two invented days of January 2024 under another name, in another form."""
    stamps = pd.date_range("2024-01-01 01:00", periods=48, freq="h").strftime("%Y-%m-%d %H:%M")
    values = ["-9999", "NoData", "", "12.5", "-3", "2000", *["10.0"] * 42]
    lines = [f"{stamp},{value}" for stamp, value in zip(stamps, values, strict=True)]
    (tmp_path / "RMCAB_horario_2024.csv").write_text(
        "\n".join(["Fecha y hora,KENNEDY_PM2.5", *lines]), encoding="utf-8"
    )
    parsed = source.parse(Capture(tmp_path))
    assert {row.disaggregation for row in parsed.rows} == {"station:kennedy", "total"}
    assert [(item.row_number, item.value, item.rule) for item in parsed.rejected] == [
        (6, "-3", "out_of_range"),
        (7, "2000", "out_of_range"),
    ]
    samples = {row.sample for row in parsed.rows if row.measure == "pm25_month_mean" and row.disaggregation != "total"}
    assert samples == {43}
