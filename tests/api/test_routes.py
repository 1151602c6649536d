"""Every address under our prefixes answers for itself, never with the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from geo.settings import Settings
from geo.store import write
from tests.api.conftest import problem
from tests.store import small


@pytest.mark.parametrize(
    "path", ["/api/nothing", "/api/cells/", "/api/download", "/api/regions/", "/api/a/b?c", "/api/a\nb"]
)
def test_an_unknown_address_is_a_problem_document(client: TestClient, path: str):
    told = problem(client.get(path.replace("\n", "%0A")))
    assert (told["status"], told["title"]) == (404, "there is nothing at this address")
    assert told["detail"] == path.split("?")[0].replace("\n", "")


@pytest.mark.parametrize("path", ["/api/cells", "/api/download/csv", "/api/nothing"])
def test_nothing_can_be_changed(client: TestClient, path: str):
    assert client.post(path).status_code == 405
    assert client.delete(path).status_code == 405


def test_an_asset_is_kept_for_good_when_its_address_names_its_version(client: TestClient):
    script = client.get("/assets/map/0123/boot.js")
    assert (script.text, script.headers["content-type"]) == ("let a;", "text/javascript; charset=utf-8")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/assets/fonts.css").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/assets/", "/assets/none.js", "/assets/../pyproject.toml", "/assets/%2e%2e/x"]
)
def test_no_other_file_can_be_read(client: TestClient, path: str):
    assert client.get(path).status_code == 404


def test_a_store_that_is_missing_or_spoilt_is_told_and_mended_without_a_restart(
    tmp_path: Path, client_of: Callable[[Settings], TestClient]
):
    path = tmp_path / "a.duckdb"
    client = client_of(Settings(store=path))
    told = problem(client.get("/api/cells"))
    assert (told["status"], told["title"]) == (503, "there is no store here")
    path.write_text("no store")
    assert problem(client.get("/api/details"))["title"] == "this file is no store"
    path.unlink()
    write(path, small.tables([small.incident("I1", lon=5.0, lat=5.0)]))
    assert client.get("/api/cells").json()["total"] == 1
    write(path, small.tables())
    assert client.get("/api/cells").json()["total"] == 0


def test_long_answers_are_packed_for_who_can_unpack_them(client: TestClient):
    packed = client.get("/api/download/geojson", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/api/download/geojson", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json()["features"] == plain.json()["features"]
