"""A plan: what it promised, how it goes, what comes next, and what is wrong in its cells."""

from observatory.ui import door
from observatory.ui.plan import choose_plan, downloads, draw
from observatory.ui.share import share_html

view = door.enter("plan")
plan = choose_plan(view)
tab = draw(view, plan)
if plan is None:
    link = view.pinned(plan=None)
else:
    version = plan.version.version_code if plan.version else None
    link = view.pinned(plan=plan.plan.plan_id, ver=version, tab=tab)
    downloads(view, plan, tab, link)
door.leave(view, share_html(view, link))
