"""A look whose every colour follows the page: light or dark is decided in the browser, not by the server."""

from __future__ import annotations

import functools
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from observatory.look import Look, Mark, look


def _both(light: Any, dark: Any) -> Any:
    if isinstance(light, tuple):
        return tuple(_both(*pair) for pair in zip(light, dark, strict=True))
    return light if light == dark else f"light-dark({light}, {dark})"


@functools.cache
def adaptive_look() -> Look:
    """The light and the dark look in one: `light-dark(#ffffff, #10171e)` for HTML and inline SVG."""
    light, dark = look("light"), look("dark")
    names = [item.name for item in fields(Look) if item.name not in ("theme", "status", "font")]
    colours = {name: _both(getattr(light, name), getattr(dark, name)) for name in names}
    status = {
        key: Mark(_both(mark.colour, dark.status[key].colour), mark.shape, mark.word)
        for key, mark in light.status.items()
    }
    return replace(light, **colours, status=MappingProxyType(status))
