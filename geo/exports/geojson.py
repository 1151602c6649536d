"""GeoJSON (RFC 7946): features first, then `bbox` and the member `eventmap`, so that it can stream.

`eventmap.sha256` is the SHA-256 of the features as written, from the first brace to the last,
joined by commas: the same rows give the same sum.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
import pandas as pd
import shapely

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


def regions(frame: pd.DataFrame, about: Row) -> bytes:
    """Regions with their figures as a FeatureCollection; outlines wound as RFC 7946 asks.

    frame: a column `id`, and `geometry` as WKB in EPSG:4326 (None where there is no outline); any
    other column becomes a property. about: the `eventmap` member.
    """
    shapes = shapely.orient_polygons(shapely.from_wkb(frame["geometry"]), exterior_cw=False)
    plain = frame.drop(columns=["id", "geometry"]).astype(object)
    rows = plain.where(plain.notna(), None).to_dict("records")
    features = [
        {
            "type": "Feature",
            "id": key,
            "geometry": None if shape is None else orjson.Fragment(shapely.to_geojson(shape)),
            "properties": row,
        }
        for key, shape, row in zip(frame["id"], shapes, rows, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features, "eventmap": about}
    return orjson.dumps(collection, default=str, option=orjson.OPT_SERIALIZE_NUMPY) + b"\n"
