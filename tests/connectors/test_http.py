from __future__ import annotations

import gzip
import socket
from dataclasses import replace

import pytest

from pipelines.connectors.errors import CaptureError
from pipelines.connectors.http import Client, Limits
from pipelines.connectors.network import AddressPolicy
from pipelines.connectors.retry import RetryPolicy, retry_after
from tests.connectors.conftest import Time
from tests.connectors.publisher import Publisher, Reply


def test_a_body_comes_as_text_and_as_json(publisher: Publisher, client: Client) -> None:
    publisher.routes["/a"] = Reply('{"localidad": "Usaquén", "n": 1.50}'.encode())
    assert client.text(f"{publisher.url}/a") == '{"localidad": "Usaquén", "n": 1.50}'
    assert client.json(f"{publisher.url}/a")[0] == {"localidad": "Usaquén", "n": 1.5}
    assert client.json(f"{publisher.url}/a", verbatim=True)[0] == {"localidad": "Usaquén", "n": "1.50"}


def test_parameters_are_encoded_and_added_to_those_the_address_has(publisher: Publisher, client: Client) -> None:
    publisher.routes["/a"] = Reply(b"{}")
    client.text(f"{publisher.url}/a?id=1", {"where": "NOMBRE='SANTA FE' & 1=1"})
    assert publisher.asked[0].query == {"id": "1", "where": "NOMBRE='SANTA FE' & 1=1"}


def test_a_gzipped_body_is_unpacked(publisher: Publisher, client: Client) -> None:
    publisher.routes["/a"] = Reply(gzip.compress(b'{"a": 1}'), headers={"Content-Encoding": "gzip"})
    assert client.json(f"{publisher.url}/a")[0] == {"a": 1}
    assert "gzip" in publisher.asked[0].headers["accept-encoding"]


def test_429_waits_as_long_as_the_publisher_asks(publisher: Publisher, client: Client, time: Time) -> None:
    publisher.routes["/a"] = [Reply(status=429, headers={"Retry-After": "17"}), Reply(b"{}")]
    client.text(f"{publisher.url}/a")
    assert time.slept == [17.0]


def test_retry_after_may_be_a_date(time: Time) -> None:
    assert retry_after("Mon, 23 Nov 2026 12:01:30 GMT", time.moment) == 90.0
    assert retry_after("Mon, 23 Nov 2026 11:00:00 GMT", time.moment) == 0.0
    assert retry_after("soon", time.moment) is None
    assert retry_after(None, time.moment) is None


def test_a_publisher_that_asks_for_too_long_is_left_alone(publisher: Publisher, client: Client, time: Time) -> None:
    publisher.routes["/a"] = Reply(status=503, headers={"Retry-After": "86400"})
    with pytest.raises(CaptureError, match="asks to wait 86400 s"):
        client.text(f"{publisher.url}/a")
    assert len(publisher.asked) == 1
    assert time.slept == []


def test_500_then_200_is_a_good_answer(publisher: Publisher, client: Client, time: Time) -> None:
    publisher.routes["/a"] = [Reply(status=500), Reply(status=502), Reply(b"{}")]
    assert client.text(f"{publisher.url}/a") == "{}"
    assert time.slept == [0.75, 1.5]


def test_waits_double_up_to_a_limit_and_half_of_each_is_chance() -> None:
    policy = RetryPolicy(first_wait=2, longest_wait=10)
    assert [policy.wait(failed, 0.0) for failed in (1, 2, 3, 4, 5)] == [1, 2, 4, 5, 5]
    assert policy.wait(1, 0.999) == pytest.approx(2, abs=0.01)


def test_tries_end(publisher: Publisher, client: Client) -> None:
    publisher.routes["/a"] = Reply(status=500)
    with pytest.raises(CaptureError, match=r"answered 500 .*\(4 tries\)"):
        client.text(f"{publisher.url}/a")
    assert len(publisher.asked) == 4


@pytest.mark.parametrize(("status", "remedy"), [(404, "it moved"), (410, "it moved"), (403, "--from"), (400, "help")])
def test_what_no_waiting_mends_is_told_at_once(publisher: Publisher, client: Client, status: int, remedy: str) -> None:
    publisher.routes["/a"] = Reply(b'{"message": "Invalid SoQL query"}', status=status)
    with pytest.raises(CaptureError, match=f"{status}.*Invalid SoQL query.*{remedy}"):
        client.text(f"{publisher.url}/a")
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json"])
def test_a_web_page_with_status_200_is_refused(publisher: Publisher, client: Client, kind: str) -> None:
    publisher.routes["/a"] = Reply(b"\n <!DOCTYPE html><html><body>Mantenimiento</body></html>", kind=kind)
    with pytest.raises(CaptureError, match="a web page came where data was expected"):
        client.json(f"{publisher.url}/a")
    assert len(publisher.asked) == 1


def test_truncated_json_is_asked_for_again(publisher: Publisher, client: Client, time: Time) -> None:
    publisher.routes["/a"] = [Reply(b'{"features": [1, 2'), Reply(b'{"features": [1, 2]}')]
    assert client.json(f"{publisher.url}/a")[0] == {"features": [1, 2]}
    assert len(time.slept) == 1


def test_json_that_stays_truncated_is_refused(publisher: Publisher, client: Client) -> None:
    publisher.routes["/a"] = Reply(b'{"features": [1, 2')
    with pytest.raises(CaptureError, match="truncated or damaged"):
        client.json(f"{publisher.url}/a")


def test_an_exception_report_in_xml_is_told_in_its_words(publisher: Publisher, client: Client) -> None:
    report = b"<?xml version='1.0'?><ExceptionReport><ExceptionText>Unknown type upl</ExceptionText></ExceptionReport>"
    publisher.routes["/a"] = Reply(report, kind="application/xml")
    with pytest.raises(CaptureError, match="Unknown type upl"):
        client.json(f"{publisher.url}/a")


def test_a_body_cut_off_by_the_connection_is_asked_for_again(publisher: Publisher, client: Client) -> None:
    body = b'{"a": "' + b"x" * 5000 + b'"}'
    publisher.routes["/a"] = [Reply(body, sent=100), Reply(body)]
    assert len(client.json(f"{publisher.url}/a")[0]["a"]) == 5000


def test_an_endless_body_is_given_up_at_the_ceiling(publisher: Publisher, time: Time) -> None:
    client = Client(AddressPolicy(allow_private=True), Limits(body_bytes=1 << 20), clock=time.clock)
    publisher.routes["/a"] = Reply(endless=True)
    with pytest.raises(CaptureError, match="more than 1 MB → if it is meant, raise --limit-mb"):
        client.text(f"{publisher.url}/a")
    assert len(publisher.asked) == 1


def test_a_gzip_bomb_is_given_up_at_the_ceiling(publisher: Publisher, time: Time) -> None:
    client = Client(AddressPolicy(allow_private=True), Limits(body_bytes=1 << 20), clock=time.clock)
    bomb = gzip.compress(b"0" * (50 << 20))
    assert len(bomb) < 1 << 20
    publisher.routes["/a"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(CaptureError, match="more than 1 MB"):
        client.text(f"{publisher.url}/a")


def test_pages_count_together_against_the_ceiling(publisher: Publisher, time: Time) -> None:
    client = Client(AddressPolicy(allow_private=True), Limits(body_bytes=1 << 20), clock=time.clock)
    publisher.routes["/a"] = Reply(b'"' + b"x" * 400_000 + b'"')
    client.text(f"{publisher.url}/a")
    client.text(f"{publisher.url}/a")
    with pytest.raises(CaptureError, match="more than"):
        client.text(f"{publisher.url}/a")


def test_a_damaged_gzip_is_asked_for_again_and_then_refused(publisher: Publisher, client: Client) -> None:
    publisher.routes["/a"] = Reply(b"not gzip at all", headers={"Content-Encoding": "gzip"})
    with pytest.raises(CaptureError, match="compressed body is damaged"):
        client.text(f"{publisher.url}/a")
    assert len(publisher.asked) == 4


def test_redirects_are_followed(publisher: Publisher, client: Client) -> None:
    publisher.routes["/old"] = Reply(status=301, headers={"Location": "/newer"})
    publisher.routes["/newer"] = Reply(status=307, headers={"Location": f"{publisher.url}/new"})
    publisher.routes["/new"] = Reply(b"{}")
    assert client.text(f"{publisher.url}/old") == "{}"


def test_redirects_in_a_circle_end(publisher: Publisher, client: Client) -> None:
    publisher.routes["/a"] = Reply(status=302, headers={"Location": "/a"})
    with pytest.raises(CaptureError, match="more than 5 redirects"):
        client.text(f"{publisher.url}/a")
    assert len(publisher.asked) == 6


def test_a_token_is_not_carried_to_another_host(publisher: Publisher, client: Client) -> None:
    other = Publisher()
    publisher.routes["/a"] = Reply(status=302, headers={"Location": f"{other.url}/b"})
    other.routes["/b"] = Reply(b"{}")
    client.text(f"{publisher.url}/a", headers={"X-App-Token": "secret"})
    other.close()
    assert publisher.asked[0].headers["x-app-token"] == "secret"
    assert "x-app-token" not in other.asked[0].headers


@pytest.mark.parametrize(
    "address", ["ftp://example.org/a", "file:///etc/passwd", "http://u:p@127.0.0.1/a", "http:///a"]
)
def test_only_plain_web_addresses_are_asked(client: Client, address: str) -> None:
    with pytest.raises(CaptureError, match="no address of an open publication"):
        client.text(address)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/a"])
def test_a_redirect_may_not_leave_the_web(publisher: Publisher, client: Client, target: str) -> None:
    publisher.routes["/a"] = Reply(status=302, headers={"Location": target})
    with pytest.raises(CaptureError, match="no address of an open publication"):
        client.text(f"{publisher.url}/a")


def test_nobody_listening_is_told_after_the_tries(client: Client, time: Time) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(CaptureError, match=r"the connection failed.*check the network"):
        client.text(f"http://127.0.0.1:{port}/a")
    assert len(time.slept) == 3


def test_a_publisher_that_never_answers_is_given_up(time: Time) -> None:
    client = Client(AddressPolicy(allow_private=True), Limits(read_seconds=0.1), RetryPolicy(attempts=1), time.clock)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        with pytest.raises(CaptureError, match=r"[Rr]ead timed out"):
            client.text(f"http://127.0.0.1:{mute.getsockname()[1]}/a")


def test_a_publisher_that_drips_for_ever_is_given_up(publisher: Publisher, time: Time) -> None:
    ticks = iter(range(0, 1000, 10))  # ten seconds pass between any two looks at the clock
    clock = replace(time.clock, monotonic=lambda: float(next(ticks)))
    client = Client(AddressPolicy(allow_private=True), Limits(body_seconds=30), clock=clock)
    publisher.routes["/a"] = Reply(endless=True)
    with pytest.raises(CaptureError, match="not finished after 30 s"):
        client.text(f"{publisher.url}/a")
