"""Commands on published files: `draft FILE`, and `check --real FOLDER`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipelines.commands import Commands, Progress, command
from pipelines.layout import Layout


def add_draft(commands: Commands) -> None:
    """Register `draft` with the commands of `python -m pipelines`."""
    words = "look at a published file and propose its source block and indicator record"
    parser = command(commands, "draft", run_draft, words)
    parser.add_argument("file", type=Path, metavar="FILE")


def add_real(check: argparse.ArgumentParser) -> None:
    """Give the command `check` its `--real FOLDER`; without it, the command stays what it was."""
    words = "instead of the edition: every published file of a folder, with what became of its records"
    check.add_argument("--real", type=Path, metavar="FOLDER", help=words)
    otherwise = check.get_default("command")

    def run(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
        if options.real is not None:
            return run_real(options.real, layout)
        code: int = otherwise(options, layout, progress)
        return code

    check.set_defaults(command=run)


def run_draft(options: argparse.Namespace, _layout: Layout, _progress: Progress) -> int:
    """Write the draft of a file to the screen."""
    from observatory.errors import SourceError
    from pipelines.draft import draft

    if options.file.is_dir():
        fix = "give one file of it, or `check --real FOLDER` for all of them"
        raise SourceError("a folder, no file", where=str(options.file), fix=fix)
    if not options.file.is_file():
        raise SourceError("no such file", where=str(options.file), fix="give the path of a published file")
    sys.stdout.write(draft(options.file))
    return 0


def run_real(folder: Path, layout: Layout) -> int:
    """Write the table of a folder's files to the screen; 1 when one is not read or does not balance."""
    from observatory.registry.loading import load_catalogue
    from pipelines.real import check_real

    declared = [source for source in load_catalogue(layout.catalogue).sources if source.reader is not None]
    text, whole = check_real(folder, declared)
    sys.stdout.write(f"{text}\n")
    return 0 if whole else 1
