"""The table of what is shown; choosing a row flies the map there."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from geo.query import IncidentQuery
from geo.store import Store
from geo.ui import vocabulary
from geo.ui.i18n import _, ngettext

Row = dict[str, Any]

MOST = 2000
"""Rows that a page holds; a download has them all."""


def draw(store: Store, query: IncidentQuery) -> None:
    """The table, sortable by every column."""
    found = store.details(query, limit=MOST)
    rows: list[Row] = found["incidents"]
    if not rows:
        st.info(_("No incident matches. Widen the dates, tick more event types, or reset all filters."))
        return
    if found["total"] > MOST:
        st.caption(ngettext("The first {n} are listed.", "The first {n} are listed.", MOST))
    st.caption(_("Choose a row to see it on the map. Click a heading to sort."))
    text, days = st.column_config.TextColumn, st.column_config.DateColumn
    state = st.session_state
    key = f"table{state.get('flights', 0)}"

    def chosen() -> None:
        picked = state[key]["selection"]["rows"]
        if picked:
            row = rows[picked[0]]
            state.flights = state.get("flights", 0) + 1
            state["goto"] = goal(row, state.flights)
            state.page = vocabulary.PAGES[0]

    st.dataframe(
        frame(rows),
        key=key,
        hide_index=True,
        height=640,
        on_select=chosen,
        selection_mode="single-row",
        placeholder="",
        column_config={
            "from": days(_("From"), format="D MMM YYYY"),
            "to": days(_("To"), format="D MMM YYYY"),
            "type": text(_("Type")),
            "title": text(_("What happened"), width="large"),
            "place": text(_("Place")),
            "region": text(_("Region")),
            "precision": text(_("Known to")),
            "killed": text(_("Killed")),
            "injured": text(_("Injured")),
            "arrested": text(_("Arrested")),
            "reports": st.column_config.NumberColumn(_("Reports")),
            "known": days(_("Known since"), format="D MMM YYYY"),
            "source": st.column_config.LinkColumn(_("Source"), display_text=r"https?://(?:www\.)?([^/:]+)"),
        },
    )


def frame(rows: list[Row]) -> pd.DataFrame:
    """One row per incident; numbers that sources differ on as ranges."""
    return pd.DataFrame(
        {
            "from": row["date_start"],
            "to": row["date_end"],
            "type": vocabulary.event_type(row["event_type"]),
            "title": row["title"],
            "place": row["place"],
            "region": row["admin1_name"],
            "precision": vocabulary.known_to(row["location_precision"]),
            "killed": between(row, "fatalities_low", "fatalities_high"),
            "injured": between(row, "injured_low", "injured_high"),
            "arrested": between(row, "arrested_low", "arrested_high"),
            "reports": row["report_count"],
            "known": row["first_reported_on"],
            "source": next((told["url"] for told in row["reports"] or [] if told["url"]), None),
        }
        for row in rows
    )


def between(row: Row, low: str, high: str) -> str:
    """`3`, `1–3`, or nothing where no report gives a number."""
    if row[low] is None:
        return ""
    return f"{row[low]}" if row[low] == row[high] else f"{row[low]}–{row[high]}"


def goal(row: Row, number: int) -> Row:
    """Where the map shall fly: a point, or the area an incident is known to. number: counts flights."""
    if row["lon"] is not None:
        return {"n": number, "id": row["id"], "lon": row["lon"], "lat": row["lat"]}
    return {"n": number, "id": row["id"], "area": row["area_id"]}
