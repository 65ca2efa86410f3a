from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.layout import REPOSITORY, Layout
from pipelines.rederive import rederive, source_ids
from tests.observatories import copy_to, quiet, with_reader


def test_every_module_of_sources_is_found() -> None:
    assert "sdm_crashes_2023" in source_ids()


def test_a_missing_folder_file_or_module_is_named(tmp_path: Path) -> None:
    layout = Layout.of(tmp_path)
    with pytest.raises(SourceError, match="no such folder"):
        rederive(tmp_path / "none", layout, [], quiet)
    with pytest.raises(SourceError, match="a published file is missing → sdm_crashes_2023 needs it"):
        rederive(tmp_path, layout, ["sdm_crashes_2023"], quiet)
    with pytest.raises(SourceError, match="did you mean 'sdm_crashes_2023'"):
        rederive(tmp_path, Layout.of(REPOSITORY), ["sdm_crashes_2033"], quiet)


def test_a_declared_source_is_derived_without_a_module(tmp_path: Path) -> None:
    layout = copy_to(tmp_path / "observatory")
    layout.catalogue.write_text(with_reader(layout.catalogue.read_text(encoding="utf-8")), encoding="utf-8")
    (tmp_path / "aire.csv").write_text("localidad;anio;valor\nUsme;2025;12,5\nBosa;2025;0\n", encoding="utf-8")
    rederive(tmp_path, layout, ["air"], quiet)
    lines = (layout.figures / "air.csv").read_text(encoding="utf-8").splitlines()
    assert lines[5:8] == [
        "pm25,05,2025,total,12.5,,,,,",
        "pm25,06,2025,total,,,,,,not_published",
        "pm25,07,2025,total,0,,,,,",
    ]
    assert len(lines) == 21
    assert (layout.figures / "accounts" / "air.csv").read_text(encoding="utf-8").endswith("aire.csv,observed,used,2\n")
