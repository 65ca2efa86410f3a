"""The SQL of `cells.sql` for a shape of records, in the dialect of an engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import sqlglot
from sqlglot import expressions as sql
from sqlglot.dialects import DuckDB, Spark

from pipelines.engine.records import Group, Shape

Dialect = Literal["duckdb", "spark"]
DIALECTS = {"duckdb": DuckDB, "spark": Spark}  # sqlglot would import each only when it is first asked for
CELLS = Path(__file__).with_name("cells.sql")


def cells_sql(shape: Shape, dialect: Dialect) -> str:
    """The statement: `flag` once for every flag, and without what the records do not have."""
    query = sqlglot.parse_one(CELLS.read_text(encoding="utf-8"), read="duckdb", into=sql.Select)
    chosen = [column for wanted in query.selects for column in _expanded(wanted, shape)]
    query.set("expressions", chosen)
    group = query.args["group"]
    group.set("expressions", [key for key in group.expressions if not _lacks(key, shape)])
    return str(query.sql(dialect=DIALECTS[dialect], comments=False))


def _expanded(column: sql.Expr, shape: Shape) -> list[sql.Expr]:
    if _lacks(column, shape):
        return []
    if column.alias_or_name != "flag":
        return [column]
    return [_renamed(column, name) for name in shape.flags]


def _renamed(column: sql.Expr, name: str) -> sql.Expr:
    renamed = column.copy()
    for identifier in list(renamed.find_all(sql.Identifier)):
        if identifier.this == "flag":
            identifier.set("this", name)
    return renamed


def _lacks(column: sql.Expr, shape: Shape) -> bool:
    names = {identifier.this for identifier in column.find_all(sql.Identifier)}
    return ("category" in names and shape.category is None) or ("weight" in names and shape.weight is None)


def columns_of(shape: Shape, dialect: Dialect, yes: str | None) -> list[str]:
    """What `record` holds, as SQL over the columns of the files: `"Fecha" AS "happened"`.

    Args:
        shape: names of the columns.
        dialect: of the engine.
        yes: what flags that come as text are held against, as SQL writes it; None where they are true or false.
    """
    named = {"happened": shape.time, "category": shape.category, "weight": shape.weight}
    named |= {"x": shape.x, "y": shape.y} if shape.has_points else {"place": shape.place}
    chosen = {name: _typed(name, column, dialect) for name, column in named.items() if column is not None}
    for name, column in shape.flags.items():
        chosen[name] = quoted(column, dialect)
        if yes is not None:
            chosen[name] += f" = {yes}"
    return [f"{column} AS {quoted(name, dialect)}" for name, column in chosen.items()]


def _typed(name: str, column: str, dialect: Dialect) -> str:
    """A column as text or number where `record` promises so: a Parquet file may hold codes as integers, or decimals."""
    text = {"duckdb": "VARCHAR", "spark": "STRING"}[dialect]
    kind = {"place": text, "category": text, "weight": "DOUBLE"}.get(name)
    return quoted(column, dialect) if kind is None else f"CAST({quoted(column, dialect)} AS {kind})"


def quoted(name: str, dialect: Dialect) -> str:
    """A name as SQL writes it."""
    return str(sql.to_identifier(name, quoted=True).sql(dialect=dialect))


def literal(text: str, dialect: Dialect) -> str:
    """A text as SQL writes it."""
    return str(sql.Literal.string(text).sql(dialect=dialect))


def groups_of(rows: Iterable[Sequence[Any]], shape: Shape) -> list[Group]:
    """Groups from the rows of an engine's answer, whose columns stand as in `cells.sql`; in order of their keys."""
    first = 2 if shape.category is None else 3  # after place, month and category
    end = first + 1 + len(shape.flags)
    return in_order(
        [
            Group(
                place=row[0],
                month=None if row[1] is None else row[1].isoformat(),
                category=row[2] if first == 3 else None,
                records=row[first],
                flags=tuple(row[first + 1 : end]),
                weight=row[end] if shape.weight is not None else None,
            )
            for row in rows
        ]
    )


def in_order(groups: list[Group]) -> list[Group]:
    """Groups by place, month and category, none first."""
    return sorted(groups, key=lambda group: (group.place or "", group.month or "", group.category or ""))
