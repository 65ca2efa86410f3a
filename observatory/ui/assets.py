"""The frontend's files, compressed once and kept on disk, so that a first visit is light.

Streamlit ships its JavaScript as it is, 12 MB for a page with a chart and a map, and serves it so. Here every file is
compressed once per version of Streamlit (brotli where the browser takes it, gzip elsewhere: browsers ask for brotli
only over https or on localhost) and read from `build/static/<version>/`. What is not there yet is compressed on demand,
quickly and less well, so that nothing depends on the store.

    python -m observatory.ui.assets      # fill the store (python tasks.py setup does it)
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import brotli
import streamlit
from streamlit import file_util

from observatory.ui.live import plotly_script

Encoding = Literal["br", "gzip"]
ENCODINGS: tuple[Encoding, ...] = ("br", "gzip")
COMPRESSIBLE = frozenset({".js", ".css", ".svg", ".json"})
SMALLEST = 512  # bytes: below it, headers weigh more than what compression saves
THOROUGH = {"br": 10, "gzip": 9}  # brotli 11 saves 2 % more in twice the time
QUICK = {"br": 5, "gzip": 6}
REPOSITORY = Path(__file__).resolve().parent.parent.parent


def frontend_folder() -> Path:
    """Where the installed Streamlit keeps `index.html`, `manifest.json` and `static/`."""
    return Path(file_util.get_static_dir())


def store_folder() -> Path:
    """Where compressed files are kept: `$OBSERVATORY_CACHE/static` or `build/static`, by version of Streamlit."""
    cache = os.environ.get("OBSERVATORY_CACHE")
    return (Path(cache) if cache else REPOSITORY / "build") / "static" / streamlit.__version__


@dataclass(frozen=True)
class Asset:
    """One file as it goes over the wire; `etag` names these very bytes."""

    body: bytes
    encoding: Encoding
    media_type: str
    etag: str


class Assets:
    """The compressible files below `source`, looked up by their path in an address (`js/index.abc.js`).

    Without a source: those of Streamlit's frontend, and plotly's script.
    """

    def __init__(self, source: Path | None = None, store: Path | None = None) -> None:
        folder = source or frontend_folder() / "static"
        self._files = {path.relative_to(folder).as_posix(): path for path in _compressible(folder)}
        if source is None:
            self._files |= dict([plotly_script()])
        self._store = store or store_folder()
        self._ready: dict[tuple[str, Encoding], Asset] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def names(self) -> list[str]:
        """Every file that is served compressed, largest first."""
        return sorted(self._files, key=lambda name: -self._files[name].stat().st_size)

    def get(self, name: str, encoding: Encoding) -> Asset:
        """A file in an encoding: from memory, else from the store, else compressed now.

        Raises:
            KeyError: no such file.
        """
        key = (name, encoding)
        if key not in self._ready:
            kept = self._kept(name, encoding)
            body = kept.read_bytes() if kept.exists() else _compressed(self._files[name], encoding, QUICK)
            media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
            self._ready[key] = Asset(body, encoding, media_type, f'"{hashlib.sha256(body).hexdigest()[:20]}"')
        return self._ready[key]

    def missing(self) -> list[tuple[str, Encoding]]:
        """What the store does not hold yet, largest first."""
        return [(name, how) for name in self.names() for how in ENCODINGS if not self._kept(name, how).exists()]

    def prepare(self, report: Callable[[int, int], None]) -> int:
        """Fill the store on two threads; `report(done, total)` after each file. Returns how many files were made.

        Raises:
            OSError: the store cannot be written.
        """
        missing = self.missing()
        with ThreadPoolExecutor(max_workers=2) as pool:
            for done, _ in enumerate(pool.map(lambda item: self._keep(*item), missing), start=1):
                report(done, len(missing))
        return len(missing)

    def _kept(self, name: str, encoding: Encoding) -> Path:
        return self._store / f"{name}.{encoding}"

    def _keep(self, name: str, encoding: Encoding) -> None:
        target = self._kept(name, encoding)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f"{target.name}.{os.getpid()}.part")
        beside.write_bytes(_compressed(self._files[name], encoding, THOROUGH))
        beside.replace(target)


def _compressible(source: Path) -> Iterator[Path]:
    for path in sorted(source.rglob("*")):
        if path.suffix in COMPRESSIBLE and path.stat().st_size >= SMALLEST:
            yield path


def _compressed(path: Path, encoding: Encoding, quality: dict[str, int]) -> bytes:
    plain = path.read_bytes()
    if encoding == "br":
        return bytes(brotli.compress(plain, quality=quality["br"], lgwin=24))
    return gzip.compress(plain, quality["gzip"], mtime=0)


def main() -> int:
    """Fill the store, with a line of progress."""
    started = told = time.perf_counter()

    def report(done: int, total: int) -> None:
        nonlocal told
        now = time.perf_counter()
        if done == total or now - told > 2:
            told = now
            sys.stdout.write(f"    {done} of {total} frontend files, {now - started:.0f} s\n")
            sys.stdout.flush()

    try:
        Assets().prepare(report)
    except OSError as error:
        sys.stderr.write(f"{store_folder()}: {error.strerror} → set OBSERVATORY_CACHE to a folder you can write to\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
