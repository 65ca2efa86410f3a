"""A chart that is on the page at once and answers when it is pointed at.

The figure is drawn as SVG on the server, once for wide and once for narrow pages. When a reader points at it (or taps
it), the page fetches plotly and draws the same figure over the picture: values under the pointer. So nobody waits for
a library of four megabytes in order to see a line, and print, phones and readers without scripts get vectors.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import json
from collections.abc import Callable
from html import escape
from pathlib import Path

from streamlit import config

from observatory.charts import CONFIG, Figure
from observatory.charts.figure_svg import figure_svg
from observatory.look import Look

WIDTHS = {"wide": 1000, "narrow": 380}  # pixels for which labels are set; the style sheet shows one of the two


@functools.cache
def plotly_script() -> tuple[str, Path]:
    """Plotly's own script in the installed package: its name below `static/`, which says its version, and its file."""
    found = importlib.util.find_spec("plotly")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("plotly is not installed")
    name = f"js/plotly-{importlib.metadata.version('plotly')}.min.js"
    return name, Path(found.origin).parent / "package_data" / "plotly.min.js"


def live_chart(draw: Callable[[int], Figure], look: Look, label: str) -> str:
    """A figure as HTML.

    Args:
        draw: the plotly figure for a width in pixels.
        look: colours that follow the reader's page.
        label: text alternative.
    """
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    address = f"{f'/{base}' if base else ''}/static/{plotly_script()[0]}"
    drawings = "".join(_drawing(draw(width), look, label, name) for name, width in WIDTHS.items())
    return f'<div class="obs-live" data-script="{escape(address)}">{drawings}</div>'


def _drawing(figure: Figure, look: Look, label: str, name: str) -> str:
    picture = figure_svg(figure, look, label=label, width=WIDTHS[name])
    told = json.dumps({**figure, "config": CONFIG}, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<div class="obs-{name}">{picture}<script type="application/json">{told}</script></div>'
