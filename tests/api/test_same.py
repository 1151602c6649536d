"""An attentive reader's check: map, lists, API, tiles, command line and download hold the same incidents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from starlette.testclient import TestClient

from geo import cli
from geo.query import IncidentQuery
from geo.store import Store
from geo.store.mercator import pixel
from tests.api.serve import application
from tests.store import small
from tests.store.oracle import population, queries

TILES = "/api/collections/incidents/tiles/WebMercatorQuad"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("same") / "many.duckdb"
    small.store(found, population(150)).close()
    return found


@pytest.fixture(scope="module")
def many_client(path: Path) -> Iterator[TestClient]:
    with TestClient(application(path)) as client:
        yield client


@settings(max_examples=200)
@given(query=queries)
def test_everything_holds_the_same_incidents(path: Path, many_client: TestClient, query: IncidentQuery):
    params = query.to_params()
    client = many_client
    download = client.get("/api/download/geojson", params=params).json()["features"]
    ids = [f["id"] for f in download]

    api = client.get("/api/collections/incidents/items", params=params | {"limit": "10000"}).json()
    assert [f["id"] for f in api["features"]] == ids
    assert api["numberMatched"] == len(ids)

    listed = client.get("/api/details", params=params | {"limit": "200"}).json()
    assert [one["id"] for one in listed["incidents"]] == ids[:200]
    cells = client.get("/api/cells", params=params).json()
    assert cells["total"] == len(ids)

    placed = [f["geometry"]["coordinates"] for f in download if f["geometry"]]
    assert sum(mark["n"] for mark in cells["marks"]) == len(placed)
    z = 3
    tiles = {tuple(one >> (28 - z) for one in pixel(*at)) for at in placed}
    counted = b"".join(client.get(f"{TILES}/{z}/{row}/{col}", params=params).content for col, row in tiles)
    assert bool(counted) == bool(placed)

    store = Store.current(path)
    assert [row["id"] for row in store.export(query)] == ids


@settings(max_examples=20)
@given(query=queries)
def test_the_command_line_holds_the_same_incidents(path: Path, many_client: TestClient, query: IncidentQuery):
    served = many_client.get("/api/download/geojson", params=query.to_params()).json()["features"]
    ended = CliRunner().invoke(cli.cli, ["export", "--store", str(path), *query.to_options()])
    assert orjson.loads(ended.stdout_bytes)["features"] == served
