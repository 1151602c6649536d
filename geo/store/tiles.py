"""Vector tiles (MVT) of the WebMercatorQuad: incidents, counted by cell below zoom 11, and regions.

A tile of a zoom is a shift of the zoom-20 pixels that incidents carry, so nothing is projected; a tile is
256 of them wide at zoom 20, and 4096 units here. Counted incidents stand at a real location, as on the map.
Sources: Mapbox Vector Tile 2.1; OGC Two Dimensional Tile Matrix Set, WebMercatorQuad.
"""

from __future__ import annotations

import datetime as dt
import math

import duckdb
import shapely

from geo.errors import BadQuery
from geo.query import IncidentQuery
from geo.schema import EVENT_TYPES
from geo.store import connection, filters, mercator
from geo.store.collections import COLLECTIONS
from geo.store.crs import EPSG3857, RADIUS, surface

DEEPEST = 22
COUNTED_BELOW = 11
EXTENT = 4096
_CELLS = 6
"""A tile of counts is 2**6 cells wide: 64."""

_SHOWN = ("id", "dataset", "title", "date_start", "date_end", "event_type", "sub_event_type", "place")
"""What a single incident tells, as text; the rest is a request away."""

_TOLD = ("key", "id", "name", "kind", "valid_from", "valid_to")
"""What a region tells."""


def check(z: int, row: int, col: int) -> None:
    """Raises BadQuery for a tile that the scheme does not have."""
    if not 0 <= z <= DEEPEST or not (0 <= row < 1 << z and 0 <= col < 1 << z):
        todo = f"zoom is 0 to {DEEPEST}; row and column are below 2 to the zoom"
        raise BadQuery(f"{z}/{row}/{col} is no tile", where="tile", todo=todo)


def incidents(db: duckdb.DuckDBPyConnection, query: IncidentQuery, z: int, row: int, col: int) -> bytes:
    """A tile of the layer `incidents`: points, or from afar points with `n`, `harm` and a count per type."""
    connection.spatial(db)
    size = mercator.SIZE >> z
    left, top = col * size, row * size
    condition, values = filters.points(query)
    found = f"SELECT * FROM incidents WHERE {condition} AND px BETWEEN ? AND ? AND py BETWEEN ? AND ?"
    values = [*values, left, left + size - 1, top, top + size - 1]
    if z < COUNTED_BELOW:
        found = _counted(found, mercator.ZOOM + 8 - z - _CELLS)
        names = ["n", "harm", *EVENT_TYPES]
    else:
        found = f"{found} ORDER BY date_start, id, dataset"
        names = [*_SHOWN, "fatalities_best"]
    members = ", ".join(f"""'{name}': "{name}"{"::VARCHAR" if name in _SHOWN else ""}""" for name in names)
    scale = EXTENT / size
    place = f"ST_Point(floor((px - {left}) * {scale!r}), floor((py - {top}) * {scale!r}))"
    tile = f"SELECT {{'geometry': {place}, {members}}} AS tile FROM ({found})"
    return _tile(
        db.execute(
            f"SELECT count(*), ST_AsMVT(tile, 'incidents', {EXTENT}, 'geometry') FROM ({tile})", values
        )
    )


def _counted(found: str, shift: int) -> str:
    """Incidents counted by cell; a cell stands where the last of its places does."""
    types = ", ".join(
        f"""(count(*) FILTER (event_type = '{kind}'))::INTEGER AS "{kind}\"""" for kind in EVENT_TYPES
    )
    return f"""
        SELECT (spot >> 28)::INTEGER AS px, (spot & {mercator.SIZE - 1})::INTEGER AS py, * EXCLUDE (spot)
        FROM (
            SELECT max(px::BIGINT << 28 | py) AS spot, count(*)::INTEGER AS n,
                   sum(harm)::BIGINT AS harm, {types}
            FROM ({found}) GROUP BY px >> {shift}, py >> {shift}
        ) ORDER BY n DESC, px, py
    """


def regions(db: duckdb.DuckDBPyConnection, on: dt.date | None, z: int, row: int, col: int) -> bytes:
    """A tile of the layer `regions`: those valid on a day, cut to the tile and a little more."""
    connection.spatial(db)
    world = 2 * RADIUS * math.pi
    side = world / (1 << z)
    west, north = -world / 2 + col * side, world / 2 - row * side
    found = db.execute(
        f"""
        SELECT {", ".join(_TOLD)}, geometry
        FROM {COLLECTIONS["regions"].relation}
        WHERE geometry IS NOT NULL AND (? IS NULL OR (
            coalesce(valid_from, DATE '0001-01-01') <= ? AND coalesce(valid_to, DATE '9999-12-31') >= ?))
        """,
        [on, on, on],
    ).fetchall()
    near = shapely.box(west - side / 16, north - side * 17 / 16, west + side * 17 / 16, north + side / 16)
    cut = []
    for *told, geometry in found:
        shape = shapely.from_geojson(surface(geometry, EPSG3857))
        if shape.intersects(near):
            cut.append((*told, shapely.to_wkb(shape)))
    if not cut:
        return b""
    rows = " UNION ALL ".join(["SELECT " + "?::VARCHAR, " * len(_TOLD) + "?::BLOB"] * len(cut))
    bounds = "{'min_x': ?::DOUBLE, 'min_y': ?::DOUBLE, 'max_x': ?::DOUBLE, 'max_y': ?::DOUBLE}::BOX_2D"
    members = ", ".join(f"'{name}': {name}" for name in _TOLD)
    return _tile(
        db.execute(
            f"""
            SELECT count(*), ST_AsMVT(tile, 'regions', {EXTENT}, 'geometry') FROM (
                SELECT {{'geometry': shape, {members}}} AS tile FROM (
                    SELECT *, ST_AsMVTGeom(ST_GeomFromWKB(wkb), {bounds}, {EXTENT}, 256, true) AS shape
                    FROM ({rows}) r({", ".join(_TOLD)}, wkb)
                ) WHERE shape IS NOT NULL
            )
            """,
            [west, north - side, west + side, north, *(value for one in cut for value in one)],
        )
    )


def _tile(found: duckdb.DuckDBPyConnection) -> bytes:
    """The bytes of a tile; none where it has no feature."""
    count, tile = found.fetchone() or (0, b"")
    return bytes(tile) if count else b""
