"""The checks of an edition. Each has a name and answers with what breaks it; a warning does not stop a build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import duckdb

from observatory.rows.account import CheckRow
from pipelines.inserting import SQL, insert
from pipelines.read_territory import OUTLINES, RESTORE, rings

WARNINGS = frozenset({"rows_quarantined", "rows_without_denominator", "breaks_within_series"})
VERTEX_BUDGETS = {"locality": 2500, "upl": 5000}


@dataclass(frozen=True)
class Finding:
    """What breaks a check."""

    subject: str
    detail: str


def check_edition(connection: duckdb.DuckDBPyConnection) -> list[CheckRow]:
    """Run every check on an assembled edition and keep the results in `check_result`."""
    results = [row for name, found in _all_checks(connection) for row in _results(name, found)]
    insert(connection, "check_result", results)
    return results


def failures(results: Iterable[CheckRow]) -> list[str]:
    """One line for each failed result: subject, rule, detail."""
    return [f"{row.subject}: {row.check_id}: {row.detail}" for row in results if row.status == "failed"]


def counted(results: Sequence[CheckRow]) -> str:
    """How many results of how many checks there are, and of each status: `80 results of 58 checks: 52 passed, …`."""
    told = (f"{sum(row.status == status for row in results)} {status}" for status in ("passed", "warned", "failed"))
    return f"{len(results)} results of {len({row.check_id for row in results})} checks: {', '.join(told)}"


def _all_checks(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, list[Finding]]]:
    yield "catalogue", []  # loaded strictly before anything else; a broken one never comes this far
    yield "figures", []
    for path in sorted((SQL / "checks").glob("*.sql")):
        rows = connection.execute(path.read_text(encoding="utf-8")).fetchall()
        yield path.stem, [Finding(subject, detail) for subject, detail in rows]
    outlines = connection.execute("SELECT territory_code, level, geojson FROM geometry").fetchall()
    codes = dict(connection.execute("SELECT territory_code, level FROM territory").fetchall())
    yield (
        "outlines_present",
        [
            Finding(f"data/territory/{OUTLINES[level]}", f"the outlines of level {level} are not there → {RESTORE}")
            for level in _missing_levels(outlines)
        ],
    )
    yield "outlines_whole", list(_outline_findings(outlines, codes))


def _results(name: str, found: list[Finding]) -> list[CheckRow]:
    if not found:
        return [CheckRow(name, "edition", "passed", "")]
    status = "warned" if name in WARNINGS else "failed"
    return [CheckRow(name, finding.subject, status, finding.detail) for finding in found]


def _missing_levels(outlines: list[tuple[str, str, str]]) -> list[str]:
    present = {level for _, level, _ in outlines}
    return [level for level in OUTLINES if level not in present]


def _outline_findings(outlines: list[tuple[str, str, str]], codes: dict[str, str]) -> Iterator[Finding]:
    for level in {level for _, level, _ in outlines}:
        chosen = {code: rings(geojson) for code, outline_level, geojson in outlines if outline_level == level}
        expected = {code for code, territory_level in codes.items() if territory_level == level}
        for code in sorted(expected ^ set(chosen)):
            yield Finding(code, f"outline and territory differ at level {level}")
        vertices = sum(len(ring) for lines in chosen.values() for ring in lines)
        if vertices > VERTEX_BUDGETS.get(level, vertices):
            yield Finding(level, f"{vertices} vertices, at most {VERTEX_BUDGETS[level]}")
        for code, lines in sorted(chosen.items()):
            if any(len(ring) < 4 or ring[0] != ring[-1] for ring in lines):
                yield Finding(code, "a ring is not closed")
