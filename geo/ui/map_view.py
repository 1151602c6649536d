"""The map page: the live map, the timeline under it, and what a reader must know of both."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo.maps.layer import QueryPush
from geo.maps.view import build_map
from geo.query import BBox, IncidentQuery, Interval
from geo.store import Store
from geo.ui import spans, timeline
from geo.ui.i18n import _, language, ngettext


def live_map(store: Store, query: IncidentQuery, on: dt.date) -> None:
    """The map keeps its frame, view and open popup: its script is the same at every rerun."""
    chosen = st.session_state
    push = QueryPush(query.to_params(), figure=chosen.figure, language=language(), goto=chosen.get("goto"))
    with st.container(key="mapbox"):
        st_folium(
            build_map(BBox(*store.home), on=on),
            feature_group_to_add=push,
            height=560,
            use_container_width=True,
            returned_objects=[],
            key="map",
        )


def days(store: Store, query: IncidentQuery, first: dt.date, last: dt.date) -> None:
    """Bars per day and event type; dragging across them chooses days."""
    chosen = st.session_state
    hint = _(
        "Drag across the bars to choose days. An incident of several days counts on each. "
        "Lines below the bars: incidents whose day is not known exactly."
    )
    title = _("Incidents per day")
    st.html(f'<div class="em-section"><b>{title}</b><span>{hint}</span></div>')
    asked = replace(query, interval=Interval())
    drawn = _bars(store.version, store, asked, first, last, language())
    st.html(f'<p class="em-unseen">{escape(timeline.told(drawn))}</p>')
    key = f"days{chosen.get('brushes', 0)}"

    def brushed() -> None:
        """The brush is a gesture: it sets the two dates, and a new chart starts without it."""
        found = chosen[key].get("selection", {}).get(timeline.BRUSH, {})
        if edges := next(iter(found.values()), None):
            chosen.start, chosen.end = timeline.brushed(edges, first, last)
        chosen.brushes = chosen.get("brushes", 0) + 1

    st.vega_lite_chart(
        timeline.chosen(drawn, chosen.start, chosen.end),
        timeline.spec(first, last, language(), timeline.lanes_of(drawn)),
        key=key,
        on_select=brushed,
    )


def caveats(store: Store, query: IncidentQuery, summary: dict[str, Any]) -> None:
    """What has no place, and what a reader must know before drawing conclusions."""
    if summary["unplaced"]:
        title = ngettext("{n} incident without a place", "{n} incidents without a place", summary["unplaced"])
        with st.expander(title):
            lost = store.details(query, unplaced=True, limit=50)["incidents"]
            items = "".join(
                f"<li>{escape(row['title'])} <i>({escape(row['place_note'])})</i></li>" for row in lost
            )
            st.html(f'<ul class="em-list">{items}</ul>')
    lines = [
        _("No row is no evidence that nothing happened: it means that no report of it is on record here."),
        _("Cumulative totals are kept as claims and never counted as incidents."),
        ngettext(
            "For {n} incident no report states a publication day; it counts as known on its last day.",
            "For {n} incidents no report states a publication day; they count as known on their last day.",
            summary["undated"],
        ),
        _("Boundaries: Natural Earth. Places: GeoNames, CC BY 4.0. Figures: Bureau of National Statistics."),
    ]
    st.html('<div class="em-notes">' + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</div>")


@st.cache_data(max_entries=64, show_spinner=False)
def numbers(version: str, _store: Store, query: IncidentQuery) -> tuple[dict[str, Any], dict[str, int]]:
    """The summary of a query, and the count of each type whether it is ticked or not."""
    del version  # part of the key: another store, other numbers
    return _store.summary(query), _store.type_counts(replace(query, event_types=None))


@st.cache_data(max_entries=16, show_spinner=False)
def _bars(
    version: str, _store: Store, asked: IncidentQuery, first: dt.date, last: dt.date, words: str
) -> pd.DataFrame:
    """The bars of the timeline, all days."""
    del version, words
    lines = spans.lanes(_store.spans(asked), first, last)
    return timeline.with_spans(timeline.bars(_store.days(asked).to_pandas(), first, last), lines)
