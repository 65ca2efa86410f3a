"""Files that somebody brought: copied as they are, archives looked into before they count."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from observatory.errors import nearest
from pipelines.connectors.archives import ArchiveLimits, inspect_archive, inspect_gzip, unsafe_name
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.http import Report, silent, too_large
from pipelines.connectors.job import Taken

ARCHIVES = (".zip", ".xlsx", ".xlsb", ".ods", ".kmz")
CHUNK = 1 << 20


def take(
    origin: Path, folder: Path, *, names: list[str], ceiling: int, known_as: str | None = None, report: Report = silent
) -> Taken:
    """Copy a file, or those of a folder, into a capture.

    Args:
        origin: a file or a folder.
        folder: where the copies go.
        names: paths inside the folder that are wanted; all regular files when empty.
        ceiling: bytes at most, all together.
        known_as: the name a single file gets; its own when None.
        report: told how far the copying is.

    Raises:
        CaptureError: a file is missing, empty, too large or not safe to open.
    """
    chosen = _chosen(origin, names, known_as)
    total = sum(path.stat().st_size for path, _ in chosen)
    if total > ceiling:
        raise too_large(ceiling, str(origin))
    done = 0
    for path, name in chosen:
        _check(path, ceiling)
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target, follow_symlinks=True)
        done += path.stat().st_size
        report(done, total, "bytes")
    changed = max(path.stat().st_mtime for path, _ in chosen)
    return Taken(origin.resolve().name, published=dt.datetime.fromtimestamp(changed, dt.UTC))


def _chosen(origin: Path, names: list[str], known_as: str | None) -> list[tuple[Path, str]]:
    """Files and the names they get."""
    if origin.is_file():
        return [(origin, known_as or origin.name)]
    if not origin.is_dir():
        raise CaptureError("no such file or folder", where=str(origin), fix="check the path after --from")
    found = {path.relative_to(origin).as_posix(): path for path in sorted(origin.rglob("*")) if _regular(path, origin)}
    if not names and not found:
        raise CaptureError("the folder is empty", where=str(origin), fix="check the path after --from")
    return [(_wanted(name, found, origin), name) for name in names] if names else [(p, n) for n, p in found.items()]


def _regular(path: Path, origin: Path) -> bool:
    """Whether a path is a visible file inside the folder, not a link that leads out of it."""
    visible = not any(part.startswith(".") for part in path.relative_to(origin).parts)
    return visible and path.is_file() and path.resolve().is_relative_to(origin.resolve())


def _wanted(name: str, found: dict[str, Path], origin: Path) -> Path:
    reason = unsafe_name(name)
    if reason:
        raise CaptureError(f"{name!r} {reason}", where=str(origin), fix="correct the source's list of files")
    by_name = [path for key, path in found.items() if key == name or key.rpartition("/")[2] == name.rpartition("/")[2]]
    exact = found.get(name) or (by_name[0] if len(by_name) == 1 else None)
    if exact is None:
        fix = nearest(name, found) or f"the folder holds {', '.join(list(found)[:20]) or 'nothing'}"
        raise CaptureError(f"{name} is not there", where=str(origin), fix=fix)
    return exact


def _check(path: Path, ceiling: int) -> None:
    limits = ArchiveLimits(unpacked_bytes=4 * ceiling)
    if path.stat().st_size == 0:
        raise CaptureError("the file is empty", where=str(path), fix="export or download it again")
    if path.suffix.lower() in ARCHIVES:
        inspect_archive(path, limits)
    elif path.suffix.lower() == ".gz":
        inspect_gzip(path, limits)
