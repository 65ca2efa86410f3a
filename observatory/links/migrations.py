"""Old links: one pure function for every change of vocabulary, from page and parameters to page and parameters.

A released name is never given another meaning, so that each step may run over any link, old or new, and over links
that do not say their version (those a reader copied from the address bar). The list only grows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Query = dict[str, str]
Migration = Callable[[str, Query], tuple[str, Query]]

MIGRATIONS: tuple[Migration, ...] = ()  # version 1 is the first that was released


def migrated(
    page: str, query: Mapping[str, str], steps: Sequence[Migration] = MIGRATIONS, *, version: int = 1
) -> tuple[str, Query]:
    """A link in today's vocabulary; `v`, when it says one, is raised to `version`."""
    changed = dict(query)
    for step in steps:
        page, changed = step(page, dict(changed))
    if steps and "v" in changed:
        changed["v"] = str(version)
    return page, changed
