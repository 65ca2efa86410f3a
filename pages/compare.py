"""Localities, periods and indicators side by side."""

from observatory.ui import door
from observatory.ui.canvas import show
from observatory.ui.compare import chosen_tab, draw
from observatory.ui.share import share_html

view = door.enter("compare")
tab = chosen_tab(view)
draw(view, tab)
show(share_html(view, view.pinned(tab=tab)), "compare-share")
door.leave(view)
