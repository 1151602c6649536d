"""Sizes of outlines: areas on an equal-area projection, radii, and points for labels.

Areas are taken on EPSG:6933 (NSIDC EASE-Grid 2.0 Global, cylindrical equal-area on the WGS 84
ellipsoid), which is true to area everywhere short of the poles. Geometries come in and go out in
EPSG:4326, x = longitude.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from geo.schema import CRS

EQUAL_AREA = "EPSG:6933"

_TO_EQUAL_AREA = Transformer.from_crs(CRS, EQUAL_AREA, always_xy=True)


def area_km2(geometries: Any) -> npt.NDArray[np.float64]:
    """Areas in km2 of an array of geometries in EPSG:4326; 0 where there is no outline."""
    shapes = np.asarray(geometries, dtype=object)
    flat = shapely.transform(shapes, _project, interleaved=False)
    areas: npt.NDArray[np.float64] = np.nan_to_num(shapely.area(flat)) / 1e6
    return areas


def radius_km(km2: float) -> float:
    """Radius in km of the disc that has this area: how far off a place known to it may be."""
    return math.sqrt(max(km2, 0.0) / math.pi)


def pole_of_inaccessibility(geometry: Any, tolerance: float = 0.02) -> tuple[float, float] | None:
    """The inner point farthest from the outline, where a label has most room, as (lon, lat).

    Found on the largest part (Garcia-Castellanos and Lombardo 2007, here by GEOS's maximum inscribed
    circle), with longitudes shrunk by the cosine of the latitude so that "far" is meant in km.
    tolerance: accepted error as a share of the part's extent. None where there is no outline.
    """
    if geometry is None or geometry.is_empty:
        return None
    part = max(shapely.get_parts(geometry), key=shapely.area)
    west, south, east, north = shapely.bounds(part)
    shrink = np.array([max(math.cos(math.radians((south + north) / 2)), 0.01), 1.0])
    evened = shapely.transform(part, lambda xy: xy * shrink)
    extent = max((east - west) * shrink[0], north - south)
    line = shapely.maximum_inscribed_circle(evened, tolerance=max(extent * tolerance, 1e-9))
    lon, lat = shapely.get_coordinates(line)[0] / shrink
    return float(lon), float(lat)


def _project(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> Any:
    return _TO_EQUAL_AREA.transform(x, y)
