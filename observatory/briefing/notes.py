"""What the notes of a slide hold: what the presenter and whoever quotes it must know, and what each figure opens."""

from __future__ import annotations

from observatory.briefing.parts import Chapter
from observatory.sheets.marks import opened
from observatory.sheets.view import View
from observatory.wording.told import Sentence


def notes(view: View, one: Chapter) -> str:
    """Lead, alternatives, sentences, notes, sources, receipts, and the pinned link."""
    alts = [picture.alt for picture in one.pictures]
    said = [one.lead, *alts, *one.sayings, *one.notes, *one.sources]
    more = one.key.more if one.key else ()
    return "\n".join([*said, *receipts(view, one.title, *more, *said), one.link])


def receipts(view: View, *said: str) -> list[str]:
    """The figures of sentences with the addresses that they open, each once; nothing where no host is known."""
    pieces = [piece for text in said if isinstance(text, Sentence) for piece in text.pieces()]
    found = {piece: opened(view, what) for piece, what in pieces if what}
    lines = [f"{piece}: {href}" for piece, href in found.items() if href]
    return [view.words("briefing.receipts"), *lines] if lines else []
