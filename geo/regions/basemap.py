"""What the map draws under the incidents: countries, regions, macro-regions and lakes, as GeoJSON.

Outlines are simplified together, as one coverage (shapely.coverage_simplify, Visvalingam and Whyatt
1993), so that neighbours keep one common border; a country of the data is the union of its simplified
regions. Everything is in EPSG:4326, positions are [lon, lat].
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.regions.areas import pole_of_inaccessibility
from geo.regions.boundaries import Boundaries
from geo.regions.lookup import Carriers

MARGIN = 0.6
"""How far beyond the countries of the data the map is drawn, as a share of their extent."""

STEPS = 2400
"""Steps of detail across the extent: about one pixel of a wide screen."""

NO_COUNTRY = "ZZ"
"""Code of land that no country's code covers; drawn without a label."""

_LEAST_SHARE = 0.1  # of a neighbour must be in sight for it to get a label
_LEAST_ISLET = 8.0  # steps across, of islands beyond the countries of the data
_LEAST_LAKE = 14.0  # steps across, of lakes

Shapes = npt.NDArray[np.object_]
Json = dict[str, Any]


@dataclass(frozen=True)
class Frame:
    """The part of the world to draw, and how finely. Degrees."""

    home: tuple[float, float, float, float]
    box: tuple[float, float, float, float]
    step: float
    digits: int

    @classmethod
    def around(cls, home: Sequence[float]) -> Frame:
        """Home and a margin on all sides; for a long strip, at least half its length counts as its width."""
        west, south, east, north = home
        extent = max(east - west, north - south)
        dx, dy = (MARGIN * max(way, extent / 2) for way in (east - west, north - south))
        box = (max(west - dx, -180.0), max(south - dy, -90.0), min(east + dx, 180.0), min(north + dy, 90.0))
        digits = 3 if extent > 10 else 4
        rounded = tuple(float(value) for value in np.round(home, digits))
        return cls((rounded[0], rounded[1], rounded[2], rounded[3]), box, extent / STEPS, digits)


def basemap(
    boundaries: Boundaries,
    countries: gpd.GeoDataFrame,
    on: dt.date,
    admin0: Sequence[str],
    macro_regions: Sequence[Mapping[str, Any]] = (),
    lakes: gpd.GeoDataFrame | None = None,
) -> Json:
    """The reply of /api/basemap, save for its cities and credits.

    countries: columns id, name, geometry. on: the day whose regions are drawn. admin0: the countries of
    the data (ISO alpha-2); empty for the whole world, coarse and without regions. macro_regions: mappings
    with id, name, regions (ids) and note. lakes: columns name, geometry.

    Returns {home, countries, regions, macro, lakes}; all but the first are GeoJSON FeatureCollections. A
    region without an outline is listed with geometry null.
    """
    countries = countries.sort_values("id", ignore_index=True)
    home = countries["id"].isin(admin0).to_numpy()
    frame = Frame.around(countries[home].total_bounds if home.any() else countries.total_bounds)
    regions = boundaries.on(on, list(admin0))
    carriers = Carriers.of(boundaries.units, _rows_valid(boundaries, on, admin0))

    beyond = _clipped(countries.geometry.to_numpy()[~home], frame)
    pieces = _simplified(np.concatenate([carriers.outlines, beyond]), frame)
    own, beyond = pieces[: len(carriers.outlines)], pieces[len(carriers.outlines) :]

    outlines = np.empty(len(countries), dtype=object)
    outlines[~home] = beyond
    for row in np.flatnonzero(home):
        parts = own[carriers.admin0 == countries["id"].iloc[row]]
        outlines[row] = (
            _union(parts) if len(parts) else _clipped(countries.geometry.to_numpy()[[row]], frame)[0]
        )
    shape_of = {
        boundaries.units["id"].iloc[rows[0]]: shape
        for shape, rows in zip(own, carriers.members, strict=True)
        if len(rows) == 1 and not boundaries.units.geometry.iloc[rows[0]].is_empty
    }
    return {
        "home": list(frame.home),
        "countries": _countries(countries, outlines, home, frame),
        "regions": _regions(regions, shape_of, frame),
        "macro": _macro(macro_regions, shape_of, frame),
        "lakes": _lakes(lakes, frame),
    }


def _rows_valid(boundaries: Boundaries, on: dt.date, admin0: Sequence[str]) -> npt.NDArray[np.bool_]:
    ids = boundaries.on(on, list(admin0))[["id", "valid_from"]].itertuples(index=False, name=None)
    wanted = set(ids)
    units = boundaries.units[["id", "valid_from"]].itertuples(index=False, name=None)
    return np.array([unit in wanted for unit in units], dtype=bool)


def _clipped(shapes: Shapes, frame: Frame) -> Shapes:
    """The parts within the frame; islets too small to be seen are dropped."""
    window = shapely.box(*frame.box)
    inside = shapely.intersection(shapes, window)
    parts, owner = shapely.get_parts(inside, return_index=True)
    areal = shapely.area(parts) >= (_LEAST_ISLET * frame.step) ** 2
    kept = [shapely.multipolygons(parts[areal & (owner == row)]) for row in range(len(shapes))]
    return np.array(kept, dtype=object)


def _simplified(shapes: Shapes, frame: Frame, steps: float = 1.0) -> Shapes:
    coarse = shapely.coverage_simplify(shapes, steps * frame.step)
    rounded: Shapes = shapely.set_precision(coarse, 10.0**-frame.digits)
    return rounded


def _union(shapes: Shapes) -> Any:
    return shapely.union_all(shapes)


def _countries(
    countries: gpd.GeoDataFrame, outlines: Shapes, home: npt.NDArray[np.bool_], frame: Frame
) -> Json:
    whole = shapely.area(countries.geometry.to_numpy())
    features = []
    for row, (unit, name) in enumerate(zip(countries["id"], countries["name"], strict=True)):
        shape = outlines[row]
        if shape.is_empty:
            continue
        in_sight = bool(home[row]) or shape.area >= _LEAST_SHARE * whole[row]
        label = _label(shape, frame) if in_sight and unit != NO_COUNTRY else None
        features.append(_feature(shape, frame, id=unit, name=name, home=bool(home[row]), label=label))
    return _collection(features)


def _regions(regions: gpd.GeoDataFrame, shape_of: Mapping[str, Any], frame: Frame) -> Json:
    features = []
    for unit in regions.drop(columns="geometry").to_dict("records"):
        shape = shape_of.get(unit["id"])
        kept = {key: unit[key] for key in ("id", "name", "kind", "geometry_quality", "note")}
        features.append(_feature(shape, frame, **kept, label=_label(shape, frame)))
    return _collection(features)


def _macro(macro_regions: Sequence[Mapping[str, Any]], shape_of: Mapping[str, Any], frame: Frame) -> Json:
    features = []
    for macro in macro_regions:
        parts = [shape_of[unit] for unit in macro["regions"] if unit in shape_of]
        shape = _union(np.array(parts, dtype=object)) if parts else None
        kept = {"id": macro["id"], "name": macro["name"], "regions": list(macro["regions"])}
        features.append(_feature(shape, frame, **kept, note=macro.get("note"), label=_label(shape, frame)))
    return _collection(features)


def _lakes(lakes: gpd.GeoDataFrame | None, frame: Frame) -> Json:
    if lakes is None:
        return _collection([])
    west, south, east, north = frame.box
    near = lakes.cx[west:east, south:north]
    near = near[shapely.area(near.geometry.to_numpy()) >= (_LEAST_LAKE * frame.step) ** 2]
    shapes = _simplified(near.geometry.to_numpy(), frame, 3.0)
    named = zip(shapes, near["name"], strict=True)
    return _collection([_feature(shape, frame, name=name) for shape, name in named if not shape.is_empty])


def _label(shape: Any, frame: Frame) -> list[float] | None:
    point = pole_of_inaccessibility(shape)
    return None if point is None else [round(value, frame.digits) for value in point]


def _feature(shape: Any, frame: Frame, **properties: Any) -> Json:
    geometry = None
    if shape is not None and not shape.is_empty:
        facing = shapely.orient_polygons(shape, exterior_cw=False)
        geometry = shapely.geometry.mapping(shapely.transform(facing, lambda xy: np.round(xy, frame.digits)))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "features": features}
