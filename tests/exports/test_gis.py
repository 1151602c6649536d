"""GeoPackage, GeoParquet, FlatGeobuf and KML, opened by GDAL and GeoPandas."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest

from geo.exports import FORMATS, Context
from geo.query import IncidentQuery
from geo.store import Store

LAYER = {"gpkg": "incidents", "fgb": "incidents", "kml": "Incidents", "geoparquet": ""}
KML = {"kml": "http://www.opengis.net/kml/2.2"}
Put = Callable[..., Path]


@pytest.fixture
def put(held: Store, context: Callable[..., Context], tmp_path: Path) -> Put:
    """The file of an export of a query: `put("gpkg", text="x")`."""

    def of(name: str, rows: list[dict[str, Any]] | None = None, **asked: Any) -> Path:
        path = tmp_path / f"export{FORMATS[name].suffix}"
        found = held.export(IncidentQuery(**asked)) if rows is None else iter(rows)
        path.write_bytes(b"".join(FORMATS[name].write(found, context(name, **asked))))
        return path

    return of


def opened(path: Path, name: str) -> gpd.GeoDataFrame:
    if name == "geoparquet":
        return gpd.read_parquet(path)
    return pyogrio.read_dataframe(path, layer=LAYER[name])


def ids(frame: pd.DataFrame) -> list[str]:
    return [str(value) for value in frame["id"]]


@pytest.mark.parametrize("name", LAYER)
def test_a_gis_finds_the_same_incidents_days_and_points(put: Put, name: str):
    frame = opened(put(name), name)
    assert frame["title"].tolist()[0] == "Title of I1"
    if name != "kml":  # where GDAL takes the name of the column for its own
        assert ids(frame) == ["I1", "I2", "I3", "I4"]
    days = pd.to_datetime(frame["date_start"]).dt.date.tolist()
    assert days == [dt.date(2022, 1, number) for number in (5, 5, 6, 7)]
    assert frame.crs.to_epsg() in (4326, None)
    assert [point and (round(point.x, 5), round(point.y, 5)) for point in frame.geometry] == [
        (76.92861, 43.25668),
        (51.2, -3.5),
        None,
        None,
    ]
    assert frame["fatalities_best"].tolist()[0] == 2
    assert frame["place"].tolist()[2] == "Запад"
    assert frame["region_population"].tolist()[0] == 2000


@pytest.mark.parametrize("name", LAYER)
def test_nothing_found_is_a_valid_file_of_nothing(put: Put, name: str):
    frame = opened(put(name, text="nothing of the kind"), name)
    assert len(frame) == 0


@pytest.mark.parametrize("name", LAYER)
def test_hostile_texts_stay_texts(put: Put, hostile: list[dict[str, Any]], name: str):
    frame = opened(put(name, hostile), name)
    assert len(frame) == len(hostile)
    wanted = [row["summary"] for row in hostile]
    found = frame["summary"].tolist()
    assert found[:2] == wanted[:2]
    assert found[4] == wanted[4]


def test_a_geopackage_has_tables_of_reports_and_of_itself(put: Put, context: Callable[..., Context]):
    path = put("gpkg", text="title")
    assert pyogrio.list_layers(path).tolist() == [["incidents", "Point"], ["reports", None], ["about", None]]
    reports = pyogrio.read_dataframe(path, layer="reports")
    assert list(zip(reports["incident_id"], reports["id"], strict=True))[:2] == [("I1", "R1"), ("I1", "R2")]
    about = pyogrio.read_dataframe(path, layer="about")
    said = dict(zip(about["name"], about["value"], strict=True))
    assert said["Cite as"] == context("gpkg", text="title").citation
    assert (said["Query"], said["Incidents"]) == ("q title", "3")


def test_a_geopackage_carries_the_time_of_the_export_and_none_of_the_clock(put: Put):
    with sqlite3.connect(put("gpkg")) as file:
        found = file.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
    assert found == [("2022-02-01T12:30:15.000Z",)]


def test_a_geopackage_of_several_batches_is_whole(put: Put, held: Store, monkeypatch: pytest.MonkeyPatch):
    row = next(held.export(IncidentQuery()))
    path = put("gpkg", [row | {"id": f"N{number}"} for number in range(12_000)])
    assert pyogrio.read_info(path, layer="incidents")["features"] == 12_000
    assert pyogrio.read_info(path, layer="reports")["features"] == 24_000


def test_geoparquet_keeps_reports_nested_and_describes_itself(put: Put, context: Callable[..., Context]):
    path = put("geoparquet", text="title")
    file = pq.ParquetFile(path)
    metadata = file.metadata.metadata
    geo = json.loads(metadata[b"geo"])
    assert geo["columns"]["geometry"]["geometry_types"] == ["Point"]
    assert geo["columns"]["geometry"]["bbox"] == [76.92861234, 43.25667891] * 2
    about = json.loads(metadata[b"eventmap"])
    assert (about["query"], about["features"]) == ({"q": "title"}, 3)
    assert about["citation"] == context("geoparquet", text="title").citation
    first = file.read().to_pylist()[0]
    assert [report["publisher"] for report in first["reports"]] == ["The Daily", "Reprint"]
    assert first["reports"][0]["reported_on"] == dt.date(2022, 1, 6)


def test_flatgeobuf_has_a_title_a_description_and_its_reports(put: Put, context: Callable[..., Context]):
    path = put("fgb", text="title")
    said = pyogrio.read_info(path)["layer_metadata"]
    assert said["TITLE"] == "Small data"
    assert context("fgb", text="title").citation in said["DESCRIPTION"]
    assert "Query: q title" in said["DESCRIPTION"]
    reports = json.loads(pyogrio.read_dataframe(path)["reports"][0])
    assert [report["publisher"] for report in reports] == ["The Daily", "Reprint"]


def test_kml_has_days_tones_and_typed_data(put: Put):
    root = ElementTree.parse(put("kml")).getroot()
    marks = root.findall(".//kml:Placemark", KML)
    first, third = marks[0], marks[2]
    assert first.findtext("kml:TimeSpan/kml:begin", namespaces=KML) == "2022-01-05"
    assert first.findtext("kml:styleUrl", namespaces=KML) == "#type-0"
    assert root.findtext(".//kml:Style[@id='type-0']//kml:color", namespaces=KML) == "ffa8660a"
    data = {one.get("name"): one.text for one in first.iterfind(".//kml:SimpleData", KML)}
    assert (data["id"], data["fatalities_best"]) == ("I1", "2")
    assert third.find("kml:Point", KML) is None
    assert "Known to an area only: Запад." in str(third.findtext("kml:description", namespaces=KML))


def test_kml_says_what_it_is(put: Put, context: Callable[..., Context]):
    root = ElementTree.parse(put("kml", text="nothing of the kind")).getroot()
    about = root.findtext(".//kml:Folder/kml:description", "", KML)
    assert "no incident matches this query" in about
    assert context("kml", text="nothing of the kind").citation in about


def test_what_kml_shows_as_html_is_text(put: Put, hostile: list[dict[str, Any]]):
    root = ElementTree.parse(put("kml", hostile)).getroot()
    shown = [text.text or "" for text in root.findall(".//kml:Placemark/kml:description", KML)]
    assert "&lt;script&gt;" in shown[1]
    assert "<script" not in shown[1]
