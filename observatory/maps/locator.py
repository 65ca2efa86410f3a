"""Where an area lies: a small outline of the city with one area filled."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from observatory import svg
from observatory.look import Look
from observatory.maps.geometry import INSET, around, fitted, outline, path, split

GRAIN = 0.5  # pixels: finer would not be seen


def locator(
    outlines: Mapping[str, str], code: str, look: Look, *, label: str, width: int = 120, height: int = 170
) -> str:
    """Draw all areas as quiet outlines and one in accent; Sumapaz is shown only when it is the one.

    Args:
        outlines: territory code → GeoJSON geometry, WGS 84.
        code: the area in accent.
        look: light or dark.
        label: text alternative.
        width: pixels.
        height: pixels.
    """
    main = {name: outline(text) for name, text in outlines.items()} if code in INSET else split(outlines)[0]
    frame = fitted(around(main.values()), width - 2, height - 2, 1, 1)
    parts = [
        f'<path d="{path(area, frame, GRAIN)}" fill="{look.accent if name == code else look.soft}"/>'
        for name, area in main.items()
    ]
    box = f"0 0 {svg.short(frame.width + 2)} {svg.short(frame.height + 2)}"
    size = f'width="{svg.short(frame.width + 2)}" height="{svg.short(frame.height + 2)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(label)}" viewBox="{box}" {size}'
    return f'{head} style="max-width:100%"><g stroke="{look.outline}" stroke-width=".6">{"".join(parts)}</g></svg>'
