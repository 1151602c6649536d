"""The data set of this visit: what was accepted so far, and its download."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.errors import GeoError
from geo.ingest.visit import features, packed
from geo.ui import article_state
from geo.ui.i18n import _, ngettext


def draw() -> None:
    """What can be accepted now, what was accepted, and the two files it can be taken away as."""
    reading, visit = article_state.reading(), article_state.visit()
    if reading is None and not visit:
        return
    with st.container(key="articlevisit", horizontal=True, vertical_alignment="center", gap="small"):
        if reading is not None:
            number = len(article_state.chosen())
            label = ngettext("Accept {n} ticked", "Accept {n} ticked", number)
            st.button(
                label,
                type="primary",
                key="article_accept",
                disabled=not number,
                on_click=article_state.accept,
            )
        st.html(f'<p class="em-visit" data-testid="visit">{escape(told())}</p>')
        if not visit:
            return
        try:
            package, points = packed(visit), features(visit)
        except GeoError as fault:
            st.error(str(fault))
            return
        st.download_button(
            _("Data package"),
            package,
            "articles.zip",
            "application/zip",
            key="article_zip",
            on_click="ignore",
        )
        st.download_button(
            "GeoJSON",
            points,
            "articles.geojson",
            "application/geo+json",
            key="article_geojson",
            on_click="ignore",
        )
        st.button(_("Empty it"), type="tertiary", key="article_empty", on_click=article_state.empty)


def told() -> str:
    """What the data set holds, in words."""
    visit = article_state.visit()
    if not visit:
        return _("Your data set of this visit is empty.")
    incidents = sum(one.id in taken.chosen for taken in visit for one in taken.reading.incidents)
    claims = sum(one.id in taken.chosen for taken in visit for one in taken.reading.claims)
    parts = [
        ngettext("{n} incident", "{n} incidents", incidents),
        ngettext("{n} claim", "{n} claims", claims),
        ngettext("from {n} article", "from {n} articles", len(visit)),
    ]
    return _("Data set of this visit: {what}").format(what=", ".join(parts))
