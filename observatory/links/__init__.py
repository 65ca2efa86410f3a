"""Links: the one codec between what a reader chose and an address, its short form, and how old links stay readable.

Each parameter of an address is valid, refused (named in a notice, the rest kept) or missing; unknown ones are kept as
they are and reported. Two writers: `address` holds what the reader chose, `full_link` everything in force and the
edition (`asof`).
"""

from __future__ import annotations

from observatory.links.host import DASHBOARD, is_of_this_machine
from observatory.links.migrations import MIGRATIONS, Migration, migrated
from observatory.links.parsing import PARSERS, parse_link
from observatory.links.short import SHORT, short_code, unfolded
from observatory.links.state import (
    AREAS,
    CLASSINGS,
    LANGUAGES,
    LEVELS,
    LIST_MARK,
    MAXIMUM_VIEWS,
    ORDERS,
    TABS,
    VERSION,
    Y_AXES,
    Classing,
    Notice,
    ViewState,
    Vocabulary,
)
from observatory.links.writing import address, carried, full_link, parameters, shortened

__all__ = [
    "AREAS",
    "CLASSINGS",
    "DASHBOARD",
    "LANGUAGES",
    "LEVELS",
    "LIST_MARK",
    "MAXIMUM_VIEWS",
    "MIGRATIONS",
    "ORDERS",
    "PARSERS",
    "SHORT",
    "TABS",
    "VERSION",
    "Y_AXES",
    "Classing",
    "Migration",
    "Notice",
    "ViewState",
    "Vocabulary",
    "address",
    "carried",
    "full_link",
    "is_of_this_machine",
    "migrated",
    "parameters",
    "parse_link",
    "short_code",
    "shortened",
    "unfolded",
]
