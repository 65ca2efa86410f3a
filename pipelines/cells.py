"""The command `cells`: records of any number to indicator cells by locality and month, as a figure table.

python -m pipelines cells crashes.csv --time Fecha --place Localidad --flag con_moto=Con_Moto --output cells.csv
python -m pipelines cells 's3a://store/crashes/*.parquet' --time t --place l --engine spark --master spark://host:7077
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from observatory.errors import FigureError
from pipelines.commands import Commands, Progress, command
from pipelines.layout import Layout

if TYPE_CHECKING:
    from pipelines.engine.figures import Cells
    from pipelines.engine.records import Groups, Records, Refusal, Shape
    from pipelines.places import Places

SHOWN = 20  # refused lines told one by one


def add_command(commands: Commands) -> None:
    """Register `cells` with the commands of `python -m pipelines`."""
    parser = command(commands, "cells", run, "records to indicator cells by locality and month")
    parser.add_argument("records", metavar="RECORDS", help="CSV or Parquet, one file or a pattern")
    parser.add_argument("--time", required=True, metavar="COLUMN")
    parser.add_argument("--time-format", metavar="FORMAT", help="of a CSV, such as %%d/%%m/%%Y; ISO 8601 when left out")
    parser.add_argument("--place", metavar="COLUMN", help="locality, by code or name")
    parser.add_argument("--x", metavar="COLUMN", help="longitude in degrees, instead of a place")
    parser.add_argument("--y", metavar="COLUMN", help="latitude in degrees")
    parser.add_argument("--category", metavar="COLUMN")
    parser.add_argument("--flag", action="append", default=[], metavar="MEASURE=COLUMN", help="may be given repeatedly")
    parser.add_argument("--yes", metavar="TEXT", help="what a flag says when it is true, such as SI")
    parser.add_argument("--weight", metavar="COLUMN", help="a number to add up")
    parser.add_argument("--delimiter", metavar="MARK")
    parser.add_argument("--decimal", choices=[".", ","], default=".")
    parser.add_argument("--by", choices=["month", "year"], default="month")
    _add_engine(parser)
    parser.add_argument("--output", type=Path, metavar="FILE", help="figure table to write")


def _add_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    parser.add_argument("--master", metavar="URL", help="of the Spark cluster, spark://host:7077")
    parser.add_argument("--memory", default="1GB", metavar="SIZE", help="of DuckDB")
    parser.add_argument("--threads", type=int, metavar="N", help="of DuckDB; every core when left out")
    parser.add_argument("--parquet", type=Path, metavar="FILE", help="write the records as Parquet, and nothing else")


def run(options: argparse.Namespace, _layout: Layout, progress: Progress) -> int:
    """Run the command: 0 when all is well; the accounts go to the error stream."""
    from pipelines.engine.figures import cells_of
    from pipelines.engine.records import Records
    from pipelines.figures import write_figures

    if (options.output is None) == (options.parquet is None):
        raise FigureError("one result is written", where="cells", fix="give either --output or --parquet")
    shape = _shape(options)
    records = Records(options.records, shape)
    if options.parquet:
        return _to_parquet(options, records, progress)
    groups = _groups(options, records)
    progress("cells", f"{groups.records} records, {len(groups.rows)} groups, on {options.engine}")
    cells = cells_of(groups, shape, Path(options.records).name, options.by)
    _tell(cells, groups)
    write_figures(cells.rows, options.output)
    return 0


def _shape(options: argparse.Namespace) -> Shape:
    from pipelines.engine.records import Shape

    flags = dict(_flag(written) for written in options.flag)
    return Shape(
        time=options.time,
        place=options.place,
        x=options.x,
        y=options.y,
        category=options.category,
        flags=flags,
        weight=options.weight,
        time_format=options.time_format,
        yes=options.yes,
        delimiter=options.delimiter,
        decimal=options.decimal,
    )


def _flag(written: str) -> tuple[str, str]:
    measure, mark, column = written.partition("=")
    if not mark:
        raise FigureError(f"{written!r} is no flag", where="--flag", fix="write MEASURE=COLUMN")
    return measure, column


def _groups(options: argparse.Namespace, records: Records) -> Groups:
    areas = _areas() if records.shape.has_points else None
    if options.engine == "spark":
        if not options.master:
            raise FigureError("no cluster", where="--engine spark", fix="give --master spark://host:7077")
        from pipelines.engine.on_spark import group_on_spark

        return group_on_spark(records, options.master, areas)
    from pipelines.engine.on_duckdb import Resources, group_on_duckdb

    return group_on_duckdb(records, areas, Resources(options.memory, options.threads))


def _areas() -> Places:
    from pipelines.places import known_places

    return known_places("locality")


def _to_parquet(options: argparse.Namespace, records: Records, progress: Progress) -> int:
    from pipelines.engine.on_duckdb import Resources, write_parquet

    rows, refused = write_parquet(records, options.parquet, Resources(options.memory, options.threads))
    progress("parquet", f"{rows} records in {options.parquet}")
    _tell_refused(refused)
    return 0


def _tell(cells: Cells, groups: Groups) -> None:
    for account in cells.accounts:
        sys.stderr.write(f"{account.rows:>12} {account.outcome} {account.rule}\n")
    for name, hint in cells.unknown.items():
        sys.stderr.write(f"no locality: {name!r}{' → ' + hint if hint else ''}\n")
    _tell_refused(groups.refused)


def _tell_refused(refused: list[Refusal]) -> None:
    for refusal in refused[:SHOWN]:
        sys.stderr.write(f"line {refusal.line}, {refusal.column}: {refusal.rule}: {refusal.value}\n")
