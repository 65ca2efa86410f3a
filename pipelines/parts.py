"""Parts of editions, kept under the hash of all that each was made from: what did not change is not made again.

Kept are the rows of a source as they were read, the observations of an indicator, its verdicts, its silences, and the
tables of the plans. A build makes the parts it does not find and puts the edition together from all of them, always the
same way and always from parts as they are read back; so an edition does not hang on which of them were kept.

All lie in one file, `data/captures/.cache/parts`, a line each: key, seal, rows as JSON. The seal is the hash of key and
rows: a line that is damaged, or stands under another's key, is as good as none. The file may be deleted at any time. It
holds what the last build used and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import duckdb

from pipelines.inserting import insert

Kind = Literal["source", "indicator", "verdict", "silence", "plans"]
Tables = Mapping[str, Sequence[Sequence[Any]]]  # rows by table
PARTS = Path(".cache") / "parts"


@dataclass
class Parts:
    """The parts of one observatory, as lines of the file: `kept` by the build before, `used` by this one.

    `asked` and `made` name the parts that this build needs, and those of them that were not kept.
    """

    path: Path
    kept: dict[bytes, bytes]
    used: dict[bytes, bytes] = field(default_factory=dict)
    asked: defaultdict[Kind, set[str]] = field(default_factory=lambda: defaultdict(set))
    made: defaultdict[Kind, set[str]] = field(default_factory=lambda: defaultdict(set))

    @staticmethod
    def at(captures: Path) -> Parts:
        """The parts kept below the folder of captures; none where they cannot be read."""
        path = captures / PARTS
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError:  # told when the parts of this build are to be kept there
            lines = []
        return Parts(path, {line.partition(b" ")[0]: line for line in lines})

    def take(self, kind: Kind, keys: Mapping[str, str], make: Callable[[list[str]], Mapping[str, Tables]]) -> Found:
        """The parts of a kind by name; those not kept are made, all at once."""
        missing = [name for name, key in keys.items() if not self._holds(key.encode())]
        self.asked[kind].update(keys)
        self.made[kind].update(missing)
        for name, tables in make(missing).items() if missing else ():
            self._add(keys[name].encode(), tables)
        return Found({name: _text(self.used[key.encode()]) for name, key in keys.items()})

    def _holds(self, key: bytes) -> bool:
        line = self.kept.get(key)
        if line is not None and line == _line(key, _text(line)):
            self.used[key] = line
        return key in self.used

    def _add(self, key: bytes, tables: Tables) -> None:
        self.used[key] = _line(key, json.dumps(tables, default=str, separators=(",", ":")).encode())

    def keep(self) -> None:
        """Write the parts of this build for the next; nothing is written where they are those kept already.

        Raises:
            OSError: they cannot be written; the file is as it was.
        """
        if self.used == self.kept:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        aside = self.path.with_name(f".{self.path.name}")  # two at once only damage lines, which are then made anew
        try:
            aside.write_bytes(b"\n".join(line for _, line in sorted(self.used.items())))
            aside.replace(self.path)
        finally:
            aside.unlink(missing_ok=True)

    def told(self) -> str:
        """What this build made, and of how many."""
        words: dict[Kind, str]
        words = {"source": "sources read", "indicator": "indicators computed", "verdict": "judged"}
        return ", ".join(f"{len(self.made[kind])} of {len(self.asked[kind])} {said}" for kind, said in words.items())


class Found(dict[str, bytes]):
    """Parts by name, as they are written."""

    def digests(self) -> dict[str, str]:
        """The hash of each part's rows, for the keys of what is made from them."""
        return {name: hashlib.sha256(text).hexdigest() for name, text in self.items()}

    def tables(self) -> dict[str, Tables]:
        """Each part's rows by table."""
        return {name: json.loads(text) for name, text in self.items()}


def _line(key: bytes, text: bytes) -> bytes:
    return b" ".join((key, hashlib.sha256(key + b" " + text).hexdigest().encode(), text))


def _text(line: bytes) -> bytes:
    return line.partition(b" ")[2].partition(b" ")[2]


def key_of(*made_from: object) -> str:
    """The key of a part: the hash of all that it is made from."""
    return hashlib.sha256(json.dumps(made_from, default=str).encode()).hexdigest()


def insert_parts(connection: duckdb.DuckDBPyConnection, parts: Mapping[str, Tables]) -> None:
    """Append the rows of every table of the parts, in the order of their names."""
    for table in dict.fromkeys(table for part in parts.values() for table in part):
        insert(connection, table, in_order(parts, table))


def in_order(parts: Mapping[str, Tables], table: str) -> Iterable[Sequence[Any]]:
    """The rows of a table of all parts, in the order of the parts' names."""
    return [row for name in sorted(parts) for row in parts[name][table]]
