"""What a picture shows of its rows: counts by place, by area, by type; days and publishers. Streams."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from geo.exports.tables import Tally
from geo.schema import EVENT_TYPES

Row = dict[str, Any]


class Seen:
    """places: counts by type of each point, lon and lat in degrees; areas: the same by `area_id`.

    names: of the places and areas, as the incidents call them. unplaced: incidents with neither.
    first, last: the days they span. publishers: how many incidents each tells of.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.tally = Tally()
        self.types: Counter[str] = Counter(dict.fromkeys(EVENT_TYPES, 0))
        self.places: dict[tuple[float, float], Counter[str]] = defaultdict(Counter)
        self.areas: dict[str, Counter[str]] = defaultdict(Counter)
        self.names: dict[tuple[float, float] | str, str] = {}
        self.publishers: Counter[str] = Counter()
        self.unplaced = 0
        self.first: dt.date | None = None
        self.last: dt.date | None = None
        for row in self.tally.over(rows):
            self._add(row)

    def _add(self, row: Row) -> None:
        kind = row["event_type"]
        self.types[kind] += 1
        self.publishers.update({report["publisher"] for report in row["reports"] or []})
        start, end = row["date_start"], row["date_end"] or row["date_start"]
        self.first = min(self.first or start, start)
        self.last = max(self.last or end, end)
        if row["lon"] is not None:
            spot = (row["lon"], row["lat"])
            self.places[spot][kind] += 1
            self.names.setdefault(spot, row["place"] or row["place_text"] or "")
        elif row["area_id"]:
            self.areas[row["area_id"]][kind] += 1
            self.names.setdefault(row["area_id"], row["place"] or row["area_id"])
        else:
            self.unplaced += 1

    @property
    def span(self) -> str:
        """The days in words, such as 1-13 January 2022 (with a dash)."""
        if not self.first or not self.last:
            return ""
        last = _day(self.last)
        if self.first == self.last:
            return last
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first.day}–{last}"
        if self.first.year == self.last.year:
            return f"{_day(self.first).rsplit(' ', 1)[0]} – {last}"
        return f"{_day(self.first)} – {last}"


def _day(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
