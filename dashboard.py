"""The dashboard's entry: page settings, the pages, and the one that was asked for.

`streamlit run dashboard.py` serves it; `make run` serves it compressed, with the reader's language in the page's head.
"""

import streamlit as st

from observatory.ui import door

pages = {name: st.Page(f"pages/{name}.py", title=door.title(name)) for name in door.ALL_PAGES}
home = st.Page(
    lambda: st.switch_page(pages["overview"], query_params=st.query_params.to_dict()), title="·", default=True
)
asked = st.navigation([home, *pages.values()], position="hidden")
door.settings(asked.title)
door.follow(pages)
asked.run()
