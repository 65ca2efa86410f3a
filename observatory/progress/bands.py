"""From a share of the way due to a status, by the bands of the catalogue."""

from __future__ import annotations

from observatory.registry.models import Bands


def band(share: float, bands: Bands) -> str:
    """The status of a share of the way due: lagging, at_risk, on_track or over_executed; a band owns its upper edge."""
    if share <= bands.at_risk_above:
        return "lagging"
    if share <= bands.on_track_above:
        return "at_risk"
    return "on_track" if share <= bands.over_executed_above else "over_executed"
