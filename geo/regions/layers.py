"""Outlines that somebody brought are laid over those of the reference, for the days on which they hold.

Pure. A layer gives its units an outline on its days only: a unit that was valid before, or is after, gets
a row for each time, with one identifier. Later layers lie over earlier ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.regions.areas import area_km2
from geo.regions.boundaries import Boundaries
from geo.schema import CRS, REGION, GeometryQuality

Row = dict[str, Any]
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, eq=False)
class Layer:
    """Outlines of a country's units on some days.

    units: columns id, name, kind, geometry (EPSG:4326). valid_to: the last day, None while it holds. whole:
    units that are not among them did not exist on those days. note: who drew them, for readers.
    """

    admin0: str
    valid_from: dt.date
    valid_to: dt.date | None
    units: gpd.GeoDataFrame
    whole: bool
    note: str


def overlay(boundaries: Boundaries, layers: Sequence[Layer]) -> Boundaries:
    """The units with the outlines of the layers."""
    for layer in layers:
        boundaries = _laid(boundaries, layer)
    return boundaries


def _laid(boundaries: Boundaries, layer: Layer) -> Boundaries:
    units = boundaries.units
    own = units["admin0"] == layer.admin0
    drawn = {row["id"]: row for row in layer.units.to_dict("records")}
    rows: list[Row] = []
    met: set[str] = set()
    for row in units[own].to_dict("records"):
        before, during, after = _parted(row, layer)
        if during and row["id"] in drawn:
            met.add(row["id"])
            during |= _outline(drawn[row["id"]]["geometry"], layer)
        elif layer.whole:
            during = None
        rows += [part for part in (before, during, after) if part]
    for key in [key for key in drawn if key not in met]:
        rows.append(_new(drawn[key], layer))
    laid = gpd.GeoDataFrame(
        pd.DataFrame(rows, columns=[*REGION.names, "geometry"], dtype=object), geometry="geometry", crs=CRS
    )
    return Boundaries(gpd.GeoDataFrame(pd.concat([units[~own].astype({"area_km2": object}), laid]), crs=CRS))


def _parted(row: Row, layer: Layer) -> tuple[Row | None, Row | None, Row | None]:
    """A unit before, on and after the days of a layer; None where it was not valid then."""
    start, end = row["valid_from"] or dt.date.min, row["valid_to"] or dt.date.max
    first, last = layer.valid_from, layer.valid_to or dt.date.max
    if end < first or last < start:
        return row, None, None
    before = row | {"valid_to": first - _DAY} if start < first else None
    after = row | {"valid_from": last + _DAY} if last < end else None
    during = row | {
        "valid_from": first if before else row["valid_from"],
        "valid_to": last if after else row["valid_to"],
    }
    return before, during, after


def _outline(shape: Any, layer: Layer) -> Row:
    return {
        "geometry": shape,
        "geometry_quality": str(GeometryQuality.SURVEYED),
        "area_km2": round(float(area_km2([shape])[0]), 2),
        "note": layer.note,
    }


def _new(unit: Row, layer: Layer) -> Row:
    """A unit that the reference does not know on those days."""
    row: Row = dict.fromkeys(REGION.names)
    row |= {"id": unit["id"], "admin0": layer.admin0, "name": unit["name"], "kind": unit["kind"]}
    return (
        row | {"valid_from": layer.valid_from, "valid_to": layer.valid_to} | _outline(unit["geometry"], layer)
    )
