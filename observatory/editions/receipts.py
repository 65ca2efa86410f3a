"""Reads for receipts: from a number back to the lines of the figure tables, and the number computed again from them."""

from __future__ import annotations

from observatory.editions.opening import Edition, query_text
from observatory.receipt import EntityRow, FigureLine, QuantityRow, Recomputed
from observatory.rows.observation import Observation


def entities(edition: Edition) -> list[EntityRow]:
    """Offices and publishers, by id."""
    return edition.rows("entities", EntityRow)


def quantities(edition: Edition, indicator_id: str) -> list[QuantityRow]:
    """The parts of an indicator: its value, or numerator and denominator."""
    return edition.rows("quantities", QuantityRow, indicator_id=indicator_id)


def lines(edition: Edition, quantity: QuantityRow, territory_code: str | None) -> list[FigureLine]:
    """Lines of the measure behind a part, in one territory or in all."""
    bound = {"source_id": quantity.source_id, "measure": quantity.measure, "territory_code": territory_code}
    return edition.rows("figure_lines", FigureLine, **bound)


def bound_values(row: Observation) -> dict[str, str]:
    """What names a number: the values that its query is bound to."""
    return {
        "indicator_id": row.indicator_id,
        "territory_code": row.territory_code,
        "period": row.period,
        "disaggregation": row.disaggregation,
    }


def observed(
    edition: Edition, indicator_id: str, territory_code: str, period: str, disaggregation: str
) -> Observation | None:
    """One observation, or None when the edition has no such row."""
    bound = {"indicator_id": indicator_id, "territory_code": territory_code}
    found = edition.rows("observed", Observation, **bound, period=period, disaggregation=disaggregation)
    return found[0] if found else None


def recomputed(edition: Edition, row: Observation) -> Recomputed | None:
    """The number again, from the figure lines; None when no line is behind it."""
    found = edition.rows("recomputed", Recomputed, **bound_values(row))
    return found[0] if found else None


def bound_sql(row: Observation) -> str:
    """The query of `recomputed` with its values written in, to be run on the edition's file by anybody."""
    text = query_text("recomputed")
    for name, value in bound_values(row).items():
        text = text.replace(f"${name}", "'" + value.replace("'", "''") + "'")
    return text
