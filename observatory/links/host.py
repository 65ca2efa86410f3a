"""The host that links in files lead to, and whether anybody else can follow them there."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

DASHBOARD = "OBSERVATORY_DASHBOARD_URL"  # scheme and host of the dashboard, for files that leave this machine


def is_of_this_machine(origin: str) -> bool:
    """Whether an origin as `http://localhost:8501` can be opened on this machine alone."""
    host = urlsplit(origin).hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
