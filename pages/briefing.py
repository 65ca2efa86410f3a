"""The briefing: pick views, order them, and take them away as files or as a link."""

from observatory.ui import door
from observatory.ui.briefing import draw

view = door.enter("briefing")
draw(view)
door.leave(view)
