"""QR codes, drawn here: no address leaves this machine to become a picture."""

from __future__ import annotations

import functools
from html import escape

import segno

MASK = 0  # a chequerboard: to weigh all eight masks takes five times as long, and phones read the winner no better


@functools.lru_cache(maxsize=256)
def qr_svg(text: str, label: str, *, dark: str = "#1b2733", light: str = "#ffffff") -> str:
    """A QR code as inline SVG with its quiet zone, to be sized by its place; always dark on light."""
    code = segno.make(text, error="m", micro=False, mask=MASK)
    side = code.symbol_size(border=4)[0]
    rows = "".join(
        f"M{column} {row}h1v1h-1z"
        for row, line in enumerate(code.matrix_iter(border=4))
        for column, module in enumerate(line)
        if module
    )
    return (
        f'<svg class="obs-qr" viewBox="0 0 {side} {side}" role="img" aria-label="{escape(label)}" '
        f'shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="{light}"/>'
        f'<path d="{rows}" fill="{dark}"/></svg>'
    )
