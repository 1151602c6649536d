"""Who is behind what is shown: publishers, what rests on them, and which of them are weak."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from geo.query import IncidentQuery
from geo.store import Store
from geo.ui import nothing
from geo.ui.i18n import _, day, ngettext
from geo.ui.table import tall, wide

Row = dict[str, Any]

LISTED = 200
"""Incidents on weak sources alone that a page lists."""


def draw(store: Store, query: IncidentQuery) -> None:
    """A paragraph on weak sources, the table of all, and what rests on weak ones alone."""
    with st.spinner(_("Counting the sources …")):
        rows, weakly = _found(store.version, store, query)
    if not rows:
        nothing.say(store, query)
        return
    st.html(f'<div class="em-prose"><p>{escape(" ".join(_told(rows, weakly["total"])))}</p></div>')
    shown = frame(rows)
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    st.dataframe(
        shown,
        hide_index=True,
        height=tall(len(shown)),
        placeholder="",
        alt=_("Publishers, one in each row"),
        column_config={
            "publisher": text(_("Publisher"), width=240),
            "reports": number(_("Reports"), width=wide(_("Reports"), 76)),
            "incidents": number(_("Incidents"), width=84, help=_("Incidents that rest on it")),
            "alone": number(
                _("On it alone"),
                width=wide(_("On it alone"), 96),
                help=_("Incidents that no other publisher tells of"),
            ),
            "weak": text(
                _("Weak"), width=64, help=_("A machine translation, paraphrase or unsigned reprint")
            ),
            "note": text(_("Note"), width=330),
            "url": st.column_config.LinkColumn(
                _("A page"), display_text=r"https?://(?:www\.)?([^/:]+)", width=160
            ),
        },
    )
    if weakly["total"]:
        _list(weakly)


def frame(rows: list[Row]) -> pd.DataFrame:
    """One row per publisher; weak ones have the word and, where none is noted, the reason for it."""
    return pd.DataFrame(
        {
            "publisher": row["publisher"],
            "reports": row["reports"],
            "incidents": row["incidents"],
            "alone": row["alone"],
            "weak": _("weak") if row["weak"] else None,
            "note": row["note"] or (_("A translation or reprint") if row["weak"] else None),
            "url": row["url"],
        }
        for row in rows
    )


@st.cache_data(max_entries=16, show_spinner=False)
def _found(version: str, _store: Store, query: IncidentQuery) -> tuple[list[Row], Row]:
    del version  # part of the key: another store, other sources
    return _store.sources(query), _store.weakly_told(query, LISTED)


def _told(rows: list[Row], weakly: int) -> list[str]:
    """How many publishers, what weak means, and how much rests on weak ones alone."""
    return [
        ngettext("{n} publisher stands behind this.", "{n} publishers stand behind this.", len(rows)),
        _("A weak source is a machine translation, a paraphrase or an unsigned reprint."),
        ngettext(
            "{n} incident rests on weak sources alone; read it as unconfirmed.",
            "{n} incidents rest on weak sources alone; read them as unconfirmed.",
            weakly,
        ),
        _("Several publishers may copy one report, so many of them are no proof."),
    ]


def _list(weakly: Row) -> None:
    """What rests on weak sources alone, with their names."""
    with st.expander(_("What rests on weak sources alone")):
        items = "".join(
            f"<li><b>{escape(day(row['date_start']))}</b> {escape(row['title'])} "
            f"<i>({escape(', '.join(row['publishers']))})</i></li>"
            for row in weakly["incidents"]
        )
        st.html(f'<ul class="em-list">{items}</ul>')
        if weakly["total"] > LISTED:
            st.caption(ngettext("The first {n} are listed.", "The first {n} are listed.", LISTED))
