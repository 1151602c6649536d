"""The claims page: who claimed what, and when; what became of it; and the ledger behind it.

A number is chosen, and a place. Nothing is added up: each claim is a point of its own.
"""

from __future__ import annotations

import datetime as dt
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from geo.schema import ClaimStatus
from geo.store import Store
from geo.ui import claims_chart, claims_steps
from geo.ui.claims_steps import Row
from geo.ui.claims_words import fate, metric_name, metrics, worded, wording
from geo.ui.i18n import _, called, count, day, language, ngettext, span

_CSS = Path(__file__).parent / "claims.css"
_ROW_PIXELS, _MOST_PIXELS = 35, 460

_ANY_DAY = dt.date(2000, 1, 1)
"""For a scale on which nothing is drawn, because no claim has a day."""

_MARKS = {
    ClaimStatus.STANDS: "●",
    ClaimStatus.SUPERSEDED: "→",
    ClaimStatus.RETRACTED: "✕",
    ClaimStatus.DISPUTED: "○",
}
"""Before the status in the table, so that it is not told by a word alone."""


def draw(store: Store, known_on: dt.date | None) -> None:
    """Draw the page as of the end of a day; None is today."""
    st.html(_CSS)
    ever, known = _ledgers(store.version, store, known_on)
    if not ever:
        st.info(_("This store holds no claims."))
        return
    whole = claims_steps.whole_place(ever)
    left, right, _rest = st.columns([2, 2, 3], gap="small")
    with left:
        metric = _choose(_("Number of"), "metric", _offered(ever), metric_name)
    with right:
        found = claims_steps.places([one for one in ever if one["metric"] == metric], whole)
        place = _choose(_("Place"), "claims_place", found, called)
    html, shown = _page(store.version, metric, place, known_on, language(), _ever=ever, _known=known)
    st.html(html)
    if shown:
        _table(shown, {one["id"]: one for one in known}, known_on)


@st.cache_data(max_entries=32, show_spinner=False)
def _ledgers(version: str, _store: Store, known_on: dt.date | None) -> tuple[list[Row], list[Row]]:
    """All claims as of today, and as they stood on a day."""
    del version  # part of the key: another store, other claims
    ever = _store.claims()
    return ever, (_store.claims(known_on=known_on) if known_on else ever)


@st.cache_data(max_entries=64, show_spinner=False)
def _page(
    version: str,
    metric: str,
    place: str,
    known_on: dt.date | None,
    code: str,
    *,
    _ever: list[Row],
    _known: list[Row],
) -> tuple[str, list[Row]]:
    """The charts, and the claims that are in them or beside them. Kept: to place labels takes time."""
    del version, code
    return page(metric, place, known_on, ever=_ever, known=_known)


def page(
    metric: str, place: str, known_on: dt.date | None, *, ever: list[Row], known: list[Row]
) -> tuple[str, list[Row]]:
    """The charts of a number and a place as HTML, and the rows of the table below them.

    ever, known: all claims as of today, and as they stood on the day.
    """
    whole = claims_steps.whole_place(ever)
    rows = [one for one in known if one["metric"] == metric and place in (whole, one["place"])]
    title = _("{metric}: who claimed what, and when").format(metric=metric_name(metric))
    parts = [f"<h2>{escape(title)}</h2>"]
    every = {one["id"]: one for one in known}
    drawn = claims_steps.shown_places([one for one in ever if one["metric"] == metric], place, whole)
    panels = [panel for one in drawn if (panel := claims_steps.panel(one, rows, every)).claims]
    days = [one for panel in panels for one in panel.days]
    time = claims_steps.TimeScale.over(days or [_ANY_DAY], known_on)
    if days:
        how = _("Each point is a number on the day it was made public. None are added up.")
        how = f"{how} {claims_chart.scale_note(time, panels)}"
        parts += [f'<p class="em-claims-how">{escape(how)}</p>', claims_chart.legend(panels)]
    if panels:
        parts.append(claims_chart.figures(panels, time, known_on))
    else:
        parts.append(f'<p class="em-claims-none">{escape(_nothing(known_on))}</p>')
    return f'<div class="em-claims-page">{"".join(parts)}</div>', rows


def frame(rows: list[Row], every: dict[str, Row]) -> pd.DataFrame:
    """The table: one row per claim, in the order of the ledger. every: the claims known by identifier."""
    return pd.DataFrame(
        [
            {
                "public": pd.Timestamp(one["reported_on"]) if one["reported_on"] else pd.NaT,
                "wording": wording(one),
                "number": one["value"],
                "place": called(one["place"]),
                "by": one["claimed_by"],
                "status": f"{_MARKS[one['status']]} {fate(one)}",
                "after": _after(one, every),
                "note": one["note"] or "",
                "source": one["url"] if claims_chart.safe(one["url"]) else None,
                "about": _about(one),
                "id": one["id"],
            }
            for one in rows
        ]
    )


def _offered(claims: list[Row]) -> list[str]:
    """What is counted, in the order of its names; what has no name comes last."""
    found = {one["metric"] for one in claims}
    named = [metric for metric in metrics() if metric in found]
    return named + sorted(found - set(named))


def _choose(label: str, key: str, options: list[str], name: Any) -> str:
    """A choice that falls back to its first option when what was chosen is no longer offered."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    return str(st.selectbox(label, options, format_func=name, key=key))


def _nothing(known_on: dt.date | None) -> str:
    if known_on is None:
        return _("Nobody has claimed a number here. Choose another number or place.")
    return _("Nothing of this was public on {day}. Choose a later day, another number or place.").format(
        day=day(known_on)
    )


def _after(claim: Row, every: dict[str, Row]) -> str:
    """What took a claim's place, as `225 (15 January 2022)`; not what was unknown on the day."""
    found = claims_steps.successor(claim, every)
    if not found:
        return ""
    where = f"{called(found['place'])}, " if found["place"] != claim["place"] else ""
    when = day(found["reported_on"]) if found["reported_on"] else _("day unknown")
    return f"{worded(found)} ({where}{when})"


def _about(claim: Row) -> str:
    start, end = claim["about_start"], claim["about_end"]
    if not start:
        return ""
    return span(start, end) if end else _("from {day}").format(day=day(start))


def _day_of(at: Any) -> str:
    return "" if pd.isna(at) else day(at.date())


def _number_of(value: Any) -> str:
    return "" if pd.isna(value) else count(value)


def _table(rows: list[Row], every: dict[str, Row], known_on: dt.date | None) -> None:
    found = ngettext("{n} claim", "{n} claims", len(rows))
    notes = "" if known_on is None else _("Notes are written with the knowledge of today.")
    title = _("The ledger")
    st.html(
        f'<div class="em-claims-page"><h2>{escape(title)}</h2>'
        f'<p class="em-claims-how">{escape(" ".join((f"{found}.", notes)))}</p></div>'
    )
    widest = max(len(_number_of(one["value"])) for one in rows)
    text, column = st.column_config.TextColumn, st.column_config.Column
    shown = frame(rows, every).style.format({"public": _day_of, "number": _number_of})
    st.dataframe(
        shown,
        hide_index=True,
        placeholder="–",
        height=min(_MOST_PIXELS, (len(rows) + 1) * _ROW_PIXELS + 3),
        key="ledger",
        column_config={
            "public": column(_("Made public"), width=125),
            "wording": text(_("Wording"), width=70) if any(map(wording, rows)) else None,
            "number": column(_("Number"), width=max(75, 24 + 8 * widest)),
            "place": text(_("Place"), width=115),
            "by": text(_("Said by"), width=265),
            "status": text(_("Status"), width=180),
            "after": text(_("Replaced by"), width=190),
            "note": text(_("Note"), width=330),
            "source": st.column_config.LinkColumn(
                _("Source"), display_text=r"https?://(?:www\.)?([^/:]+)", width=170
            ),
            "about": text(_("About"), width=175),
            "id": text(_("Id"), width=60),
        },
    )
