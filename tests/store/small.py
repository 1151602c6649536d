"""Small stores, built from rows written in a test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo.schema import CLAIM, FIGURE, INCIDENT, REGION, REPORT, SOURCE
from geo.store import Store, Tables, write

Row = dict[str, Any]

AREAS: dict[str, tuple[float, float, float, float]] = {
    "AA-west": (0.0, 0.0, 10.0, 10.0),
    "AA-east": (10.0, 0.0, 20.0, 10.0),
    "AA": (0.0, 0.0, 20.0, 10.0),
}
"""West, south, east, north of what incidents without a point may refer to."""

DESCRIPTOR: Row = {
    "name": "small",
    "title": "Small data",
    "version": "1.2.0",
    "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
    "eventmap": {
        "admin0": ["AA"],
        "citation": "The testers: Small data.",
        "macro_regions": [{"id": "AA-all", "place": "All", "admin1_ids": ["AA-west", "AA-east"]}],
    },
}


def day(number: int) -> dt.date:
    """A day of January 2022."""
    return dt.date(2022, 1, number)


def incident(key: str, **more: Any) -> Row:
    """An incident; without `lon` and `lat` or `area_id` it is unplaced."""
    row: Row = {
        "id": key,
        "dataset": "small",
        "title": f"Title of {key}",
        "date_start": day(5),
        "date_precision": "day",
        "location_precision": "city",
        "event_type": "Protests",
        "summary": "People gathered.",
        "report_count": 1,
        "known_from": day(6),
    }
    row |= more
    return dict.fromkeys(INCIDENT.names) | {"date_latest": row.get("date_end") or row["date_start"]} | row


def report(key: str, incident_id: str | None, **more: Any) -> Row:
    """A report of an incident."""
    row: Row = {
        "id": key,
        "dataset": "small",
        "incident_id": incident_id,
        "scope": "event",
        "date_start": day(5),
        "date_precision": "day",
        "location_precision": "city",
        "event_type": "Protests",
        "summary": f"Told by {key}.",
        "source_id": "daily",
        "reported_on": day(6),
        "reported_basis": "stated",
    }
    return dict.fromkeys(REPORT.names) | row | more


def claim(key: str, **more: Any) -> Row:
    """A claim."""
    row: Row = {
        "id": key,
        "dataset": "small",
        "metric": "killed",
        "value": 5.0,
        "qualifier": "exact",
        "unit": "persons",
        "place": "Westville",
        "claimed_by": "A ministry",
        "reported_on": day(6),
        "reported_basis": "stated",
        "status": "stands",
        "status_from": day(6),
        "source_id": "daily",
    }
    return dict.fromkeys(CLAIM.names) | row | more


def tables(
    incidents: Iterable[Row] = (),
    reports: Iterable[Row] = (),
    claims: Iterable[Row] = (),
    figures: Iterable[Row] = (),
    **more: Any,
) -> Tables:
    """What a store holds, two sources and three areas included."""
    sources = [
        {"id": "daily", "dataset": "small", "publisher": "The Daily", "weak": False},
        {"id": "reprint", "dataset": "small", "publisher": "Reprint", "weak": True},
    ]
    sides = ("west", "south", "east", "north")
    areas = [
        {"id": key, "name": key, "precision": "region" if "-" in key else "country", "regions": [key]}
        | {"radius_km": 500.0}
        | dict(zip(sides, box, strict=True))
        for key, box in AREAS.items()
    ]
    by_region = [
        {
            "admin1_id": "AA-west",
            "valid_from": dt.date(1, 1, 1),
            "valid_to": day(4),
            "region_population": 1000,
        },
        {"admin1_id": "AA-west", "valid_from": day(4), "valid_to": None, "region_population": 2000},
    ]
    parts: Row = {
        "incidents": pa.Table.from_pylist(list(incidents), schema=INCIDENT),
        "reports": pa.Table.from_pylist(list(reports), schema=REPORT),
        "claims": pa.Table.from_pylist(list(claims), schema=CLAIM),
        "sources": pa.Table.from_pylist(sources, schema=SOURCE),
        "figures": pa.Table.from_pylist(list(figures), schema=FIGURE),
        "areas": pa.Table.from_pylist(areas),
        "regions": REGION.append(pa.field("geometry", pa.binary())).empty_table(),
        "figures_by_region": pa.Table.from_pylist(by_region),
        "cities": pa.Table.from_pylist(
            [{"name": "Westville", "lon": 5.0, "lat": 5.0, "population": 90_000, "admin0": "AA"}]
        ),
        "names": pa.Table.from_pylist(
            [
                {"key": "Westville", "language": "ru", "name": "Старый Вествиль"}
                | {"valid_from": None, "valid_to": day(3)},
                {"key": "Westville", "language": "ru", "name": "Вествиль"}
                | {"valid_from": day(3), "valid_to": None},
            ]
        ),
        "datasets": {"small": DESCRIPTOR},
    }
    return Tables(**(parts | more))


def store(path: Path, *args: Any, **more: Any) -> Store:
    """A store at `path`, opened."""
    write(path, tables(*args, **more), threads=1)
    return Store(path, threads=1)
