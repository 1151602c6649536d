"""The table of what is shown; choosing a row flies the map there."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from geo.query import IncidentQuery
from geo.store import Store
from geo.ui import nothing, vocabulary
from geo.ui.i18n import _, called, language, ngettext

Row = dict[str, Any]

MOST = 2000
"""Rows that a page holds; a download has them all."""

ROW, TALLEST = 35, 640
"""Pixels: the height of a row, and of the longest table."""

WEB = ("http://", "https://")


def draw(store: Store, query: IncidentQuery) -> None:
    """The table, sortable by every column."""
    with st.spinner(_("Reading the incidents …")):
        rows, total = _rows(store.version, store, query)
    if not rows:
        nothing.say(store, query)
        return
    st.html(_hint(len(rows), total))
    state = st.session_state
    key = f"table{state.get('flights', 0)}"

    def chosen() -> None:
        picked = state[key]["selection"]["rows"]
        if not picked:
            return
        state.flights = state.get("flights", 0) + 1
        row = rows[picked[0]]
        if row["lon"] is None and row["area_id"] is None:
            st.toast(_("No place was found for it, so that it is not on the map."))
            return
        state["goto"] = goal(row, state.flights)
        state.page = vocabulary.PAGES[0]

    shown = frame(rows)
    st.dataframe(
        shown,
        key=key,
        hide_index=True,
        height=tall(len(shown)),
        on_select=chosen,
        selection_mode="single-row",
        placeholder="",
        alt=_("Incidents, one in each row"),
        column_config=_columns([row["date_start"] for row in rows]),
    )


@st.cache_data(max_entries=8, show_spinner=False)
def _rows(version: str, _store: Store, query: IncidentQuery) -> tuple[list[Row], int]:
    """The first rows by date, and how many there are."""
    del version  # part of the key: another store, other rows
    found = _store.details(query, limit=MOST)
    return found["incidents"], found["total"]


def _hint(listed: int, total: int) -> str:
    """How to use the table, as HTML; what is about keys is hidden where there are none."""
    choose, keys = _("Choose a row to see it on the map."), _("With keys: arrows, then Shift and Space.")
    rest = [_("Click a heading to sort.")]
    if total > listed:
        rest.append(ngettext("The first {n} are listed.", "The first {n} are listed.", listed))
        rest.append(_("A download has all of them."))
    return (
        f'<p class="em-hint">{escape(choose)} <span class="em-keys">{escape(keys)} </span>'
        f"{escape(' '.join(rest))}</p>"
    )


def tall(rows: int) -> int:
    """Pixels for so many rows and their heading: no blank rows below a short table."""
    return min(TALLEST, ROW * (rows + 1) + 2)


def frame(rows: list[Row]) -> pd.DataFrame:
    """One row per incident; numbers that reports differ on as ranges."""
    shown = pd.DataFrame(
        {
            "from": row["date_start"],
            "to": last_day(row),
            "title": row["title"],
            "type": vocabulary.event_type(row["event_type"]),
            "place": called(row["place"] or row["place_text"]),
            "region": row["admin1_name"] and called(row["admin1_name"], row["admin1_id"]),
            "precision": vocabulary.known_to(row["location_precision"]),
            "killed": between(row, "fatalities_low", "fatalities_high"),
            "injured": between(row, "injured_low", "injured_high"),
            "arrested": between(row, "arrested_low", "arrested_high"),
            "reports": row["report_count"],
            "known": row["first_reported_on"],
            "source": link(row),
            "since": changed(row),
        }
        for row in rows
    )
    for name in ("killed", "injured", "arrested"):
        shown[name] = aligned(list(shown[name]))
    return shown.drop(columns=[] if shown["since"].any() else ["since"])


def last_day(row: Row) -> dt.date | None:
    """The last day where a report gives one; else the last that the precision of its date allows."""
    day: dt.date | None = row["date_end"] or row["date_latest"]
    return day


def between(row: Row, low: str, high: str) -> str:
    """`3`, `1–3`, or nothing where no report gives a number."""
    if row[low] is None:
        return ""
    return f"{row[low]}" if row[low] == row[high] else f"{row[low]}–{row[high]}"


def aligned(ranges: list[str]) -> list[str | None]:
    """The same with blanks in front, so that sorting them as text sorts them by their lower number."""
    width = max((len(text.split("–")[0]) for text in ranges), default=0)
    return [" " * (width - len(text.split("–")[0])) + text if text else None for text in ranges]


def link(row: Row) -> str | None:
    """The page of the first report that has one on the web."""
    pages = (told["url"] for told in row["reports"] or [] if told["url"])
    return next((page for page in pages if page.startswith(WEB)), None)


def changed(row: Row) -> str | None:
    """How the numbers known then read today, where they differ; only a look back gives any."""
    today = row.get("today")
    if not today:
        return None
    words = {
        "fatalities": _("Killed"),
        "injured": _("Injured"),
        "arrested": _("Arrested"),
    }
    now = {name: between(today, f"{name}_low", f"{name}_high") for name in words}
    then = {name: between(row, f"{name}_low", f"{name}_high") for name in words}
    parts = [f"{words[name]}: {now[name] or '?'}" for name in words if now[name] != then[name]]
    return "; ".join(parts) or None


def goal(row: Row, number: int) -> Row:
    """Where the map shall fly: a point, or the area an incident is known to. number: counts flights."""
    if row["lon"] is not None:
        return {"n": number, "id": row["id"], "lon": row["lon"], "lat": row["lat"]}
    return {"n": number, "id": row["id"], "area": row["area_id"]}


def _columns(days: list[dt.date]) -> dict[str, Any]:
    """Headings, and how a day is written: without the year where all are of one."""
    text, date = st.column_config.TextColumn, st.column_config.DateColumn
    short, long = day_forms(language())
    one_year = len({day.year for day in days}) == 1
    form = short if one_year else long
    narrow = 62 if one_year else 92
    host = r"https?://(?:www\.)?([^/:]+)"

    def number(label: str) -> Any:
        return text(label, width=wide(label, 62), alignment="right")

    return {
        "from": date(_("From"), format=form, width=narrow),
        "to": date(_("To"), format=form, width=narrow, help=_("The last day it may have touched")),
        "title": text(_("What happened"), width=310),
        "type": text(_("Type"), width=142),
        "place": text(_("Place"), width=116),
        "region": text(_("Region"), width=108),
        "precision": text(_("Known to"), width=72, help=_("How exactly the place is known")),
        "killed": number(_("Killed")),
        "injured": number(_("Injured")),
        "arrested": number(_("Arrested")),
        "reports": st.column_config.NumberColumn(_("Reports"), width=wide(_("Reports"), 62)),
        "known": date(_("Known since"), format=long, width=wide(_("Known since"), 92)),
        "source": st.column_config.LinkColumn(_("Source"), display_text=host, width=150),
        "since": text(_("As known today"), width=150),
    }


def wide(label: str, least: int) -> int:
    """Pixels of a column whose heading shall not be cut."""
    return max(least, 8 * len(label) + 18)


def day_forms(code: str) -> tuple[str, str]:
    """A day in a table, without and with its year: names of months only in English, whose they are."""
    return ("D MMM", "D MMM YYYY") if code == "en" else ("DD.MM", "DD.MM.YYYY")
