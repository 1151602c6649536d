"""An attentive reader's check: map, lists, API, tiles, command line and download hold the same incidents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
    for col, row in list(tiles)[:3]:
        assert client.get(f"{TILES}/{z}/{row}/{col}", params=params).status_code == 200
    if placed:
        assert_tile_holds(client, params, download, placed[0])

    store = Store.current(path)
    assert [row["id"] for row in store.export(query)] == ids

    ended = CliRunner().invoke(cli.cli, ["export", "--store", str(path), *query.to_options()])
    assert [f["id"] for f in orjson.loads(ended.stdout_bytes)["features"]] == ids


def assert_tile_holds(client: TestClient, params: Any, features: list[Any], at: list[float]) -> None:
    """The tile of a place, deep enough to tell incidents apart, holds those of the download and no others."""
    z = 11
    col, row = (one >> (28 - z) for one in pixel(*at))
    reply = client.get(f"{TILES}/{z}/{row}/{col}", params=params)
    assert reply.status_code == 200
    told = strings(reply.content)
    here = [
        f["id"]
        for f in features
        if f["geometry"]
        and tuple(one >> (28 - z) for one in pixel(*f["geometry"]["coordinates"])) == (col, row)
    ]
    assert told >= {one.encode() for one in here}
    assert not told & {f["id"].encode() for f in features if f["id"] not in here}


def strings(tile: bytes) -> set[bytes]:
    """The string values of a vector tile (its layer's field 4, each a message whose field 1 is the text)."""
    found: set[bytes] = set()

    def fields(data: bytes) -> Iterator[tuple[int, bytes]]:
        at = 0
        while at < len(data):
            key, at = varint(data, at)
            if key & 7 == 2:
                size, at = varint(data, at)
                yield key >> 3, data[at : at + size]
                at += size
            elif key & 7 == 0:
                _, at = varint(data, at)
            else:
                at += 8 if key & 7 == 1 else 4

    for number, layer in fields(tile):
        for kind, value in fields(layer) if number == 3 else ():
            if kind == 4:
                found |= {text for inner, text in fields(value) if inner == 1}
    return found


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where the next thing begins."""
    number = shift = 0
    while True:
        number |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return number, at


@settings(max_examples=20)
@given(query=queries)
def test_the_command_line_holds_the_same_incidents(path: Path, many_client: TestClient, query: IncidentQuery):
    served = many_client.get("/api/download/geojson", params=query.to_params()).json()["features"]
    ended = CliRunner().invoke(cli.cli, ["export", "--store", str(path), *query.to_options()])
    assert orjson.loads(ended.stdout_bytes)["features"] == served
