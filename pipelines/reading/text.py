"""From bytes to text: which encoding a publisher used, and whether letters were lost on the way.

UTF-8, UTF-16 with its mark, CP1252, CP850 and Mac Roman are told apart by what each would make of the marked letters; a
file in several of them is read line by line. Letters that an earlier hand destroyed (U+FFFD, or `?` inside words)
cannot be read back: a text with more than 2 % of its lines damaged is refused, its first damaged rows are shown; under
that, a contract refuses the damaged cells it reads. UTF-8 once read as CP1252 (`BogotÃ¡`) loses nothing, so it is
turned back.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from observatory.errors import SourceError
from pipelines.figures import Refused
from pipelines.reading.packed import unpacked

CODE_PAGES = ("cp1252", "cp850", "mac_roman")
LOST = "\ufffd"
DESTROYED = re.compile(f"{LOST}|ï¿½")
TOLERATED = 0.02
_LETTERS = frozenset("áéíóúüñÁÉÍÓÚÜÑ")
_SYMBOLS = frozenset("¿¡°ºª–—“”‘’²³µ•…€")
_MARKS = re.compile(r"[^\x00-\x7f]")
_QUERIED = re.compile(r"(?<![\w/?=&.:-])[^\W\d_]+\?[^\W\d_]+(?![\w/=&])")
_TWICE = re.compile(
    "[\u00c2\u00c3\u00e2][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2010-\u203a\u20ac\u2122]{1,2}"
)
_QUERIED_ENOUGH = 3


class DamagedTextError(SourceError):
    """Letters of a text were destroyed before it was published; `examples` holds the first damaged rows."""

    def __init__(self, what: str, examples: list[Refused], *, where: str = "") -> None:
        self.examples = examples
        super().__init__(what, where=where, fix="capture the file again as published")

    def named(self, source: str, file: str) -> list[Refused]:
        """The examples as refusals of a source's file."""
        return [replace(item, source_id=source, file=file) for item in self.examples]


def encoding_of(data: bytes) -> str:
    """The encoding of a Spanish text: UTF-8 when valid, else the code page that reads most marks as Spanish ones.

    Raises:
        DamagedTextError: letters were already destroyed into U+FFFD by an earlier re-save.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return max(CODE_PAGES, key=lambda page: _likelihood(data.decode(page, errors="replace")))
    if LOST in text:
        _refuse_lost(text.replace("\r\n", "\n").replace("\r", "\n"))
    return "utf-8-sig"


def text_of(data: bytes, encoding: str | None = None) -> str:
    """The text of some bytes: encoding detected, byte-order mark removed, line ends as LF, mojibake turned back.

    Args:
        data: the bytes.
        encoding: what they are said to be in, instead of detecting it.

    Raises:
        DamagedTextError: letters were destroyed before.
    """
    encoding = encoding or encoding_of(data)
    text = _decode_lines(data, encoding) if encoding in CODE_PAGES else data.decode(encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = turned_back(text)
    _refuse_lost(text)
    _refuse_queried(text)
    return text


def read_text(path: Path, encoding: str | None = None) -> str:
    """The text of a file, plain or packed; see `text_of`.

    Raises:
        DamagedTextError: letters were destroyed before; the file is named.
    """
    data = unpacked(path)
    if data.startswith(b"%PDF"):
        raise SourceError("a PDF, no table", where=path.name, fix="ask the publisher for the table behind it")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        what = "no text: it holds bytes that no text has" if data.strip(b"\0") else "nothing but zero bytes"
        raise SourceError(what, where=path.name, fix="is its name right? Capture it again as published")
    try:
        return text_of(data, encoding)
    except DamagedTextError as error:
        raise DamagedTextError(error.what, error.named("", path.name), where=path.name) from error


def damaged_records(path: Path) -> int:
    """How many records a table with destroyed letters holds: its filled lines below the header."""
    lines = re.split(rb"\r\n|\r|\n", unpacked(path))
    return max(sum(bool(line.strip()) for line in lines) - 1, 0)


def _decode_lines(data: bytes, page: str) -> str:
    """A text in a code page, with lines of another encoding read in their own."""
    whole = data.decode(page, errors="replace")
    if _foreign(whole) == 0 and not _twice_or_more(whole):
        return whole
    lines = re.split(rb"(?<=\n)|(?<=\r)(?!\n)", data)
    return "".join(_decode_line(line, page) for line in lines)


def _twice_or_more(text: str) -> bool:
    return _TWICE.search(text) is not None


def _decode_line(line: bytes, page: str) -> str:
    if line.isascii():
        return line.decode("ascii")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        likely = line.decode(page, errors="replace")
    if _foreign(likely) == 0:
        return likely
    readings = [line.decode(other, errors="replace") for other in CODE_PAGES]
    whole = [reading for reading in readings if _foreign(reading) == 0]
    return whole[0] if len(set(whole)) == 1 else likely


def _foreign(text: str) -> int:
    """Marks that Spanish does not write."""
    return sum(mark not in _LETTERS and mark not in _SYMBOLS for mark in _MARKS.findall(text))


def _likelihood(text: str) -> float:
    """How much of the marked text could be Spanish, 0–1."""
    scores = [_mark_score(text, match.start()) for match in _MARKS.finditer(text)]
    return sum(scores) / max(len(scores), 1)


def _mark_score(text: str, at: int) -> float:
    """1 for a Spanish letter in the case of its neighbours or a symbol outside a word; less for odd company."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _LETTERS:
        beside = [letter for letter in (before, after) if letter.isalpha()]
        if not beside:
            return 0.5
        return 1.0 if any(letter.isupper() == mark.isupper() for letter in beside) else 0.4
    if mark in _SYMBOLS:
        return 0.2 if before.isalpha() and after.isalpha() else 0.8
    return 0.0


def turned_back(text: str) -> str:
    """The text with UTF-8 once read as CP1252 turned back into letters; twice if it happened twice."""
    for _ in range(2):
        mended = _TWICE.sub(_turn_back, text)
        if mended == text:
            break
        text = mended
    return text


def _turn_back(match: re.Match[str]) -> str:
    run = match.group()
    for length in range(len(run), 1, -1):
        data = b"".join(_byte(mark) for mark in run[:length])
        try:
            return data.decode("utf-8") + run[length:]
        except UnicodeDecodeError:
            continue
    return run


def _byte(mark: str) -> bytes:
    """The byte that CP1252 shows as this mark; the five it leaves undefined are themselves."""
    try:
        return mark.encode("cp1252")
    except UnicodeEncodeError:
        return bytes([ord(mark)]) if ord(mark) < 256 else b"?"


def _refuse_lost(text: str) -> None:
    lost = len(DESTROYED.findall(text))
    if not lost:
        return
    lines = text.split("\n")
    damaged = sum(DESTROYED.search(line) is not None for line in lines)
    if damaged > TOLERATED * len(lines) or DESTROYED.search(lines[0]):
        examples = _examples(text, DESTROYED)
        raise DamagedTextError(f"{lost} letters were destroyed into U+FFFD{_shown(examples)}", examples)


def _refuse_queried(text: str) -> None:
    found = _QUERIED.findall(text)
    if len(set(found)) >= _QUERIED_ENOUGH:
        examples = _examples(text, _QUERIED)
        raise DamagedTextError(f"letters were replaced by '?' in {len(found)} words{_shown(examples)}", examples)


def _examples(text: str, pattern: re.Pattern[str], most: int = 3) -> list[Refused]:
    """The first damaged rows."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if pattern.search(line):
            words = [word for word in re.split(r"[;,\t|]", line) if pattern.search(word)]
            rows.append(Refused("", "", number, "", words[0][:80], "letters_destroyed", "capture the file again"))
        if len(rows) == most:
            break
    return rows


def _shown(examples: list[Refused]) -> str:
    return f" (row {', '.join(f'{item.row_number}: {item.value!r}' for item in examples)})" if examples else ""
