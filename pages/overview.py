"""Bogotá against its targets: the summary."""

from observatory.sheets.overview import summary
from observatory.ui import door
from observatory.ui.canvas import show
from observatory.ui.kept import kept
from observatory.ui.share import share_html

view = door.enter("overview")
show(kept(view, "overview", lambda: summary(view)), "overview")
door.leave(view, share_html(view, view.pinned()))
