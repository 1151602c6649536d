"""The sidebar: what a reader may choose, collected into one query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from geo.exports import FORMATS
from geo.maps.palette import EVENT_TONES, SHORT_LABELS, variable
from geo.query import IncidentQuery, Interval


def dates(first: dt.date, last: dt.date) -> Interval:
    """A slider in steps of a day and two typed dates, which are one state: `start` and `end`.

    A control's state is written only where it differs: what Streamlit is told, it sends back, and
    that would undo a handle that is moved on in the meantime.
    """
    state = st.session_state

    def put(name: str, value: object) -> None:
        if name not in state or state[name] != value:
            state[name] = value

    put("start", min(max(state.get("start") or first, first), last))
    put("end", min(max(state.get("end") or last, state.start), last))
    put("span", (state.start, state.end))

    def from_slider() -> None:
        state.start, state.end = state.span

    def from_start() -> None:
        state.end = max(state.start, state.end)

    def from_end() -> None:
        state.start = min(state.start, state.end)

    if first < last:
        st.slider("Dates", first, last, key="span", format="D MMM", on_change=from_slider)
    left, right = st.columns(2, gap="small")
    typed: dict[str, Any] = {"min_value": first, "max_value": last, "format": "DD/MM/YYYY"}
    left.date_input("From", key="start", on_change=from_start, **typed)
    right.date_input("To", key="end", on_change=from_end, **typed)
    return Interval(state.start, state.end)


def event_types() -> tuple[str, ...] | None:
    """A box to tick for each event type; None when all are ticked."""
    with st.container(key="types", gap=None):
        st.html('<div class="em-label">Event types</div>')
        ticked = tuple(kind for kind in EVENT_TONES if st.checkbox(SHORT_LABELS[kind], True, key=key(kind)))
    return None if len(ticked) == len(EVENT_TONES) else ticked


def key(kind: str) -> str:
    """The key of an event type's box, which style rules go by."""
    return variable(kind).removeprefix("--")


def type_styles(counts: Mapping[str, int]) -> str:
    """Style rules that put its colour before each box's label, and its count behind it.

    Written as styles because a count in the label would become part of its name.
    """
    rules = []
    for kind in EVENT_TONES:
        label = f".st-key-{key(kind)} label p"
        rules.append(f"{label}::before{{background:var({variable(kind)})}}")
        rules.append(f'{label}::after{{content:"{counts.get(kind, 0):,}"}}')
        if not counts.get(kind):
            rules.append(f"{label}{{opacity:.55}}")
    return f"<style>{''.join(rules)}</style>"


def downloads(query: IncidentQuery) -> str:
    """Links that download what is shown. Links, because the API streams what a button would hold."""
    address = urlencode(query.to_params(), doseq=True)
    links = "".join(
        f'<a class="em-button" download href="/api/download/{form.name}?{address}" '
        f'title="Download what is shown as {form.title}">{form.title}</a>'
        for form in FORMATS.values()
    )
    return f'<div class="em-label">Download what is shown</div><div class="em-buttons">{links}</div>'
