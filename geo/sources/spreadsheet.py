"""Any table of events: the roles of its columns say what each cell is.

What a row does not say is derived and never invented: a title from kind and place, a precision from
what the place is known by. Without an identifier a row is known by its own words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.schema import DatePrecision, Precision
from geo.sources import dates, numbers, words
from geo.sources.cells import Fault
from geo.sources.dates import Dated, Order
from geo.sources.draft import TELLING, Draft, Events
from geo.sources.files.sheet import Batch
from geo.sources.roles import Roles

_TOTAL = r"(grand\s+|sub)?totals?|sum|итого|всего|сумма|барлығы|жиыны"
_KEPT = {"killed": "fatalities", "injured": "injured", "arrested": "arrested", "participants": "participants"}


@dataclass(frozen=True)
class Reader:
    """roles: of the columns. order: of day and month. fixed: what holds for every row, by role."""

    roles: Roles
    order: Order | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)

    def read(self, name: str, batch: Batch) -> Events:
        """Events of a batch of rows."""
        draft = Draft(name, batch)
        by = self.roles.by
        self._totals(draft)
        days = self._days(draft)
        kinds = self._kinds(draft)
        lon, lat, point = self._point(draft)
        text = {role: self._text(draft, role) for role in ("place", "region", "country", "summary", "title")}
        places = [
            self._place(*cells) for cells in zip(text["place"], text["region"], text["country"], strict=True)
        ]
        titles = [
            title or _short(summary) or (kind and ", ".join(filter(None, (kind[1] or kind[0], place))))
            for title, summary, kind, place in zip(text["title"], text["summary"], kinds, places, strict=True)
        ]
        sides = zip(self._text(draft, "actors"), self._text(draft, "actors2"), strict=True)
        columns: dict[str, Any] = {
            "id": draft.text(by["id"]) if "id" in by else _identities(batch),
            "title": titles,
            "date_start": [day and day.start for day in days],
            "date_end": [day and day.end for day in days],
            "date_precision": [day and str(day.precision) for day in days],
            "time_local": [
                time or (day and day.time) for time, day in zip(self._text(draft, "time"), days, strict=True)
            ],
            "place": places,
            "place_text": text["place"],
            "location_precision": self._precisions(draft, point, text["place"], text["region"]),
            "event_type": [kind and kind[0] for kind in kinds],
            "sub_event_type": [kind and kind[1] for kind in kinds],
            "source_type": draft.text(by["type"]) if "type" in by else None,
            "actors": ["; ".join(filter(None, pair)) or None for pair in sides],
            "summary": [summary or title for summary, title in zip(text["summary"], titles, strict=True)],
            "lon": lon,
            "lat": lat,
            "country": text["country"],
            "region": text["region"],
            "tellings": pa.array(self._tellings(draft), pa.list_(TELLING)),
        }
        if "id" in by:
            draft.read(by["id"], str, required=True)
        return draft.finish(columns | self._counts(draft))

    def _text(self, draft: Draft, role: str) -> list[str | None]:
        if role in self.roles.by:
            cells: list[str | None] = draft.text(self.roles.by[role]).to_pylist()
            return cells
        return [self.fixed.get(role)] * draft.length

    def _totals(self, draft: Draft) -> None:
        """A row that adds the others up is no event; it has no day."""
        fault = Fault("is a row of totals", "leave it out")
        dated = draft.batch.cells[self.roles.by["date"]]
        undated = pc.match_substring_regex(dated, rf"(?i)^\s*({_TOTAL})?\s*$")
        for column in draft.batch.cells.column_names:
            found = pc.match_substring_regex(draft.batch.cells[column], rf"(?i)^\s*({_TOTAL})[\s:.]*$")
            for at in pc.indices_nonzero(pc.and_(found, undated)).to_pylist():
                draft.fault(at, column, fault)

    def _days(self, draft: Draft) -> list[Dated | None]:
        by = self.roles.by
        days: list[Dated | None] = draft.read(
            by["date"], lambda t: dates.read(t, self.order), required=True
        ).list()
        zoned = [at for at, day in enumerate(days) if day and day.zoned]
        for at in zoned:
            draft.flag(at, by["date"], "has a time zone: the day is taken as written", "check the local day")
        if "end" not in by:
            return days
        ends = draft.read(by["end"], lambda t: dates.read(t, self.order)).list()
        for at, (day, end) in enumerate(zip(days, ends, strict=True)):
            if day is None or end is None:
                continue
            last = end.end or end.start
            if last < day.start:
                draft.fault(
                    at, by["end"], Fault(f"is before the first day, {day.start}", "swap or correct them")
                )
            elif last > (day.end or day.start):
                days[at] = Dated(day.start, last, DatePrecision.RANGE, day.time)
        return days

    def _kinds(self, draft: Draft) -> list[words.Kind | None]:
        by = self.roles.by
        fixed = words.kind(self.fixed["type"]) if "type" in self.fixed else None
        sides = [
            draft.read(by[role], words.kind, required=role == "type" and fixed is None).list()
            if role in by
            else [None] * draft.length
            for role in ("type", "subtype")
        ]
        found: list[words.Kind | None] = []
        for at, (kind, sub) in enumerate(zip(*sides, strict=True)):
            try:
                found.append(words.both(kind, sub) or fixed)
            except Fault as fault:
                draft.fault(at, by["subtype"], fault)
                found.append(None)
            if found[-1] is None and "type" not in by and fixed is None:
                draft.fault(at, by["subtype"], Fault("is empty", "fill it in"))
        return found

    def _point(
        self, draft: Draft
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
        """Longitude and latitude, NaN where there is none, and whether there is one."""
        by = self.roles.by
        if "coordinates" in by:
            pairs = draft.read(by["coordinates"], numbers.pair)
            lat = pairs.array(pa.float64(), itemgetter(0)).to_numpy(zero_copy_only=False)
            lon = pairs.array(pa.float64(), itemgetter(1)).to_numpy(zero_copy_only=False)
        elif "lat" in by:
            lon, lat = self._axes(draft)
        else:
            lon = lat = np.full(draft.length, np.nan)
        column = by.get("coordinates") or by.get("lat", "")
        for at in np.flatnonzero((lon == 0) & (lat == 0)):
            fault = Fault("is 0, 0, which programs write where nothing is known", "clear it, or correct it")
            draft.fault(int(at), column, fault)
        known: npt.NDArray[np.bool_] = ~np.isnan(lon) & ~np.isnan(lat)
        for at in np.flatnonzero(np.isnan(lon) != np.isnan(lat)):
            lone = by["lon"] if np.isnan(lon[at]) else by["lat"]
            draft.fault(int(at), lone, Fault("leaves a coordinate alone", "give both, or neither"))
        return lon, lat, known

    def _axes(self, draft: Draft) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Two columns of degrees. A latitude that can only be a longitude says that they are swapped."""
        by = self.roles.by
        lat = draft.read(by["lat"], lambda text: _wide(text, "lat"))
        lon = draft.degrees(by["lon"], "lon")
        wide = lat.array(pa.float64()).to_numpy(zero_copy_only=False).copy()
        for at in np.flatnonzero(np.abs(wide) > 90):
            todo = f"swap them: --map lat={by['lon']} --map lon={by['lat']}"
            what = f"is no latitude, and the longitude {lon[at]:g} could be one: they look swapped"
            if abs(wide[at]) > 180 or not abs(lon[at]) <= 90:
                what, todo = "is beyond 90 degrees of latitude", "correct it"
            draft.fault(int(at), by["lat"], Fault(what, todo))
        return lon, wide

    def _precisions(
        self,
        draft: Draft,
        point: npt.NDArray[np.bool_],
        places: list[str | None],
        regions: list[str | None],
    ) -> list[str]:
        """As the row says; else a town for coordinates or a named place, a region, or a country."""
        by = self.roles.by
        stated = (
            draft.read(by["precision"], _precision).list() if "precision" in by else [None] * draft.length
        )
        fixed = _precision(self.fixed["precision"]) if "precision" in self.fixed else None
        return [
            str(
                said
                or fixed
                or (Precision.CITY if has or place else Precision.REGION if region else Precision.COUNTRY)
            )
            for said, has, place, region in zip(stated, point, places, regions, strict=True)
        ]

    def _place(self, place: str | None, region: str | None, country: str | None) -> str | None:
        return place or region or country

    def _counts(self, draft: Draft) -> dict[str, Any]:
        """Low, best and high of what is counted; a single number is all three."""
        by, found = self.roles.by, {}
        for role, name in _KEPT.items():
            best = draft.read(by[role], numbers.count).array(pa.int64()) if role in by else None
            found["fatalities_best" if role == "killed" else name] = best
            for end in ("low", "high"):
                column = by.get(f"{role}_{end}")
                found[f"{name}_{end}"] = (
                    draft.read(column, numbers.count).array(pa.int64()) if column else best
                )
        return found

    def _tellings(self, draft: Draft) -> list[list[dict[str, str | None]]]:
        by = self.roles.by
        read = lambda text: _partial(dates.read(text, self.order))  # noqa: E731
        reported = draft.read(by["reported"], read).list() if "reported" in by else [None] * draft.length
        rows = zip(*(self._text(draft, role) for role in ("source", "url", "summary")), reported, strict=True)
        return [_told(*row) for row in rows]


def _told(
    source: str | None, url: str | None, summary: str | None, day: str | None
) -> list[dict[str, str | None]]:
    names = [part.strip() for part in (source or "").split(";") if part.strip()] or ["not stated"]
    links = (url or "").split()
    return [
        {
            "key": str(key),
            "publisher": name,
            "url": links[min(key, len(links)) - 1] if links else None,
            "reported": day,
            "summary": summary,
        }
        for key, name in enumerate(names, start=1)
    ]


def _partial(day: Dated) -> str:
    if day.precision == DatePrecision.MONTH:
        return f"{day.start:%Y-%m}"
    return (
        day.start.isoformat() if day.precision != DatePrecision.RANGE else (day.end or day.start).isoformat()
    )


def _wide(text: str, axis: str) -> float:
    """A latitude, or one so large that it may be a longitude in the wrong column."""
    try:
        return numbers.degrees(text, axis)
    except Fault as fault:
        if not fault.reason.startswith("is beyond 90"):
            raise
        return numbers.degrees(text, "lon")


def _precision(text: str) -> Precision:
    try:
        return Precision(text.lower())
    except ValueError:
        raise Fault("is no precision of a place", f"use one of: {', '.join(Precision)}") from None


def _short(text: str | None) -> str | None:
    """The first sentence of a text, or as many words as a headline holds."""
    if not text:
        return None
    first = re.split(r"(?<=[^\s.]{3}[.!?])\s", text, maxsplit=1)[0]
    return first if len(first) <= 100 else first[:100].rsplit(" ", 1)[0] + "…"


def _identities(batch: Batch) -> list[str]:
    """An identifier for each row out of its own words, the same each time it is delivered."""
    rows = zip(*(column.to_pylist() for column in batch.cells.columns), strict=True)
    return [
        "ROW-" + hashlib.sha256("\x1f".join(map(str.strip, row)).encode()).hexdigest()[:16] for row in rows
    ]
