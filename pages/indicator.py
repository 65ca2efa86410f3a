"""One indicator against its target, in the city and its localities."""

from observatory.sheets.method import citation
from observatory.ui import door
from observatory.ui.canvas import show
from observatory.ui.downloads import download_buttons
from observatory.ui.indicator import choices, localities, story, working_and_method
from observatory.ui.share import share_html

view = door.enter("indicator")
shown = choices(view)
indicator = shown.indicator
show(story(view, shown), "indicator-story")
show(localities(view, shown) + working_and_method(view, shown), "indicator-more")
link = view.pinned(ind=(indicator.indicator_id,), loc=(shown.place,), dim=None if shown.dim == "total" else shown.dim)
download_buttons(view, indicator, shown.all_rows, link)
door.leave(view, share_html(view, link, citation(view, indicator, link)))
