"""Vector tiles hold what the map shows under the same query, and say when they have changed."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from starlette.testclient import TestClient

from geo.store.mercator import pixel
from tests.api.conftest import problem

Ask = Callable[..., Any]
TILES = "/api/collections/incidents/tiles/WebMercatorQuad"


def decoded(tmp_path: Path, tile: bytes, z: int, row: int, col: int, layer: str = "incidents") -> Any:
    """What GDAL reads from a tile; in degrees."""
    path = tmp_path / str(z) / str(col)
    path.mkdir(parents=True, exist_ok=True)
    file = path / f"{row}.mvt"
    file.write_bytes(tile)
    return pyogrio.read_dataframe(file, layer=layer, X=str(col), Y=str(row), Z=str(z)).to_crs("EPSG:4326")


def places(client: TestClient, **params: str) -> dict[str, tuple[float, float]]:
    features = client.get("/api/download/geojson", params=params).json()["features"]
    return {f["id"]: tuple(f["geometry"]["coordinates"]) for f in features if f["geometry"]}


@pytest.mark.parametrize("z", [11, 14])
def test_tiles_up_close_hold_each_incident_at_its_place(client: TestClient, tmp_path: Path, z: int):
    wanted = places(client, start="2022-01-05", end="2022-01-05")
    seen: dict[str, tuple[float, float]] = {}
    for col, row in {tuple(one >> (28 - z) for one in pixel(*at)) for at in wanted.values()}:
        reply = client.get(f"{TILES}/{z}/{row}/{col}", params={"datetime": "2022-01-05"})
        assert reply.headers["content-type"] == "application/vnd.mapbox-vector-tile"
        for one in decoded(tmp_path, reply.content, z, row, col).itertuples():
            assert one.id not in seen
            seen[one.id] = (one.geometry.x, one.geometry.y)
    assert seen.keys() == wanted.keys()
    unit = 360 / 2**z / 4096
    for key, at in wanted.items():
        assert math.dist(seen[key], at) < 2 * unit


@pytest.mark.parametrize("z", [0, 5, 10])
def test_tiles_from_afar_count_every_placed_incident_once(client: TestClient, tmp_path: Path, z: int):
    wanted = places(client)
    total = 0
    for col, row in {tuple(one >> (28 - z) for one in pixel(*at)) for at in wanted.values()}:
        found = decoded(tmp_path, client.get(f"{TILES}/{z}/{row}/{col}").content, z, row, col)
        total += int(found["n"].sum())
        types = [name for name in found.columns if name not in ("n", "harm", "geometry", "mvt_id")]
        assert (found[types].sum(axis=1) == found["n"]).all()
    assert total == len(wanted)


def test_regions_are_those_of_the_day(client: TestClient, tmp_path: Path):
    reply = client.get("/api/collections/regions/tiles/WebMercatorQuad/3/2/5?datetime=2022-01-05")
    found = decoded(tmp_path, reply.content, 3, 2, 5, "regions")
    assert {"KZ-akmola", "KZ-east-kazakhstan"} <= set(found["id"])
    west, south, east, north = found.total_bounds
    assert 44 < west < east < 92
    assert 39 < south < north < 67


def test_an_empty_tile_has_no_content(client: TestClient):
    for address in (
        f"{TILES}/4/0/0",
        "/api/collections/regions/tiles/WebMercatorQuad/5/0/0",
        f"{TILES}/0/0/0?event-type=none",
    ):
        reply = client.get(address)
        assert (reply.status_code, reply.content) == (204, b"")


def test_a_tile_is_sent_once_while_the_store_stays(client: TestClient):
    first = client.get(f"{TILES}/0/0/0")
    assert "max-age" in first.headers["cache-control"]
    again = client.get(f"{TILES}/0/0/0", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "place", ["0/0/1", "25/0/0", "a/0/0", "1/-1/0", "1/0/1e3", "99999999999/0/0", "3/8/0"]
)
def test_a_tile_outside_the_scheme_is_refused(client: TestClient, place: str):
    assert problem(client.get(f"{TILES}/{place}"))["status"] == 400


def test_only_what_has_tiles_has_tiles(client: TestClient):
    assert problem(client.get("/api/collections/claims/tiles"))["status"] == 404
    assert problem(client.get(f"{TILES}/0/0/0?limit=3"))["status"] == 400
    assert problem(client.get("/api/collections/incidents/tiles/WorldCRS84Quad/0/0/0"))["status"] == 404


def test_tilejson_leads_to_the_tiles(ask: Ask, client: TestClient):
    told = ask(f"{TILES}/tilejson", event_type="Riots")
    (template,) = told["tiles"]
    address = template.replace("{z}", "0").replace("{y}", "0").replace("{x}", "0")
    assert "event-type=Riots" in address
    assert client.get(address).status_code == 200
    assert told["vector_layers"][0]["id"] == "incidents"
    described = ask("/api/collections/incidents/tiles")["tilesets"][0]
    assert described["tileMatrixSetURI"].endswith("WebMercatorQuad")
    assert ask(TILES)["links"][2]["templated"] is True
