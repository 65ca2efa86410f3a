"""Derive figure tables again from the publishers' files, with the modules of `pipelines/sources` or as declared."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

from observatory.errors import SourceError, nearest
from observatory.registry.loading import load_catalogue
from observatory.registry.models import Source
from observatory.registry.reader import Reader
from pipelines import sources
from pipelines.capturing.fitting import parse_module
from pipelines.figures import Capture, Parsed, write_accounts, write_figures
from pipelines.layout import Layout


def source_ids() -> list[str]:
    """Sources that have a module, by id."""
    return sorted(module.name for module in pkgutil.iter_modules(sources.__path__))


def rederive(folder: Path, layout: Layout, chosen: list[str], progress: Callable[[str, str], None]) -> None:
    """Write the figure and accounts tables of the chosen sources, or of all that the catalogue holds.

    Raises:
        SourceError: the folder or one of its files is missing, or a source has no module.
    """
    if not folder.is_dir():
        raise SourceError(
            "no such folder", where=str(folder), fix="give the folder of the publishers' files with --from"
        )
    catalogued = _catalogued(layout, chosen)
    readers = {source.id: source.reader for source in catalogued if source.reader is not None}
    known = sorted({*source_ids(), *readers})
    wanted = chosen or [source.id for source in catalogued if source.id in known]
    if not wanted:
        fix = "add pipelines/sources/<id>.py, or declare `reader:`"
        raise SourceError("no source has a module or a `reader:`", where=str(layout.catalogue), fix=fix)
    for source_id in wanted:
        if source_id not in known:
            fix = nearest(source_id, known) or f"known are {', '.join(known)}"
            raise SourceError(f"no module or `reader:` for {source_id!r}", where="pipelines/sources", fix=fix)
        progress(source_id, f"{_rederive_one(source_id, readers.get(source_id), folder, layout)} rows")


def _catalogued(layout: Layout, chosen: list[str]) -> list[Source]:
    """Sources of the catalogue, which is not needed where a module reads each of the chosen."""
    if chosen and set(chosen) <= set(source_ids()):
        return []
    return load_catalogue(layout.catalogue).sources


def _parse(source_id: str, reader: Reader | None, folder: Path) -> Parsed:
    if reader is not None:
        from pipelines.completing import completed
        from pipelines.reading.declared import parse_declared

        return completed(parse_declared(Capture(folder), reader, source_id), counted=reader.combine == "count")
    module = importlib.import_module(f"pipelines.sources.{source_id}")
    for name in module.FILES:
        if not (folder / name).is_file():
            raise SourceError("a published file is missing", where=str(folder / name), fix=f"{source_id} needs it")
    return parse_module(module, Capture(folder))


def _rederive_one(source_id: str, reader: Reader | None, folder: Path, layout: Layout) -> int:
    parsed = _parse(source_id, reader, folder)
    layout.accounts_table(source_id).parent.mkdir(parents=True, exist_ok=True)
    write_figures(parsed.rows, layout.figures / f"{source_id}.csv")
    write_accounts(parsed.accounts, layout.accounts_table(source_id))
    return len(parsed.rows)
