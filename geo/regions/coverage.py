"""Whether polygons can be the units of a country: mended where they must be, overlaps and gaps measured.

Valid is what OGC Simple Features calls so (GEOS); mending keeps all of the land (`make_valid`, method
"structure"). Geometries are EPSG:4326, x = longitude; areas are km2 on an equal-area projection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import BoundaryError
from geo.regions.areas import area_km2

MOST_OVERLAP = 0.05
"""Share of their land by which units may overlap: beyond it, they are not the units of one level."""

Shapes = npt.NDArray[np.object_]
_POLYGONS = (3, 6)
_KINDS = {0: "a point", 1: "a line", 2: "a ring", 4: "points", 5: "lines"}


@dataclass(frozen=True)
class Coverage:
    """How polygons lie to each other and to their country, in km2.

    area: of all. overlap: of all pairs. worst: the pair that overlaps most, as positions, and by how much.
    gaps: enclosed by them and in none. uncovered: of the country's outline. beyond: outside of it.
    """

    area: float
    overlap: float
    worst: tuple[int, int, float] | None
    gaps: float
    uncovered: float
    beyond: float


def polygons(shapes: Shapes, labels: Sequence[str], where: str) -> tuple[Shapes, list[str]]:
    """The shapes as valid polygons, and a note for each that was mended. Raises BoundaryError.

    labels: what each is called in messages.
    """
    _refuse(shapes, labels, where)
    notes = []
    sound = shapes.copy()
    for at in _rows(~shapely.is_valid(shapes) | (shapely.get_type_id(shapes) == 7)):
        why = shapely.is_valid_reason(shapes[at]).split("[")[0].strip().lower()
        made = shapely.make_valid(shapes[at], method="structure", keep_collapsed=False)
        parts = shapely.get_parts(made)
        sound[at] = shapely.union_all(parts[np.isin(shapely.get_type_id(parts), _POLYGONS)])
        if shapely.is_empty(sound[at]):
            what = f"the outline of {labels[at]} holds no land ({why})"
            raise BoundaryError(what, where=where, todo="draw it anew")
        changed = abs(float(area_km2([sound[at]])[0]) - float(area_km2([shapes[at]])[0]))
        told = "parts that are no polygons left out" if why == "valid geometry" else why
        notes.append(f"{labels[at]} was mended ({told}); its area changed by {changed:,.3g} km2")
    return sound, notes


def _refuse(shapes: Shapes, labels: Sequence[str], where: str) -> None:
    for at in _rows(shapely.is_missing(shapes) | shapely.is_empty(shapes)):
        todo = "draw it, or leave the feature out and say --part"
        raise BoundaryError(
            f"{labels[at]} has no geometry, or one that cannot be read", where=where, todo=todo
        )
    kinds = shapely.get_type_id(shapes)
    for at in _rows(np.isin(kinds, list(_KINDS))):
        what = f"{labels[at]} is {_KINDS[int(kinds[at])]}, and a boundary is a polygon"
        raise BoundaryError(what, where=where, todo="send the units as polygons")


def _rows(chosen: Any) -> list[int]:
    return [int(at) for at in np.flatnonzero(chosen)]


def measure(shapes: Shapes, country: Any) -> Coverage:
    """Overlaps and gaps of valid polygons, and how they cover the country's outline."""
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    common = area_km2(shapely.intersection(shapes[first], shapes[second])) if len(first) else np.zeros(0)
    worst = None
    if len(common) and common.max() > 0:
        at = int(common.argmax())
        worst = (int(first[at]), int(second[at]), float(common[at]))
    land = shapely.union_all(shapes)
    rings = [ring for part in shapely.get_parts(land) for ring in shapely.get_rings(part)[1:]]
    gaps = area_km2([shapely.polygons(ring) for ring in rings]).sum() if rings else 0.0
    return Coverage(
        area=float(area_km2(shapes).sum()),
        overlap=float(common.sum()),
        worst=worst,
        gaps=float(gaps),
        uncovered=float(area_km2([shapely.difference(country, land)])[0]),
        beyond=float(area_km2([shapely.difference(land, country)])[0]),
    )


def share_within(shape: Any, other: Any) -> float:
    """Which share of a shape's area lies in another one, 0 to 1."""
    whole = shape.area
    return float(shapely.intersection(shape, other).area / whole) if whole else 0.0


def likeness(shape: Any, other: Any) -> float:
    """How alike two outlines are: their intersection over their union (Jaccard 1901), 0 to 1."""
    joint = shapely.intersection(shape, other).area
    whole = shape.area + other.area - joint
    return float(joint / whole) if whole else 0.0
