"""Small pieces of SVG: escaped text, short numbers, links. Positions in percent keep text its size at any width."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from observatory.look import Look


def short(number: float) -> str:
    """A coordinate with at most two decimals and no trailing zeros."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def share(value: float, low: float, high: float, start: float = 0.0, end: float = 100.0) -> str:
    """Where a value of low to high lies between two percentages, as `37.5%`."""
    span = (high - low) or 1.0
    return f"{short(start + (value - low) / span * (end - start))}%"


def text(x: str | float, y: str | float, words: str, colour: str, *, anchor: str = "start", more: str = "") -> str:
    """A line of text; `more` holds further attributes."""
    at = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{_at(x)}" y="{_at(y)}" fill="{colour}"{at}{more}>{escape(words, quote=False)}</text>'


def line(x1: str | float, y1: str | float, x2: str | float, y2: str | float, colour: str, more: str = "") -> str:
    """A straight line."""
    return f'<line x1="{_at(x1)}" y1="{_at(y1)}" x2="{_at(x2)}" y2="{_at(y2)}" stroke="{colour}"{more}/>'


def dot(x: str | float, y: str | float, radius: float, fill: str = "", more: str = "", title: str = "") -> str:
    """A circle, with a tooltip when it has a title; without a fill it has that of its group."""
    body = f"><title>{escape(title, quote=False)}</title></circle>" if title else "/>"
    filled = f' fill="{fill}"' if fill else ""
    return f'<circle cx="{_at(x)}" cy="{_at(y)}" r="{short(radius)}"{filled}{more}{body}'


def _at(place: str | float) -> str:
    return place if isinstance(place, str) else short(place)


def linked(body: str, href: str | None) -> str:
    """The body as a link when there is an address."""
    return f'<a href="{escape(href)}">{body}</a>' if href else body


def role(body: str) -> str:
    """A picture is an image to a screen reader; one with links in it is a group, or they could not be reached."""
    return "group" if "<a " in body else "img"


def figure(body: str, look: Look, *, label: str, height: float, size: float, widest: int | None = None) -> str:
    """An SVG as wide as its room (at most `widest` pixels), `height` pixels high; `label` is its text alternative."""
    limit = f"max-width:{widest}px;" if widest else ""
    style = f"display:block;{limit}font-family:{escape(look.font)};font-size:{short(size)}px"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="{role(body)}" aria-label="{escape(label)}"'
    return f'{head} width="100%" height="{short(height)}" style="{style}">{body}</svg>'


def drawing(body: str, look: Look, *, label: str, width: float, height: float, size: float) -> str:
    """An SVG set for a width in pixels, smaller where its room is narrower; `label` is its text alternative."""
    box = f'viewBox="0 0 {short(width)} {short(height)}"'
    style = f"display:block;width:100%;max-width:{short(width)}px;height:auto"
    style += f";font-family:{escape(look.font)};font-size:{short(size)}px"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="{role(body)}" aria-label="{escape(label)}"'
    return f'{head} {box} style="{style}">{body}</svg>'


def by_room(draw: Callable[[float], str], broad: float = 1000, narrow: float = 380) -> str:
    """A drawing set for two widths in pixels; the style sheet shows one of them, for desks or for phones."""
    drawn = draw(broad)
    return f'<div class="obs-broad">{drawn}</div><div class="obs-narrow">{draw(narrow)}</div>' if drawn else ""
