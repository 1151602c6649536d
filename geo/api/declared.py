"""The parameters of the API, each declared once: read here, described by the OpenAPI document.

A resource names the parameters it takes; any other is refused, as the standard wants.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
from starlette.requests import Request

from geo.errors import BadQuery
from geo.query import PARAMETERS, IncidentQuery, Interval, parse_day
from geo.schema import EVENT_TYPES, Precision, values
from geo.store import Collection, crs

Declared = dict[str, Any]

_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string"}
_WORDS = {"type": "array", "items": _TEXT}

DEFAULT_LIMIT = 1000


def _parameter(about: str, schema: Declared, **more: Any) -> Declared:
    return {"in": "query", "required": False, "description": about, "schema": schema} | more


COMMON: dict[str, Declared] = {
    "f": _parameter("The format of the reply; without it, what the client accepts.", _TEXT),
    "limit": _parameter("The most features on one page.", {"type": "integer"}),
    "cursor": _parameter("Where a page begins; taken from the link next.", _TEXT),
    "bbox": _parameter(
        "Four or six numbers in the order of bbox-crs; a west above its east crosses the antimeridian.",
        {
            "type": "array",
            "items": {"type": "number"},
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        },
        style="form",
        explode=False,
    ),
    "datetime": _parameter(
        "A day or an instant, or two with a slash between, two dots where open. What touches it matches. "
        "The second may be a length, such as P2D.",
        _TEXT,
        style="form",
        explode=False,
    ),
    "crs": _parameter(
        "The system of the coordinates in the reply.", {"type": "string", "enum": list(crs.KNOWN)}
    ),
    "bbox-crs": _parameter("The system of the numbers of bbox.", {"type": "string", "enum": list(crs.KNOWN)}),
    "filter": _parameter("A condition in CQL2.", _TEXT),
    "filter-lang": _parameter(
        "The notation of the filter.", {"type": "string", "enum": ["cql2-text", "cql2-json"]}
    ),
    "filter-crs": _parameter(
        "The system of positions in the filter.", {"type": "string", "enum": list(crs.KNOWN)}
    ),
    "sortby": _parameter(
        "Queryables to order by, separated by commas; a minus before one turns it.",
        _WORDS,
        style="form",
        explode=False,
    ),
    "start": _parameter("First day; what touches it or a later one matches.", _DAY),
    "end": _parameter("Last day.", _DAY),
    "event-type": _parameter(
        "ACLED event types; may be repeated.",
        {"type": "array", "items": {"type": "string", "enum": [*EVENT_TYPES, "none"]}},
    ),
    "admin1": _parameter("Identifiers of regions; may be repeated.", _WORDS),
    "q": _parameter("Words that title, summary, place or actors hold.", _TEXT),
    "min-precision": _parameter(
        "The coarsest precision of a place.", {"type": "string", "enum": [str(p) for p in Precision]}
    ),
    "known-on": _parameter("Only what was public by the end of that day, as it then stood.", _DAY),
    "dataset": _parameter("One data set only.", _TEXT),
}

SHARED = (
    "f",
    "limit",
    "cursor",
    "bbox",
    "datetime",
    "crs",
    "bbox-crs",
    "filter",
    "filter-lang",
    "filter-crs",
    "sortby",
)


def of_items(collection: Collection) -> dict[str, Declared]:
    """The parameters of a collection's items: the shared, those of its query, and its queryables."""
    own: tuple[str, ...] = ("known-on",) if collection.dated else ()
    if "dataset" in collection.table.names:
        own = (*own, "dataset")
    if collection.name == "incidents":
        own = PARAMETERS
    found = {name: COMMON[name] for name in dict.fromkeys([*SHARED, *own])}
    for name, column in collection.queryables.items():
        found.setdefault(name, _parameter(f"{column.name} is this value.", json_schema(column)))
    return found


def json_schema(column: pa.Field) -> Declared:
    """A column in JSON Schema."""
    kinds = {pa.int64(): "integer", pa.float64(): "number", pa.bool_(): "boolean"}
    found: Declared = {"type": kinds.get(column.type, "string")}
    if column.type == pa.date32():
        found["format"] = "date"
    if words := values(column):
        found["enum"] = list(words)
    return found


def only(request: Request, names: Iterable[str]) -> None:
    """Refuse parameters that a resource does not know. Raises BadQuery."""
    known = list(names)
    for name in request.query_params:
        if name not in known:
            todo = f"choose from: {', '.join(known)}" if known else "leave it out"
            raise BadQuery("there is no such parameter here", where=name[:60], todo=todo)


def one(request: Request, name: str) -> str:
    """The text of a parameter that is given once, or the empty string. Raises BadQuery."""
    found = request.query_params.getlist(name)
    if len(found) > 1:
        raise BadQuery("given more than once", where=name, todo="give it once")
    return found[0].strip() if found else ""


def limit(request: Request, most: int) -> int | None:
    """How many features are asked for, at most `most`; None where that is not said. Raises BadQuery."""
    text = one(request, "limit")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 30 or int(text) < 1:
        raise BadQuery(f"{text[:40]!r} is not a number of features", where="limit", todo=f"give 1 to {most}")
    return min(int(text), most)


def interval(text: str) -> Interval:
    """The days of `datetime`: an instant, or two with a slash between. Raises BadQuery."""
    ends = text.split("/")
    if len(ends) > 2 or not any(ends):
        raise _no_time(text)
    if len(ends) == 1:
        return Interval(_day(text), _day(text))
    first = None if ends[0] in ("", "..") else _day(ends[0])
    last = (
        None
        if ends[1] in ("", "..")
        else _after(first, ends[1])
        if first and ends[1][0] in "Pp"
        else _day(ends[1])
    )
    if first and last and first > last:
        raise BadQuery(f"{text[:60]!r} ends before it begins", where="datetime", todo="swap its ends")
    return Interval(first, last)


_LENGTH = re.compile(r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?", re.IGNORECASE)


def _after(first: dt.date, text: str) -> dt.date:
    """The last day of a period that begins on a day and has a length, such as `P1M2D` (ISO 8601)."""
    found = _LENGTH.fullmatch(text)
    if not found or len(text) > 30:
        raise _no_time(text)
    years, months, weeks, days = (int(part[:-1]) if part else 0 for part in found.groups()[:4])
    hours, minutes, seconds = (int(part[:-1]) if part else 0 for part in found.groups()[5:])
    try:
        month = first.month - 1 + months
        year = first.year + years + month // 12
        start = first.replace(year=year, month=month % 12 + 1, day=1) + dt.timedelta(first.day - 1)
        return start + dt.timedelta(days, seconds, 0, 0, minutes, hours, weeks)
    except (ValueError, OverflowError):
        raise _no_time(text) from None


def _day(text: str) -> dt.date:
    if len(text) == 10 or (len(text) == 11 and text[10] == "T"):  # GDAL ends a day so
        return parse_day(text[:10], "datetime")
    try:
        if "T" not in text.upper():
            raise ValueError
        return dt.datetime.fromisoformat(text.upper()).date()
    except ValueError:
        raise _no_time(text) from None


def _no_time(text: str) -> BadQuery:
    todo = "write it as 2022-01-05, 2022-01-05/2022-01-07 or 2022-01-05/.."
    return BadQuery(f"{text[:60]!r} is neither a day nor an interval", where="datetime", todo=todo)


def incident_query(request: Request, collection: Collection, box_crs: str) -> IncidentQuery:
    """The query of a request for items. Raises BadQuery."""
    known = of_items(collection)
    wanted = [name for name in PARAMETERS if name in known and name != "bbox"]
    params = {name: request.query_params.getlist(name) for name in wanted}
    when = one(request, "datetime")
    if when:
        if "start" in request.query_params or "end" in request.query_params:
            raise BadQuery("given beside start or end", where="datetime", todo="give one or the other")
        first, last = interval(when)
        params |= {"start": [str(first or "")], "end": [str(last or "")]}
    box = one(request, "bbox")
    if box:
        params["bbox"] = [str(crs.box(box, box_crs))]
    return IncidentQuery.from_params(params)
