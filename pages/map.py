"""The map of an indicator, by locality or planning unit."""

from observatory.sheets.method import citation
from observatory.ui import door
from observatory.ui.downloads import download_buttons
from observatory.ui.place_map import choices, draw, nothing
from observatory.ui.share import share_html

view = door.enter("map")
last = ""
mapped = choices(view)
if mapped is None:
    one = nothing(view)
    link = view.pinned(ind=(one.indicator_id,))
    last = share_html(view, link, citation(view, one, link))
else:
    draw(view, mapped)
    indicator = mapped.indicator
    link = view.pinned(ind=(indicator.indicator_id,), t=mapped.period, lvl=mapped.level, area=mapped.area)
    download_buttons(view, indicator, mapped.rows, link)
    last = share_html(view, link, citation(view, indicator, link))
door.leave(view, last)
