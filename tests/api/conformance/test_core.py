"""OGC 17-069r4, annex A: abstract tests of the class core."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
import shapely
from starlette.testclient import TestClient

from geo.store import COLLECTIONS
from geo.store.crs import CRS84
from tests.api.conformance import abstract
from tests.api.conformance.conftest import ITEMS, relations
from tests.api.conftest import problem

Ask = Callable[..., Any]
Described = dict[str, Any]
PART1 = "ogcapi-features-1"
JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
BOXES = [
    "46,40,88,56",
    "-1.5,50,1.5,53",
    "-80,-5,-70,5",
    "177,65,-177,70",
    "-180,85,180,90",
    "-180,-90,180,-85",
]
"""The data, then the meridian, the equator, the antimeridian and the poles."""
DAYS = [
    "2022-01-05",
    "2022-01-05T12:00:00Z",
    "2022-01-05T00:00:00Z/2022-01-07T00:00:00Z",
    "../2022-01-05",
    "2022-01-06/..",
    "2022-01-05/P2D",
]


@abstract(PART1, "core/http")
def test_http_is_spoken(client: TestClient):
    for method, status in (("GET", 200), ("HEAD", 200), ("OPTIONS", 204), ("PUT", 405)):
        assert client.request(method, "/api").status_code == status


@abstract(PART1, "core/root-op", "core/root-success")
def test_the_landing_page_leads_to_description_conformance_and_data(ask: Ask):
    found = relations(ask("/api")["links"])
    assert {("self", JSON), ("alternate", HTML), ("conformance", JSON), ("data", JSON)} <= found
    assert {("service-desc", "application/vnd.oai.openapi+json"), ("service-doc", HTML)} <= found


@abstract(PART1, "core/api-definition-op", "core/api-definition-success")
def test_the_description_is_where_the_landing_page_says_and_valid(client: TestClient, ask: Ask):
    (link,) = [one for one in ask("/api")["links"] if one["rel"] == "service-desc"]
    reply = client.get(link["href"])
    assert reply.headers["content-type"].startswith(link["type"].split(";")[0])
    schemathesis.openapi.from_dict(reply.json()).validate()


@abstract(PART1, "core/conformance-op", "core/conformance-success")
def test_classes_are_declared(ask: Ask):
    declared = ask("/api/conformance")["conformsTo"]
    assert len(declared) == len(set(declared))
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in declared


@abstract(PART1, "core/fc-md-op", "core/fc-md-success", "core/fc-md-links", "core/fc-md-items")
def test_every_collection_is_listed_with_its_links(ask: Ask, described: Described):
    told = ask("/api/collections")
    assert {("self", JSON), ("alternate", HTML)} <= relations(told["links"])
    assert [one["id"] for one in told["collections"]] == list(COLLECTIONS)
    for one in told["collections"]:
        assert {("items", GEOJSON), ("items", HTML)} <= relations(one["links"])
        assert f"/collections/{one['id']}/items" in described["paths"]


@abstract(PART1, "core/fc-md-extent")
def test_extents_hold_all_geometries_and_days(ask: Ask):
    told = ask("/api/collections/incidents")["extent"]
    whole = shapely.box(*told["spatial"]["bbox"][0])
    first, last = (text[:10] for text in told["temporal"]["interval"][0])
    for one in ask(ITEMS.format("incidents"), limit="1000")["features"]:
        assert one["geometry"] is None or whole.covers(shapely.geometry.shape(one["geometry"]))
        assert first <= one["properties"]["date_start"] <= last


@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(PART1, "core/sfc-md-op", "core/sfc-md-success")
def test_a_collection_alone_is_as_in_the_list(ask: Ask, name: str):
    (listed,) = [one for one in ask("/api/collections")["collections"] if one["id"] == name]
    alone = ask(f"/api/collections/{name}")
    for member in ("id", "title", "description", "extent", "itemType", "crs"):
        assert alone.get(member) == listed.get(member)
    assert {("self", JSON), ("alternate", HTML)} <= relations(alone["links"])


def checked(told: Any, before: dt.datetime) -> list[Any]:
    """A reply with features: core/fc-response and what it refers to. Returns the features."""
    assert told["type"] == "FeatureCollection"
    assert told["numberReturned"] == len(told["features"]) <= told["numberMatched"]
    made = dt.datetime.fromisoformat(told["timeStamp"])
    assert before - dt.timedelta(seconds=1) <= made <= dt.datetime.now(dt.UTC)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)", told["timeStamp"])
    assert {("self", GEOJSON), ("alternate", HTML)} <= relations(told["links"])
    shapes = [shapely.geometry.shape(one["geometry"]) for one in told["features"] if one["geometry"]]
    assert all(-180 <= w <= e <= 180 and -90 <= s <= n <= 90 for w, s, e, n in (one.bounds for one in shapes))
    features: list[Any] = told["features"]
    return features


@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(
    PART1,
    *("core/fc-op", "core/fc-response", "core/fc-links", "core/fc-rel-type", "core/fc-timeStamp"),
    *("core/fc-numberMatched", "core/fc-numberReturned", "core/crs84"),
)
def test_features_come_with_their_count_time_and_links(client: TestClient, name: str):
    before = dt.datetime.now(dt.UTC)
    reply = client.get(ITEMS.format(name), headers={"Accept": GEOJSON})
    assert reply.headers["content-type"] == GEOJSON
    assert reply.headers["content-crs"] == f"<{CRS84}>"
    told = reply.json()
    assert len(checked(told, before)) == min(1000, told["numberMatched"])


@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(PART1, "core/fc-bbox-definition", "core/fc-limit-definition", "core/fc-time-definition")
def test_parameters_are_described_as_the_standard_says(described: Described, name: str):
    found = {
        one["name"]: one for one in described["paths"][f"/collections/{name}/items"]["get"]["parameters"]
    }
    for one in ("bbox", "limit", "datetime"):
        assert (found[one]["in"], found[one]["style"]) == ("query", "form")
        assert found[one]["required"] is found[one]["explode"] is False
    assert found["bbox"]["schema"] == {
        "type": "array",
        "items": {"type": "number"},
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    }
    assert found["datetime"]["schema"] == {"type": "string"}
    limit = found["limit"]["schema"]
    assert limit["type"] == "integer"
    assert 1 == limit["minimum"] <= limit["default"] <= limit["maximum"]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(PART1, "core/fc-bbox-response")
def test_a_box_selects_what_it_touches(client: TestClient, ask: Ask, name: str, box: str):
    before = dt.datetime.now(dt.UTC)
    found = checked(ask(ITEMS.format(name), bbox=box, limit="1000"), before)
    west, south, east, north = map(float, box.split(","))
    parts = (
        [(west, south, east, north)]
        if west <= east
        else [(west, south, 180, north), (-180, south, east, north)]
    )
    whole = shapely.union_all([shapely.box(*part) for part in parts])
    every = ask(ITEMS.format(name), limit="1000")["features"]
    touched = {
        f["id"] for f in every if f["geometry"] and whole.intersects(shapely.geometry.shape(f["geometry"]))
    }
    assert {f["id"] for f in found if f["geometry"]} == touched


@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(PART1, "core/fc-limit-response")
def test_a_limit_is_kept_up_to_the_most(ask: Ask, described: Described, name: str):
    parameters = described["paths"][f"/collections/{name}/items"]["get"]["parameters"]
    (most,) = [one["schema"]["maximum"] for one in parameters if one["name"] == "limit"]
    for limit in (1, 7, most, most + 1):
        told = ask(ITEMS.format(name), limit=str(limit))
        assert len(told["features"]) == min(limit, most, told["numberMatched"])


@pytest.mark.parametrize("when", DAYS)
@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(PART1, "core/fc-time-response")
def test_days_select_what_touches_them(ask: Ask, name: str, when: str):
    before = dt.datetime.now(dt.UTC)
    found = checked(ask(ITEMS.format(name), datetime=when, limit="1000"), before)
    ends = {"2022-01-05/P2D": ("2022-01-05", "2022-01-07")}.get(when) or (
        tuple(end[:10] for end in when.split("/")) if "/" in when else (when[:10], when[:10])
    )
    first, last = (
        end if end != ".." else open_end for end, open_end in zip(ends, ("0001", "9999"), strict=True)
    )
    if name == "incidents":
        every = ask(ITEMS.format(name), limit="1000")["features"]
        wanted = {
            f["id"]
            for f in every
            if f["properties"]["date_start"] <= last and f["properties"]["date_latest"] >= first
        }
        assert {f["id"] for f in found} == wanted


@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(PART1, "core/query-param-unknown", "core/query-param-invalid")
def test_unknown_and_invalid_parameters_are_400(client: TestClient, name: str):
    for query in ("unknownParam=1", "limit=0", "limit=x", "bbox=1,2,3", "bbox=a,b,c,d", "datetime=yesterday"):
        assert problem(client.get(f"{ITEMS.format(name)}?{query}"))["status"] == 400


@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(PART1, "core/f-op", "core/f-success", "core/f-links")
def test_a_feature_alone_is_as_in_the_list(client: TestClient, ask: Ask, name: str):
    for listed in ask(ITEMS.format(name), limit="5")["features"]:
        reply = client.get(f"{ITEMS.format(name)}/{listed['id']}")
        alone = reply.json()
        assert {key: alone[key] for key in listed} == listed
        assert {("self", GEOJSON), ("alternate", HTML), ("collection", JSON)} <= relations(alone["links"])


@abstract(PART1, "core/fc-next-1", "core/fc-next-2", "core/fc-next-3")
def test_next_links_lead_through_everything_once(client: TestClient, ask: Ask):
    told, seen = ask(ITEMS.format("incidents"), limit="50"), []
    while True:
        seen += [one["id"] for one in told["features"]]
        following = [link["href"] for link in told["links"] if link["rel"] == "next"]
        if not following:
            break
        told = client.get(following[0]).json()
    assert len(seen) == len(set(seen)) == told["numberMatched"]
