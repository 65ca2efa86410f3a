"""What changed between an earlier edition and the one shown."""

from observatory.ui import door

view = door.enter("changes")
door.leave(view)
