"""The SQL of `cells.sql` for a shape of records, in the dialect of an engine."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import sqlglot
from sqlglot import expressions as sql

from pipelines.engine.records import Group, Shape

Dialect = Literal["duckdb", "spark"]
CELLS = Path(__file__).with_name("cells.sql")


def cells_sql(shape: Shape, dialect: Dialect) -> str:
    """The statement: `flag` once for every flag, and without what the records do not have."""
    query = sqlglot.parse_one(CELLS.read_text(encoding="utf-8"), read="duckdb", into=sql.Select)
    chosen = [column for wanted in query.selects for column in _expanded(wanted, shape)]
    query.set("expressions", chosen)
    group = query.args["group"]
    group.set("expressions", [key for key in group.expressions if not _lacks(key, shape)])
    return str(query.sql(dialect=dialect, comments=False))


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


def columns_of(shape: Shape, dialect: Dialect, *, is_text: bool) -> dict[str, str]:
    """What `record` holds, as SQL over the columns of the files; `is_text` says that flags come as text."""
    named = {"happened": shape.time, "category": shape.category, "weight": shape.weight}
    named |= {"x": shape.x, "y": shape.y} if shape.has_points else {"place": shape.place}
    chosen = {name: quoted(column, dialect) for name, column in named.items() if column is not None}
    for name, column in shape.flags.items():
        chosen[name] = quoted(column, dialect)
        if is_text and shape.yes is not None:
            chosen[name] += f" = {literal(shape.yes, dialect)}"
    return chosen


def quoted(name: str, dialect: Dialect) -> str:
    """A name as SQL writes it."""
    return str(sql.to_identifier(name, quoted=True).sql(dialect=dialect))


def literal(text: str, dialect: Dialect) -> str:
    """A text as SQL writes it."""
    return str(sql.Literal.string(text).sql(dialect=dialect))


def group_of(row: dict[str, object], shape: Shape) -> Group:
    """A group from a row of an engine's answer."""
    month, weight = row["month"], row.get("weight")
    return Group(
        place=None if row["place"] is None else str(row["place"]),
        month=None if month is None else str(month)[:10],
        category=None if row.get("category") is None else str(row["category"]),
        records=int(str(row["records"])),
        flags=tuple(int(str(row[name])) for name in shape.flags),
        weight=None if weight is None else float(str(weight)),
    )


def in_order(groups: list[Group]) -> list[Group]:
    """Groups by place, month and category, none first."""
    return sorted(groups, key=lambda group: (group.place or "", group.month or "", group.category or ""))
