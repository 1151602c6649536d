"""A map of incidents that are in no store, and in words what it cannot draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geo.ingest.ground import ground
from geo.maps.candidates import Box, Candidate, build_candidates
from geo.settings import Settings
from geo.ui.i18n import _, language


def draw(
    rows: Iterable[Candidate],
    countries: Iterable[str],
    on: dt.date,
    wider: Sequence[Mapping[str, Any]],
    *,
    key: str,
    bounds: Mapping[str, Box] | None = None,
) -> set[str]:
    """The map by the boundaries of a day; the areas that can be drawn on it.

    countries: ISO alpha-2, whose regions are drawn. wider: areas of several regions: id, name and regions.
    key: of the box it is in. bounds: of areas that the map shall be framed on.
    """
    with st.spinner(_("Drawing the map …")):
        outlines = ground(Settings.from_environment(), on, countries, wider)
    with st.container(key=key):
        st_folium(
            build_candidates(outlines, rows, language(), bounds),
            height=460,
            use_container_width=True,
            returned_objects=[],
            key=f"{key}-candidates",
        )
    return {
        one["properties"]["id"]
        for name in ("regions", "macro")
        for one in outlines[name]["features"]
        if one["geometry"]
    }


def unplaced(told: Sequence[str], head: Callable[[int], str]) -> None:
    """A list of what is not drawn. head: what to say of so many."""
    if told:
        items = "".join(f"<li>{escape(line)}</li>" for line in told)
        st.html(f'<p class="em-hint">{escape(head(len(told)))}</p><ul class="em-list">{items}</ul>')
