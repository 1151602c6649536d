"""OGC 17-069r4, annex A: abstract tests of the classes geojson, html and oas30."""

from __future__ import annotations

from typing import Any

import pytest
from geojson_pydantic import Feature, FeatureCollection
from starlette.testclient import TestClient

from geo.store import COLLECTIONS
from tests.api.conformance import abstract
from tests.api.conformance.conftest import ITEMS

Described = dict[str, Any]
PART1 = "ogcapi-features-1"
RESOURCES = ["", "/conformance", "/collections", *(f"/collections/{name}" for name in COLLECTIONS)]


@pytest.mark.parametrize("name", COLLECTIONS)
@abstract(PART1, "geojson/definition", "geojson/content")
def test_features_are_geojson(client: TestClient, name: str):
    reply = client.get(ITEMS.format(name), headers={"Accept": "application/geo+json"})
    assert reply.headers["content-type"] == "application/geo+json"
    told = FeatureCollection.model_validate_json(reply.content)
    one = client.get(f"{ITEMS.format(name)}/{told.features[0].id}")
    assert Feature.model_validate_json(one.content).id == told.features[0].id


@pytest.mark.parametrize("path", [*RESOURCES, *(f"/collections/{name}/items" for name in COLLECTIONS)])
@abstract(PART1, "html/definition", "html/content")
def test_every_resource_is_a_page(client: TestClient, path: str):
    reply = client.get(f"/api{path}", headers={"Accept": "text/html"})
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.text.startswith("<!doctype html>")
    assert "</html>" in reply.text


@abstract(PART1, "oas30/oas-definition-1", "oas30/oas-definition-2", "oas30/oas-impl")
def test_every_resource_is_described(client: TestClient, described: Described):
    assert described["openapi"].startswith("3.0.")
    for path in RESOURCES:
        assert "200" in described["paths"][path or "/"]["get"]["responses"]
        assert client.get(f"/api{path}").status_code == 200


@abstract(PART1, "oas30/completeness", "oas30/exceptions-codes")
def test_every_operation_tells_its_replies(described: Described):
    for path in described["paths"].values():
        told = path["get"]["responses"]
        assert {"200", "400", "404"} <= told.keys()
        assert all(one.get("content") for one in (told["200"],))


@abstract(PART1, "oas30/security")
def test_no_security_is_described_and_none_is_asked_for(client: TestClient, described: Described):
    assert "securitySchemes" not in described["components"]
    assert "www-authenticate" not in client.get("/api").headers
