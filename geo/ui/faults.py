"""What a reader sees when something of ours broke: one plain sentence; the log has the rest."""

from __future__ import annotations

import logging

import streamlit as st

_LOG = logging.getLogger("eventmap")


def explain(error: Exception) -> bool:
    """Write an unexpected error to the log and say so on the page. True: Streamlit need not."""
    _LOG.error("the page could not be drawn", exc_info=error)
    st.error(
        "This page could not be drawn because of a fault of ours, which is in the server’s log. "
        "Reload it; if that does not help, build the store again with: eventmap build"
    )
    return True
