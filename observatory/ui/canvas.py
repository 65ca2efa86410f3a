"""Our own HTML and SVG on a page, without an iframe; links inside it navigate without reloading.

Everything given to `show` is written by this project with every value escaped: the component does not sanitise.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from observatory import sheets

_HERE = Path(__file__).parent
_SHEETS = Path(sheets.__file__).parent  # the style of what pages say stands beside it


def _read(name: str) -> str:
    folder = _HERE if (_HERE / name).is_file() else _SHEETS
    return (folder / name).read_text(encoding="utf-8")


@st.cache_resource
def _component() -> Any:
    html = '<div class="obs-canvas"></div>'
    return st.components.v2.component("observatory_canvas", html=html, js=_read("canvas.js"), isolate_styles=False)


@st.cache_resource
def _engine() -> Any:
    script = "".join(_read(f"{name}.js") for name in ("search", "meeting", "engine"))
    return st.components.v2.component("observatory_engine", html="<i hidden></i>", js=script)


@st.cache_resource
def _style(name: str) -> str:
    return f"<style>{_read(f'{name}.css')}</style>"


def style(name: str = "style") -> None:
    """Put a style sheet on the page."""
    st.html(_style(name))


def engine() -> None:
    """What makes our HTML answer. It is the same on every page: the server sends it once a session."""
    _engine()(key="obs-engine")


def show(html: str, key: str) -> None:
    """Draw HTML; `key` names the place on the page."""
    _component()(data={"html": html}, key=key)


@st.cache_resource
def _index_holder() -> Any:
    script = "export default ({ data }) => { globalThis.observatorySearchIndex = data.index; };\n"
    return st.components.v2.component("observatory_search_index", html="<i hidden></i>", js=script)


def hold_search_index(index: str) -> None:
    """Keep the search index in the reader's browser.

    It is the same on every page of an edition and language: alone in its message, the server sends it once a session.
    """
    _index_holder()(data={"index": index}, key="obs-search-index")
