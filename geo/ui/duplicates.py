"""Pairs of incidents that may be one event, side by side, to confirm or reject.

Decisions hold for this visit, and are taken away as CSV; where the server is set to allow it
(EVENTMAP_DECIDE), they are written into the store and the map counts the two as one.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from geo import exports
from geo.errors import GeoError
from geo.query import IncidentQuery
from geo.settings import Settings
from geo.store import Decision, Search, Store, record
from geo.ui import pairs_words as words
from geo.ui.i18n import _, ngettext

Row = dict[str, Any]
Key = tuple[str, str]

MOST = 200
"""Pairs that a visit looks at, best first; the command line has all of them."""


def draw(store: Store, query: IncidentQuery) -> None:
    """One pair at a time, with what has been decided so far below."""
    st.html(words.intro(Settings.from_environment().decide))
    st.toggle(_("Also compare incidents within one data set"), key="within")
    search = (query.interval.start, query.interval.end, bool(st.session_state.within))
    with st.spinner(_("Comparing the incidents …")):
        pairs, passed = _found(store.version, store, *search)
    made: dict[tuple[Key, Key], Row] = st.session_state.setdefault("decided", {})
    if passed:
        crowded = ngettext(
            "{n} day of a place is too crowded to compare.",
            "{n} days of places are too crowded to compare.",
            passed,
        )
        st.caption(crowded)
    if refused := st.session_state.pop("refused", ""):
        st.warning(refused)
    left = [pair for pair in pairs if keys(pair) not in made]
    if left:
        _ask(left, made)
    else:
        with st.container(key="nothing"):
            st.info(words.nothing(len(store.datasets), bool(made)))
    if made:
        _taken(made)


@st.cache_data(max_entries=8, show_spinner=False)
def _found(
    version: str, _store: Store, start: dt.date | None, end: dt.date | None, within: bool
) -> tuple[list[Row], int]:
    """Pairs on the days that are shown, and how many crowded blocks were passed over."""
    del version  # part of the key: another store, other pairs
    search = Search(start=start, end=end, within=within, most=MOST)
    return list(_store.duplicates(search)), search.crowded


def keys(pair: Row) -> tuple[Key, Key]:
    """What names a pair."""
    a, b = pair["a"], pair["b"]
    return (a["dataset"], a["id"]), (b["dataset"], b["id"])


def _ask(left: list[Row], made: dict[tuple[Key, Key], Row]) -> None:
    """The best pair that is left, and three buttons; keys: Y, N and L."""
    at = st.session_state.get("pair", 0) % len(left)
    pair = left[at]
    st.html(words.side_by_side(pair, at + 1, len(left)))

    def decide(same: bool) -> None:
        one, other = keys(pair)
        try:
            _write(Decision(one, other, same, dt.date.today()))
        except GeoError as error:
            st.session_state.refused = str(error)
        else:
            made[one, other] = _row(one, other, same)

    def skip() -> None:
        st.session_state.pair = at + 1

    with st.container(key="decide", horizontal=True):
        st.button(_("One event"), key="confirm", type="primary", shortcut="y", on_click=decide, args=(True,))
        st.button(_("Two events"), key="reject", shortcut="n", on_click=decide, args=(False,))
        st.button(_("Later"), key="skip", shortcut="l", type="tertiary", on_click=skip)


def _write(made: Decision) -> None:
    """Into the store, where the server allows it."""
    settings = Settings.from_environment()
    if settings.decide:
        record(settings.store, [made], dt.datetime.now(dt.UTC), threads=settings.threads)


def _row(one: Key, other: Key, same: bool) -> Row:
    """A decision of this visit: the columns of exports.DECISION_COLUMNS."""
    word = "same" if same else "different"
    values = (*one, *other, word, dt.date.today(), "")
    return dict(zip(exports.DECISION_COLUMNS, values, strict=True))


def _taken(made: dict[tuple[Key, Key], Row]) -> None:
    """What was decided in this visit: how much, a download, and taking back the last."""
    same = sum(row["decision"] == "same" for row in made.values())
    st.html(words.tally(same, len(made) - same))

    def undo() -> None:
        one, other = list(made)[-1]
        try:
            _write(Decision(one, other, None, dt.date.today()))
        except GeoError as error:
            st.session_state.refused = str(error)
        else:
            made.popitem()

    with st.container(key="decided_so_far", horizontal=True):
        st.download_button(
            _("Download the decisions"),
            b"".join(exports.decisions(made.values())),
            file_name="decisions.csv",
            mime="text/csv",
            on_click="ignore",
            key="decisions",
        )
        st.button(_("Take the last one back"), key="undo", type="tertiary", on_click=undo)
