from __future__ import annotations

import datetime as dt
import json
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import shape

from geo.regions.basemap import basemap
from geo.regions.boundaries import Boundaries

JANUARY, JULY = dt.date(2022, 1, 5), dt.date(2022, 7, 1)
WEST = {
    "id": "KZ-west",
    "name": "Western Kazakhstan",
    "regions": ["KZ-aktobe", "KZ-atyrau", "KZ-mangystau", "KZ-west-kazakhstan"],
    "note": "An area, not a unit",
}


@pytest.fixture(scope="module")
def january(
    boundaries: Boundaries, countries: gpd.GeoDataFrame, lakes: gpd.GeoDataFrame | None
) -> dict[str, Any]:
    return basemap(boundaries, countries, JANUARY, ["KZ"], [WEST], lakes)


def features(collection: dict[str, Any]) -> dict[str, Any]:
    return {feature["properties"]["id"]: feature for feature in collection["features"]}


def test_it_is_small_enough_to_send(
    boundaries: Boundaries, countries: gpd.GeoDataFrame, lakes: gpd.GeoDataFrame | None
) -> None:
    reply = basemap(boundaries, countries, JANUARY, ["KZ"], [WEST], lakes)
    size = len(json.dumps(reply, ensure_ascii=False, separators=(",", ":")).encode())
    assert size < 420_000


def test_home_is_where_the_data_is(january: dict[str, Any]) -> None:
    assert january["home"] == pytest.approx([46.48, 40.58, 87.32, 55.43], abs=0.01)
    drawn = features(january["countries"])
    assert [unit for unit, feature in drawn.items() if feature["properties"]["home"]] == ["KZ"]
    assert {"RU", "CN", "KG", "UZ", "TM"} < set(drawn)
    assert drawn["CN"]["properties"]["label"] is not None
    assert drawn["ZZ"]["properties"]["label"] is None


def test_every_region_has_outline_label_and_quality(january: dict[str, Any]) -> None:
    drawn = features(january["regions"])
    assert len(drawn) == 17
    for feature in drawn.values():
        outline = shape(feature["geometry"])
        assert outline.is_valid
        assert outline.contains(shapely.Point(feature["properties"]["label"]))
    assert drawn["KZ-shymkent"]["properties"]["geometry_quality"] == "approximate"
    assert drawn["KZ-almaty-city"]["properties"]["kind"] == "city"
    assert list(drawn) == sorted(drawn)


def test_borders_of_regions_and_country_coincide(january: dict[str, Any]) -> None:
    regions = [shape(feature["geometry"]) for feature in january["regions"]["features"]]
    country = shape(features(january["countries"])["KZ"]["geometry"])
    assert shapely.coverage_is_valid(regions)
    assert shapely.union_all(regions).symmetric_difference(country).area < 1e-6


def test_neighbours_neither_overlap_nor_leave_gaps(january: dict[str, Any]) -> None:
    drawn = {unit: shape(feature["geometry"]) for unit, feature in features(january["countries"]).items()}
    for neighbour in ("RU", "CN", "KG", "UZ"):
        assert drawn["KZ"].intersection(drawn[neighbour]).area < 1e-3
    assert drawn["KZ"].union(drawn["RU"]).buffer(0.001).geom_type in ("Polygon", "MultiPolygon")


def test_the_west_is_the_union_of_its_regions(january: dict[str, Any]) -> None:
    (west,) = january["macro"]["features"]
    parts = [shape(features(january["regions"])[unit]["geometry"]) for unit in WEST["regions"]]
    assert shape(west["geometry"]).area == pytest.approx(sum(part.area for part in parts))
    assert west["properties"]["note"] == "An area, not a unit"


def test_outlines_wind_as_rfc_7946_wants(january: dict[str, Any]) -> None:
    for feature in january["regions"]["features"]:
        for part in shapely.get_parts(shape(feature["geometry"])):
            assert part.exterior.is_ccw


def test_a_unit_without_outline_is_listed_without(
    boundaries: Boundaries, countries: gpd.GeoDataFrame
) -> None:
    july = basemap(boundaries, countries, JULY, ["KZ"])
    drawn = features(july["regions"])
    assert len(drawn) == 20
    assert drawn["KZ-abai"]["geometry"] is None
    assert drawn["KZ-abai"]["properties"]["label"] is None
    assert drawn["KZ-pavlodar"]["geometry"] is not None
    whole = shape(features(july["countries"])["KZ"]["geometry"])
    assert whole.contains(shapely.Point(80.26, 50.41))  # Semey: the country has no hole there


def test_several_countries(boundaries: Boundaries, countries: gpd.GeoDataFrame) -> None:
    reply = basemap(boundaries, countries, JANUARY, ["KG", "KZ"])
    assert {unit[:2] for unit in features(reply["regions"])} == {"KG", "KZ"}
    home = {unit for unit, feature in features(reply["countries"]).items() if feature["properties"]["home"]}
    assert home == {"KG", "KZ"}


def test_the_whole_world_is_coarse(boundaries: Boundaries, countries: gpd.GeoDataFrame) -> None:
    reply = basemap(boundaries, countries, JANUARY, [])
    assert len(reply["countries"]["features"]) > 150
    assert reply["regions"]["features"] == []
    assert len(json.dumps(reply)) < 600_000


def test_squares(squares: Boundaries) -> None:
    lands = gpd.GeoDataFrame(
        {"id": ["XA", "XB"], "name": ["A", "B"]},
        geometry=[shapely.box(0, 0, 2, 1), shapely.box(0, 1, 2, 2)],
        crs="EPSG:4326",
    )
    reply = basemap(squares, lands, dt.date(2019, 1, 1), ["XA"])
    assert reply["home"] == [0, 0, 2, 1]
    assert list(features(reply["regions"])) == ["east", "west"]
    assert features(reply["countries"])["XA"]["properties"]["label"] is not None
    assert reply["lakes"]["features"] == []
