from __future__ import annotations

import socket
from typing import Any

import pytest

from pipelines.connectors.errors import CaptureError
from pipelines.connectors.http import Client
from pipelines.connectors.network import AddressPolicy
from tests.connectors.conftest import Time
from tests.connectors.publisher import Publisher, Reply

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "::1",
    "fe80::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    "192.0.2.1", "240.0.0.1", "255.255.255.255",
]  # fmt: skip


def resolving(*answers: list[str]) -> Any:
    """A name service that answers differently each time."""
    turns = list(answers)

    def resolve(host: str, port: int, *_: int) -> list[tuple[Any, ...]]:
        addresses = turns.pop(0) if len(turns) > 1 else turns[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert AddressPolicy().refuses(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "190.27.245.106", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_addresses_pass(address: str) -> None:
    assert AddressPolicy().refuses(address) is None


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "224.0.0.1"])
def test_what_is_no_address_of_a_publisher_never_passes(address: str) -> None:
    assert AddressPolicy(allow_private=True).refuses(address)


def test_a_network_of_the_configuration_passes_and_no_other() -> None:
    policy = AddressPolicy.allowing(["10.20.0.0/16"])
    assert policy.refuses("10.20.3.4") is None
    assert policy.refuses("::ffff:10.20.3.4") is None
    assert policy.refuses("10.21.0.1")


def test_loopback_is_refused_before_anything_is_sent(publisher: Publisher, time: Time) -> None:
    with pytest.raises(CaptureError, match=r"leads to 127\.0\.0\.1, this very machine → .*--allow-private"):
        Client(clock=time.clock).text(f"{publisher.url}/a")
    assert publisher.asked == []
    assert time.slept == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "localhost"])
def test_other_ways_of_writing_loopback_are_refused(publisher: Publisher, time: Time, host: str) -> None:
    port = publisher.url.rpartition(":")[2]
    with pytest.raises(CaptureError, match="this very machine"):
        Client(clock=time.clock).text(f"http://{host}:{port}/a")
    assert publisher.asked == []


def test_a_redirect_to_a_private_address_is_refused(publisher: Publisher, time: Time) -> None:
    policy = AddressPolicy.allowing(["127.0.0.1/32"])
    publisher.routes["/a"] = Reply(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data"})
    with pytest.raises(CaptureError, match=r"leads to 169\.254\.169\.254, where a cloud hands out"):
        Client(policy, clock=time.clock).text(f"{publisher.url}/a")


def test_a_name_that_changes_its_answer_is_connected_to_the_address_that_was_checked(
    publisher: Publisher, time: Time
) -> None:
    """DNS rebinding: allowed on the first look, loopback on the second; only one look is taken per connection."""
    port = publisher.url.rpartition(":")[2]
    publisher.routes["/a"] = Reply(b"{}", headers={"Connection": "close"})
    policy = AddressPolicy.allowing(["127.0.0.1/32"])
    rebinding = AddressPolicy(networks=policy.networks, resolve=resolving(["127.0.0.1"], ["10.0.0.1"]))
    client = Client(rebinding, clock=time.clock)
    assert client.text(f"http://data.example:{port}/a") == "{}"
    with pytest.raises(CaptureError, match=r"data\.example leads to 10\.0\.0\.1"):
        client.text(f"http://data.example:{port}/a")


def test_one_private_address_among_public_ones_is_enough_to_refuse(time: Time) -> None:
    policy = AddressPolicy(resolve=resolving(["8.8.8.8", "192.168.0.7"]))
    with pytest.raises(CaptureError, match=r"192\.168\.0\.7"):
        Client(policy, clock=time.clock).text("http://data.example/a")


def test_a_name_nobody_knows_is_told_at_once(time: Time) -> None:
    def unknown(*_: object) -> list[tuple[Any, ...]]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(CaptureError, match=r"a: Failed to resolve 'data\.example' .*Name or service not known"):
        Client(AddressPolicy(resolve=unknown), clock=time.clock).text("http://data.example/a")
    assert time.slept == []


@pytest.mark.parametrize("address", ["169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "100.100.100.200"])
def test_where_a_cloud_hands_out_keys_never_passes(address: str) -> None:
    networks = ["169.254.0.0/16", "fd00::/8", "100.64.0.0/10"]
    assert AddressPolicy(allow_private=True).refuses(address)
    assert AddressPolicy.allowing(networks, allow_private=True).refuses(address)


@pytest.mark.parametrize("address", ["169.254.7.7", "fe80::1"])
def test_link_local_addresses_pass_only_where_the_configuration_names_them(address: str) -> None:
    assert AddressPolicy(allow_private=True).refuses(address) == "a link-local address"
    assert AddressPolicy.allowing(["169.254.0.0/16", "fe80::/10"]).refuses(address) is None
    assert AddressPolicy(allow_private=True).refuses("192.168.1.1") is None


def test_a_redirect_to_a_link_local_address_is_refused_though_private_ones_are_allowed(
    publisher: Publisher, time: Time
) -> None:
    publisher.routes["/a"] = Reply(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data"})
    with pytest.raises(CaptureError, match=r"leads to 169\.254\.169\.254.* → no publisher is there"):
        Client(AddressPolicy(allow_private=True), clock=time.clock).text(f"{publisher.url}/a")
