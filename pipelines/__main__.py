"""The commands: `python -m pipelines build | check | editions | diff | schema | figures | export | import-plan | …`."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from observatory.errors import ObservatoryError, nearest, of_system
from pipelines.capturing.command import add_command as add_capture
from pipelines.cells import add_command as add_cells
from pipelines.commands import Progress, command
from pipelines.file_commands import add_draft, add_real
from pipelines.giving_out import add_giving_out
from pipelines.layout import REPOSITORY, Layout
from pipelines.plans.commands import add_commands as add_plan_commands
from pipelines.reproduce import add_command as add_reproduce

BOGOTA = dt.timezone(dt.timedelta(hours=-5), "America/Bogota")


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 with the reason on the error stream when not."""
    _speak_utf8()
    options = _parser().parse_args(arguments)
    layout = Layout.of(options.root)
    try:
        code: int = options.command(options, layout, _silent if options.quiet else _speaker())
    except ObservatoryError as error:
        return _failed(error)
    except BrokenPipeError:  # who read on the screen has left: `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _failed(of_system(error))
    except KeyboardInterrupt:
        print("interrupted: nothing was published by this command", file=sys.stderr)
        return 130
    return code


def _speak_utf8() -> None:
    """Write UTF-8 into files and pipes too, where Windows has an encoding without arrows and minus signs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _failed(error: ObservatoryError) -> int:
    print(f"error: {error}", file=sys.stderr)
    return 1


class _Parser(argparse.ArgumentParser):
    """Tells the nearest command or option beside what was typed."""

    def error(self, message: str) -> NoReturn:
        typed = re.search(r"(?:invalid choice: '|unrecognized arguments: )([^' ]+)", message)
        hint = nearest(typed[1], [*self._known()]) if typed else ""
        said = message.partition(" (choose from")[0] if hint else message
        super().error(f"{said} → {hint}" if hint else said)

    def _known(self) -> Iterator[str]:
        for action in self._actions:
            yield from action.option_strings
            yield from map(str, action.choices or ())


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="python -m pipelines", description="From published figures to editions."
    )
    parser.add_argument("--root", type=Path, default=REPOSITORY, help=argparse.SUPPRESS)
    parser.add_argument("--quiet", action="store_true", help="print results and errors only")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _dated(command(commands, "build", _build, "build the edition of the present catalogue and figures"))
    check = command(commands, "check", _check, "run every check and publish nothing")
    _dated(check)
    add_real(check)
    command(commands, "editions", _editions, "list the editions")
    difference = command(commands, "diff", _diff, "what changed between two editions")
    difference.add_argument("before", metavar="A")
    difference.add_argument("after", metavar="B")
    difference.add_argument("--as", dest="form", choices=["text", "table", "json"], default="text")
    spoken = "of the text; that of the terminal when left out, and English where it speaks neither"
    difference.add_argument("--language", "--lang", choices=["es", "en"], default=_spoken(), help=spoken)
    difference.add_argument("--exit-code", action="store_true", help="0 no change, 1 changes, 2 error")
    command(commands, "schema", _schema, "write indicators.schema.json for editors")
    command(commands, "methodology", _methodology, "write docs/methodology.md and docs/methodology.es.md")
    figures = command(commands, "figures", _figures, "derive figure tables again from the publishers' files")
    figures.add_argument("--from", dest="folder", type=Path, required=True, metavar="FOLDER")
    figures.add_argument("sources", nargs="*", metavar="SOURCE", help="all of the catalogue when none is named")
    add_capture(commands)
    add_draft(commands)
    add_cells(commands)
    add_plan_commands(commands)
    add_reproduce(commands)
    add_giving_out(commands)
    export = command(commands, "export", _export, "an indicator as CSV")
    export.add_argument("indicator", metavar="INDICATOR")
    export.add_argument("--edition", help="edition id; the current one when left out")
    export.add_argument("--language", choices=["es", "en"], default="es")
    export.add_argument("--output", type=Path, help="file to write; the screen when left out")
    return parser


def _dated(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", type=_date, default=None, help="day of the edition, 2026-11-23")


def _spoken() -> str:
    """The language of the terminal, `es` or `en`, as POSIX orders what tells it."""
    told = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "es" if told.startswith("es") else "en"


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day → write it as 2026-11-23") from None


def _day(options: argparse.Namespace) -> dt.date:
    return options.date or dt.datetime.now(BOGOTA).date()


def _speaker() -> Progress:
    began = time.perf_counter()

    def speak(step: str, detail: str) -> None:
        print(f"{time.perf_counter() - began:6.2f} s  {step:8} {detail}", flush=True)

    return speak


def _silent(step: str, detail: str) -> None:
    """Say nothing."""


def _build(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from pipelines.build import build

    path = build(layout, _day(options), progress)
    print(path.stem)
    return 0


def _check(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from pipelines.build import check
    from pipelines.check import counted, failures

    results = check(layout, _day(options), progress)
    for row in results:
        if row.status == "warned":
            print(f"warning: {row.subject}: {row.check_id}: {row.detail}")
    failed = failures(results)
    for line in failed:
        print(f"failed: {line}", file=sys.stderr)
    print(counted(results))
    return 1 if failed else 0


def _editions(_options: argparse.Namespace, layout: Layout, _progress: Progress) -> int:
    from observatory.editions.opening import list_editions

    for edition in list_editions(layout.editions):
        print(f"{edition.edition_id}  {edition.bytes / 1e6:.1f} MB{'  current' if edition.is_current else ''}")
    return 0


def _diff(options: argparse.Namespace, layout: Layout, _progress: Progress) -> int:
    from pipelines.change_report import change_report

    try:
        report, told = change_report(layout.editions, options.before, options.after, options.form, options.language)
    except ObservatoryError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2 if options.exit_code else 1
    sys.stdout.write(told)
    return int(options.exit_code and not report.is_empty)


def _schema(_options: argparse.Namespace, layout: Layout, _progress: Progress) -> int:
    from observatory.registry.json_schema import write_schema

    print(write_schema(layout.catalogue.with_name("indicators.schema.json")))
    return 0


def _methodology(_options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from pipelines.methodology import write

    write(layout, progress)
    return 0


def _figures(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from pipelines.rederive import rederive

    rederive(options.folder, layout, options.sources, progress)
    return 0


def _export(options: argparse.Namespace, layout: Layout, _progress: Progress) -> int:
    from pipelines.export import export_csv

    content = export_csv(layout.editions, options.edition, options.indicator, options.language)
    if options.output:
        options.output.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
