from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.capturing.captures import Captures, Entry, Provenance
from pipelines.connectors.errors import CaptureError
from pipelines.process_lock import LockedError, only_one
from tests.connectors.conftest import Time

ORIGIN = Provenance(connector="http", address="https://example.org/a.csv", licence="cc_by_4")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def store(tmp_path: Path, time: Time) -> Captures:
    return Captures(tmp_path / "captures", time.clock)


def put(store: Captures, files: dict[str, bytes], source: str = "a") -> tuple[Entry, bool]:
    with store.taking(source) as taking:
        for name, content in files.items():
            path = taking.staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return taking.commit(ORIGIN)


def test_bytes_are_kept_untouched_under_their_hash(store: Captures) -> None:
    entry, is_new = put(store, {"a.csv": b"ANO;VALOR\r\n\xe1"})
    assert is_new
    assert entry.sha256 == hashlib.sha256(b"ANO;VALOR\r\n\xe1").hexdigest()
    assert (store.root / "a" / entry.sha256[:16] / "a.csv").read_bytes() == b"ANO;VALOR\r\n\xe1"


def test_the_lock_file_says_what_when_and_from_where(store: Captures) -> None:
    put(store, {"a.csv": b"1"})
    told = json.loads((store.root / "a" / "lock.json").read_text(encoding="utf-8"))
    (capture,) = told["captures"]
    assert told["source"] == "a"
    assert capture["retrieved"] == capture["checked"] == "2026-11-23T12:00:00Z"
    assert capture["provenance"]["address"] == "https://example.org/a.csv"
    assert capture["files"] == [{"name": "a.csv", "sha256": hashlib.sha256(b"1").hexdigest(), "size": 1}]


def test_the_same_bytes_twice_are_one_capture(store: Captures, time: Time) -> None:
    first, _ = put(store, {"a.csv": b"1"})
    time.sleep(3600)
    second, is_new = put(store, {"a.csv": b"1"})
    assert not is_new
    assert second.sha256 == first.sha256
    assert second.retrieved == first.retrieved
    assert second.checked == first.retrieved + dt.timedelta(hours=1)
    assert len(store.entries("a")) == 1


def test_several_files_are_one_capture_and_pages_do_not_make_it_another(store: Captures) -> None:
    first, _ = put(store, {"2021.geojson": b"1", "raw/2022.geojson": b"2", "pages/2021.00001.gz": b"monday"})
    second, is_new = put(store, {"2021.geojson": b"1", "raw/2022.geojson": b"2", "pages/2021.00001.gz": b"tuesday"})
    assert not is_new
    assert [file.name for file in second.files] == ["2021.geojson", "raw/2022.geojson"]
    assert first.size == 2
    third, is_new = put(store, {"2021.geojson": b"2", "raw/2022.geojson": b"1"})
    assert is_new
    assert third.sha256 != first.sha256


def test_the_newest_is_the_last_confirmed_even_when_the_clock_goes_back(store: Captures, time: Time) -> None:
    put(store, {"a.csv": b"1"})
    second, _ = put(store, {"a.csv": b"2"})
    time.sleep(-86_400 * 30)
    again, _ = put(store, {"a.csv": b"1"})
    assert store.newest("a") == again
    with store.taking("a") as taking:
        taking.confirm(second)
    newest = store.newest("a")
    assert newest is not None
    assert newest.sha256 == second.sha256


def test_a_capture_whose_bytes_were_touched_does_not_count(store: Captures) -> None:
    first, _ = put(store, {"a.csv": b"1"})
    second, _ = put(store, {"a.csv": b"2"})
    (store.folder("a", second) / "a.csv").write_bytes(b"3")
    assert store.newest("a") == first
    (store.folder("a", first) / "a.csv").unlink()
    assert store.newest("a") is None
    assert store.capture("a") is None


def test_a_damaged_capture_is_mended_by_taking_it_again(store: Captures) -> None:
    entry, _ = put(store, {"a.csv": b"1"})
    (store.folder("a", entry) / "a.csv").write_bytes(b"3")
    put(store, {"a.csv": b"1"})
    assert (store.folder("a", entry) / "a.csv").read_bytes() == b"1"
    assert store.newest("a") is not None


def test_source_modules_get_the_newest_folder(store: Captures) -> None:
    entry, _ = put(store, {"raw/a.csv": b"1"})
    capture = store.capture("a")
    assert capture is not None
    assert capture.path("raw/a.csv").read_bytes() == b"1"
    assert capture.folder.name == entry.folder_name


def test_what_fails_halfway_leaves_nothing(store: Captures) -> None:
    put(store, {"a.csv": b"1"})
    with pytest.raises(RuntimeError), store.taking("a") as taking:
        (taking.staging / "a.csv").write_bytes(b"half")
        raise RuntimeError
    newest = store.newest("a")
    assert newest is not None
    assert (store.folder("a", newest) / "a.csv").read_bytes() == b"1"
    assert sorted(path.name for path in (store.root / "a").iterdir()) == sorted(
        [".lock", "lock.json", newest.folder_name]
    )


def test_nothing_is_no_capture(store: Captures) -> None:
    with pytest.raises(CaptureError, match="nothing was written"):
        put(store, {})


def test_a_damaged_lock_file_is_told_and_not_overwritten(store: Captures) -> None:
    put(store, {"a.csv": b"1"})
    (store.root / "a" / "lock.json").write_text('{"source": "a", "captures": [{', encoding="utf-8")
    with pytest.raises(CaptureError, match=r"lock\.json: damaged lock file"):
        put(store, {"a.csv": b"2"})
    assert (store.root / "a" / "lock.json").read_text(encoding="utf-8").endswith("[{")


def test_a_folder_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path, time: Time) -> None:
    (tmp_path / "captures").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(OSError, match="captures"):
        put(Captures(tmp_path / "captures", time.clock), {"a.csv": b"1"})


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    told = f"process {os.getpid()} is at work here"
    with only_one(tmp_path / ".lock"), pytest.raises(LockedError, match=told), only_one(tmp_path / ".lock"):
        pass
    with only_one(tmp_path / ".lock"):
        pass


HOLD = """
import sys, time
from pathlib import Path
from pipelines.capturing.captures import Captures
from pipelines.clock import Clock
with Captures(Path(sys.argv[1]), Clock()).taking("a") as taking:
    (taking.staging / "a.csv").write_bytes(b"half")
    taking.partial.mkdir(exist_ok=True)
    print("ready", flush=True)
    time.sleep(60)
"""


def test_a_killed_capture_leaves_no_stray_lock_and_no_half_capture(store: Captures) -> None:
    put(store, {"a.csv": b"1"})
    command = [sys.executable, "-c", HOLD, str(store.root)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        with pytest.raises(LockedError, match=f"process {other.pid} is at work here"):
            put(store, {"a.csv": b"2"})
        other.kill()
        other.wait()
    assert (store.root / "a" / ".taking" / "a.csv").read_bytes() == b"half"
    assert len(store.entries("a")) == 1
    put(store, {"a.csv": b"2"})
    assert len(store.entries("a")) == 2
    assert not (store.root / "a" / ".taking").exists()


def test_a_capture_moved_into_place_but_not_entered_is_entered_by_the_next_run(store: Captures) -> None:
    entry, _ = put(store, {"a.csv": b"1"})
    (store.root / "a" / "lock.json").unlink()
    assert store.newest("a") is None
    again, is_new = put(store, {"a.csv": b"1"})
    assert is_new
    assert again.sha256 == entry.sha256
    assert store.newest("a") == again
