"""The map of an indicator, by locality or planning unit."""

from observatory.sheets.marks import tag
from observatory.sheets.method import citation
from observatory.ui import door
from observatory.ui.canvas import show
from observatory.ui.downloads import download_buttons
from observatory.ui.place_map import choices, draw
from observatory.ui.share import share_html

view = door.enter("map")
last = ""
mapped = choices(view)
if mapped is None:
    show(tag("p", view.words("indicator.no_rows"), "obs-empty-note"), "map-none")
else:
    draw(view, mapped)
    indicator = mapped.indicator
    link = view.pinned(ind=(indicator.indicator_id,), t=mapped.period, lvl=mapped.level, area=mapped.area)
    download_buttons(view, indicator, mapped.rows, link)
    last = share_html(view, link, citation(view, indicator, link))
door.leave(view, last)
