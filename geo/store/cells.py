"""What a map view needs: marks for the points in it, and areas with their counts.

Few points: one mark per exact location, with its name. Many: one per screen cell of at least 32
pixels, anchored at a location in its busiest quarter, never at a mean where nothing happened.
A mark is named by a key `shift-x-y`: the zoom-20 pixel of its points, shifted right by `shift`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb

from geo.errors import BadQuery
from geo.query import WORLD, BBox, IncidentQuery
from geo.schema import EVENT_TYPES
from geo.store import filters, mercator
from geo.store.result import dicts

FEW = 20_000
"""Up to this many points in view, exact locations are counted before cells are tried."""

TYPES = "[" + ", ".join(f"count(*) FILTER (event_type = '{kind}')" for kind in EVENT_TYPES) + "]"
"""SQL: a list of counts, one per event type, in the order of schema.EVENT_TYPES."""


def cells(
    db: duckdb.DuckDBPyConnection, query: IncidentQuery, bbox: BBox | None, zoom: float, most: int
) -> dict[str, Any]:
    """The reply of `/api/cells` (docs/architecture.md). `most` bounds the number of marks.

    bbox: the view, in place of the query's own; a view of the whole world leaves nothing out.
    total: what lies in view, and with the whole world also what has no place; unplaced: the latter.
    """
    if bbox is not None:
        query = replace(query, bbox=bbox)
    if query.bbox == WORLD:
        query = replace(query, bbox=None)
    marks = _places(db, query, most)
    mode = "places" if marks is not None else "cells"
    if marks is None:
        marks = _cells(db, query, mercator.cell_shift(zoom), most)
    areas = _areas(db, query)
    lost = _count(db, filters.unplaced(query))
    return {
        "total": sum(shown["n"] for shown in [*marks, *areas]) + (0 if query.bbox else lost),
        "unplaced": lost,
        "mode": mode,
        "types": list(EVENT_TYPES),
        "marks": marks,
        "areas": areas,
    }


def selector(keys: list[str]) -> tuple[str, list[int]]:
    """A condition for the points of the marks with these keys. Raises BadQuery."""
    terms, values = [], []
    for key in keys:
        parts = key.split("-")
        if len(parts) != 3 or not all(part.isdecimal() and len(part) < 10 for part in parts):
            raise BadQuery(f"{key!r} is not the key of a mark", where="cell", todo="take it from /api/cells")
        shift, x, y = map(int, parts)
        shift = min(shift, 30)
        terms.append("(px BETWEEN ? AND ? AND py BETWEEN ? AND ?)")
        values += [x << shift, ((x + 1) << shift) - 1, y << shift, ((y + 1) << shift) - 1]
    return "(" + " OR ".join(terms) + ")", values


def _places(db: duckdb.DuckDBPyConnection, query: IncidentQuery, most: int) -> list[dict[str, Any]] | None:
    """One mark per exact location, or None where there are too many."""
    condition, values = filters.points(query)
    if _count(db, (condition, values)) > FEW:
        return None
    distinct = f"SELECT count(*) FROM (SELECT DISTINCT px, py FROM incidents WHERE {condition})"
    if (db.execute(distinct, values).fetchone() or (0,))[0] > most:
        return None
    rows = db.execute(
        f"""
        SELECT any_value(lon), any_value(lat), count(*), {TYPES}, sum(harm)::BIGINT,
               mode(place), count(DISTINCT place), '0-' || px || '-' || py,
               max(uncertainty_km)
        FROM incidents WHERE {condition} GROUP BY px, py ORDER BY 3 DESC, px, py
        """,
        values,
    ).fetchall()
    return [_mark(*row) for row in rows]


def _cells(
    db: duckdb.DuckDBPyConnection, query: IncidentQuery, shift: int, most: int
) -> list[dict[str, Any]]:
    """One mark per screen cell; cells grow until there are few enough of them.

    A cell stands on a real location in its busiest quarter. Grouping by type, and only then by
    cell, is twice as fast here as counting with a filter per type.
    """
    condition, values = filters.points(query)
    while True:
        rows = db.execute(
            f"""
            WITH quarters AS (
                SELECT px >> {shift - 1} AS x, py >> {shift - 1} AS y, event_type, count(*) AS n,
                       sum(harm) AS harm, max(px::BIGINT << 28 | py) AS spot
                FROM incidents WHERE {condition} GROUP BY ALL
            ),
            spots AS (SELECT x, y, sum(n) AS n, max(spot) AS spot FROM quarters GROUP BY ALL),
            anchors AS (SELECT x >> 1 AS x, y >> 1 AS y, arg_max(spot, n) AS spot FROM spots GROUP BY ALL),
            counts AS (
                SELECT x >> 1 AS x, y >> 1 AS y, sum(n)::BIGINT AS n, {_SUMS} AS types,
                       sum(harm)::BIGINT AS harm
                FROM quarters GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?
            )
            SELECT spot >> 28, spot & {mercator.SIZE - 1}, n, types, harm, '{shift}-' || x || '-' || y
            FROM counts JOIN anchors USING (x, y) ORDER BY n DESC, x, y
            """,
            [*values, most + 1],
        ).fetchall()
        if len(rows) <= most:
            return [
                _mark(*mercator.degrees(x, y), n, types, harm, None, 0, key)
                for x, y, n, types, harm, key in rows
            ]
        shift += 1


_SUMS = "[" + ", ".join(f"sum(n) FILTER (event_type = '{kind}')" for kind in EVENT_TYPES) + "]::BIGINT[]"


def _mark(
    lon: float,
    lat: float,
    n: int,
    types: list[int],
    harm: int,
    place: str | None,
    places: int,
    key: str,
    km: float | None = None,
) -> dict[str, Any]:
    """A mark. km: the widest radius within which one of its incidents happened; None for a screen cell."""
    return {
        "lon": round(lon, 5),
        "lat": round(lat, 5),
        "n": n,
        "types": [count or 0 for count in types],
        "harm": harm,
        "place": place,
        "places": places,
        "cell": key,
        "km": km,
    }


def _areas(db: duckdb.DuckDBPyConnection, query: IncidentQuery) -> list[dict[str, Any]]:
    condition, values = filters.areas(query)
    return dicts(
        db.execute(
            f"""
            WITH found AS (
                SELECT area_id, count(*) AS n, {TYPES} AS types
                FROM incidents WHERE {condition} GROUP BY area_id
            )
            SELECT id, name, precision, regions, n, types FROM found JOIN areas ON id = area_id
            ORDER BY n DESC, id
            """,
            values,
        )
    )


def _count(db: duckdb.DuckDBPyConnection, condition: filters.Condition) -> int:
    row = db.execute(f"SELECT count(*) FROM incidents WHERE {condition[0]}", condition[1]).fetchone()
    return row[0] if row else 0
