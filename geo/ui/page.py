"""The map page, from top to bottom. Streamlit runs this file at every change of a control.

The map is built once and then only told its new query, so it comes before the numbers around it;
places that are drawn above it are left open and filled when their numbers are known.
"""

from __future__ import annotations

import datetime as dt
import gc
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo.errors import GeoError
from geo.exports.context import CAVEAT
from geo.maps.layer import QueryPush
from geo.maps.palette import css_variables
from geo.maps.view import build_map
from geo.query import BBox, IncidentQuery
from geo.settings import Settings
from geo.store import Store
from geo.ui import controls, timeline, words

_HERE = Path(__file__).parent


def main() -> None:
    """Draw the page, or say in one line why it cannot be drawn."""
    st.set_page_config("eventmap", str(_HERE / "icon.svg"), "wide", initial_sidebar_state=296)
    st.html(f"<style>{css_variables()}{(_HERE / 'page.css').read_text(encoding='utf-8')}</style>")
    try:
        settings = Settings.from_environment()
        store = Store.current(settings.store, threads=settings.threads)
        first, last = store.extent()
    except GeoError as error:
        st.error(str(error))
        return
    if first is None or last is None:
        st.info("This store holds no incidents yet. Add a data package: eventmap build FOLDER")
        return
    _draw(store, first, last)


def _draw(store: Store, first: dt.date, last: dt.date) -> None:
    header = st.empty()
    with st.sidebar:
        query = IncidentQuery(interval=controls.dates(first, last), event_types=controls.event_types())
        styles, links, notes = st.empty(), st.empty(), st.container(key="notes")
    with st.container(key="mapbox"):
        _map(store, query, first)
    chart = st.container(key="timeline")
    start, end = query.interval.start or first, query.interval.end or last

    summary, counts = _numbers(store.version, store, query)
    header.html(_header(store, summary, start, end))
    styles.html(controls.type_styles(counts))
    links.html(controls.downloads(query))
    with chart:
        st.html(
            '<div class="em-section"><b>Incidents per day</b>'
            "<span>An incident of several days counts on each.</span></div>"
        )
        drawn = _bars(store.version, store, query.event_types, first, last)
        st.vega_lite_chart(timeline.chosen(drawn, start, end), timeline.spec(first, last), key="days")
    with notes:
        _notes(store, query, summary)
    _settle_memory()


def _map(store: Store, query: IncidentQuery, on: dt.date) -> None:
    """The map keeps its frame, view and open popup: its script is the same at every rerun."""
    st_folium(
        build_map(BBox(*store.home), on=on),
        feature_group_to_add=QueryPush(query.to_params()),
        height=560,
        use_container_width=True,
        returned_objects=[],
        key="map",
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _numbers(version: str, _store: Store, query: IncidentQuery) -> tuple[dict[str, Any], dict[str, int]]:
    """The summary of a query, and the count of each type whether it is ticked or not."""
    del version  # part of the key: another store, other numbers
    every = IncidentQuery(interval=query.interval)
    return _store.summary(query), _store.type_counts(every)


@st.cache_data(max_entries=16, show_spinner=False)
def _bars(
    version: str, _store: Store, kinds: tuple[str, ...] | None, first: dt.date, last: dt.date
) -> pd.DataFrame:
    """The bars of the timeline for these event types, all days."""
    del version
    return timeline.bars(_store.days(IncidentQuery(event_types=kinds)).to_pandas(), first, last)


@st.cache_resource(show_spinner=False)
def _settle_memory() -> None:
    """Take what is loaded by now out of the garbage collector's sight.

    Streamlit runs a full collection after every rerun, and with all modules in it that takes 100 ms
    during which no request is answered.
    """
    gc.collect()
    gc.freeze()


def _header(store: Store, summary: dict[str, Any], start: dt.date, end: dt.date) -> str:
    title = "; ".join(found.get("title", name) for name, found in store.datasets.items())
    number, rest = words.headline(summary, start, end)
    return (
        f'<header class="em-header"><h1>{escape(title)}</h1>'
        f'<p data-testid="headline"><b>{number}</b> {rest}, <b>as known today</b></p></header>'
    )


def _notes(store: Store, query: IncidentQuery, summary: dict[str, Any]) -> None:
    """What a reader must know before drawing conclusions."""
    if summary["unplaced"]:
        with st.expander(f"{words.count(summary['unplaced'], 'incident')} without a place"):
            lost = store.details(query, unplaced=True, limit=50)["incidents"]
            items = "".join(
                f"<li>{escape(row['title'])} <i>({escape(row['place_note'])})</i></li>" for row in lost
            )
            st.html(f'<ul class="em-list">{items}</ul>')
    undated = words.count(summary["undated"], "incident")
    lines = [
        escape(CAVEAT),
        "Cumulative totals are kept as claims and never counted as incidents.",
        f"For {undated} no report states a publication day; these count as known on the event’s last day.",
        "Boundaries: Natural Earth. Places: GeoNames, CC BY 4.0. Figures: Bureau of National Statistics.",
    ]
    st.html('<div class="em-notes">' + "".join(f"<p>{line}</p>" for line in lines) + "</div>")


if __name__ == "__main__":
    main()
