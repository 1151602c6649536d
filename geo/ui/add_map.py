"""The map of what came in with a file: dots where a point is known, areas where a region is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import streamlit as st

from geo.ingest.brought import Brought
from geo.maps.candidates import Candidate
from geo.schema import Precision
from geo.ui import article_words, candidate_map, vocabulary
from geo.ui.i18n import _, called, count, day, language, ngettext

Row = dict[str, Any]
Drawn = tuple[list[Candidate], int]
"""Incidents as the map draws them, and how many places are left out."""

LINES = 12
"""Incidents of one place that are told one by one."""

LISTED = 20
"""Incidents without a place that are told one by one."""

MORE = "…"
_SIDES = ("west", "south", "east", "north")

_COLUMNS = [
    *["title", "event_type", "place", "lat", "lon", "location_precision", "area_id", "admin0", "admin1_name"],
    *["date_start", "date_end", "date_precision", "fatalities_best", "injured"],
]


def draw(brought: Brought, most: int, made: dict[str, Drawn]) -> None:
    """The map, at most so many places on it, and what is not on it. made: what it was told, by language."""
    if language() not in made:
        made[language()] = drawn(brought.incidents.select(_COLUMNS).to_pylist(), most)
    rows, left_out = made[language()]
    if not any(row.has_point or row.area for row in rows):
        st.info(_("No row has a place that a map can show."))
        return
    countries = set(brought.incidents["admin0"].drop_null().to_pylist())
    latest: dt.date = max(brought.incidents["date_start"].to_pylist())
    wider = [
        {"id": macro["id"], "name": macro["place"], "regions": macro["admin1_ids"]}
        for macro in brought.macros
    ]
    bounds = {one["id"]: tuple(one[side] for side in _SIDES) for one in brought.areas.to_pylist()}
    there = candidate_map.draw(rows, countries, latest, wider, key="addmap", bounds=bounds)
    notes = [_("Borders as of {day}").format(day=day(latest))]
    if left_out:
        notes.append(
            ngettext(
                "{n} place with few incidents is left out here; the downloads have it.",
                "{n} places with few incidents are left out here; the downloads have them.",
                left_out,
            )
        )
    st.html(f'<p class="em-hint">{escape(" · ".join(notes))}</p>')
    lost = [row for row in rows if not row.has_point and row.area not in there]
    candidate_map.unplaced(listed(lost), lambda _listed: _wide(len(lost)))


def _wide(number: int) -> str:
    return ngettext(
        "{n} row is known to a country, to a region of other days, or to no place, and is not drawn:",
        "{n} rows are known to a country, to a region of other days, or to no place, and are not drawn:",
        number,
    )


def listed(lost: Sequence[Candidate]) -> list[str]:
    """One line on each of the first of them, and how many more there are."""
    told = [row.told for row in lost if row.told and not row.told.startswith(MORE)][:LISTED]
    more = len(lost) - len(told)
    return [*told, _("… and {n} more").format(n=count(more))] if more else told


def drawn(incidents: Iterable[Row], most: int) -> Drawn:
    """Incidents as the map draws them, and how many places are left out beyond the `most` fullest.

    Of one place, the first LINES are told one by one, and how many more there are.
    """
    groups: dict[Any, list[Row]] = {}
    for row in incidents:
        groups.setdefault(_spot(row), []).append(row)
    spots = Counter({key: len(rows) for key, rows in groups.items() if isinstance(key, tuple)})
    wanted = {key for key, _count in spots.most_common(most)}
    found: list[Candidate] = []
    days: dict[Any, str] = {}
    for key, rows in groups.items():
        if isinstance(key, tuple) and key not in wanted:
            continue
        for at, row in enumerate(rows):
            told = line(row, days) if at < (LINES if key else LISTED) else ""
            if at == LINES and key is not None:
                told = _("… and {n} more").format(n=count(len(rows) - LINES))
            found.append(_candidate(row, told))
    return found, len(spots) - len(wanted)


def line(row: Row, days: dict[Any, str]) -> str:
    """One line on an incident. days: those that are worded already."""
    span = (row["date_start"], row["date_end"], row["date_precision"])
    if span not in days:
        days[span] = article_words.when(*span)
    return " · ".join([days[span], vocabulary.event_type(row["event_type"]), row["title"]])


def _spot(row: Row) -> tuple[float, float] | str | None:
    """Where it is drawn: a point, an area, or nowhere."""
    if row["lon"] is not None:
        return round(row["lon"], 4), round(row["lat"], 4)
    area: str | None = row["area_id"] if row["location_precision"] != Precision.COUNTRY else None
    return area


def _candidate(row: Row, told: str) -> Candidate:
    precision = Precision(row["location_precision"])
    region = row["admin1_name"] if precision is Precision.REGION else None
    return Candidate(
        event_type=row["event_type"],
        place=called(region or row["place"] or "?"),
        lat=row["lat"],
        lon=row["lon"],
        precision=precision,
        area=_spot(row) if row["lon"] is None else None,  # type: ignore[arg-type]
        harm=(row["fatalities_best"] or 0) + (row["injured"] or 0),
        told=told,
    )
