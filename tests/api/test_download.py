"""Downloads hold the rows that the map shows under the same query."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio
import pytest
from geojson_pydantic import FeatureCollection
from starlette.testclient import TestClient

from geo import cli
from geo.query import IncidentQuery

QUERIES: list[dict[str, str | list[str]]] = [
    {},
    {"start": "2022-01-05", "end": "2022-01-05"},
    {"event-type": ["Riots", "Battles"]},
    {"event-type": "none"},
    {"bbox": "76.6,43.1,77.2,43.5"},
    {"bbox": "-180,-90,180,90"},
    {"bbox": "170,-80,60,80"},
    {"admin1": ["KZ-mangystau", "KZ-almaty-city"]},
    {"q": "police ak"},
    {"q": "полиция"},
    {"min-precision": "city", "known-on": "2022-01-09"},
    {"dataset": "kazakhstan-2022", "end": "2022-01-04"},
    {"dataset": "another"},
]


@pytest.mark.parametrize("asked", QUERIES, ids=str)
def test_map_list_downloads_and_command_line_hold_the_same_incidents(
    client: TestClient, store: Path, tmp_path: Path, asked: dict[str, str | list[str]]
):
    cells = client.get("/api/cells", params=asked).json()
    listed: list[str] = []
    for offset in (0, 100):
        page = client.get("/api/details", params=asked | {"limit": "100", "offset": str(offset)}).json()
        listed += [incident["id"] for incident in page["incidents"]]
    collection = client.get("/api/download/geojson", params=asked).json()
    features = [feature["id"] for feature in collection["features"]]
    text = client.get("/api/download/csv", params=asked).content.decode("utf-8-sig")
    rows = [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    options = ["--store", str(store), "-o", str(tmp_path / "a.geojson")]
    with pytest.raises(SystemExit) as ended:
        cli.main(["export", *options, *IncidentQuery.from_params(asked).to_options()])
    written = json.loads((tmp_path / "a.geojson").read_bytes())

    assert ended.value.code == 0
    assert listed == features == rows == [feature["id"] for feature in written["features"]]
    assert cells["total"] == len(listed) == collection["eventmap"]["features"]
    assert collection["eventmap"] | {"generated_at": ""} == written["eventmap"] | {"generated_at": ""}


def test_a_download_is_a_file_with_a_name_and_its_type(client: TestClient):
    reply = client.get("/api/download/csv", params={"start": "2022-01-05", "end": "2022-01-06"})
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"] == (
        'attachment; filename="eventmap-2022-01-05-2022-01-06.csv"'
    )
    reply = client.get("/api/download/geojson")
    assert reply.headers["content-type"] == "application/geo+json"
    assert reply.headers["content-disposition"] == 'attachment; filename="eventmap.geojson"'
    assert len(FeatureCollection.model_validate_json(reply.content).features) == 120


COUNTED = {
    "csv-zip": lambda raw: pd.read_csv(io.BytesIO(zipfile.ZipFile(io.BytesIO(raw)).read("data.csv")))[
        "date_start"
    ],
    "xlsx": lambda raw: pd.read_excel(io.BytesIO(raw))["date_start"],
    "gpkg": lambda raw: pyogrio.read_dataframe(raw, layer="incidents")["date_start"],
    "fgb": lambda raw: pyogrio.read_dataframe(raw)["date_start"],
    "geoparquet": lambda raw: pd.read_parquet(io.BytesIO(raw))["date_start"],
    "kml": lambda raw: re.findall(rb'name="date_start">([^<]+)', raw),
    "html": lambda raw: re.findall(rb'"date_start":"([^"]+)"', raw),
}


@pytest.mark.parametrize("asked", QUERIES[:3], ids=str)
@pytest.mark.parametrize("name", COUNTED)
def test_every_format_holds_the_same_days(client: TestClient, name: str, asked: dict[str, str | list[str]]):
    features = client.get("/api/download/geojson", params=asked).json()["features"]
    found = COUNTED[name](client.get(f"/api/download/{name}", params=asked).content)
    days = [one.decode() if isinstance(one, bytes) else str(one)[:10] for one in found]
    assert days == [feature["properties"]["date_start"] for feature in features]


@pytest.mark.parametrize("name", ["html", "png", "svg", "pdf"])
def test_what_is_drawn_is_the_same_from_the_terminal(
    client: TestClient, store: Path, tmp_path: Path, name: str
):
    served = client.get(f"/api/download/{name}", params={"end": "2022-01-04"}).content
    path = tmp_path / f"a.{name}"
    command = ["export", "--format", name, "--end", "2022-01-04", "--store", str(store), "-o", str(path)]
    with pytest.raises(SystemExit):
        cli.main(command)
    clock = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    written = path.read_bytes()
    if name == "html":
        assert clock.sub(b"", served) == clock.sub(b"", written)
        assert served.count(b'"id":"KZ-') > 17
    assert abs(len(served) - len(written)) < 4000  # the time is drawn


def test_an_unknown_format_is_not_found(refusal: Callable[..., dict[str, Any]]):
    told = refusal("/api/download/xls")
    assert told["status"] == 404
    assert told["detail"].startswith("format: 'xls' is no format; choose from: geojson, csv, csv-zip, xlsx")
