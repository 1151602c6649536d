"""What the reader has chosen: kept in the session, written in the address, read back from it.

Parameters of the query have the names they have everywhere (query.PARAMETERS); beside them stand
`figure`, `lang`, `page`, and on the claims page `metric` and `place`. The map keeps its own view behind
the `#`.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from geo.errors import BadQuery
from geo.maps.palette import EVENT_TONES, variable
from geo.query import IncidentQuery, Interval
from geo.schema import Precision
from geo.ui.i18n import LANGUAGES, _
from geo.ui.vocabulary import FIGURES, PAGES, PRECISIONS

OWN = ("embed", "embed_options")
"""Names in the address that are Streamlit's to write."""

_CLAIMS = {"metric": "metric", "place": "claims_place"}
"""What the claims page shows: the name in the address, and in the session."""

_SETTLING = 2.0
"""Seconds after which the browser tells the address that was last written."""


def type_key(kind: str) -> str:
    """The key of an event type's box, which style rules go by."""
    return variable(kind).removeprefix("--")


def restore(first: dt.date, last: dt.date, regions: Iterable[str]) -> None:
    """Fill the session from the address, when it is opened and when the reader goes back or forward in it.

    What cannot be understood becomes a note. first, last: the days of the data. regions: identifiers
    that may be chosen.
    """
    state = st.session_state
    given = _given()
    if "notes" in state and not _travelled(given):
        return
    state.notes = []
    _defaults(first, last)
    known = set(regions)
    _choose(given, "lang", LANGUAGES, "lang")
    _choose(given, "figure", FIGURES, "figure")
    _choose(given, "page", PAGES, "page")
    for name, key in _CLAIMS.items():
        if name in given:
            state[key] = given[name][0]
    for name, read in _READ.items():
        if name not in given:
            continue
        try:
            read(IncidentQuery.from_params({name: given[name]}), first, last, known)
        except BadQuery as fault:
            _note(str(fault))
    if state.start > state.end:
        state.start, state.end = first, last
        state.notes.append(_("The address holds a first day after the last day; both were left out."))


def query(first: dt.date, last: dt.date) -> IncidentQuery:
    """What the session asks for. All days or all types restrict nothing."""
    state = st.session_state
    ticked = tuple(kind for kind in EVENT_TONES if state[type_key(kind)])
    return IncidentQuery(
        interval=Interval(
            state.start if state.start > first else None,
            state.end if state.end < last else None,
        ),
        event_types=None if len(ticked) == len(EVENT_TONES) else ticked,
        admin1=tuple(sorted(state.regions)),
        text=" ".join(state.text.split()),
        min_precision=Precision(state.precision) if state.precision else None,
        known_on=state.known,
    )


def _given() -> dict[str, list[str]]:
    """The address as it is, without what is Streamlit's."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in OWN}


def _travelled(given: dict[str, list[str]]) -> bool:
    """Whether the reader has gone back or forward: another address, though nothing was chosen.

    Shortly after a change the browser may still tell the address of before.
    """
    state = st.session_state
    late = time.monotonic() - state.published_at > _SETTLING
    return bool(late and given != state.published and _chosen() == state.seen)


def _chosen() -> tuple[Any, ...]:
    state = st.session_state
    names = ("start", "end", "known", "precision", "text", "figure", "lang", "page")
    return (
        *(state[name] for name in names),
        tuple(state.regions),
        *(state[type_key(k)] for k in EVENT_TONES),
    )


def publish(asked: IncidentQuery) -> None:
    """Write the state into the address, so that it brings this page back."""
    state = st.session_state
    wanted: dict[str, str | list[str]] = dict(asked.to_params())
    for name, default in (("figure", ""), ("lang", "en"), ("page", PAGES[0])):
        if state[name] != default:
            wanted[name] = state[name]
    if state.page == "claims":
        wanted |= {name: state[key] for name, key in _CLAIMS.items() if state.get(key)}
    listed = {name: [value] if isinstance(value, str) else value for name, value in wanted.items()}
    if state.get("published") != listed:
        state.published, state.published_at = listed, time.monotonic()
    state.seen = _chosen()
    if _given() != listed:
        kept: dict[str, str | list[str]] = {
            name: st.query_params.get_all(name) for name in OWN if name in st.query_params
        }
        st.query_params.from_dict(kept | wanted)


def reset(first: dt.date, last: dt.date) -> None:
    """Take every filter back; language and page stay."""
    state = st.session_state
    kept = {name: state[name] for name in ("lang", "page")}
    state.notes = []
    _defaults(first, last)
    for name, value in kept.items():
        state[name] = value


def _defaults(first: dt.date, last: dt.date) -> None:
    state = st.session_state
    state.start, state.end, state.known = first, last, None
    state.precision, state.regions, state.text, state.figure = "", [], "", ""
    state.lang, state.page = "en", PAGES[0]
    for kind in EVENT_TONES:
        state[type_key(kind)] = True


def _choose(given: dict[str, list[str]], name: str, allowed: Iterable[str], key: str) -> None:
    chosen = given.get(name, [""])[0]
    if chosen in allowed and chosen:
        st.session_state[key] = chosen
    elif chosen:
        known = ", ".join(filter(None, allowed))
        _note(_("{name}: “{value}” is none of {known}").format(name=name, value=chosen, known=known))


def _note(fault: str) -> None:
    said = _("The address holds something that was left out: {fault}").format(fault=fault)
    st.session_state.notes.append(said)


Read = Callable[[IncidentQuery, dt.date, dt.date, set[str]], None]


def _start(asked: IncidentQuery, first: dt.date, last: dt.date, _known: set[str]) -> None:
    st.session_state.start = min(max(asked.interval.start or first, first), last)


def _end(asked: IncidentQuery, first: dt.date, last: dt.date, _known: set[str]) -> None:
    st.session_state.end = min(max(asked.interval.end or last, first), last)


def _types(asked: IncidentQuery, _first: dt.date, _last: dt.date, _known: set[str]) -> None:
    for kind in EVENT_TONES:
        st.session_state[type_key(kind)] = asked.event_types is None or kind in asked.event_types


def _admin1(asked: IncidentQuery, _first: dt.date, _last: dt.date, known: set[str]) -> None:
    unknown = [key for key in asked.admin1 if key not in known]
    st.session_state.regions = [key for key in asked.admin1 if key in known]
    if unknown:
        raise BadQuery(
            f"{unknown[0]!r} is no region of this data", where="admin1", todo="choose one in the list"
        )


def _precision(asked: IncidentQuery, _first: dt.date, _last: dt.date, _known: set[str]) -> None:
    wanted = str(asked.min_precision or "")
    if wanted not in PRECISIONS:
        raise BadQuery(
            f"{wanted!r} cannot be chosen here", where="min-precision", todo="choose one in the list"
        )
    st.session_state.precision = wanted


def _known_on(asked: IncidentQuery, first: dt.date, _last: dt.date, _known: set[str]) -> None:
    day = asked.known_on
    st.session_state.known = min(max(day, first), dt.date.today()) if day else None


def _text(asked: IncidentQuery, _first: dt.date, _last: dt.date, _known: set[str]) -> None:
    st.session_state.text = asked.text


_READ: dict[str, Read] = {
    "start": _start,
    "end": _end,
    "event-type": _types,
    "admin1": _admin1,
    "min-precision": _precision,
    "known-on": _known_on,
    "q": _text,
}
