"""The controls under a card: take it or not, and correct what was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from geo import ingest
from geo.schema import EVENT_TYPES, DatePrecision, Precision, Qualifier
from geo.settings import Settings
from geo.ui import article_state, article_words, vocabulary
from geo.ui.article_state import Candidate
from geo.ui.claims_words import metric_name, metrics
from geo.ui.i18n import _, date_form

EARLIEST = dt.date(1900, 1, 1)


def controls(candidate: Candidate, number: str, fields: Callable[[Candidate], None]) -> None:
    """A box to tick and a sheet of fields. fields: draws them for the corrected candidate."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _tick(candidate, number)
        label = _("Correct {number}").format(number=number)
        with st.popover(label, type="tertiary"):
            fields(candidate)


def incident_fields(candidate: Candidate) -> None:
    """What can be corrected in an incident."""
    now = article_state.corrected(candidate)
    every = [(kind, sub) for kind, subs in EVENT_TYPES.items() for sub in subs]
    chosen = (now.event_type, now.sub_event_type)
    _select(
        candidate,
        _("What happened"),
        "kind",
        every if chosen in every else [chosen, *every],
        chosen,
        lambda pair: f"{vocabulary.event_type(pair[0])}: {vocabulary.sub_event_type(pair[1])}",
        lambda pair: {"event_type": pair[0], "sub_event_type": pair[1]},
    )
    _text(candidate, _("Place"), "place", now.place, lambda name: _found(candidate, name))
    _select(
        candidate,
        _("Place known to"),
        "location_precision",
        list(Precision),
        now.location_precision,
        lambda one: vocabulary.known_to(str(one)),
    )
    left, right = st.columns(2, gap="small")
    with left:
        _day(candidate, _("From"), "date_start", now.date_start)
    with right:
        _day(candidate, _("To"), "date_end", now.date_end)
    _select(
        candidate,
        _("Day known"),
        "date_precision",
        list(DatePrecision),
        now.date_precision,
        lambda one: article_words.dated(str(one)),
    )


def claim_fields(candidate: Candidate) -> None:
    """What can be corrected in a claim."""
    now = article_state.corrected(candidate)
    every = list(metrics())
    offered = every if now.metric in every else [now.metric, *every]
    _select(candidate, _("Number of"), "metric", offered, now.metric, metric_name)
    for column, name, label in zip(
        st.columns(3, gap="small"),
        ("low", "best", "high"),
        (_("At least"), _("Number"), _("At most")),
        strict=True,
    ):
        with column:
            _number(candidate, label, name, getattr(now, name))
    _text(candidate, _("Place"), "place", now.place, lambda name: _found(candidate, name))
    _text(candidate, _("Said by"), "claimed_by", now.claimed_by, lambda who: {"claimed_by": who})
    left, right = st.columns(2, gap="small")
    with left:
        _day(candidate, _("From"), "about_start", now.about_start)
    with right:
        _day(candidate, _("To"), "about_end", now.about_end)


def _tick(candidate: Candidate, number: str) -> None:
    key = article_state.key(candidate, "take")
    label = _("Accept {number}").format(number=number)
    coming = article_state.is_coming(candidate)
    st.checkbox(
        label,
        value=article_state.is_taken(candidate),
        key=key,
        disabled=coming,
        help=_("It is still to come: no incident yet.") if coming else None,
        on_change=lambda: article_state.take(candidate, st.session_state[key]),
    )


def _select(
    candidate: Candidate,
    label: str,
    name: str,
    options: list[Any],
    now: Any,
    shown: Callable[[Any], str],
    changes: Callable[[Any], Mapping[str, Any]] | None = None,
) -> None:
    key = article_state.key(candidate, name)
    told = changes or (lambda value: {name: value})

    def keep() -> None:
        article_state.edit(candidate, told(st.session_state[key]))

    st.selectbox(label, options, options.index(now), format_func=shown, key=key, on_change=keep)


def _text(
    candidate: Candidate, label: str, name: str, now: str, changes: Callable[[str], Mapping[str, Any]]
) -> None:
    key = article_state.key(candidate, name)

    def keep() -> None:
        article_state.edit(candidate, changes(" ".join(st.session_state[key].split())))

    st.text_input(label, now, max_chars=200, key=key, on_change=keep)


def _day(candidate: Candidate, label: str, name: str, now: dt.date | None) -> None:
    key = article_state.key(candidate, name)

    def keep() -> None:
        article_state.edit(candidate, {name: st.session_state[key]})

    st.date_input(label, now, EARLIEST, dt.date.today(), key=key, format=date_form(), on_change=keep)


def _number(candidate: Candidate, label: str, name: str, now: int | None) -> None:
    key = article_state.key(candidate, name)

    def keep() -> None:
        article_state.edit(candidate, _counted(candidate, name, st.session_state[key]))

    st.number_input(label, 0, None, now, 1, key=key, on_change=keep)


def _counted(candidate: Candidate, name: str, number: int | None) -> Mapping[str, Any]:
    """A number and the wording that now goes with it."""
    now = article_state.corrected(candidate)
    bounds = {bound: getattr(now, bound) for bound in ("low", "best", "high")} | {name: number}
    if bounds["best"] is not None:
        wording = Qualifier.ABOUT if now.qualifier == Qualifier.ABOUT else Qualifier.EXACT
    elif bounds["low"] is not None:
        wording = Qualifier.AT_LEAST
    else:
        wording = Qualifier.AT_MOST if bounds["high"] is not None else now.qualifier
    return {name: number, "qualifier": wording}


def _found(candidate: Candidate, name: str) -> Mapping[str, Any]:
    """A place by its name in the gazetteer; one that it does not know is kept without a point."""
    match = _match(candidate, name)
    doubts = candidate.doubts
    if name and not match:
        doubts = (*doubts, _("No place of this name was found; it is kept without a point."))
    place = {
        "place": match["name"] if match else name,
        "lat": match["lat"] if match else None,
        "lon": match["lon"] if match else None,
        "location_precision": Precision(match["precision"]) if match else candidate.location_precision,
        "country": match["country"] if match else candidate.country,
        "admin1_id": match["admin1_id"] if match else None,
        "admin1_ids": (),
        "geonameid": None,
        "doubts": doubts,
    }
    return {field: value for field, value in place.items() if hasattr(candidate, field)}


def _match(candidate: Candidate, name: str) -> Mapping[str, Any] | None:
    if not name:
        return None
    at_hand = article_state.reading()
    day = (at_hand and at_hand.published) or dt.date.today()
    settings = Settings.from_environment()
    for country in dict.fromkeys((candidate.country, None)):
        if match := ingest.geocode(settings, name, day, country)["match"]:
            found: Mapping[str, Any] = match
            return found
    return None
