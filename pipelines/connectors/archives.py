"""Looking into archives without trusting them: bombs, paths that climb out, links, passwords, damage."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines.connectors.errors import CaptureError

CHUNK = 1 << 16
ENCRYPTED = 0x1


@dataclass(frozen=True)
class ArchiveLimits:
    """How much an archive may unfold into; `ratio` counts from the first `free` bytes on."""

    unpacked_bytes: int = 4 << 30
    members: int = 10_000
    ratio: float = 200.0
    free: int = 16 << 20


def inspect_archive(path: Path, limits: ArchiveLimits | None = None) -> list[str]:
    """The members of a ZIP (XLSX, zipped shapefile …), every one of them read to its end; nothing is written.

    Raises:
        CaptureError: not safe to open, or damaged.
    """
    allowed = limits or ArchiveLimits()
    try:
        with zipfile.ZipFile(path) as archive:
            members = _named(archive, path, allowed)
            _unfold(archive, members, path, allowed)
            return [member.filename for member in members]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise CaptureError(f"the archive is damaged: {error}", where=path.name, fix="take it again") from error


def _named(archive: zipfile.ZipFile, path: Path, limits: ArchiveLimits) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > limits.members:
        raise CaptureError(f"{len(members)} members", where=path.name, fix=f"at most {limits.members} are opened")
    for member in members:
        reason = unsafe_name(member.filename) or _unsafe_member(member)
        if reason:
            raise CaptureError(
                f"{member.filename!r} {reason}", where=path.name, fix="it is not opened; ask the publisher"
            )
    declared = sum(member.file_size for member in members)
    _limit(declared, path, limits)
    return [member for member in members if not member.is_dir()]


def unsafe_name(name: str) -> str | None:
    """Why a member's name may not become a path; None when it may."""
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ":" in name or "\0" in name:
        return "is an absolute path"
    return "climbs out of its folder" if ".." in parts.parts else None


def _unsafe_member(member: zipfile.ZipInfo) -> str | None:
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link"
    return "is locked with a password" if member.flag_bits & ENCRYPTED else None


def _unfold(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], path: Path, limits: ArchiveLimits) -> None:
    """Count what really comes out: sizes in headers can lie."""
    size = 0
    for member in members:
        with archive.open(member) as file:
            while piece := file.read(CHUNK):
                size += len(piece)
                _limit(size, path, limits)


def _limit(size: int, path: Path, limits: ArchiveLimits) -> None:
    if size > limits.unpacked_bytes:
        what = f"it unfolds into more than {limits.unpacked_bytes >> 20} MB"
        raise CaptureError(what, where=path.name, fix="raise --limit-mb if that is meant")
    if size > limits.free and size > limits.ratio * path.stat().st_size:
        what = f"it unfolds to more than {limits.ratio:.0f} times its size"
        raise CaptureError(what, where=path.name, fix="it looks like a bomb and is not opened")


def inspect_gzip(path: Path, limits: ArchiveLimits | None = None) -> None:
    """Read a `.gz` to its end.

    Raises:
        CaptureError: it unfolds beyond the limits, or is damaged.
    """
    size = 0
    try:
        with gzip.open(path) as file:
            while piece := file.read(CHUNK):
                size += len(piece)
                _limit(size, path, limits or ArchiveLimits())
    except (OSError, EOFError, zlib.error) as error:
        raise CaptureError(f"the archive is damaged: {error}", where=path.name, fix="take it again") from error
