"""Attach and detach the files of editions: the statements that bind no value, in one place.

DuckDB before 2.0 takes the path of `ATTACH` as a text only, and no line of it takes a name as a value. Both are quoted
here, and nowhere else is a value written into SQL (`tests/test_sql.py`).
"""

from __future__ import annotations

from pathlib import Path

import duckdb


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str, options: str) -> None:
    """Attach a file under a name; `options` as DuckDB writes them, `READ_ONLY`."""
    connection.execute(f"ATTACH {_text(str(path))} AS {_name(name)} ({options})")


def use(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make an attached database the one that unqualified names are of."""
    connection.execute(f"USE {_name(name)}")


def detach(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Let go of an attached file."""
    connection.execute(f"DETACH {_name(name)}")


def _text(value: str) -> str:
    escaped = value.replace("'", "''")
    return f"'{escaped}'"


def _name(value: str) -> str:
    escaped = value.replace('"', '""')
    return f'"{escaped}"'
