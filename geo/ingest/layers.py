"""The outlines of regions as they stand for a store: the reference, and over it what was added."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely

from geo.regions.boundaries import Boundaries
from geo.regions.layers import Layer, overlay
from geo.schema import CRS
from geo.settings import Settings
from geo.store import additions

Row = dict[str, Any]


def boundaries(settings: Settings, *, without: str = "") -> Boundaries:
    """The reference with the boundaries that were added to the store. without: an addition to leave out."""
    drawn = additions.units(settings.store)
    laid = [
        layer(row, drawn[row["id"]])
        for row in additions.held(settings.store)
        if row["kind"] == "boundaries" and row["id"] != without
    ]
    return overlay(Boundaries.load(settings.data / "reference"), laid)


def layer(addition: Row, units: list[Row]) -> Layer:
    """An addition of boundaries with its outlines. units: rows with id, name, kind and geometry as WKB."""
    plain = {name: [row[name] for row in units] for name in ("id", "name", "kind")}
    shapes = shapely.from_wkb([bytes(row["geometry"]) for row in units])
    said = [addition["source"], addition["licence"]]
    about = f" ({', '.join(text for text in said if text)})" if any(said) else ""
    return Layer(
        addition["admin0"],
        addition["valid_from"],
        addition["valid_to"],
        gpd.GeoDataFrame(plain, geometry=shapes, crs=CRS),
        addition["whole"],
        f"Outline from {addition['file']}{about}, added on {addition['added_at'][:10]}.",
    )
