"""The receipt of one number: its lines, files, query, and the command that repeats it."""

from observatory.rows.observation import TOTAL
from observatory.sheets.receipt import body, nothing
from observatory.sheets.receipt_rows import find
from observatory.ui import door
from observatory.ui.canvas import show
from observatory.ui.receipt import choices, download
from observatory.ui.share import share_html

view = door.enter("receipt")
choices(view)
found = find(view)
if found is None:
    show(nothing(view), "receipt")
else:
    row = found.row
    show(body(view, found), "receipt")
    download(view, found)
    dim = None if row.disaggregation == TOTAL else row.disaggregation
    show(
        share_html(view, view.pinned(ind=(row.indicator_id,), loc=(row.territory_code,), t=row.period, dim=dim)),
        "share",
    )
door.leave(view)
