"""Rows to pictures: plain plotly dictionaries and compact SVG, pure functions of rows, look and words."""

from __future__ import annotations

from typing import Any

Figure = dict[str, Any]

CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
