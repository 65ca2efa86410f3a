"""The commands that give an edition out: `brief` writes a briefing's files, `publish` the static twin.

What they run stands with the readers, which pipelines otherwise never import; these two doors are the exception that
`.importlinter` names.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from pipelines.layout import Layout

Commands = argparse._SubParsersAction
Progress = Callable[[str, str], None]


def add_giving_out(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add `brief` and `publish`."""
    words = "a briefing as HTML, PDF, PowerPoint and data"
    brief = commands.add_parser("brief", help=words, description=words)
    brief.add_argument("--agenda", type=Path, required=True, metavar="FILE", help="YAML: title, date, language, views")
    brief.set_defaults(command=_brief)
    words = "the static twin: every page as a plain file, with its data beside"
    publish = commands.add_parser("publish", help=words, description=words)
    publish.add_argument("--address", help="where the twin will be served; OBSERVATORY_STATIC_URL when left out")
    publish.set_defaults(command=_publish)
    for parser in (brief, publish):
        parser.add_argument("--edition", metavar="ID", help="edition id; the current one when left out")
        parser.add_argument("--to", type=Path, required=True, metavar="DIR", dest="folder")
        parser.add_argument("--quiet", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _brief(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from observatory.briefing.command import brief

    return brief(options.agenda, options.edition, options.folder, layout.editions, progress)


def _publish(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from observatory.twin.publish import publish

    return publish(options.edition, options.folder, layout.editions, progress, options.address)
