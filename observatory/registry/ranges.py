"""Declared readers know the valid range of the indicator that shows what they read, so that a value outside it is told
with its row in the publisher's file.
"""

from __future__ import annotations

from observatory.registry.models import Catalogue, Source
from observatory.registry.reader import Reader, ValuePart


def with_valid_ranges(catalogue: Catalogue) -> Catalogue:
    """The catalogue, whose readers have `lowest` and `highest` of every measure that an indicator shows as it is."""
    sources = [
        source.model_copy(update={"reader": _bounded(source, source.reader, catalogue)}) if source.reader else source
        for source in catalogue.sources
    ]
    return catalogue.model_copy(update={"sources": sources})


def _bounded(source: Source, reader: Reader, catalogue: Catalogue) -> Reader:
    if reader.combine != "none":  # a row is a part of a figure, which its indicator says nothing of
        return reader
    values = {
        measure: _within(part, valid_range(catalogue, source.id, measure)) for measure, part in reader.values.items()
    }
    return reader.model_copy(update={"values": values})


def valid_range(catalogue: Catalogue, source_id: str, measure: str) -> tuple[float, float] | None:
    """What a measure may be: the widest range of the indicators that show all of it as it is; None without one."""
    ranges = [
        item.valid_range
        for item in catalogue.indicators
        if item.value is not None
        and (item.value.source, item.value.measure, item.value.category) == (source_id, measure, None)
    ]
    return (min(low for low, _ in ranges), max(high for _, high in ranges)) if ranges else None


def _within(part: ValuePart, bounds: tuple[float, float] | None) -> ValuePart:
    """The part with the bounds it does not declare, in the unit of the file."""
    if bounds is None:
        return part
    low, high = (round(bound / part.scale, 10) for bound in bounds)
    return part.model_copy(
        update={
            "lowest": low if part.lowest is None else part.lowest,
            "highest": high if part.highest is None else part.highest,
        }
    )
