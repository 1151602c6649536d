"""Kazakhstan's units as drawn for tests: as in the reference, those of 2022 cut by straight lines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import geopandas as gpd
from shapely import box

from geo.regions.boundaries import Boundaries
from tests.conftest import ROOT

SPLIT = dt.date(2022, 6, 8)
"""The day on which three units were split off."""

CUTS = {
    "KZ-east-kazakhstan": (81.5, "Abai Region", "East Kazakhstan Region", "x"),
    "KZ-karaganda": (70.0, "Ulytau Region", "Karaganda Region", "x"),
    "KZ-almaty-region": (44.5, "Almaty Region", "Zhetysu Region", "y"),
}
"""Where an old unit is cut, and the names of its western or southern and of its other part."""


def units(day: dt.date = dt.date(2022, 1, 5)) -> gpd.GeoDataFrame:
    """The units of a day, columns name and geometry; after the split with straight borders."""
    held = Boundaries.load(ROOT / "data" / "reference").on(dt.date(2022, 1, 5), "KZ")
    rows: list[dict[str, Any]] = []
    for unit in held.to_dict("records"):
        if day < SPLIT or unit["id"] not in CUTS:
            name = unit["name"] + (" city" if unit["kind"] == "city" else "")
            rows.append({"name": name, "geometry": unit["geometry"]})
            continue
        line, first, second, axis = CUTS[unit["id"]]
        lower = box(0, 0, line, 90) if axis == "x" else box(0, 0, 180, line)
        rows.append({"name": first, "geometry": unit["geometry"].intersection(lower)})
        rows.append({"name": second, "geometry": unit["geometry"].difference(lower)})
    return gpd.GeoDataFrame(rows, crs="EPSG:4326")


def written(path: Path, frame: gpd.GeoDataFrame) -> Path:
    """The frame as a file of the kind its name says."""
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path)
    return path
