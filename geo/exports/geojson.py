"""GeoJSON (RFC 7946): features first, then `bbox` and the member `eventmap`, so that it can stream.

`eventmap.sha256` is the SHA-256 of the features as written, from the first brace to the last,
joined by commas: the same rows give the same sum.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

import geopandas as gpd
import orjson

from geo.exports.context import Context
from geo.exports.feature import feature

Row = dict[str, Any]

_CHUNK = 1 << 16


def write(rows: Iterable[Row], context: Context) -> Iterator[bytes]:
    """Incidents as a FeatureCollection."""
    digest = hashlib.sha256()
    publishers: set[str] = set()
    west = south = float("inf")
    east = north = float("-inf")
    count = 0
    held = bytearray(b'{"type":"FeatureCollection","features":[')
    for row in rows:
        text = orjson.dumps(feature(row))
        if count:
            text = b"," + text
        digest.update(text)
        held += text
        count += 1
        publishers.update(report["publisher"] for report in row["reports"] or [])
        if row["lon"] is not None:
            west, east = min(west, row["lon"]), max(east, row["lon"])
            south, north = min(south, row["lat"]), max(north, row["lat"])
        if len(held) > _CHUNK:
            yield bytes(held)
            held.clear()
    held += b"]"
    if west <= east:
        held += b',"bbox":' + orjson.dumps([round(side, 6) for side in (west, south, east, north)])
    member = context.member(features=count, sha256=digest.hexdigest(), publishers=sorted(publishers))
    held += b',"eventmap":' + orjson.dumps(member) + b"}\n"
    yield bytes(held)


def regions(frame: gpd.GeoDataFrame, about: Row) -> bytes:
    """Regions with their figures as a FeatureCollection; outlines wound as RFC 7946 asks.

    frame: EPSG:4326, with a column `id`; missing values become null. about: the `eventmap` member.
    """
    wound = frame.set_geometry(frame.geometry.orient_polygons(exterior_cw=False).set_precision(1e-6))
    collection = json.loads(wound.set_index("id").to_json(drop_id=False, na="null", to_wgs84=False))
    collection.pop("crs", None)
    return orjson.dumps(collection | {"eventmap": about}) + b"\n"
