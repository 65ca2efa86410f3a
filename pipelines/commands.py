"""How a command joins those of `python -m pipelines`: its name, what runs it, and the words of its help."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeAlias

from pipelines.layout import Layout

Progress = Callable[[str, str], None]  # a step, and what it tells of it
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace, Layout, Progress], int], words: str
) -> argparse.ArgumentParser:
    """Register a command; `--quiet` may stand before its name or after it. `run` answers with the exit code."""
    parser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(command=run)
    parser.add_argument("--quiet", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser
