"""Every key of the words is asked for somewhere: as it stands, or by a text of the code filled in with another."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from observatory.wording import texts

REPOSITORY = Path(__file__).resolve().parents[1]
ROOMS = ("observatory", "pages", "pipelines")
COUNTED = re.compile(r"\.(one|other)$")
# A stem and an ending that stand apart in the code.
JOINED = ("chart.target_end", "chart.announced_end", "territory.placed_highest", "territory.tied_highest")


@functools.cache
def told() -> tuple[frozenset[str], list[re.Pattern[str]]]:
    """Texts of the code and names of its questions; and its texts to fill in, as patterns of what they may become."""
    files = [path for room in ROOMS for path in (REPOSITORY / room).rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    texts_of_code = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    questions = {path.stem for path in (REPOSITORY / "pipelines").rglob("*.sql")}
    filled = {"".join(map(_part, node.values)) for node in nodes if isinstance(node, ast.JoinedStr)}
    return frozenset(texts_of_code | questions), [re.compile(one) for one in filled if re.match(r"[a-z_]+\\\.", one)]


def _part(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"([\w.-]+)"


def is_asked(key: str) -> bool:
    """Whether the code holds the key, a family it is of (`reason.`), or a text that others fill in to become it."""
    known, filled = told()
    if not known.isdisjoint(_families(key)):
        return True
    forms = (key, COUNTED.sub("", key))
    fits = (match.groups() for one in forms for pattern in filled if (match := pattern.fullmatch(one)))
    return not known.isdisjoint(forms) or any(known.issuperset(".".join(fillings).split(".")) for fillings in fits)


def _families(key: str) -> Iterator[str]:
    return (key[: place + 1] for place, mark in enumerate(key) if mark == ".")


def test_no_words_are_left_that_nobody_asks_for() -> None:
    assert [key for key in texts("es") if not is_asked(key) and key not in JOINED] == []


@pytest.mark.parametrize("key", ["sources.balance", "level.upl", "nobody.asks"])
def test_words_of_yesterday_are_seen(key: str) -> None:
    assert not is_asked(key)
