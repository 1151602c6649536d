"""GeoJSON as RFC 7946 wants it, with a member that says where it comes from."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio
import pytest
import shapely
from geojson_pydantic import FeatureCollection

from geo.exports import Context, geojson
from geo.exports.feature import COLUMNS, feature
from geo.query import IncidentQuery
from geo.store import Store

Read = Callable[..., dict[str, Any]]


@pytest.fixture
def export(held: Store, context: Callable[..., Context]) -> Callable[..., bytes]:
    """The bytes of an export of a query."""

    def of(**asked: Any) -> bytes:
        return b"".join(geojson.write(held.export(IncidentQuery(**asked)), context("geojson", **asked)))

    return of


@pytest.fixture
def collection(export: Callable[..., bytes]) -> Read:
    """The same, parsed."""
    return lambda **asked: json.loads(export(**asked))


def test_a_library_finds_it_valid_and_it_names_no_crs(export: Callable[..., bytes]):
    whole = FeatureCollection.model_validate_json(export())
    assert len(whole.features) == 4
    assert b'"crs"' not in export()


def test_a_feature_is_an_incident_at_longitude_and_latitude(collection: Read):
    first = collection()["features"][0]
    assert (first["type"], first["id"]) == ("Feature", "I1")
    assert first["geometry"] == {"type": "Point", "coordinates": [76.928612, 43.256679]}
    properties = first["properties"]
    assert list(properties)[: len(COLUMNS)] == COLUMNS
    assert (properties["date_start"], properties["date_end"]) == ("2022-01-05", None)
    assert (properties["fatalities_low"], properties["fatalities_best"]) == (0, 2)
    assert properties["region_population"] == 2000
    assert [report["publisher"] for report in properties["reports"]] == ["The Daily", "Reprint"]
    assert not {"id", "lon", "lat", "known_from", "known_to"} & set(properties)


def test_an_incident_of_an_area_or_without_a_place_has_no_point(collection: Read):
    features = collection()["features"]
    assert [f["geometry"] is None for f in features] == [False, False, True, True]
    assert features[2]["properties"]["area_id"] == "AA-west"


def test_the_box_is_that_of_the_points(collection: Read):
    assert collection()["bbox"] == [51.2, -3.5, 76.928612, 43.256679]
    assert collection(text="title of i1")["bbox"] == [76.928612, 43.256679] * 2
    assert "bbox" not in collection(text="title of i3")


def test_the_member_says_what_it_holds_and_where_it_comes_from(
    collection: Read, context: Callable[..., Context]
):
    member = collection(text="title")["eventmap"]
    assert member["query"] == {"q": "title"}
    assert (member["features"], member["sources"]) == (3, ["Reprint", "The Daily"])
    assert member["licence"][0]["name"] == "CC-BY-4.0"
    assert member["citation"] == context("geojson", text="title").citation
    assert member["make_again"] == "eventmap export --format geojson -q title"
    assert "Natural Earth" in member["attribution"]
    assert "no evidence that nothing happened" in member["caveat"]


def test_the_sum_is_of_the_features_as_written(export: Callable[..., bytes]):
    raw = export()
    start = raw.index(b"[") + 1
    end = raw.index(b'],"bbox":[')
    member = json.loads(raw)["eventmap"]
    assert hashlib.sha256(raw[start:end]).hexdigest() == member["sha256"]


def test_made_again_it_is_the_same_but_for_the_time(held: Store, context: Callable[..., Context]):
    first, later = context("geojson"), replace(context("geojson"), generated_at="2030-01-01T00:00:00Z")
    one = b"".join(geojson.write(held.export(IncidentQuery()), first))
    two = b"".join(geojson.write(held.export(IncidentQuery()), later))
    assert one != two
    assert one.replace(first.generated_at.encode(), later.generated_at.encode()) == two


def test_a_gis_opens_it_with_the_same_features(export: Callable[..., bytes], written: Callable[..., Path]):
    frame = pyogrio.read_dataframe(written("a.geojson", export()))
    assert frame["id"].tolist() == ["I1", "I2", "I3", "I4"]
    assert frame.crs == "EPSG:4326"
    assert [point and (point.x, point.y) for point in frame.geometry[:2]] == [
        (76.928612, 43.256679),
        (51.2, -3.5),
    ]


def test_nothing_found_is_a_valid_collection_of_nothing(
    export: Callable[..., bytes], written: Callable[..., Path]
):
    raw = export(text="nothing of the kind")
    assert FeatureCollection.model_validate_json(raw).features == []
    assert json.loads(raw)["eventmap"]["sha256"] == hashlib.sha256(b"").hexdigest()
    assert len(pyogrio.read_dataframe(written("none.geojson", raw))) == 0


def test_it_streams_in_pieces(held: Store, context: Callable[..., Context]):
    row = next(held.export(IncidentQuery()))
    pieces = list(geojson.write((row | {"id": str(n)} for n in range(1000)), context("geojson")))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 200_000
    assert len(json.loads(b"".join(pieces))["features"]) == 1000


def test_any_export_can_share_the_shape_of_a_feature(held: Store):
    row = next(held.export(IncidentQuery()))
    assert feature(row)["properties"]["date_start"] == dt.date(2022, 1, 5)
    assert feature(row | {"reports": None})["properties"]["reports"] == []


def regions() -> dict[str, Any]:
    clockwise = shapely.Polygon([(0, 0), (0, 9), (9, 9), (9, 0)], [[(2, 2), (3, 2), (3, 3), (2, 3)]])
    two = shapely.MultiPolygon([clockwise, shapely.box(20, 0, 30, 9, ccw=False)])
    frame = pd.DataFrame(
        {
            "id": ["AA-west", "AA-isles", "AA-new"],
            "name": ["West", "Isles", "New"],
            "valid_from": [None, dt.date(2022, 1, 8), dt.date(2022, 1, 8)],
            "region_population": [1000.0, float("nan"), float("nan")],
            "geometry": [clockwise.wkb, two.wkb, None],
        }
    )
    raw = geojson.regions(frame, {"on": "2022-01-05"})
    FeatureCollection.model_validate_json(raw)
    found: dict[str, Any] = json.loads(raw)
    return found


def test_outlines_of_regions_follow_the_right_hand_rule():
    shapes = [shapely.geometry.shape(f["geometry"]) for f in regions()["features"] if f["geometry"]]
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    assert len(parts) == 3
    assert all(part.exterior.is_ccw for part in parts)
    assert not any(hole.is_ccw for part in parts for hole in part.interiors)
    assert sum(len(part.interiors) for part in parts) == 2


def test_regions_keep_their_columns_as_properties_and_gaps_as_null():
    collection = regions()
    assert [f["id"] for f in collection["features"]] == ["AA-west", "AA-isles", "AA-new"]
    assert collection["features"][0]["properties"] == {
        "name": "West",
        "valid_from": None,
        "region_population": 1000.0,
    }
    assert collection["features"][2]["geometry"] is None
    assert collection["features"][2]["properties"] == {
        "name": "New",
        "valid_from": "2022-01-08",
        "region_population": None,
    }
    assert collection["eventmap"] == {"on": "2022-01-05"}
    assert "crs" not in collection
