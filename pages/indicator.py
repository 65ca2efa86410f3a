"""One indicator against its target, in the city and its localities."""

from html import escape

from observatory.sheets.decomposition import decomposition_section
from observatory.sheets.method import citation, definition
from observatory.sheets.needed import needed_section
from observatory.sheets.working import working
from observatory.ui import door
from observatory.ui.canvas import show
from observatory.ui.downloads import download_buttons
from observatory.ui.indicator import choices, draw_trend, head, localities
from observatory.ui.share import share_html

view = door.enter("indicator")
shown = choices(view)
head(view, shown)
draw_trend(view, shown)
localities(view, shown)

indicator = shown.indicator
link = view.pinned(ind=(indicator.indicator_id,), loc=(shown.place,), dim=None if shown.dim == "total" else shown.dim)
show(
    f"<h2>{escape(view.words('working.title'))}</h2>{working(view, indicator, shown.place)}"
    f"{needed_section(view, shown)}{decomposition_section(view, shown)}"
    f"<h2>{escape(view.words('method.title'))}</h2>{definition(view, indicator)}",
    "indicator-method",
)
download_buttons(view, indicator, shown.all_rows, link)
show(share_html(view, link, citation(view, indicator, link)), "indicator-share")
door.leave(view)
