"""ACLED, as its export tool and its API give it: one row an event.

https://acleddata.com/methodology/acled-codebook (columns since March 2023; older files have `data_id`,
`event_id_no_cnty` and `iso3` besides, which are passed over). `geo_precision`: 1 a town, 2 part of a
region, 3 a region, whose capital gives the point. `time_precision`: 1 the day, 2 the week, around the day
given, 3 the month. `timestamp` is when ACLED last touched the row: the day from which this version of it
counts as public.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pyarrow as pa

from geo.schema import DatePrecision, Precision
from geo.sources import dates, numbers, words
from geo.sources.cells import Fault, last_day
from geo.sources.draft import Draft, Events, code_of, tellings
from geo.sources.files.sheet import Batch

MARKS = frozenset({"event_id_cnty", "event_date", "sub_event_type", "geo_precision"})
"""Columns by which a file is known."""

ABOUT: dict[str, Any] = {
    "title": "ACLED, Armed Conflict Location and Event Data",
    "licenses": [
        {
            "name": "other",
            "title": "ACLED terms of use: no redistribution of raw data",
            "path": "https://acleddata.com/terms-and-conditions",
        }
    ],
    "sources": [{"title": "ACLED", "path": "https://acleddata.com"}],
    "eventmap": {"citation": "ACLED, Armed Conflict Location and Event Data, www.acleddata.com."},
}

_PLACES = {"1": Precision.CITY, "2": Precision.DISTRICT, "3": Precision.REGION}
_CROWD = re.compile(r"crowd size=\D*(\d[\d,]*)")
_HOW = "use 1, 2 or 3"


def read(name: str, batch: Batch) -> Events:
    """Events of a batch of rows."""
    draft = Draft(name, batch)
    ids = draft.read("event_id_cnty", str, required=True)
    days = draft.read("event_date", lambda text: dates.read(text), required=True).list()
    times = (
        draft.read("time_precision", code_of(("1", "2", "3"))).list()
        if "time_precision" in batch.cells.column_names
        else []
    )
    spans = [_span(day, time) for day, time in zip(days, times or [None] * draft.length, strict=True)]
    kinds = draft.read("event_type", words.kind, required=True).list()
    subs = draft.read("sub_event_type", words.kind).list()
    found = []
    for at, (kind, sub) in enumerate(zip(kinds, subs, strict=True)):
        try:
            found.append(words.both(kind, sub) if kind else None)
        except Fault as fault:
            draft.fault(at, "sub_event_type", fault)
            found.append(None)
    killed = draft.read("fatalities", numbers.count).array(pa.int64())
    crowd = draft.read("tags", _crowd).array(pa.int64()) if "tags" in batch.cells.column_names else None
    notes = draft.text("notes").to_pylist()
    places = draft.text("location").to_pylist()
    sides = [draft.text(column).to_pylist() for column in ("actor1", "actor2")]
    sources = draft.read("source", _named)
    stamped = "timestamp" in batch.cells.column_names
    reported = draft.read("timestamp", _stamp).array(pa.string()) if stamped else None
    titles = [
        f"{kind[1] or kind[0]}, {place}" if kind else None for kind, place in zip(found, places, strict=True)
    ]
    return draft.finish(
        {
            "id": ids.array(pa.string()),
            "title": titles,
            "date_start": [span and span[0] for span in spans],
            "date_end": [span and span[1] for span in spans],
            "date_precision": [span and span[2] for span in spans],
            "place": places,
            "location_precision": draft.read("geo_precision", code_of(_PLACES), required=True).array(
                pa.string(), lambda code: _PLACES[code]
            ),
            "event_type": [kind and kind[0] for kind in found],
            "sub_event_type": [kind and kind[1] for kind in found],
            "source_type": draft.text("sub_event_type"),
            "actors": ["; ".join(filter(None, pair)) or None for pair in zip(*sides, strict=True)],
            "summary": [note or title for note, title in zip(notes, titles, strict=True)],
            "lon": draft.degrees("longitude", "lon"),
            "lat": draft.degrees("latitude", "lat"),
            "fatalities_low": killed,
            "fatalities_best": killed,
            "fatalities_high": killed,
            "participants_low": crowd,
            "participants": crowd,
            "participants_high": crowd,
            "country": draft.text("country"),
            "region": draft.text("admin1"),
            "tellings": tellings(sources, ["ACLED"], reported, draft.text("notes")),
        }
    )


def _span(day: dates.Dated | None, time: str | None) -> tuple[dt.date, dt.date | None, str] | None:
    """First day, last day and precision: the week around a day, or its month."""
    if day is None:
        return None
    start = day.start
    if time == "2":
        return start - dt.timedelta(days=3), start + dt.timedelta(days=3), DatePrecision.WEEK
    if time == "3":
        return start.replace(day=1), last_day(f"{start:%Y-%m}"), DatePrecision.MONTH
    return start, None, DatePrecision.DAY


def _crowd(tags: str) -> int | None:
    found = _CROWD.search(tags)
    return int(found[1].replace(",", "")) if found else None


def _stamp(text: str) -> str:
    """The day of a Unix time or of a date."""
    if re.fullmatch(r"\d{9,10}", text):
        return dt.datetime.fromtimestamp(int(text), dt.UTC).date().isoformat()
    return dates.read(text).start.isoformat()


def _named(source: str) -> list[str]:
    """The sources that ACLED names, each once."""
    return list(dict.fromkeys(part.strip() for part in source.split(";") if part.strip())) or ["ACLED"]
