"""Programs that people use read the service, GDAL (and so QGIS) and OWSLib, and get what an export holds."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pytest
from owslib.ogcapi.features import Features
from starlette.testclient import TestClient

BOX = (70.0, 42.0, 78.0, 52.0)


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch):
    """Nothing between the client and this machine."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


def exported(client: TestClient, **params: str) -> list[dict[str, Any]]:
    return client.get("/api/download/geojson", params=params).json()["features"]


def read(served: str, **options: Any) -> gpd.GeoDataFrame:
    return pyogrio.read_dataframe(f"OAPIF:{served}/api", layer="incidents", **options)


def test_gdal_lists_the_collections(served: str):
    assert {row[0] for row in pyogrio.list_layers(f"OAPIF:{served}/api")} == {
        "incidents",
        "reports",
        "claims",
        "regions",
        "figures",
    }


def test_gdal_reads_all_incidents_page_by_page(served: str, client: TestClient):
    found = pyogrio.read_dataframe(f"OAPIF:{served}/api", layer="incidents", PAGE_SIZE="30")
    wanted = exported(client)
    assert list(found["id"]) == [f["id"] for f in wanted]
    for row, feature in zip(found.itertuples(), wanted, strict=True):
        assert str(row.date_start)[:10] == feature["properties"]["date_start"]
        assert row.event_type == feature["properties"]["event_type"]
        if feature["geometry"]:
            assert [row.geometry.x, row.geometry.y] == feature["geometry"]["coordinates"]
        else:
            assert row.geometry is None


def test_gdal_filters_by_box(served: str, client: TestClient):
    wanted = [f["id"] for f in exported(client, bbox=",".join(map(str, BOX))) if f["geometry"]]
    assert sorted(read(served, bbox=BOX)["id"]) == sorted(wanted)
    assert 0 < len(wanted) < 120


def test_gdal_filters_by_date_and_type(served: str, client: TestClient):
    by_type = read(served, where="event_type = 'Riots'")
    assert sorted(by_type["id"]) == sorted(f["id"] for f in exported(client, **{"event-type": "Riots"}))
    by_day = read(served, where="date_start <= '2022/01/04'")
    assert sorted(by_day["id"]) == sorted(f["id"] for f in exported(client, end="2022-01-04"))


def test_gdal_reads_outlines_in_web_mercator(served: str):
    outlines = pyogrio.read_dataframe(f"OAPIF:{served}/api", layer="regions")
    drawn = outlines[outlines.geometry.notna()]
    assert len(outlines) == 26
    assert drawn.geometry.is_valid.all()
    assert drawn.total_bounds.round().tolist() == [46, 41, 87, 55]


def test_gdal_reads_vector_tiles(served: str):
    with urllib.request.urlopen(f"{served}/api/collections/incidents/tiles/WebMercatorQuad/0/0/0") as reply:
        tile = reply.read()
    assert len(tile) > 100


def test_owslib_reads_all_and_some(served: str, client: TestClient):
    service = Features(f"{served}/api")
    assert set(service.feature_collections()) == {"incidents", "reports", "claims", "regions", "figures"}
    assert "/collections/incidents/items" in json.dumps(service.api()["paths"])
    every = service.collection_items("incidents", limit=1000)
    assert [f["id"] for f in every["features"]] == [f["id"] for f in exported(client)]
    some = service.collection_items(
        "incidents", bbox=list(BOX), datetime_="2022-01-05/2022-01-06", limit=1000
    )
    wanted = exported(client, bbox=",".join(map(str, BOX)), start="2022-01-05", end="2022-01-06")
    assert [f["id"] for f in some["features"]] == [f["id"] for f in wanted]
    chosen = service.collection_items("incidents", filter="event_type = 'Battles'", limit=1000)
    assert {f["properties"]["event_type"] for f in chosen["features"]} == {"Battles"}
    assert "fatalities_best" in service.collection_queryables("incidents")["properties"]
    first = wanted[0]
    assert service.collection_item("incidents", first["id"])["geometry"] == first["geometry"]


QGIS = """
import sys
from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer(f"url='{sys.argv[1]}/api' typename='incidents' pageSize='50'", "incidents", "OAPIF")
asked = QgsFeatureRequest
box = asked().setFilterRect(QgsRectangle(*map(float, sys.argv[2].split(","))))
day = asked().setFilterExpression("date_start <= '2022-01-04'")
print([len(list(layer.getFeatures(one))) for one in (asked(), box, day)])
"""


def test_qgis_counts_the_same(served: str, client: TestClient):
    python, local = "/usr/bin/python3", {"QT_QPA_PLATFORM": "offscreen", "NO_PROXY": "127.0.0.1"}
    if (
        not Path(python).exists()
        or subprocess.run([python, "-c", "import qgis"], capture_output=True).returncode
    ):
        pytest.skip("QGIS is not installed")
    box = ",".join(map(str, BOX))
    ended = subprocess.run(
        [python, "-c", QGIS, served, box],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")} | local,
        timeout=120,
    )
    placed = [f for f in exported(client, bbox=box) if f["geometry"]]
    wanted = [len(exported(client)), len(placed), len(exported(client, end="2022-01-04"))]
    assert ended.stdout.splitlines()[-1] == str(wanted)
