"""Bogotá against its targets: the summary."""

from observatory.ui import door
from observatory.ui.canvas import show
from observatory.ui.overview import summary

view = door.enter("overview")
show(summary(view), "overview")
door.leave(view)
