"""One locality on one printable sheet."""

from observatory.sheets.territory import body, chosen_locality
from observatory.ui import door
from observatory.ui.canvas import show
from observatory.ui.controls import choose_place
from observatory.ui.share import share_html

view = door.enter("territory")
code = choose_place(view, view.book.localities(), chosen_locality(view))
show(body(view, code), "territory")
door.leave(view, share_html(view, view.pinned(loc=(code,))))
