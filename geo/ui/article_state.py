"""What the page "Read an article" keeps between two runs: reading, choices, and what was accepted.

A correction never changes the reading: it is kept beside it and laid over a candidate when it is shown
or accepted. Streamlit forgets widgets that are not drawn, so that choices are copied here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from geo.ingest.visit import Accepted, Reading

Candidate = Any
"""An `Incident` or a `Claim`, told apart by their identifiers."""


@dataclass(frozen=True)
class Source:
    """Who published the article, as the reader gives it."""

    publisher: str = ""
    url: str = ""


def begin(reading: Reading, source: Source) -> None:
    """Hold a new reading; choices of the one before are forgotten, what was accepted stays."""
    state = st.session_state
    state.article, state.article_source = reading, source
    state.article_number = state.get("article_number", 0) + 1
    state.article_edits, state.article_taken, state.article_shown = {}, {}, {}


def reading() -> Reading | None:
    """The article at hand."""
    found: Reading | None = st.session_state.get("article")
    return found


def source() -> Source:
    """Who published it."""
    found: Source = st.session_state.get("article_source", Source())
    return found


def key(candidate: Candidate, name: str) -> str:
    """The key of a widget of a candidate of this reading."""
    return f"article{st.session_state.get('article_number', 0)}-{candidate.id}-{name}"


def is_coming(candidate: Candidate) -> bool:
    """Whether it is told as still to come, so that it cannot be accepted."""
    return bool(getattr(candidate, "future", False))


def is_taken(candidate: Candidate) -> bool:
    """Whether the reader wants it: all that has happened, until unticked."""
    taken: bool = st.session_state.article_taken.get(candidate.id, True)
    return taken and not is_coming(candidate)


def take(candidate: Candidate, wanted: bool) -> None:
    """Tick or untick a candidate."""
    st.session_state.article_taken[candidate.id] = wanted


def edit(candidate: Candidate, changes: Mapping[str, Any]) -> None:
    """Keep a correction; what equals the reading again is no correction."""
    edits = st.session_state.article_edits
    kept = edits.get(candidate.id, {}) | dict(changes)
    edits[candidate.id] = {name: value for name, value in kept.items() if getattr(candidate, name) != value}


def is_edited(candidate: Candidate) -> bool:
    """Whether the reader has corrected it."""
    return bool(st.session_state.article_edits.get(candidate.id))


def corrected(candidate: Candidate) -> Candidate:
    """The candidate with its corrections."""
    return replace(candidate, **st.session_state.article_edits.get(candidate.id, {}))


def whole() -> Reading:
    """The reading with all corrections."""
    at_hand: Reading = st.session_state.article
    incidents, claims = (tuple(map(corrected, group)) for group in (at_hand.incidents, at_hand.claims))
    return replace(at_hand, incidents=incidents, claims=claims)


def chosen() -> tuple[str, ...]:
    """Identifiers of what is ticked."""
    at_hand = st.session_state.article
    return tuple(one.id for one in (*at_hand.incidents, *at_hand.claims) if is_taken(one))


def accept() -> None:
    """Move what is ticked into the data set of this visit.

    An article that is accepted again replaces what was taken from it before.
    """
    state = st.session_state
    before = [one for one in state.get("visit", []) if one.reading.document != state.article.document]
    taken = chosen()
    said = source()
    state.visit = [*before, Accepted(whole(), taken, said.publisher, said.url)] if taken else before


def visit() -> list[Accepted]:
    """What was accepted in this visit, oldest first."""
    found: list[Accepted] = st.session_state.get("visit", [])
    return found


def empty() -> None:
    """Throw the data set of this visit away."""
    st.session_state.visit = []
