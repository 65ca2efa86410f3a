"""Sentences computed from rows, in Spanish and English; pure. Templates stand under `sentence:` in the wording."""

from __future__ import annotations

from observatory.sentences.alternatives import places_alt, scatter_alt, silence_alt, slope_alt, trend_alt
from observatory.sentences.finding import finding, source_line, subtitle
from observatory.sentences.grammar import dated, listed, subject, when
from observatory.sentences.overview import (
    best,
    due_steps,
    overdue,
    status_counts,
    statuses,
    step_name,
    theme_summary,
    trends,
    worst,
)

__all__ = [
    "best",
    "dated",
    "due_steps",
    "finding",
    "listed",
    "overdue",
    "places_alt",
    "scatter_alt",
    "silence_alt",
    "slope_alt",
    "source_line",
    "status_counts",
    "statuses",
    "step_name",
    "subject",
    "subtitle",
    "theme_summary",
    "trend_alt",
    "trends",
    "when",
    "worst",
]
