"""Rows become two tables, incidents and reports, typed by the schema; and are counted on the way.

An incident in a flat table has its publishers and addresses in one cell each; the reports themselves
are the other table, which refers to it by `incident_id`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geo.exports.feature import COLUMNS
from geo.schema import INCIDENT, REPORT, SOURCE, field, meta

Row = dict[str, Any]

BATCH = 5000

GEOMETRY = pa.field("geometry", pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})

_LISTS = [
    field("publishers", pa.string(), "Who reported it"),
    field("urls", pa.string(), "Addresses of the reports"),
]
_ALSO = field("also", pa.bool_(), "It tells of this incident within a wider account")


def _renamed(column: pa.Field, name: str, title: str = "") -> pa.Field:
    return field(name, column.type, title or meta(column, "title"), **_kept(column))


def _kept(column: pa.Field) -> Row:
    words = meta(column, "values")
    kept: Row = {"values": words.split("|")} if words else {}
    return kept | ({"unit": meta(column, "unit")} if meta(column, "unit") else {})


def _plain(column: pa.Field) -> pa.Field:
    return _renamed(column, column.name)


_REPORT = [_plain(REPORT.field(name)) for name in ("url", "reported_on", "reported_basis", "scope")]

REPORTS = pa.schema(
    [
        _plain(REPORT.field("dataset")),
        _renamed(REPORT.field("incident_id"), "incident_id", "The incident it tells of"),
        _plain(REPORT.field("id")),
        _plain(SOURCE.field("publisher")),
        _plain(SOURCE.field("weak")),
        *_REPORT,
        _ALSO,
        _plain(REPORT.field("summary")),
    ]
)
"""Columns of the table of reports. A report of two incidents has a row for each."""


class Tally:
    """Counts what passes: incidents, reports, publishers, and west, south, east, north of the points."""

    def __init__(self) -> None:
        self.incidents = self.reports = 0
        self.publishers: set[str] = set()
        self.bounds: tuple[float, float, float, float] | None = None

    def over(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, counted."""
        for row in rows:
            self.incidents += 1
            reports = row["reports"] or []
            self.reports += len(reports)
            self.publishers.update(report["publisher"] for report in reports)
            if row["lon"] is not None:
                self._reach(row["lon"], row["lat"])
            yield row

    def _reach(self, lon: float, lat: float) -> None:
        west, south, east, north = self.bounds or (lon, lat, lon, lat)
        self.bounds = (min(west, lon), min(south, lat), max(east, lon), max(north, lat))


def peek(rows: Iterable[Row]) -> tuple[list[str], Iterator[Row]]:
    """The names of the regional figures that the rows carry, and the rows again."""
    found = iter(rows)
    first = next(found, None)
    figures = [name for name in first or {} if name.startswith("region_")]
    return figures, chain([first] if first else [], found)


def incident_schema(figures: list[str]) -> pa.Schema:
    """Columns of the table of incidents: those of CSV, with their types."""
    own = [_plain(INCIDENT.field(name)) for name in ["id", "lon", "lat", *COLUMNS]]
    return pa.schema([*own, *_LISTS, *map(_figure, figures)])


def _figure(name: str) -> pa.Field:
    words = name.endswith(("_unit", "_reference"))
    title = f"{name.removeprefix('region_').replace('_', ' ')}, of the region"
    return field(name, pa.string() if words else pa.float64(), title[0].upper() + title[1:])


def flat(row: Row) -> Row:
    """An incident with its publishers and addresses in one cell each."""
    reports = row["reports"] or []
    return row | {
        "publishers": "; ".join(dict.fromkeys(report["publisher"] for report in reports)),
        "urls": " ".join(report["url"] for report in reports if report["url"]),
    }


def reports_of(row: Row) -> Iterator[Row]:
    """The rows of the table of reports that one incident gives."""
    of = {"dataset": row["dataset"], "incident_id": row["id"]}
    return (report | of for report in row["reports"] or [])


def batches(rows: Iterable[Row], size: int = BATCH) -> Iterator[list[Row]]:
    """Rows in lists of at most `size`."""
    held = iter(rows)
    while batch := list(islice(held, size)):
        yield batch


def points(rows: list[Row], schema: pa.Schema) -> pa.Table:
    """Incidents as an Arrow table with a last column `geometry`: WKB points, null where there is none.

    schema: that of the incidents, without the geometry. Longitude, latitude, EPSG:4326.
    """
    table = pa.Table.from_pylist([flat(row) for row in rows], schema=schema)
    lon, lat = (np.array([row[name] for row in rows], dtype=float) for name in ("lon", "lat"))
    shapes = shapely.points(lon, lat)
    shapes[np.isnan(lon)] = None
    return table.append_column(GEOMETRY, pa.array(shapely.to_wkb(shapes), pa.binary()))
