"""What to say when nothing matches: which one filter to loosen, and how much would then be shown."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.query import IncidentQuery, Interval
from geo.store import Store
from geo.ui.i18n import _, ngettext


def say(store: Store, query: IncidentQuery) -> None:
    """A notice in place of what would be here."""
    with st.container(key="nothing"):
        st.info(notice(store, query))


def notice(store: Store, query: IncidentQuery) -> str:
    """Markdown of our own words and numbers only."""
    found = {name: _count(store, wider) for name, wider in loosened(query).items()}
    lines = [f"- {_words(name)}: {_incidents(number)}" for name, number in found.items() if number]
    if not lines:
        return _("No incident matches. Widen the dates, tick more event types, or reset all filters.")
    head = _("No incident matches all filters together. What would be shown by loosening one:")
    return "\n".join([head, "", *lines])


def loosened(query: IncidentQuery) -> dict[str, IncidentQuery]:
    """The query without one of its filters, by the name of that filter; only those that restrict."""
    without = {
        "types": replace(query, event_types=None),
        "dates": replace(query, interval=Interval()),
        "text": replace(query, text=""),
        "regions": replace(query, admin1=()),
        "precision": replace(query, min_precision=None),
        "known": replace(query, known_on=None),
    }
    return {name: wider for name, wider in without.items() if wider != query}


def _count(store: Store, query: IncidentQuery) -> int:
    return sum(store.type_counts(query).values())


def _incidents(number: int) -> str:
    return ngettext("{n} incident", "{n} incidents", number)


def _words(name: str) -> str:
    return {
        "types": _("with every event type ticked"),
        "dates": _("with all days"),
        "text": _("without the search words"),
        "regions": _("with all regions"),
        "precision": _("with places known less exactly"),
        "known": _("as known today"),
    }[name]
