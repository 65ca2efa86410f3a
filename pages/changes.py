"""Since the last meeting: what changed between an earlier edition and the one shown."""

from observatory.ui import door
from observatory.ui.changes import between, draw
from observatory.ui.share import share_html

view = door.enter("changes")
draw(view)
before = between(view).before
door.leave(view, share_html(view, view.pinned(since=before.edition_id if before else view.state.since)))
