"""The short form of a link: page and parameters packed into one, the same each time, without a table on the server.

    /?s=1AQEBg2hvbWljaWRl…

The first character names the packing; what follows is base64 (URL alphabet) of: the page, the parameters as text in
which phrases of a frozen table are single bytes and edition ids six, and two bytes that tell a damaged link. A packing
is never changed once links were released with it: a new one gets a new first character, the old one stays readable.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

SHORT = "s"
PACKING = "1"
LONGEST = 400  # characters of a code that is read at all
_EPOCH = dt.date(2020, 1, 1)
_EDITION = re.compile(r"(\d{4}-\d{2}-\d{2})-([0-9a-f]{7})(?![0-9a-f])")
_EDITION_BYTE = 1

# Pages, then phrases. Their places are what links hold: never reorder, remove or insert.
_TABLE = Path(__file__).with_name("packing_1.txt").read_text(encoding="utf-8")
_PAGES, _PHRASES = (part.split() for part in _TABLE.split("\n", 1))
_NAMED = 0x7F  # a page without a place above: its name and a question mark follow
_FIRST = 0x80
_LONGEST_FIRST = sorted(range(len(_PHRASES)), key=lambda place: (-len(_PHRASES[place]), place))


class _DamagedError(Exception):
    """A code that cannot be read."""


def short_code(page: str, parameters: Mapping[str, str]) -> str:
    """Page and parameters as one word of letters, digits, `-` and `_`."""
    text = urlencode(parameters, safe="~:,", quote_via=quote)
    start = bytes([_PAGES.index(page)]) if page in _PAGES else bytes([_NAMED]) + f"{page}?".encode("ascii")
    packed = start + _packed(text)
    sealed = packed + _seal(packed)
    return PACKING + base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def unfolded(query: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
    """Page and parameters of a query with a short code; what stands beside the code wins over it.

    None without a code, or with one that cannot be read (it then stays in the query and is named in a notice).
    """
    code = query.get(SHORT, "")
    if not code or len(code) > LONGEST:
        return None
    try:
        page, text = _read(code)
    except _DamagedError:
        return None
    beside = {name: value for name, value in query.items() if name != SHORT}
    return page, dict(parse_qsl(text, keep_blank_values=True)) | beside


def _seal(packed: bytes) -> bytes:
    return (zlib.crc32(packed) & 0xFFFF).to_bytes(2, "big")


def _packed(text: str) -> bytes:
    """Text as bytes: edition ids, then at each place the longest phrase that fits, then the character itself."""
    found, place = bytearray(), 0
    while place < len(text):
        edition = _EDITION.match(text, place)
        if edition and (packed := _packed_edition(*edition.groups())):
            found += packed
            place = edition.end()
            continue
        phrase = next((one for one in _LONGEST_FIRST if text.startswith(_PHRASES[one], place)), None)
        if phrase is None:
            found.append(ord(text[place]))
            place += 1
        else:
            found.append(_FIRST + phrase)
            place += len(_PHRASES[phrase])
    return bytes(found)


def _packed_edition(day: str, content: str) -> bytes:
    try:
        days = (dt.date.fromisoformat(day) - _EPOCH).days
    except ValueError:
        return b""
    if not 0 <= days < 1 << 16:
        return b""
    return bytes([_EDITION_BYTE]) + days.to_bytes(2, "big") + int(content, 16).to_bytes(4, "big")


def _read(code: str) -> tuple[str, str]:
    if code[:1] != PACKING or not re.fullmatch(r"[\w-]+", code, re.ASCII):
        raise _DamagedError
    body = code[1:]
    try:
        sealed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except binascii.Error:
        raise _DamagedError from None
    packed, seal = sealed[:-2], sealed[-2:]
    if not packed or _seal(packed) != seal:
        raise _DamagedError
    if packed[0] == _NAMED:
        name, mark, rest = packed[1:].partition(b"?")
        if not mark or not re.fullmatch(rb"[a-z_]+", name):
            raise _DamagedError
        return name.decode(), _text(rest)
    if packed[0] >= len(_PAGES):
        raise _DamagedError
    return _PAGES[packed[0]], _text(packed[1:])


def _text(packed: bytes) -> str:
    parts, place = [], 0
    while place < len(packed):
        byte = packed[place]
        if byte == _EDITION_BYTE:
            parts.append(_edition(packed[place + 1 : place + 7]))
            place += 7
            continue
        if byte >= _FIRST + len(_PHRASES) or byte < 0x20:
            raise _DamagedError
        parts.append(_PHRASES[byte - _FIRST] if byte >= _FIRST else chr(byte))
        place += 1
    return "".join(parts)


def _edition(packed: bytes) -> str:
    content = int.from_bytes(packed[2:], "big")
    if len(packed) != 6 or content >= 1 << 28:
        raise _DamagedError
    day = _EPOCH + dt.timedelta(days=int.from_bytes(packed[:2], "big"))
    return f"{day.isoformat()}-{content:07x}"
