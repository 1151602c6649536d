"""What the abstract tests of OGC API - Features parts 1 and 2 ask of landing page, collections and items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from geo.store import COLLECTIONS
from geo.store.crs import CRS84, KNOWN
from tests.api.conftest import problem

Ask = Callable[..., Any]
CLASSES = {
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
}


def relations(links: list[dict[str, str]]) -> set[tuple[str, str]]:
    assert all({"href", "rel", "type"} <= link.keys() for link in links)
    return {(link["rel"], link["type"].split(";")[0]) for link in links}


def test_the_landing_page_leads_to_description_conformance_and_data(ask: Ask):
    found = relations(ask("/api")["links"])
    assert {("self", "application/json"), ("alternate", "text/html")} <= found
    assert {("service-desc", "application/vnd.oai.openapi+json"), ("service-doc", "text/html")} <= found
    assert {("conformance", "application/json"), ("data", "application/json")} <= found


def test_the_classes_are_declared(ask: Ask):
    assert set(ask("/api/conformance")["conformsTo"]) >= CLASSES


def test_every_collection_tells_its_extent_systems_and_items(ask: Ask):
    told = ask("/api/collections")
    assert [one["id"] for one in told["collections"]] == list(COLLECTIONS)
    assert {("self", "application/json"), ("alternate", "text/html")} <= relations(told["links"])
    for one in told["collections"]:
        found = relations(one["links"])
        assert {("items", "application/geo+json"), ("items", "text/html")} <= found
        assert one["crs"][0] == CRS84
        if COLLECTIONS[one["id"]].geometry:
            assert one["crs"] == list(KNOWN)
            assert one["storageCrs"] == CRS84
            west, south, east, north = one["extent"]["spatial"]["bbox"][0]
            assert -180 <= west < east <= 180
            assert -90 <= south < north <= 90
        alone = ask(f"/api/collections/{one['id']}")
        assert {key: alone[key] for key in one if key != "links"} == {
            key: one[key] for key in one if key != "links"
        }


def test_the_temporal_extent_holds_every_incident(ask: Ask):
    (ends,) = ask("/api/collections/incidents")["extent"]["temporal"]["interval"]
    days = [f["properties"]["date_start"] for f in ask("/api/collections/incidents/items")["features"]]
    assert ends[0] == f"{min(days)}T00:00:00Z"
    assert ends[1] >= f"{max(days)}T00:00:00Z"


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_page_of_items_tells_when_how_many_and_where_else(client: TestClient, name: str):
    reply = client.get(f"/api/collections/{name}/items?limit=3")
    told = reply.json()
    assert reply.headers["content-type"] == "application/geo+json"
    assert dt.datetime.fromisoformat(told["timeStamp"]).tzinfo
    assert told["numberReturned"] == len(told["features"]) == 3 <= told["numberMatched"]
    assert {
        ("self", "application/geo+json"),
        ("alternate", "text/html"),
        ("next", "application/geo+json"),
    } <= (relations(told["links"]))
    first = told["features"][0]
    one = client.get(f"/api/collections/{name}/items/{first['id']}")
    assert {"self", "alternate", "collection"} <= {link["rel"] for link in one.json()["links"]}
    assert one.headers["content-crs"] == f"<{CRS84}>"


@pytest.mark.parametrize("name", COLLECTIONS)
@pytest.mark.parametrize("query", ["unknown=1", "limit=0", "bbox=1,2,3", "datetime=x", "crs=x", "bbox-crs=x"])
def test_what_is_not_valid_is_400(client: TestClient, name: str, query: str):
    assert problem(client.get(f"/api/collections/{name}/items?{query}"))["status"] == 400


@pytest.mark.parametrize(
    "path", ["/api/collections/none", "/api/collections/none/items", "/api/collections/incidents/items/none"]
)
def test_what_is_not_there_is_404(client: TestClient, path: str):
    assert problem(client.get(path))["status"] == 404


@pytest.mark.parametrize(
    "path", ["/api", "/api/conformance", "/api/collections", "/api/collections/incidents"]
)
def test_every_resource_is_a_page_too(client: TestClient, path: str):
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.text.startswith("<!doctype html>")
    assert 'lang="en"' in page.text


PAGES = [
    *("/api", "/api/docs", "/api/openapi", "/api/collections", "/api/conformance"),
    *(f"/api/collections/{name}{rest}" for name in COLLECTIONS for rest in ("", "/items", "/queryables")),
    "/api/collections/incidents/items/KZ22-023",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_elsewhere(client: TestClient, path: str):
    page = client.get(path, headers={"Accept": "text/html"}).text
    for tag in page.split("<"):
        if tag.startswith(("script", "link", "img", "iframe")):
            assert 'src="/' in tag or 'href="/' in tag
            assert "//" not in tag.split(">")[0].replace("http://testserver", "")


def test_texts_of_the_data_are_text_on_a_page(client: TestClient):
    page = client.get("/api/collections/incidents/items?f=html&q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page
    assert "Nothing matches" in page
