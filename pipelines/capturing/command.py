"""The command `capture`: take what publishers publish, or files somebody brought, and keep the bytes.

`python -m pipelines capture [SOURCE…] [--from PATH] [--due] [--list] [--allow-private] [--limit-mb N]
[--addresses FILE]`

Exit codes: 0 everything asked for is here, 1 some source failed (the others were taken), 2 the command or
`addresses.yaml` is wrong, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from observatory.errors import ObservatoryError, nearest, of_system
from pipelines.commands import Commands, Progress, command
from pipelines.layout import Layout

if TYPE_CHECKING:
    from pipelines.capturing.addresses import Book
    from pipelines.capturing.captures import Captures
    from pipelines.capturing.take import Outcome, Settings
    from pipelines.clock import Clock
    from pipelines.connectors.errors import CaptureError

DEFAULT_LIMIT_MB = 1024
TOKEN_VARIABLE = "SOCRATA_APP_TOKEN"  # noqa: S105  # the name of an environment variable, no secret
FINE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130

Step = Callable[[str], "Outcome"]


def add_command(commands: Commands) -> None:
    """Register `capture` with the commands of `python -m pipelines`."""
    parser = command(commands, "capture", run, "take what publishers publish and keep the bytes")
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="all declared ones when none is named")
    parser.add_argument("--from", dest="origin", type=Path, metavar="PATH", help="a file or folder instead of the net")
    parser.add_argument("--due", action="store_true", help="only what its calendar says is due")
    parser.add_argument("--list", action="store_true", help="declared sources, their newest capture and what is due")
    parser.add_argument("--allow-private", action="store_true", help="also private and loopback addresses")
    parser.add_argument("--limit-mb", type=_positive, default=DEFAULT_LIMIT_MB, metavar="N", help="ceiling per source")
    parser.add_argument("--addresses", type=Path, metavar="FILE", help="another file of addresses")


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no positive number")
    return int(text)


def run(options: argparse.Namespace, layout: Layout, _progress: Progress) -> int:
    """Run the command; see the module for exit codes."""
    from pipelines.capturing.captures import Captures
    from pipelines.capturing.read_addresses import ADDRESSES, load_addresses
    from pipelines.clock import Clock

    try:
        book = load_addresses(options.addresses or ADDRESSES)
        names = _chosen(options, book, layout)
    except (ObservatoryError, OSError) as error:
        return _complain(error, MISUSED)
    clock = Clock()
    store = Captures(layout.figures.parent / "captures", clock)
    if options.list:
        return _list(book, store)
    settings = _settings(options, book, clock)
    if options.origin:
        return _each(names, store, lambda name: _brought(name, options.origin, book, layout, store, settings))
    if options.due:
        names = [name for name in names if _is_due(name, book, store)]
    return _each(names, store, lambda name: _asked(name, book, store, settings))


def _settings(options: argparse.Namespace, book: Book, clock: Clock) -> Settings:
    from pipelines.capturing.take import Settings, with_ceiling
    from pipelines.connectors.network import AddressPolicy

    settings = Settings(
        policy=AddressPolicy.allowing(book.private_networks, allow_private=options.allow_private),
        clock=clock,
        app_token=os.environ.get(TOKEN_VARIABLE) or None,
        never_requested=tuple(book.never_requested),
    )
    return with_ceiling(settings, options.limit_mb)


def _chosen(options: argparse.Namespace, book: Book, layout: Layout) -> list[str]:
    """The sources asked for.

    Raises:
        CaptureError: one is unknown, or the options do not go together.
    """
    from pipelines.capturing.take import has_module
    from pipelines.connectors.errors import CaptureError

    if options.origin and (options.due or not options.sources):
        raise CaptureError("--from needs a SOURCE and no --due", fix="capture SOURCE --from PATH")
    for name in options.sources:
        if name in book.sources or (options.origin and name.isidentifier() and has_module(name)):
            continue
        if options.origin and _declared(name, layout) is not None:
            continue
        raise _unknown(name, book, layout, is_brought=bool(options.origin))
    return options.sources or book.sources


def _unknown(name: str, book: Book, layout: Layout, *, is_brought: bool) -> CaptureError:
    """What to do about a source that cannot be taken: the nearest that can, else what would let it be."""
    from pipelines.connectors.errors import CaptureError

    catalogued = _catalogued(layout)
    if is_brought:
        from pipelines.rederive import source_ids

        near = nearest(name, [*source_ids(), *book.sources, *catalogued])
        fix = near or f"declare `reader:` under {name} in indicators.yaml"
        return CaptureError(f"nothing reads a source {name!r}", where="--from", fix=fix)
    if name in catalogued:
        fix = f"bring its file: python -m pipelines capture {name} --from FILE"
    else:
        fix = nearest(name, [*book.sources, *catalogued]) or f"declared are {', '.join(book.sources)}"
    return CaptureError(f"no source {name!r} has an address", where="pipelines/capturing/addresses.yaml", fix=fix)


def _catalogued(layout: Layout) -> list[str]:
    """Sources of the catalogue; none where there is no catalogue."""
    from observatory.registry.loading import load_catalogue

    return [source.id for source in load_catalogue(layout.catalogue).sources] if layout.catalogue.is_file() else []


def _each(names: list[str], store: Captures, take: Step) -> int:
    """Take one after the other; an error of one does not keep the others."""
    failed = 0
    for name in names:
        try:
            outcome = take(name)
            _say(name, outcome)
            _warn_if_shorter(name, outcome, store)
        except KeyboardInterrupt:
            sys.stderr.write("\ninterrupted: what was downloaded so far is continued by the next run\n")
            return INTERRUPTED
        except (ObservatoryError, OSError) as error:
            failed += 1
            _complain(error, FAILED, f"{name}: ")
    if not names:
        sys.stdout.write("nothing is due\n")
    return FAILED if failed else FINE


def _asked(name: str, book: Book, store: Captures, settings: Settings) -> Outcome:
    from pipelines.capturing.take import take_address
    from pipelines.progress_bar import ProgressBar

    address = book.find(name)
    if address is None:
        raise LookupError(name)  # `_chosen` let only declared names through
    bar = ProgressBar(sys.stderr, name, settings.clock.monotonic)
    try:
        return take_address(address, store, settings, bar.report)
    finally:
        bar.clear()


def _brought(name: str, origin: Path, book: Book, layout: Layout, store: Captures, settings: Settings) -> Outcome:
    from pipelines.capturing.take import take_files

    address = book.find(name)
    licence = address.licence if address else _licence(name, layout)
    declared = None if address else _declared(name, layout)
    return take_files(name, origin, book, licence, store, settings, files=[declared] if declared else None)


def _declared(name: str, layout: Layout) -> str | None:
    """The file that the source's `reader:` reads, where it has one."""
    from observatory.registry.loading import load_catalogue

    sources = {source.id: source for source in load_catalogue(layout.catalogue).sources}
    reader = sources[name].reader if name in sources else None
    return reader.file if reader else None


def _licence(name: str, layout: Layout) -> str:
    from observatory.registry.loading import load_catalogue

    licences = {source.id: source.licence for source in load_catalogue(layout.catalogue).sources}
    return licences.get(name, "not_stated")


def _is_due(name: str, book: Book, store: Captures) -> bool:
    from pipelines.capturing.calendar import is_due
    from pipelines.clock import BOGOTA

    address, entry = book.find(name), store.newest(name)
    if address is None or entry is None:
        return address is not None
    days = [moment.astimezone(BOGOTA).date() for moment in (entry.retrieved, entry.checked)]
    return is_due(address.calendar, store.clock.today(), *days)


def _list(book: Book, store: Captures) -> int:
    for name in book.sources:
        entry = store.newest(name)
        held = f"{entry.checked:%Y-%m-%d}  {entry.folder_name}" if entry else "no capture yet".ljust(28)
        sys.stdout.write(f"{name:32} {held}  {'due' if _is_due(name, book, store) else ''}".rstrip() + "\n")
    return FINE


def _say(name: str, outcome: Outcome) -> None:
    from pipelines.progress_bar import size_text

    entry = outcome.entry
    count = entry.provenance.records
    amount = size_text(entry.size) + (f"  {count} records" if count is not None else "")
    state = "new" if outcome.is_new else "unchanged"
    sys.stdout.write(f"{name:32} {state:10} {entry.folder_name}  {amount}\n")
    sys.stdout.flush()


def _warn_if_shorter(name: str, outcome: Outcome, store: Captures) -> None:
    """Tell of files of a new capture that have fewer records than in the capture before it."""
    from pipelines.capturing.shorter import shorter_files

    if outcome.is_new:
        for told in shorter_files(store, name, outcome.entry):
            sys.stderr.write(f"warning: {name}: {told} → is the file whole? If not, capture it again\n")


def _complain(error: Exception, code: int, before: str = "") -> int:
    sys.stderr.write(f"error: {before}{of_system(error) if isinstance(error, OSError) else error}\n")
    return code
