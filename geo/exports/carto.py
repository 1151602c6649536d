"""The geometry of a printed map: a projection centred on the data, its extent, and marks that keep apart.

Lambert's azimuthal equal-area projection (Snyder 1987, chapter 24); Equal Earth (Savric, Patterson and
Jenny 2018) where the data spans half the globe. Coordinates in are EPSG:4326, longitude first; out are
metres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

LEAST = 60_000.0
"""Metres that a map is wide at least, so that one town is seen with its surroundings."""

PADDING = 0.07
HALO = 1.5
"""Points of white around a mark."""


class Extent(NamedTuple):
    """A rectangle in metres."""

    left: float
    bottom: float
    right: float
    top: float

    def fitted(self, aspect: float) -> Extent:
        """The smallest rectangle of this width per height around it, with a margin."""
        wide, high = max(self.right - self.left, LEAST), max(self.top - self.bottom, LEAST)
        wide, high = wide * (1 + 2 * PADDING), high * (1 + 2 * PADDING)
        wide, high = max(wide, high * aspect), max(high, wide / aspect)
        x, y = (self.left + self.right) / 2, (self.bottom + self.top) / 2
        return Extent(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


class Projection:
    """An equal-area projection for a part of the world: west, south, east, north in degrees."""

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        west, south, east, north = bounds
        self.lon, self.lat = (west + east) / 2, (south + north) / 2
        self.world = east - west > 120 or north - south > 120
        self.name = "Equal Earth" if self.world else "Lambert azimuthal equal-area"
        wanted = "eqearth" if self.world else f"laea +lat_0={self.lat}"
        self._to = pyproj.Transformer.from_crs(
            "EPSG:4326", f"+proj={wanted} +lon_0={self.lon} +datum=WGS84 +units=m", always_xy=True
        )

    def xy(self, lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Metres of an array of longitudes and latitudes, shape (n, 2)."""
        x, y = self._to.transform(lonlat[:, 0], lonlat[:, 1])
        return np.column_stack([x, y])

    def shape(self, geometry: Mapping[str, Any] | None) -> Any:
        """A GeoJSON geometry in metres, valid; None where there is none."""
        if not geometry:
            return None
        drawn = shapely.transform(shapely.geometry.shape(geometry), self.xy)
        return shapely.make_valid(drawn) if np.isfinite(shapely.bounds(drawn)).all() else None

    def north(self, x: float, y: float) -> float:
        """Where true north lies at a point in metres: degrees anticlockwise from up."""
        lon, lat = self._to.transform(x, y, direction="INVERSE")
        here, there = self.xy(np.array([[lon, lat], [lon, min(lat + 0.1, 90)]]))
        return -math.degrees(math.atan2(there[0] - here[0], there[1] - here[1]))


@dataclass
class Mark:
    """Incidents in one place, or in several too close to be told apart; counts by event type."""

    x: float
    y: float
    name: str
    counts: dict[str, int] = field(default_factory=dict)
    places: int = 1

    @property
    def n(self) -> int:
        """All incidents."""
        return sum(self.counts.values())

    @property
    def radius(self) -> float:
        """Its size in points."""
        return radius(self.n)

    @property
    def label(self) -> str:
        """The busiest place, and how many more."""
        return f"{self.name} +{self.places - 1}" if self.places > 1 and self.name else self.name


def radius(n: int) -> float:
    """Size of a mark in points."""
    return 3.8 if n == 1 else min(5.6 + 1.75 * math.sqrt(n), 19.0)


def apart(marks: Iterable[Mark], metres_per_point: float) -> list[Mark]:
    """Marks merged into the busiest near one until none hides another, busiest first."""
    found = [replace(mark, counts=dict(mark.counts)) for mark in marks]
    while len(kept := _merged(found, metres_per_point)) < len(found):
        found = kept  # those that took others in have grown
    return kept


def _merged(marks: list[Mark], metres_per_point: float) -> list[Mark]:
    kept: list[Mark] = []
    circles = np.empty((len(marks), 3))  # x, y and radius of those kept, in metres
    for mark in sorted(marks, key=lambda mark: (-mark.n, mark.name, mark.x, mark.y)):
        reach = (mark.radius + HALO) * metres_per_point
        x, y, radii = circles[: len(kept)].T
        away = np.hypot(x - mark.x, y - mark.y)
        away[away >= reach + radii] = np.inf
        if not len(kept) or not np.isfinite(away).any():
            circles[len(kept)] = mark.x, mark.y, mark.radius * metres_per_point
            kept.append(mark)
            continue
        nearest = int(away.argmin())
        into = kept[nearest]
        for kind, count in mark.counts.items():
            into.counts[kind] = into.counts.get(kind, 0) + count
        into.places += mark.places
        circles[nearest, 2] = into.radius * metres_per_point
    return kept


def round_length(metres: float) -> float:
    """The longest of 1, 2 or 5 times a power of ten that is no longer than this."""
    power = 10.0 ** math.floor(math.log10(metres))
    return next(step * power for step in (5, 2, 1) if step * power <= metres)


def pole(shape: Any) -> tuple[float, float]:
    """The point farthest from the border: the centre of the largest circle that fits in."""
    whole = max(shapely.get_parts(shape), key=lambda part: part.area)
    centre = shapely.get_point(shapely.maximum_inscribed_circle(whole, tolerance=whole.length / 500), 0)
    return centre.x, centre.y
