"""Localities, periods and indicators side by side."""

from observatory.ui import door
from observatory.ui.compare import chosen_tab, draw
from observatory.ui.share import share_html

view = door.enter("compare")
tab = chosen_tab(view)
draw(view, tab)
door.leave(view, share_html(view, view.pinned(tab=tab)))
