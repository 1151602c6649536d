"""UCDP GED, the Georeferenced Event Dataset, as CSV or GeoJSON: one row an event, 49 columns.

Högbladh, S. (2023): UCDP GED Codebook version 23.1, https://ucdp.uu.se/downloads. `where_prec`: 1 an exact
place, 2 within about 25 km of it, 3 a district, 4 a region, 5 a line or a vague area, 6 a country, 7 sea or
air between countries. `date_prec`: 1 the day, 2 some days, 3 a week, 4 a month, 5 more than a month.
"""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from geo.schema import DatePrecision, Precision
from geo.sources import dates, numbers
from geo.sources.cells import Fault
from geo.sources.draft import TELLING, Draft, Events, code_of
from geo.sources.files.sheet import Batch

MARKS = frozenset({"relid", "where_prec", "date_prec", "type_of_violence", "best", "high", "low"})
"""Columns by which a file is known."""

ABOUT: dict[str, Any] = {
    "title": "UCDP Georeferenced Event Dataset",
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ],
    "sources": [{"title": "Uppsala Conflict Data Program", "path": "https://ucdp.uu.se"}],
    "eventmap": {
        "citation": "Sundberg, R. and Melander, E. (2013): Introducing the UCDP Georeferenced Event Dataset. "
        "Journal of Peace Research 50(4), 523-532."
    },
}

PLACES = {
    "1": Precision.CITY,
    "2": Precision.DISTRICT,
    "3": Precision.DISTRICT,
    "4": Precision.REGION,
    "5": Precision.MACRO_REGION,
    "6": Precision.COUNTRY,
    "7": Precision.MACRO_REGION,
}
"""`where_prec` as a precision of ours. A vague area is wider than a region, for nobody drew its outline."""

DAYS = {
    "1": DatePrecision.DAY,
    "2": DatePrecision.RANGE,
    "3": DatePrecision.WEEK,
    "4": DatePrecision.MONTH,
    "5": DatePrecision.RANGE,
}
"""`date_prec` as a precision of ours; first and last day are always given."""

_KINDS = {
    "1": ("Battles", "Armed clash", "state-based conflict"),
    "2": ("Battles", "Armed clash", "non-state conflict"),
    "3": ("Violence against civilians", "Attack", "one-sided violence"),
}


def read(name: str, batch: Batch) -> Events:
    """Events of a batch of rows."""
    draft = Draft(name, batch)
    numbered = draft.read("id", _whole, required=True)
    first = draft.read("date_start", lambda text: dates.read(text).start, required=True).list()
    last = draft.read("date_end", lambda text: dates.read(text).start).list()
    for at, (start, end) in enumerate(zip(first, last, strict=True)):
        if start and end and end < start:
            draft.fault(at, "date_end", Fault(f"is before date_start, {start}", "swap or correct them"))
    kinds = draft.read("type_of_violence", code_of(_KINDS), required=True)
    where = draft.read("where_prec", code_of(PLACES), required=True)
    dyads = draft.text("dyad_name").to_pylist()
    places = draft.text("where_coordinates").to_pylist()
    titles = [", ".join(filter(None, pair)) or "Event" for pair in zip(dyads, places, strict=True)]
    columns = ("source_article", "source_office", "source_date", "source_headline")
    told = [
        _tellings(*cells) for cells in zip(*(draft.text(one).to_pylist() for one in columns), strict=True)
    ]
    headlines = [tellings[0]["summary"] for tellings in told]
    return draft.finish(
        {
            "id": numbered.array(pa.string(), lambda number: f"UCDP-{number}"),
            "title": titles,
            "date_start": first,
            "date_end": last,
            "date_precision": draft.read("date_prec", code_of(DAYS), required=True).array(
                pa.string(), lambda code: DAYS[code]
            ),
            "place": places,
            "place_text": draft.text("where_description"),
            "location_precision": where.array(pa.string(), lambda code: PLACES[code]),
            "event_type": kinds.array(pa.string(), lambda code: _KINDS[code][0]),
            "sub_event_type": kinds.array(pa.string(), lambda code: _KINDS[code][1]),
            "source_type": kinds.array(pa.string(), lambda code: _KINDS[code][2]),
            "actors": dyads,
            "summary": [headline or title for headline, title in zip(headlines, titles, strict=True)],
            "lon": draft.degrees("longitude", "lon"),
            "lat": draft.degrees("latitude", "lat"),
            "fatalities_low": draft.read("low", numbers.count).array(pa.int64()),
            "fatalities_best": draft.read("best", numbers.count).array(pa.int64()),
            "fatalities_high": draft.read("high", numbers.count).array(pa.int64()),
            "country": draft.text("country"),
            "region": draft.text("adm_1"),
            "tellings": pa.array(told, pa.list_(TELLING)),
        }
    )


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,18}(\.0+)?", text):
        raise Fault("is no identifier of UCDP", "send the file as published")
    return int(text.split(".")[0])


def _tellings(
    article: str | None, offices: str | None, days: str | None, headlines: str | None
) -> list[dict[str, str | None]]:
    """The articles a row rests on; of rows before 2013 the only column with words is `source_article`."""
    if not offices:
        named = re.match(r'["\s]*([^",\d]{2,60})', article or "")
        found = re.search(r"\d{4}-\d{2}-\d{2}", article or "")
        publisher = named[1].strip() if named and named[1].strip() else "UCDP GED"
        return [
            {
                "key": "1",
                "publisher": publisher,
                "reported": _day(found[0]) if found else None,
                "summary": article,
            }
        ]
    names = [part.strip() for part in offices.split(";")]
    dated = [part.strip() for part in (days or "").split(";")]
    heads = [part.strip() for part in (headlines or "").split(";")]
    several = len(dated) == len(names)
    return [
        {
            "key": str(key),
            "publisher": name or "UCDP GED",
            "reported": _day(dated[key - 1] if several else min(dated)),
            "summary": heads[key - 1] if len(heads) == len(names) else headlines,
        }
        for key, name in enumerate(names, start=1)
    ]


def _day(text: str) -> str | None:
    try:
        return dates.read(text).start.isoformat()
    except Fault:
        return None
