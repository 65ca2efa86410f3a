"""The commands that give an edition out: `brief` writes a briefing's files, `publish` the static twin.

What they run stands with the readers, which pipelines otherwise never import; these two doors are the exception that
`.importlinter` names.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pipelines.commands import Commands, Progress, command
from pipelines.layout import Layout


def add_giving_out(commands: Commands) -> None:
    """Add `brief` and `publish`."""
    brief = command(commands, "brief", _brief, "a briefing as HTML, PDF, PowerPoint and data")
    brief.add_argument("--agenda", type=Path, required=True, metavar="FILE", help="YAML: title, date, language, views")
    words = "the static twin: every page as a plain file, with its data beside"
    publish = command(commands, "publish", _publish, words)
    publish.add_argument("--address", help="where the twin will be served; OBSERVATORY_STATIC_URL when left out")
    for parser in (brief, publish):
        parser.add_argument("--edition", metavar="ID", help="edition id; the current one when left out")
        parser.add_argument("--to", type=Path, required=True, metavar="DIR", dest="folder")


def _brief(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from observatory.briefing.command import brief

    return brief(options.agenda, options.edition, options.folder, layout.editions, progress)


def _publish(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from observatory.twin.publish import publish

    return publish(options.edition, options.folder, layout.editions, progress, options.address)
