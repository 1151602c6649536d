"""OGC 20-057, annex A: abstract tests of the classes of vector tiles that are declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.conformance import abstract
from tests.api.conformance.conftest import relations
from tests.api.conftest import problem

Ask = Callable[..., Any]
TILES = "ogcapi-tiles-1"
TILE = "application/vnd.mapbox-vector-tile"
TILED = ["incidents", "regions"]
QUAD = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"


@pytest.mark.parametrize("name", TILED)
@abstract(TILES, "core/tc-op", "core/tc-success", "mvt/content")
def test_a_tile_is_found_by_its_matrix_row_and_column(client: TestClient, ask: Ask, name: str):
    (template,) = [
        one["href"]
        for one in ask(f"/api/collections/{name}/tiles/WebMercatorQuad")["links"]
        if one["rel"] == "item"
    ]
    found = client.get(template.format(tileMatrix=3, tileRow=2, tileCol=5))
    assert (found.status_code, found.headers["content-type"]) == (200, TILE)
    assert b"incidents" in found.content or b"regions" in found.content


@pytest.mark.parametrize("name", TILED)
@abstract(TILES, "core/tc-error")
def test_a_tile_that_is_not_there_is_refused_and_an_empty_one_is_204(client: TestClient, name: str):
    root = f"/api/collections/{name}/tiles/WebMercatorQuad"
    assert problem(client.get(f"{root}/1/2/0"))["status"] in (400, 404)
    assert problem(client.get(f"{root}/x/0/0"))["status"] in (400, 404)
    empty = client.get(f"{root}/4/15/15")
    assert (empty.status_code, empty.content) == (204, b"")


@pytest.mark.parametrize("name", TILED)
@abstract(TILES, "tileset/description")
def test_a_tile_set_tells_its_scheme_kind_and_tiles(ask: Ask, name: str):
    told = ask(f"/api/collections/{name}/tiles/WebMercatorQuad")
    assert (told["dataType"], told["tileMatrixSetURI"]) == ("vector", QUAD)
    assert told["crs"].endswith("/3857")
    assert {("self", "application/json"), ("item", TILE)} <= relations(told["links"])
    scheme = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
    assert scheme in {one["rel"] for one in told["links"]}
    (item,) = [one for one in told["links"] if one["rel"] == "item"]
    assert item["templated"] is True
    assert all(part in item["href"] for part in ("{tileMatrix}", "{tileRow}", "{tileCol}"))


@pytest.mark.parametrize("name", TILED)
@abstract(TILES, "tilesets-list/description", "geodata-tilesets/desc-links")
def test_a_collection_leads_to_its_tile_sets(client: TestClient, ask: Ask, name: str):
    rel = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
    (link,) = [one for one in ask(f"/api/collections/{name}")["links"] if one["rel"] == rel]
    (one,) = client.get(link["href"]).json()["tilesets"]
    assert (one["dataType"], one["tileMatrixSetURI"]) == ("vector", QUAD)
    assert one["crs"]
    (itself,) = [link["href"] for link in one["links"] if link["rel"] == "self"]
    assert client.get(itself).json()["title"] == one["title"]
