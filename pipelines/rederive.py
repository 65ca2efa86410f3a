"""Derive figure tables again from the publishers' files, with the modules of `pipelines/sources`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from observatory.errors import SourceError, nearest
from observatory.registry.loading import load_catalogue
from pipelines import sources
from pipelines.figures import Capture, write_accounts, write_figures
from pipelines.layout import Layout


def source_ids() -> list[str]:
    """Sources that have a module, by id."""
    return sorted(module.name for module in pkgutil.iter_modules(sources.__path__))


def rederive(folder: Path, layout: Layout, chosen: list[str], progress: Callable[[str, str], None]) -> None:
    """Write the figure and accounts tables of the chosen sources, or of all that the catalogue holds.

    Raises:
        SourceError: the folder or one of its files is missing, or a source has no module.
    """
    known = source_ids()
    if not folder.is_dir():
        raise SourceError(
            "no such folder", where=str(folder), fix="give the folder of the publishers' files with --from"
        )
    in_catalogue = {source.id for source in load_catalogue(layout.catalogue).sources} if not chosen else set()
    for source_id in chosen or [source_id for source_id in known if source_id in in_catalogue]:
        if source_id not in known:
            raise SourceError(f"no module for {source_id!r}", where="pipelines/sources", fix=nearest(source_id, known))
        rows = _rederive_one(importlib.import_module(f"pipelines.sources.{source_id}"), source_id, folder, layout)
        progress(source_id, f"{rows} rows")


def _rederive_one(module: ModuleType, source_id: str, folder: Path, layout: Layout) -> int:
    for name in module.FILES:
        if not (folder / name).is_file():
            raise SourceError("a published file is missing", where=str(folder / name), fix=f"{source_id} needs it")
    parsed = module.parse(Capture(folder))
    layout.accounts_table(source_id).parent.mkdir(parents=True, exist_ok=True)
    write_figures(parsed.rows, layout.figures / f"{source_id}.csv")
    write_accounts(parsed.accounts, layout.accounts_table(source_id))
    return len(parsed.rows)
