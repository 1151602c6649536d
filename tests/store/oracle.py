"""What a query means, in plain Python, and a population to try it on."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import strategies as st

from geo.query import WORLD, BBox, IncidentQuery, Interval
from geo.schema import EVENT_TYPES, Precision
from tests.store.small import AREAS, Row, day, incident

WORDS = ("city", "Hall", "100%", "O'Brien", 'x";--', "DROP", "Алматы", "_", "\\n", "?", "$1", "{}")


def population(size: int = 300) -> list[Row]:
    """Versions of incidents: at points of a grid, in areas, unplaced; the same ones every time."""
    dice = random.Random(2022)
    rows: list[Row] = []
    for number in range(size):
        row = incident(
            f"I{number:03}",
            dataset=dice.choice(["small", "other"]),
            title=" ".join(dice.sample(WORDS, 2)),
            summary=dice.choice(WORDS),
            actors=dice.choice([None, *WORDS]),
            place=dice.choice([None, "Westville", "О'Алматы"]),
            event_type=dice.choice(list(EVENT_TYPES)),
            location_precision=str(dice.choice(list(Precision))),
            admin1_id=dice.choice([None, "AA-west", "AA-east", "it's"]),
            fatalities_best=dice.choice([None, 0, 3]),
            injured=dice.choice([None, 2]),
            date_start=(start := day(dice.randint(1, 20))),
            date_end=dice.choice([None, start, start + dt.timedelta(dice.randint(0, 9))]),
        )
        where = dice.random()
        if where < 0.7:
            lons = [*range(-180, 180, 20), -179, 179, 5, 6, 7]
            row |= {"lon": float(dice.choice(lons)), "lat": float(dice.choice([-80, 0, 5, 6, 43, 80]))}
        elif where < 0.9:
            row |= {"area_id": dice.choice(list(AREAS))}
        turns = sorted(dice.sample(range(2, 28), dice.randint(1, 3)))
        for turn, end in zip(turns, [*turns[1:], None], strict=True):
            rows.append(row | {"known_from": day(turn), "known_to": day(end) if end else None})
    return rows


def matches(row: Row, query: IncidentQuery) -> bool:
    """Whether a version of an incident is one of those asked for."""
    if query.known_on is None:
        known = row["known_to"] is None
    else:
        ended = row["known_to"] is not None and row["known_to"] <= query.known_on
        known = row["known_from"] <= query.known_on and not ended
    names = ("title", "summary", "place", "place_text", "actors")
    text = " ".join(row[name] for name in names if row[name]).lower()
    first, last = query.interval
    return (
        known
        and (first is None or row["date_latest"] >= first)
        and (last is None or row["date_start"] <= last)
        and (query.event_types is None or row["event_type"] in query.event_types)
        and (not query.admin1 or row["admin1_id"] in query.admin1)
        and (not query.min_precision or Precision(row["location_precision"]).rank <= query.min_precision.rank)
        and all(word.lower() in text for word in query.text.split())
        and query.dataset in ("", row["dataset"])
        and (query.bbox in (None, WORLD) or any(within(row, part) for part in query.bbox.parts()))
    )


def within(row: Row, box: BBox) -> bool:
    """Whether a point lies in a box, or an area touches it."""
    if row["lon"] is not None:
        return box.west <= row["lon"] <= box.east and box.south <= row["lat"] <= box.north
    if row["area_id"] is None:
        return False
    west, south, east, north = AREAS[row["area_id"]]
    return west <= box.east and east >= box.west and south <= box.north and north >= box.south


def key(row: Row) -> tuple[object, str]:
    """The order of lists and exports."""
    return row["date_start"], row["id"]


_days = st.none() | st.integers(1, 31).map(day)
_degrees = st.integers(-180, 180).map(float)
_latitudes = st.tuples(st.integers(-85, 85), st.integers(-85, 85)).map(sorted)
boxes = st.builds(
    lambda west, east, lats: BBox(west, float(lats[0]), east, float(lats[1])), _degrees, _degrees, _latitudes
)
queries = st.builds(
    IncidentQuery,
    interval=st.tuples(_days, _days).map(
        lambda days: Interval(*(sorted(days) if all(days) else days))  # type: ignore[type-var]
    ),
    bbox=st.none() | st.just(WORLD) | boxes,
    event_types=st.none() | st.sets(st.sampled_from(list(EVENT_TYPES))).map(tuple),
    admin1=st.sampled_from([(), ("AA-west",), ("AA-east", "it's"), ("nowhere",)]),
    text=st.sampled_from(["", *WORDS, "CITY hall", "алматы", "it", "%", "'"]),
    min_precision=st.none() | st.sampled_from(Precision),
    known_on=_days,
    dataset=st.sampled_from(["", "", "small", "other", "none"]),
)
"""Queries, of which many match something."""
