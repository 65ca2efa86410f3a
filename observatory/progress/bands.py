"""From a share of the way due to a status, by the bands of the catalogue."""

from __future__ import annotations

from observatory.registry.models import Bands

TOLERANCE = 1e-9  # what arithmetic may add to a share: 0.15 of 0.12 due is 1.2500000000000002 and means 125 %


def band(share: float, bands: Bands) -> str:
    """The status of a share of the way due: lagging, at_risk, on_track or over_executed; a band owns its upper edge.

    A share within `TOLERANCE` of an edge is at it.
    """
    if not is_above(share, bands.at_risk_above):
        return "lagging"
    if not is_above(share, bands.on_track_above):
        return "at_risk"
    return "over_executed" if is_above(share, bands.over_executed_above) else "on_track"


def is_above(share: float, edge: float) -> bool:
    """Whether a share lies beyond an edge, and not merely by what arithmetic added to it."""
    return share > edge + TOLERANCE
