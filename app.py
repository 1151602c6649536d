"""The application that Streamlit serves: the page and the API in one process, from one origin.

Start it with `eventmap serve`, or with `streamlit run app.py`.
"""

import streamlit as st

from geo import api, ui
from geo.settings import Settings

app = st.App(
    ui.SCRIPT,
    routes=api.routes(Settings.from_environment(), ui.find_asset),
    on_script_error=ui.explain,
)
