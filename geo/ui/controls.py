"""The sidebar: what a reader may choose. Every control writes one key of the session (state.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from geo.exports import FORMATS
from geo.maps.palette import EVENT_TONES, variable
from geo.query import IncidentQuery
from geo.ui import state, vocabulary
from geo.ui.i18n import LANGUAGES, _, count, date_form, slider_form

FIRST_FORMATS = ("geojson", "csv")
"""Formats offered in the sidebar; all of them are on the page Download."""


def language() -> None:
    """The language of the page."""
    st.selectbox(
        _("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="lang",
        label_visibility="collapsed",
    )


def dates(first: dt.date, last: dt.date) -> None:
    """A slider in steps of a day and two typed dates, which are one state: `start` and `end`.

    A control's state is written only where it differs: what Streamlit is told, it sends back, and
    that would undo a handle that is moved on in the meantime.
    """
    chosen = st.session_state
    if chosen.get("span") != (chosen.start, chosen.end):
        chosen.span = (chosen.start, chosen.end)

    def from_slider() -> None:
        chosen.start, chosen.end = chosen.span

    def from_start() -> None:
        chosen.end = max(chosen.start, chosen.end)

    def from_end() -> None:
        chosen.start = min(chosen.start, chosen.end)

    if first < last:
        st.slider(_("Dates"), first, last, key="span", format=slider_form(), on_change=from_slider)
    left, right = st.columns(2, gap="small")
    typed: dict[str, Any] = {"min_value": first, "max_value": last, "format": date_form()}
    left.date_input(_("From"), key="start", on_change=from_start, **typed)
    right.date_input(_("To"), key="end", on_change=from_end, **typed)


def known_on(first: dt.date) -> None:
    """The day whose knowledge is shown."""
    st.date_input(
        _("As known on"),
        min_value=first,
        max_value=dt.date.today(),
        key="known",
        format=date_form(),
        help=_(
            "Shows only what had been made public by the end of that day. Empty: all that is known today."
        ),
    )


def event_types() -> None:
    """A box to tick for each event type."""
    with st.container(key="types", gap=None):
        label = _("Event types")
        st.html(f'<div class="em-label">{label}</div>')
        for kind in EVENT_TONES:
            st.checkbox(vocabulary.event_type(kind), key=state.type_key(kind))


def places(regions: Mapping[str, str]) -> None:
    """How exactly the place must be known, and in which regions. regions: name by identifier."""
    st.segmented_control(
        _("Place known at least to"),
        vocabulary.PRECISIONS,
        format_func=vocabulary.precision,
        key="precision",
        required=True,
        width="stretch",
    )
    st.multiselect(
        _("Regions"),
        list(regions),
        format_func=regions.__getitem__,
        key="regions",
        placeholder=_("All regions"),
    )


def search() -> None:
    """Words to look for."""
    st.text_input(_("Search"), key="text", placeholder=_("Place, actor, words of a summary"))


def shading() -> None:
    """What regions are shaded by."""
    st.selectbox(_("Shade regions by"), vocabulary.FIGURES, format_func=vocabulary.figure, key="figure")


def reset(first: dt.date, last: dt.date) -> None:
    """Take every filter back."""
    st.button(_("Reset all filters"), type="tertiary", on_click=state.reset, args=(first, last), key="reset")


def type_styles(counts: Mapping[str, int]) -> str:
    """Style rules that put its colour before each box's label, and its count behind it.

    Written as styles because a count in the label would become part of its name.
    """
    rules = []
    for kind in EVENT_TONES:
        label = f".st-key-{state.type_key(kind)} label p"
        rules.append(f"{label}::before{{background:var({variable(kind)})}}")
        rules.append(f'{label}::after{{content:"{count(counts.get(kind, 0))}"}}')
        if not counts.get(kind):
            rules.append(f"{label}{{opacity:.55}}")
    return f"<style>{''.join(rules)}</style>"


def downloads(query: IncidentQuery) -> str:
    """Links that download what is shown. Links, because the API streams what a button would hold."""
    address = urlencode(query.to_params(), doseq=True)
    links = "".join(
        f'<a class="em-button" download href="/api/download/{name}?{address}">{FORMATS[name].title}</a>'
        for name in FIRST_FORMATS
    )
    label = _("Download what is shown")
    return f'<div class="em-label">{label}</div><div class="em-buttons">{links}</div>'
