"""Copy the pinned link of a view, print it, quote it."""

from __future__ import annotations

from html import escape

from observatory.sheets.view import View


def share_html(view: View, link: str, citation_text: str = "") -> str:
    """Copy link, print, and the text to cite."""
    w = view.words
    cite = (
        f'<p class="obs-cite"><strong>{escape(w("method.cite"))}</strong> {escape(citation_text)}</p>'
        if citation_text
        else ""
    )
    return (
        f'<div class="obs-share"><button type="button" data-action="copy" data-copy="{escape(link)}" '
        f'data-done="{escape(w("share.copied"))}">{escape(w("share.copy"))}</button>'
        f'<button type="button" data-action="print">{escape(w("share.print"))}</button>'
        f'<span role="status"></span></div>{cite}'
    )
