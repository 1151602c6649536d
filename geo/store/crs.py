"""Coordinate reference systems in which features are told: their names, and how degrees become each.

Axis order is that of the named system: OGC:CRS84 is longitude, latitude; EPSG:4326 latitude, longitude;
EPSG:3857 easting, northing. All three are axis-parallel to each other, so a box stays a box.
Source: OGC API - Features - Part 2: Coordinate Reference Systems by Reference.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.errors import BadQuery
from geo.query import BBox
from geo.store.mercator import LAT_LIMIT

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"
EPSG3857 = "http://www.opengis.net/def/crs/EPSG/0/3857"

KNOWN = (CRS84, EPSG4326, EPSG3857)

RADIUS = 6378137.0
"""Of the sphere of Web Mercator, in metres."""

_POINT = {
    CRS84: "[round(lon, 6), round(lat, 6)]",
    EPSG4326: "[round(lat, 6), round(lon, 6)]",
    EPSG3857: (
        f"[round(radians(lon) * {RADIUS}, 2), "
        f"round(ln(tan(pi() / 4 + radians(greatest(-{LAT_LIMIT}, least({LAT_LIMIT}, lat))) / 2))"
        f" * {RADIUS}, 2)]"
    ),
}


def known(uri: str, name: str) -> str:
    """The system of this name, in either notation of the OGC. Raises BadQuery."""
    found = uri.strip("[]").replace("https://", "http://", 1)
    if found in KNOWN:
        return found
    raise BadQuery(f"{uri!r} is not a known system", where=name, todo=f"choose from: {', '.join(KNOWN)}")


def degrees(x: float, y: float, crs: str) -> tuple[float, float]:
    """A position in `crs`, in its own axis order, as (longitude, latitude)."""
    if crs == EPSG4326:
        return y, x
    if crs == EPSG3857:
        return math.degrees(x / RADIUS), math.degrees(2 * math.atan(math.exp(y / RADIUS)) - math.pi / 2)
    return x, y


def box(text: str, crs: str = CRS84) -> BBox:
    """A box of four numbers, or of six with heights, which are left out. Raises BadQuery.

    Numbers are in `crs` and its axis order. A first above the third crosses the antimeridian.
    """
    parts = text.split(",")
    if len(parts) == 6:
        parts = [parts[0], parts[1], parts[3], parts[4]]
        _numbers(text, [text.split(",")[2], text.split(",")[5]])
    if crs == CRS84 or len(parts) != 4:
        return BBox.parse(",".join(parts))
    a, b, c, d = _numbers(text, parts)
    west, south = degrees(a, b, crs)
    east, north = degrees(c, d, crs)
    return BBox.parse(f"{west!r},{south!r},{east!r},{north!r}")


def _numbers(text: str, parts: list[str]) -> list[float]:
    todo = "give west,south,east,north in degrees, such as 46.5,40.5,87.4,55.5"
    try:
        found = [float(part) for part in parts]
    except ValueError:
        raise BadQuery(f"{text!r} is not four or six numbers", where="bbox", todo=todo) from None
    if not all(abs(value) < 1e9 for value in found):  # also false for NaN
        raise BadQuery(f"{text!r} holds a value that is no number", where="bbox", todo=todo)
    return found


def point_sql(crs: str) -> str:
    """SQL: a list of two coordinates from the columns `lon` and `lat`."""
    return _POINT[crs]


@lru_cache(maxsize=512)
def surface(wkb: bytes, crs: str) -> bytes:
    """GeoJSON of a polygon in `crs`, shells counter-clockwise as RFC 7946 asks. wkb: longitude first."""
    shape = shapely.orient_polygons(shapely.from_wkb(wkb), exterior_cw=False)
    text: str = shapely.to_geojson(shape if crs == CRS84 else shapely.transform(shape, _MOVE[crs]))
    return text.encode()


def _metres(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    lat = np.clip(degrees[:, 1], -LAT_LIMIT, LAT_LIMIT)
    y = np.arcsinh(np.tan(np.radians(lat)))
    return np.column_stack([np.radians(degrees[:, 0]), y]) * RADIUS


_MOVE = {EPSG4326: lambda degrees: degrees[:, ::-1], EPSG3857: _metres}
