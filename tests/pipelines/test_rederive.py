from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.layout import Layout
from pipelines.rederive import rederive, source_ids
from tests.observatories import quiet


def test_every_module_of_sources_is_found() -> None:
    assert "sdm_crashes_2023" in source_ids()


def test_a_missing_folder_file_or_module_is_named(tmp_path: Path) -> None:
    layout = Layout.of(tmp_path)
    with pytest.raises(SourceError, match="no such folder"):
        rederive(tmp_path / "none", layout, [], quiet)
    with pytest.raises(SourceError, match="a published file is missing → sdm_crashes_2023 needs it"):
        rederive(tmp_path, layout, ["sdm_crashes_2023"], quiet)
    with pytest.raises(SourceError, match="did you mean 'sdm_crashes_2023'"):
        rederive(tmp_path, layout, ["sdm_crashes_2033"], quiet)
