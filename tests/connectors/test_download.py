from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipelines.connectors.content import Expect
from pipelines.connectors.download import Downloaded, Partial, Validators, download
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.http import CHUNK, Client, Limits
from pipelines.connectors.network import AddressPolicy
from pipelines.connectors.retry import RetryPolicy
from tests.connectors.conftest import Time
from tests.connectors.publisher import Asked, Publisher, Reply

CSV = b"ANO;LOCALIDAD;VALOR\n" + b"".join(b"2024;%02d;1\n" % code for code in range(1, 21)) * 1000
ANY = Expect(kind="csv", columns=["ANO", "VALOR"])


class Ranged:
    """A publisher that knows Range and If-Range, whose connection drops after `sent` bytes the first times."""

    def __init__(self, body: bytes, *drops: int, etag: str = '"v1"') -> None:
        self.body, self.drops, self.etag = body, list(drops), etag

    def __call__(self, asked: Asked) -> Reply:
        sent = self.drops.pop(0) if self.drops else None
        wanted = asked.headers.get("range", "")
        headers = {"ETag": self.etag, "Accept-Ranges": "bytes"}
        if not wanted or asked.headers.get("if-range") != self.etag:
            return Reply(self.body, kind="text/csv", headers=headers, sent=sent)
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        headers["Content-Range"] = f"bytes {start}-{len(self.body) - 1}/{len(self.body)}"
        return Reply(self.body[start:], 206, "text/csv", headers, sent)


def fetch(
    client: Client, publisher: Publisher, folder: Path, known: Validators | None = None, expect: Expect = ANY
) -> Downloaded | None:
    partial = Partial(folder / "partial" / "a.csv")
    return download(client, f"{publisher.url}/a.csv", folder / "a.csv", partial=partial, expect=expect, known=known)


def test_a_file_comes_whole_with_its_marks(publisher: Publisher, client: Client, tmp_path: Path) -> None:
    changed = "Mon, 21 Sep 2026 10:00:00 GMT"
    publisher.routes["/a.csv"] = Reply(CSV, headers={"ETag": '"v1"', "Last-Modified": changed})
    taken = fetch(client, publisher, tmp_path)
    assert taken == Downloaded(f"{publisher.url}/a.csv", len(CSV), Validators('"v1"', changed))
    assert (tmp_path / "a.csv").read_bytes() == CSV
    assert list((tmp_path / "partial").iterdir()) == []


def test_a_gzipped_transfer_is_kept_as_the_file_it_is(publisher: Publisher, client: Client, tmp_path: Path) -> None:
    publisher.routes["/a.csv"] = Reply(gzip.compress(CSV), headers={"Content-Encoding": "gzip"})
    fetch(client, publisher, tmp_path)
    assert (tmp_path / "a.csv").read_bytes() == CSV


def test_what_has_not_changed_is_not_sent_again(publisher: Publisher, client: Client, tmp_path: Path) -> None:
    publisher.routes["/a.csv"] = lambda asked: Reply(status=304 if asked.headers.get("if-none-match") else 200)
    assert fetch(client, publisher, tmp_path, Validators('"v1"', "Mon, 21 Sep 2026 10:00:00 GMT")) is None
    assert publisher.asked[0].headers["if-modified-since"] == "Mon, 21 Sep 2026 10:00:00 GMT"
    assert not (tmp_path / "a.csv").exists()


def test_a_dropped_connection_is_resumed_where_it_broke(publisher: Publisher, client: Client, tmp_path: Path) -> None:
    publisher.routes["/a.csv"] = Ranged(CSV, 3 * CHUNK, 2 * CHUNK)
    taken = fetch(client, publisher, tmp_path)
    assert taken is not None
    assert taken.size == len(CSV)
    assert (tmp_path / "a.csv").read_bytes() == CSV
    assert [asked.headers.get("range") for asked in publisher.asked] == [
        None,
        f"bytes={3 * CHUNK}-",
        f"bytes={5 * CHUNK}-",
    ]
    assert publisher.asked[1].headers["if-range"] == '"v1"'


def test_a_download_ended_in_one_run_goes_on_in_the_next(publisher: Publisher, time: Time, tmp_path: Path) -> None:
    once = Client(AddressPolicy(allow_private=True), Limits(), RetryPolicy(attempts=1), time.clock)
    publisher.routes["/a.csv"] = Ranged(CSV, 2 * CHUNK + 345)
    with pytest.raises(CaptureError):
        fetch(once, publisher, tmp_path)
    assert not (tmp_path / "a.csv").exists()
    fetch(once, publisher, tmp_path)
    assert publisher.asked[1].headers["range"] == f"bytes={2 * CHUNK}-"
    assert (tmp_path / "a.csv").read_bytes() == CSV


def test_a_file_that_changed_meanwhile_is_started_again(publisher: Publisher, time: Time, tmp_path: Path) -> None:
    once = Client(AddressPolicy(allow_private=True), Limits(), RetryPolicy(attempts=1), time.clock)
    publisher.routes["/a.csv"] = Ranged(CSV, 3 * CHUNK)
    with pytest.raises(CaptureError):
        fetch(once, publisher, tmp_path)
    other = CSV.replace(b";1\n", b";2\n")
    publisher.routes["/a.csv"] = Ranged(other, etag='"v2"')
    fetch(once, publisher, tmp_path)
    assert (tmp_path / "a.csv").read_bytes() == other


def test_a_server_that_answers_another_range_or_version_is_not_believed(
    publisher: Publisher, client: Client, tmp_path: Path
) -> None:
    def stubborn(asked: Asked) -> Reply:
        if "range" in asked.headers:
            headers = {"Content-Range": f"bytes {CHUNK}-{len(CSV) - 1}/{len(CSV)}", "ETag": '"v2"'}
            return Reply(CSV[CHUNK:].replace(b"1", b"2"), 206, "text/csv", headers)
        first = not any("range" in earlier.headers for earlier in publisher.asked)
        return Reply(CSV, kind="text/csv", headers={"ETag": '"v1"'}, sent=CHUNK if first else None)

    publisher.routes["/a.csv"] = stubborn
    fetch(client, publisher, tmp_path)
    assert (tmp_path / "a.csv").read_bytes() == CSV
    assert [("range" in asked.headers) for asked in publisher.asked] == [False, True, False]


def test_a_server_without_marks_or_ranges_starts_again(publisher: Publisher, client: Client, tmp_path: Path) -> None:
    publisher.routes["/a.csv"] = [Reply(CSV, kind="text/csv", sent=2 * CHUNK), Reply(CSV, kind="text/csv")]
    fetch(client, publisher, tmp_path)
    assert "range" not in publisher.asked[1].headers
    assert (tmp_path / "a.csv").read_bytes() == CSV


def test_a_weak_mark_is_no_ground_for_resuming(publisher: Publisher, client: Client, tmp_path: Path) -> None:
    weak = {"ETag": 'W/"v1"'}
    publisher.routes["/a.csv"] = [Reply(CSV, headers=weak, sent=2 * CHUNK), Reply(CSV, headers=weak)]
    fetch(client, publisher, tmp_path)
    assert "range" not in publisher.asked[1].headers


def test_a_partial_file_that_is_already_whole_is_started_again(
    publisher: Publisher, client: Client, tmp_path: Path
) -> None:
    partial = Partial(tmp_path / "partial" / "a.csv")
    partial.begin(f"{publisher.url}/a.csv", Validators('"v1"'))
    partial.path.write_bytes(CSV)
    publisher.routes["/a.csv"] = lambda asked: Reply(
        CSV if "range" not in asked.headers else b"", 416 if "range" in asked.headers else 200, headers={"ETag": '"v1"'}
    )
    fetch(client, publisher, tmp_path)
    assert (tmp_path / "a.csv").read_bytes() == CSV


def test_a_web_page_is_not_counted(publisher: Publisher, client: Client, tmp_path: Path) -> None:
    publisher.routes["/a.csv"] = Reply(
        b"<html><head><title>Iniciar sesi\xc3\xb3n</title></head></html>", kind="text/csv"
    )
    with pytest.raises(CaptureError, match="a web page came where data was expected"):
        fetch(client, publisher, tmp_path)
    assert not (tmp_path / "a.csv").exists()
    assert list((tmp_path / "partial").iterdir()) == []


def test_an_endless_file_is_given_up_and_forgotten(publisher: Publisher, time: Time, tmp_path: Path) -> None:
    small = Client(AddressPolicy(allow_private=True), Limits(body_bytes=1 << 20), clock=time.clock)
    publisher.routes["/a.csv"] = Reply(endless=True, kind="text/csv")
    with pytest.raises(CaptureError, match="more than 1 MB"):
        fetch(small, publisher, tmp_path)
    assert list((tmp_path / "partial").iterdir()) == []


def test_a_file_announced_too_large_is_not_begun(publisher: Publisher, time: Time, tmp_path: Path) -> None:
    small = Client(AddressPolicy(allow_private=True), Limits(body_bytes=1000), clock=time.clock)
    publisher.routes["/a.csv"] = Reply(CSV)
    with pytest.raises(CaptureError, match="more than"):
        fetch(small, publisher, tmp_path)


@pytest.mark.parametrize(
    ("body", "expect", "reason"),
    [
        (b"", ANY, "the file is empty"),
        (b"ANO;LOCALIDAD;VALORES\n1;2;3\n", ANY, "the columns changed, missing: VALOR .*VALOR → VALORES?"),
        (b"ANO\0;VALOR", ANY, "binary"),
        (b'{"type": "FeatureCollection", "features": [', Expect(kind="geojson"), "truncated or damaged"),
        (b'{"message": "ok"}', Expect(kind="geojson"), "no GeoJSON feature collection"),
        (b"ANO;VALOR\n", Expect(kind="zip"), "no zip file"),
        (b"<html>graph()</html>", Expect(kind="html", contains="onclick"), "does not hold 'onclick'"),
    ],
)
def test_a_file_of_another_kind_is_not_counted(
    publisher: Publisher, client: Client, tmp_path: Path, body: bytes, expect: Expect, reason: str
) -> None:
    publisher.routes["/a.csv"] = Reply(body, kind="application/octet-stream")
    with pytest.raises(CaptureError, match=reason):
        fetch(client, publisher, tmp_path, expect=expect)
    assert not (tmp_path / "a.csv").exists()


def test_columns_are_found_behind_a_byte_order_mark_and_with_any_delimiter(
    publisher: Publisher, client: Client, tmp_path: Path
) -> None:
    publisher.routes["/a.csv"] = Reply('\ufeffANO,"VALOR"\r\n2024,1\r\n'.encode(), kind="text/csv")
    assert fetch(client, publisher, tmp_path)


def test_progress_is_told_in_bytes(publisher: Publisher, client: Client, tmp_path: Path) -> None:
    told: list[tuple[int, int | None, str]] = []
    publisher.routes["/a.csv"] = Reply(CSV)
    partial = Partial(tmp_path / "partial" / "a.csv")
    download(
        client,
        f"{publisher.url}/a.csv",
        tmp_path / "a.csv",
        partial=partial,
        expect=ANY,
        report=lambda *it: told.append(it),
    )
    assert told[-1] == (len(CSV), len(CSV), "bytes")
