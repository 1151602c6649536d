"""What lies under the incidents of a drawn export: land, regions and macro-regions, coarse enough for a page.

The shape is that of the API's base map: {home: [west, south, east, north], on, countries, regions, macro},
the last three GeoJSON FeatureCollections in EPSG:4326; `label` is the point farthest from a shape's
border, null where there is no shape. Outlines are simplified together, as one coverage
(shapely.coverage_simplify, Visvalingam and Whyatt 1993), so that neighbours keep one border. Names of
countries are those of Unicode's CLDR.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely
from babel import Locale

from geo.exports.carto import pole

Json = dict[str, Any]

MARGIN = 0.5
"""How far beyond the countries of the data land is kept, as a share of their extent."""

STEPS = 1600
"""Steps of detail across the extent."""


def outlines(
    units: pd.DataFrame, admin0: Sequence[str], macro_regions: Iterable[Mapping[str, Any]], on: dt.date
) -> Json:
    """The ground under a drawing, as it was on a day.

    units: columns id, admin0, name and geometry (WKB in EPSG:4326, None where there is none), valid on
    one day. admin0: the countries of the data, which are drawn with their regions; none: the whole
    world. macro_regions: mappings with id, name and regions (ids).
    """
    shapes = shapely.from_wkb(units["geometry"].to_numpy(dtype=object))
    known = np.array([shape is not None and not shape.is_empty for shape in shapes], dtype=bool)
    units, shapes = units[known].reset_index(drop=True), shapes[known]
    own = units["admin0"].isin(list(admin0)).to_numpy(dtype=bool)
    if not len(shapes):
        return _ground(on, [-180.0, -60.0, 180.0, 75.0], [], [], [])
    home = shapely.total_bounds(shapes[own] if own.any() else shapes)
    wide, high = max(home[2] - home[0], 0.1), max(home[3] - home[1], 0.1)
    box = shapely.box(*(home + MARGIN * np.array([-wide, -high, wide, high])))
    near = shapely.intersects(shapes, box)
    units, own = units[near].reset_index(drop=True), own[near]
    step = max(wide, high) / STEPS
    pieces = shapely.make_valid(shapely.coverage_simplify(shapes[near], step))
    called = Locale("en").territories
    countries = []
    for code in sorted(set(units["admin0"])):
        of = (units["admin0"] == code).to_numpy(dtype=bool)
        land = shapely.intersection(shapely.union_all(pieces[of]), box)
        countries.append(_feature(land, step, id=code, name=called.get(code, ""), home=bool(own[of].any())))
    named = zip(units["id"][own], units["name"][own], pieces[own], strict=True)
    regions = [_feature(shape, step, id=key, name=name) for key, name, shape in named]
    shape_of = dict(zip(units["id"], pieces, strict=True))
    macro = []
    for wider in macro_regions:
        parts = [shape_of[key] for key in wider["regions"] if key in shape_of]
        whole = shapely.union_all(np.array(parts, dtype=object)) if parts else None
        macro.append(_feature(whole, step, id=wider["id"], name=wider["name"], regions=[*wider["regions"]]))
    return _ground(on, [round(float(side), 3) for side in home], countries, regions, macro)


def _ground(on: dt.date, home: list[float], *features: list[Json]) -> Json:
    names = ("countries", "regions", "macro")
    return {"home": home, "on": on.isoformat()} | {
        name: {"type": "FeatureCollection", "features": of} for name, of in zip(names, features, strict=True)
    }


def _feature(shape: Any, step: float, **properties: Any) -> Json:
    geometry = label = None
    if shape is not None:
        parts = [part for part in shapely.get_parts(shape) if part.area > (3 * step) ** 2]
        areal = shapely.multipolygons([part for part in parts if part.geom_type == "Polygon"])
        if not areal.is_empty:
            geometry = shapely.geometry.mapping(shapely.transform(areal, lambda xy: np.round(xy, 3)))
            label = [round(value, 3) for value in pole(areal)]
    return {"type": "Feature", "properties": properties | {"label": label}, "geometry": geometry}
