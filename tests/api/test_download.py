"""Downloads hold the rows that the map shows under the same query."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def test_an_unknown_format_is_not_found(refusal: Callable[..., dict[str, Any]]):
    told = refusal("/api/download/xls")
    assert told["status"] == 404
    assert told["detail"] == "format: 'xls' is no format; choose from: geojson, csv"
