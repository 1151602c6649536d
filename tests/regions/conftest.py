"""The outlines that the repository carries, and a small country of squares."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import Polygon, box

from geo.regions.boundaries import Boundaries, load_countries, load_lakes
from geo.schema import REGION

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"


@pytest.fixture(scope="session")
def reference() -> Path:
    return REFERENCE


@pytest.fixture(scope="session")
def boundaries() -> Boundaries:
    return Boundaries.load(REFERENCE)


@pytest.fixture(scope="session")
def countries() -> gpd.GeoDataFrame:
    return load_countries(REFERENCE)


@pytest.fixture(scope="session")
def lakes() -> gpd.GeoDataFrame | None:
    return load_lakes(REFERENCE)


def unit(name: str, outline: Polygon, **more: object) -> dict[str, object]:
    """A row of REGION with what a test does not care about filled in."""
    row: dict[str, object] = dict.fromkeys(REGION.names)
    row |= {"id": name, "admin0": "XA", "name": name, "kind": "region", "geometry_quality": "surveyed"}
    return row | {"geometry": outline} | more


@pytest.fixture
def squares() -> Boundaries:
    """Two neighbours in XA, of which the eastern is split in 2020 into two without outline; one of XB."""
    split = dt.date(2020, 1, 1)
    return Boundaries(
        gpd.GeoDataFrame(
            [
                unit("west", box(0, 0, 1, 1), geonames_admin1="01"),
                unit("east", box(1, 0, 2, 1), geonames_admin1="02", valid_to=dt.date(2019, 12, 31)),
                unit("east-a", Polygon(), geonames_admin1="03", valid_from=split, split_from="east"),
                unit("east-b", Polygon(), geonames_admin1="02", valid_from=split, split_from="east"),
                unit("north", box(0, 1, 2, 2), admin0="XB"),
            ],
            crs="EPSG:4326",
        )
    )
