"""Incidents that eventmap itself has written: every column is taken as it stands.

CSV, Excel, GeoPackage, GeoParquet and FlatGeobuf hold publishers and addresses in one cell each;
GeoJSON and FlatGeobuf hold the reports whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pyarrow as pa

from geo.schema import INCIDENT
from geo.sources import cells
from geo.sources.cells import Fault
from geo.sources.draft import EVENT, TELLING, Draft, Events
from geo.sources.files import geofile
from geo.sources.files.sheet import Batch

MARKS = frozenset(
    {"id", "date_start", "date_precision", "location_precision", "event_type", "title", "summary"}
)
"""Columns by which a file is known."""

_DERIVED = {"row", "country", "region", "area", "tellings"}
_FORMULA = re.compile(r"'(?=[\t\r\n]|\s*[=+\-@])")


def read(name: str, batch: Batch) -> Events:
    """Events of a batch of rows."""
    draft = Draft(name, batch)
    there = set(batch.cells.column_names)
    undo = _undone if name.lower().endswith(".csv") else str
    columns: dict[str, Any] = {}
    for kind in EVENT:
        column = {"lon": geofile.LON, "lat": geofile.LAT}.get(kind.name, kind.name)
        column = kind.name if kind.name in there else column
        if kind.name in _DERIVED or column not in there:
            continue
        field = INCIDENT.field(kind.name)
        values = draft.read(column, _reader(field, undo), required=not field.nullable)
        columns[kind.name] = values.array(kind.type)
    for name_, column in (("country", "admin0"), ("region", "admin1_id"), ("area", "area_id")):
        columns[name_] = draft.text(column) if column in there else None
    texts = {
        column: draft.text(column).to_pylist() if column in there else [None] * draft.length
        for column in ("reports", "publishers", "urls", "first_reported_on", "first_reported_basis")
    }
    told = []
    for at, row in enumerate(zip(*texts.values(), strict=True)):
        try:
            told.append(_tellings(*(cell and undo(cell) for cell in row)))
        except Fault as fault:
            draft.fault(at, "reports", fault)
            told.append([])
    return draft.finish(columns | {"tellings": pa.array(told, pa.list_(TELLING))})


def _reader(field: pa.Field, undo: Callable[[str], str]) -> Callable[[str], Any]:
    return lambda text: cells.read(undo(text), field)


def _undone(text: str) -> str:
    """Text without the apostrophe that keeps a spreadsheet from running it."""
    return _FORMULA.sub("", text, count=1) if text.startswith("'") else text


def _tellings(
    reports: str | None, publishers: str | None, urls: str | None, first: str | None, basis: str | None
) -> list[dict[str, str | None]]:
    if reports and (whole := _whole(reports)):
        return whole
    day = first if basis == "stated" else first[:7] if first and basis == "month" else None
    links = (urls or "").split()
    names = [name for name in (publishers or "").split("; ") if name] or ["not stated"]
    return [
        {
            "key": str(key),
            "publisher": name,
            "url": links[key - 1] if len(links) == len(names) else None,
            "reported": day,
        }
        for key, name in enumerate(names, start=1)
    ]


def _whole(reports: str) -> list[dict[str, str | None]]:
    try:
        found = json.loads(reports)
        return [
            {
                "key": str(one.get("id", key)),
                "publisher": str(one["publisher"]),
                "url": one.get("url"),
                "reported": _partial(one.get("reported_on"), one.get("reported_basis")),
                "summary": one.get("summary"),
            }
            for key, one in enumerate(found, start=1)
        ]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Fault("is no list of reports", "send the file as eventmap wrote it") from None


def _partial(day: str | None, basis: str | None) -> str | None:
    if day is None or basis == "event":
        return None
    return day[: {"month": 7, "year": 4}.get(basis or "", 10)]
