"""Links: the one codec between what a reader chose and an address, its short form, and how old links stay readable."""

from __future__ import annotations

from observatory.links.host import DASHBOARD, is_of_this_machine
from observatory.links.migrations import MIGRATIONS, Migration, migrated
from observatory.links.short import SHORT, short_code, unfolded
from observatory.links.state import (
    AREAS,
    CLASSINGS,
    LANGUAGES,
    LEVELS,
    LIST_MARK,
    MAXIMUM_VIEWS,
    ORDERS,
    PARSERS,
    TABS,
    VERSION,
    Y_AXES,
    Classing,
    Notice,
    ViewState,
    Vocabulary,
    address,
    carried,
    full_link,
    parameters,
    parse_link,
    shortened,
)

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
