"""Copy the pinned link of a view, long or short, show it as a QR code, project it, print it, quote it."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from observatory.briefing.agenda import BRIEFED, agenda_of
from observatory.links import shortened
from observatory.qr import qr_svg
from observatory.sheets.marks import anchor, tag
from observatory.sheets.view import View
from observatory.ui.basket import basket


def share_html(view: View, link: str, citation_text: str = "") -> str:
    """Copy link, project, print, QR code, and the text to cite; `link` is the pinned one."""
    w = view.words
    cite = (
        f'<p class="obs-cite"><strong>{escape(w("method.cite"))}</strong> {escape(citation_text)}</p>'
        if citation_text
        else ""
    )
    short = shortened(link)
    return (
        f'<div class="obs-share">{_copy(view, link, "share.copy")}{_copy(view, short, "share.short")}'
        f"{_project(view)}{_add(view, link)}"
        f'<button type="button" data-action="print">{escape(w("share.print"))}</button>'
        f'<span role="status"></span>{_qr(view, short)}</div>{cite}'
    )


def _project(view: View) -> str:
    """Meeting mode, on pages that have a screen; of a briefing: from its first view on."""
    href = view.here(present=True, agenda=(), title=None, day=None) if view.page in BRIEFED else ""
    agenda, _ = agenda_of(view.state, view.book.vocabulary)
    if view.page == "briefing" and agenda.items:
        first, state = agenda.items[0], view.state
        told = {"agenda": state.agenda, "title": state.title, "day": state.day}  # what names the briefing
        kept = replace(first.state, lang=view.lang, asof=state.asof, present=True, at=1, **told)  # type: ignore[arg-type]
        href = view.addressing(first.page, kept)
    return anchor(href, view.words("share.present"), "obs-button") if href else ""


def _add(view: View, link: str) -> str:
    """Add the view to the briefing under way and stay here; then that it is in it; on a receipt, why it is none."""
    w, found = view.words, basket(view, link)
    if found is None:
        return tag("span", w("share.not_a_view"), "obs-note") if view.page == "receipt" else ""
    if not found.has_view:
        return anchor(found.here, w("briefing.add"), "obs-button")
    said = escape(w("briefing.added", n=w.number(found.views)))
    return f'<span class="obs-added" role="status">✓ {said} {anchor(found.briefing, w("briefing.open"))}</span>'


def _copy(view: View, link: str, key: str) -> str:
    done = escape(view.words("share.copied"))
    return (
        f'<button type="button" data-action="copy" data-copy="{escape(link)}" data-done="{done}">'
        f"{escape(view.words(key))}</button>"
    )


def _qr(view: View, short: str) -> str:
    """The short link as a QR code; none where the host is not known, for a phone could not follow it."""
    if not view.origin:
        return ""
    w = view.words
    picture = qr_svg(short, w("share.qr_label"))
    folded = f"<summary>{escape(w('share.qr'))}</summary>{picture}<code>{escape(short)}</code>"
    return f'<details class="obs-qrbox">{folded}</details>'
