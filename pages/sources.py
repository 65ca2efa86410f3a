"""Sources: licence, vintage, freshness, checks, lost rows, and what is not known."""

from observatory.ui import door
from observatory.ui.share import share_html
from observatory.ui.sources import chosen_tab, draw

view = door.enter("sources")
tab = chosen_tab(view)
draw(view, tab)
door.leave(view, share_html(view, view.pinned(tab=tab)))
