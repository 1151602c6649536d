"""Who is behind what is shown: publishers, what rests on them, and which of them are weak."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.query import IncidentQuery
from geo.store import Store
from geo.ui.i18n import _, ngettext


def draw(store: Store, query: IncidentQuery) -> None:
    """A paragraph on weak sources, and the table of all."""
    rows = store.sources(query)
    if not rows:
        st.info(_("No incident matches. Widen the dates, tick more event types, or reset all filters."))
        return
    weak = sum(row["alone"] for row in rows if row["weak"])
    shown, weakly = (
        ngettext("{n} publisher stands behind this.", "{n} publishers stand behind this.", len(rows)),
        ngettext("{n} incident rests on one weak source.", "{n} incidents rest on one weak source.", weak),
    )
    st.write(shown, _("A weak source is a machine translation, a paraphrase or an unsigned reprint."), weakly)
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    st.dataframe(
        pd.DataFrame(rows).assign(weak=[_("weak") if row["weak"] else "" for row in rows]),
        hide_index=True,
        height=640,
        placeholder="",
        column_order=["publisher", "weak", "note", "reports", "incidents", "alone", "url"],
        column_config={
            "publisher": text(_("Publisher"), width="medium"),
            "weak": text(_("Quality")),
            "note": text(_("Note"), width="medium"),
            "reports": number(_("Reports")),
            "incidents": number(_("Incidents that rest on it")),
            "alone": number(_("On it alone")),
            "url": st.column_config.LinkColumn(_("A page"), display_text=r"https?://(?:www\.)?([^/:]+)"),
        },
    )
