"""Who may be spoken to: every connection is checked on the very address it is opened to.

A name is resolved once, its addresses are checked, and the socket is opened to one of those. A name that changes its
answer between check and use (DNS rebinding) gains nothing, and each redirect opens a connection that is checked again.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from pipelines.connectors.errors import CaptureError

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network
Resolve = Callable[..., list[tuple[Any, ...]]]

METADATA = frozenset(map(ip_address, ("169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254")))
OF_KEYS, LINK_LOCAL = "where a cloud hands out the keys of its machines", "a link-local address"
NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class AddressPolicy:
    """Public addresses, and private ones that the configuration names.

    `allow_private` lets through private and loopback addresses, link-local ones only where `networks` names them, and
    those where a cloud hands out the keys of its machines never.
    """

    allow_private: bool = False
    networks: tuple[IPNetwork, ...] = ()
    resolve: Resolve = socket.getaddrinfo

    @staticmethod
    def allowing(networks: list[str], *, allow_private: bool = False) -> AddressPolicy:
        """The policy that also lets through these networks, e.g. `10.1.0.0/16`."""
        return AddressPolicy(allow_private, tuple(ip_network(network) for network in networks))

    def refuses(self, written: str) -> str | None:
        """Why this address may not be spoken to; None when it may."""
        address = innermost(ip_address(written.partition("%")[0]))
        if address in METADATA:
            return OF_KEYS
        if any(address in network for network in self.networks if network.version == address.version):
            return None
        if address.is_multicast or address.is_unspecified:
            return "no address of a publisher"
        if address.is_link_local:
            return LINK_LOCAL
        if address.is_global or self.allow_private:
            return None
        return _kind(address)

    def checked(self, host: str, port: int) -> list[tuple[Any, ...]]:
        """The socket addresses of a host, all of them allowed.

        Raises:
            CaptureError: one of them is private, loopback, link-local or reserved.
            OSError: the name has no address.
        """
        found = self.resolve(host, port, 0, socket.SOCK_STREAM)
        for *_, place in found:
            reason = self.refuses(str(place[0]))
            if reason:
                what = f"{host} leads to {place[0]}, {reason}"
                raise CaptureError(what, where=f"{host}:{port}", fix=_remedy(reason))
        return found


def innermost(address: IPAddress) -> IPAddress:
    """The IPv4 address an IPv6 one carries (mapped, 6to4, NAT64), else the address itself."""
    if isinstance(address, IPv6Address):
        if address in NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address


def _remedy(reason: str) -> str:
    if reason == OF_KEYS:
        return "no publisher is there; look where the address leads"
    fix = "if it is meant, name its network under private_networks in pipelines/capturing/addresses.yaml"
    return fix if reason == LINK_LOCAL else f"{fix}, or give --allow-private"


def _kind(address: IPAddress) -> str:
    if address.is_loopback:
        return "this very machine"
    return "an address of a private or reserved network"


def pool_manager(policy: AddressPolicy) -> urllib3.PoolManager:
    """Connections that keep to a policy; certificates are verified."""

    class Connection(HTTPConnection):
        """Plain connection, checked."""

        def _new_conn(self) -> socket.socket:
            return _open(self, policy)

    class SecureConnection(HTTPSConnection):
        """TLS connection, checked."""

        def _new_conn(self) -> socket.socket:
            return _open(self, policy)

    class Pool(HTTPConnectionPool):
        """Pool of checked connections."""

        ConnectionCls = Connection

    class SecurePool(HTTPSConnectionPool):
        """Pool of checked TLS connections."""

        ConnectionCls = SecureConnection

    manager = urllib3.PoolManager(num_pools=8, maxsize=1, retries=False)
    manager.pool_classes_by_scheme = {"http": Pool, "https": SecurePool}
    return manager


def _open(connection: HTTPConnection, policy: AddressPolicy) -> socket.socket:
    """A socket to the first address that answers; errors as urllib3 raises them."""
    try:
        found = policy.checked(connection.host, connection.port or 80)
    except OSError as error:
        raise NameResolutionError(connection.host, connection, socket.gaierror(*error.args)) from error
    last: OSError = OSError("no address")
    timeout = connection.timeout if isinstance(connection.timeout, (int, float)) else None
    for family, kind, protocol, _, place in found:
        opened = socket.socket(family, kind, protocol)
        try:
            for option in connection.socket_options or ():
                opened.setsockopt(*option)
            opened.settimeout(timeout)
            opened.connect(place)
        except OSError as error:
            opened.close()
            last = error
        else:
            return opened
    if isinstance(last, TimeoutError):
        raise ConnectTimeoutError(connection, f"no answer from {connection.host}") from last
    raise NewConnectionError(connection, str(last)) from last
