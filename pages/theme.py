"""One theme of the policy, every indicator of it."""

from observatory.sheets.theme import body, chosen_theme
from observatory.ui import door
from observatory.ui.canvas import show
from observatory.ui.controls import switch
from observatory.ui.kept import kept
from observatory.ui.share import share_html

view = door.enter("theme")
themes = view.book.themes
chosen = chosen_theme(view)
theme = switch(
    view,
    "theme",
    list(themes),
    chosen,
    view.words("control.theme"),
    text=lambda one: themes[one].name(view.lang),
    resets=("ind",),
)
show(kept(view, f"theme {theme}", lambda: body(view, themes[theme])), "theme")
door.leave(view, share_html(view, view.pinned(theme=theme)))
