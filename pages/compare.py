"""Localities, periods and indicators side by side."""

from observatory.ui import door
from observatory.ui.compare import chosen_tab, draw
from observatory.ui.downloads import figure_buttons
from observatory.ui.share import share_html

view = door.enter("compare")
tab = chosen_tab(view)
shown = draw(view, tab)
link = view.pinned(tab=tab, **(shown.in_force if shown else {}))
if shown is not None:
    figure_buttons(view, shown.indicator_ids, shown.rows, link)
door.leave(view, share_html(view, link))
