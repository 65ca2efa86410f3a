"""An indicator of an edition as CSV, for the command line."""

from __future__ import annotations

from pathlib import Path

from observatory.editions import reads
from observatory.editions.exports import ExportContext, to_csv
from observatory.editions.opening import open_by_id, open_current
from observatory.errors import EditionError, nearest
from observatory.wording import Lang


def export_csv(editions: Path, edition_id: str | None, indicator_id: str, lang: Lang) -> bytes:
    """Every observation of an indicator, with where it comes from.

    Raises:
        EditionError: no such edition, or no such indicator in it.
    """
    edition = open_by_id(edition_id, editions) if edition_id else open_current(editions)
    indicators = {item.indicator_id: item for item in reads.indicators(edition)}
    if indicator_id not in indicators:
        fix = nearest(indicator_id, indicators)
        raise EditionError(f"no indicator {indicator_id!r}", where=edition.edition_id, fix=fix)
    rows = reads.observations(edition, indicator_id)
    used = {row.source_id for row in rows} | {row.denominator_source_id for row in rows}
    context = ExportContext(
        edition_id=edition.edition_id,
        built_on=edition.built_on,
        link=f"indicator?ind={indicator_id}&asof={edition.edition_id}",
        lang=lang,
        indicator=indicators[indicator_id],
        sources=[source for source in reads.sources(edition) if source.source_id in used],
        territories={area.territory_code: area.name for area in reads.territories(edition)},
    )
    return to_csv(rows, context)
