"""SQL is read from files or written as it stands; no value is ever written into it.

Every text of the code that begins like a statement and is put together (an f-string, a sum, a `.format`) is found here,
and is one of a few that hold names, never values.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
ROOMS = ("observatory", "pipelines", "pages", "benchmarks", "tests")
STATEMENT = re.compile(r"^\s*(ATTACH|DETACH|USE|SET|COPY|CREATE|DESCRIBE|INSERT|SELECT|UPDATE|DELETE)\b")
DECLARED = {
    ("observatory/editions/attaching.py", "attach"),  # a path and a name, both quoted: DuckDB 1.5 binds neither
    ("observatory/editions/attaching.py", "use"),
    ("observatory/editions/attaching.py", "detach"),
}


def put_together(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Function and first words of each text that begins like a statement and has something put into it."""
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]:
        for node in ast.walk(function):
            start = _start(node)
            if start is not None and STATEMENT.match(start):
                yield function.name, start.strip()[:60]


def _start(node: ast.AST) -> str | None:
    """The fixed text that a made-up text begins with."""
    if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
        first = node.values[0]
        return str(first.value) if isinstance(first, ast.Constant) else ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        left = node.left
        return left.value if isinstance(left, ast.Constant) and isinstance(left.value, str) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        text = node.func.value
        return text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else None
    return None


def executed(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Function and source of each `execute` or `sql` whose statement is put together on the spot."""
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]:
        for node in ast.walk(function):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            if node.func.attr in ("execute", "executemany", "sql", "query") and isinstance(
                node.args[0], ast.JoinedStr | ast.BinOp
            ):
                yield function.name, ast.unparse(node.args[0])[:60]


def found() -> set[tuple[str, str]]:
    places = set()
    for room in ROOMS:
        for path in (REPOSITORY / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            name = path.relative_to(REPOSITORY).as_posix()
            places |= {(name, function) for function, _ in (*put_together(tree), *executed(tree))}
    return places


def test_no_statement_is_put_together_outside_the_declared_places() -> None:
    assert sorted(found() - DECLARED) == []


def test_no_declared_place_is_out_of_date() -> None:
    assert sorted(DECLARED - found()) == []


@pytest.mark.parametrize(
    "code",
    [
        "def f(c, v):\n    c.execute(f'SELECT * FROM t WHERE a = {v}')",
        "def f(c, v):\n    q = f\"DELETE FROM t WHERE a = '{v}'\"\n    c.execute(q)",
        "def f(c, v):\n    c.execute('SELECT ' + v)",
        "def f(c, v):\n    c.execute('SELECT %s' % v)",
        "def f(c, v):\n    q = 'SELECT {}'.format(v)\n    c.execute(q)",
        "def f(c, v):\n    c.sql(f'{v}')",
    ],
)
def test_a_value_written_into_sql_is_seen(code: str) -> None:
    tree = ast.parse(code)
    assert {*put_together(tree), *executed(tree)}
