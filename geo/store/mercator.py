"""Web Mercator pixels at zoom 20, so that a screen cell at any zoom is a shift of two integers.

The world is 2**28 pixels wide (256 x 2**20); x grows to the east, y to the south. Latitudes beyond
85.0511 degrees, which the projection does not reach, are taken as that.
Source: OGC Two Dimensional Tile Matrix Set, WebMercatorQuad.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

ZOOM = 20
SIZE = 256 << ZOOM
LAT_LIMIT = 85.05112877980659


def to_pixels(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Degrees (EPSG:4326) to pixels; arrays of one shape in and out."""
    phi = np.radians(np.clip(lat, -LAT_LIMIT, LAT_LIMIT))
    x = (lon + 180) / 360 * SIZE
    y = (1 - np.arcsinh(np.tan(phi)) / math.pi) / 2 * SIZE
    return tuple(np.clip(np.floor(v), 0, SIZE - 1).astype(np.int32) for v in (x, y))  # type: ignore[return-value]


def pixel(lon: float, lat: float) -> tuple[int, int]:
    """One point in degrees to its pixel."""
    x, y = to_pixels(np.array([lon]), np.array([lat]))
    return int(x[0]), int(y[0])


def degrees(x: int, y: int) -> tuple[float, float]:
    """The centre of a pixel as (longitude, latitude)."""
    phi = math.atan(math.sinh(math.pi * (1 - 2 * (y + 0.5) / SIZE)))
    return (x + 0.5) / SIZE * 360 - 180, math.degrees(phi)


def cell_shift(zoom: float, cell: int = 32) -> int:
    """How many bits to drop so that a cell is at least `cell` screen pixels wide at this zoom."""
    return max(1, math.ceil(ZOOM - zoom + math.log2(cell)))
