"""OGC 18-058r1, annex A: abstract tests of coordinate reference systems by reference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyproj
import pytest
import shapely
from starlette.testclient import TestClient

from geo.store import COLLECTIONS
from geo.store.crs import CRS84, EPSG3857, EPSG4326, KNOWN
from tests.api.conformance import abstract
from tests.api.conformance.conftest import ITEMS
from tests.api.conftest import problem

Ask = Callable[..., Any]
PART2 = "ogcapi-features-2"
DRAWN = [name for name, one in COLLECTIONS.items() if one.geometry]


@abstract(PART2, "crs/crs-uri", "crs/fc-md-crs-list", "crs/fc-md-crs-list-global")
def test_systems_are_listed_by_address(ask: Ask):
    told = ask("/api/collections")
    assert told["crs"] == list(KNOWN)
    for one in told["collections"]:
        assert set(one["crs"]) <= set(KNOWN)
    for uri in KNOWN:
        *_, authority, _, code = uri.split("/")
        assert pyproj.CRS.from_authority(authority, code).to_authority() == (authority, code)


@abstract(PART2, "crs/crs-default", "crs/fc-md-storageCrs", "crs/fc-md-storageCrs-valid-value")
def test_the_default_stands_first_and_the_stored_is_listed(ask: Ask):
    for one in ask("/api/collections")["collections"]:
        assert one["crs"][0] == CRS84
        assert one.get("storageCrs", CRS84) in one["crs"]


@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(PART2, "crs/fc-crs-definition", "crs/fc-bbox-crs-definition")
def test_parameters_are_described(described: dict[str, Any], name: str):
    found = {
        one["name"]: one for one in described["paths"][f"/collections/{name}/items"]["get"]["parameters"]
    }
    for one in ("crs", "bbox-crs"):
        assert (found[one]["in"], found[one]["required"]) == ("query", False)
        assert found[one]["schema"]["type"] == "string"


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("system", KNOWN)
@abstract(
    PART2, "crs/fc-crs-action", "crs/fc-crs-valid-value", "crs/ogc-crs-header", "crs/ogc-crs-header-value"
)
def test_coordinates_come_in_the_system_that_is_asked_for(client: TestClient, name: str, system: str):
    plain = client.get(ITEMS.format(name), params={"limit": "40"}).json()["features"]
    reply = client.get(ITEMS.format(name), params={"limit": "40", "crs": system})
    assert reply.headers["content-crs"] == f"<{system}>"
    *_, authority, _, code = system.split("/")
    move = pyproj.Transformer.from_crs("OGC:CRS84", f"{authority}:{code}")
    for one, other in zip(plain, reply.json()["features"], strict=True):
        assert (one["geometry"] is None) == (other["geometry"] is None)
        if one["geometry"]:
            x, y = shapely.get_coordinates(shapely.geometry.shape(one["geometry"]))[0]
            there = shapely.get_coordinates(shapely.geometry.shape(other["geometry"]))[0]
            assert there == pytest.approx(move.transform(x, y), abs=0.2 if system == EPSG3857 else 1e-6)
    alone = client.get(f"{ITEMS.format(name)}/{plain[0]['id']}", params={"crs": system})
    assert alone.headers["content-crs"] == f"<{system}>"


@abstract(PART2, "crs/fc-crs-default-value", "crs/crs-format-model")
def test_without_one_it_is_crs84(client: TestClient):
    told, named = (client.get(ITEMS.format("incidents"), params=one) for one in ({}, {"crs": CRS84}))
    assert told.headers["content-crs"] == f"<{CRS84}>"
    assert told.json()["features"] == named.json()["features"]


@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(PART2, "crs/fc-crs-valid-defs", "crs/fc-bbox-crs-valid-value")
def test_a_system_that_is_not_listed_is_400(client: TestClient, name: str):
    other = "http://www.opengis.net/def/crs/EPSG/0/32642"
    for query in (
        {"crs": other},
        {"bbox": "1,2,3,4", "bbox-crs": other},
        {"bbox": "1,2,3,4", "bbox-crs": "x"},
    ):
        assert problem(client.get(ITEMS.format(name), params=query))["status"] == 400


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("system", KNOWN)
@abstract(PART2, "crs/fc-bbox-crs-action", "crs/fc-bbox-crs-default-value")
def test_a_box_is_read_in_its_own_system(ask: Ask, name: str, system: str):
    west, south, east, north = 66.3, 42.7, 77.4, 51.9
    *_, authority, _, code = system.split("/")
    move = pyproj.Transformer.from_crs("OGC:CRS84", f"{authority}:{code}")
    a, b = move.transform(west, south), move.transform(east, north)
    box = ",".join(f"{value:.9f}" for value in (*a, *b))
    found, plain = (
        [f["id"] for f in ask(ITEMS.format(name), **more)["features"]]
        for more in ({"bbox": box, "bbox_crs": system}, {"bbox": f"{west},{south},{east},{north}"})
    )
    assert found == plain != []
    assert EPSG4326 in KNOWN
