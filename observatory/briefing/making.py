"""All the files of a briefing: which there are, how each is made, what they are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from observatory.briefing import data
from observatory.briefing.html import render_html
from observatory.briefing.parts import Briefing


class Output(NamedTuple):
    """A kind of file: its key, what ends its name, its media type, how it is made."""

    key: str
    ending: str
    media_type: str
    make: Callable[[Briefing], bytes]


def _a4(briefing: Briefing) -> bytes:
    from observatory.briefing.pdf import render_pdf

    return render_pdf(briefing, "a4")


def _slides(briefing: Briefing) -> bytes:
    from observatory.briefing.pdf import render_pdf

    return render_pdf(briefing, "slides")


def _pptx(briefing: Briefing) -> bytes:
    from observatory.briefing.slides import render_pptx

    return render_pptx(briefing)


_OFFICE = "application/vnd.openxmlformats-officedocument"
OUTPUTS = (
    Output("html", ".html", "text/html", render_html),
    Output("pdf", ".pdf", "application/pdf", _a4),
    Output("slides", "-slides.pdf", "application/pdf", _slides),
    Output("pptx", ".pptx", f"{_OFFICE}.presentationml.presentation", _pptx),
    Output("xlsx", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet", data.to_xlsx),
    Output("csv", ".csv", "text/csv", data.to_csv),
)


def file_name(briefing: Briefing, output: Output) -> str:
    """`resumen-para-el-concejo-2026-11-23.pdf`: letters without accents, the day, the ending."""
    plain = unicodedata.normalize("NFKD", briefing.title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "briefing"
    return f"{words}-{briefing.day.isoformat()}{output.ending}"


def files(briefing: Briefing, outputs: Iterable[Output] = OUTPUTS) -> Iterator[tuple[Output, str, bytes]]:
    """Each file, made when it is asked for: its kind, its name, its bytes."""
    for output in outputs:
        yield output, file_name(briefing, output), output.make(briefing)
