"""What was accepted from several articles is one data package that builds, and one GeoJSON collection."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

from geo.ingest.visit import Accepted, features, packed
from geo.schema import Precision
from geo.sources import package
from tests.ui.article_small import claim, incident, reading

GOMA = Accepted(
    reading(incident(), incident(id="i2"), claim()), ("i1", "c1"), "Gazette", "https://gazette.example/1"
)
ELSEWHERE = incident(
    geonameid=999, country="UG", date_start=dt.date(2022, 10, 1), date_end=dt.date(2022, 10, 1)
)
NAMESAKE = Accepted(replace(reading(ELSEWHERE), document="Another."), ("i1",), "Gazette")


def unpacked(archive: bytes, folder: Path) -> package.Package:
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        files.extractall(folder)
    return package.read(folder)


def test_a_package_holds_what_was_chosen_and_no_more(tmp_path: Path) -> None:
    read = unpacked(packed([GOMA]), tmp_path)
    assert read.rejects == ()
    assert read.tables["incidents"]["id"].to_pylist() == ["1-i1"]
    assert read.tables["claims"]["id"].to_pylist() == ["1-c1"]
    assert read.tables["reports"]["incident_id"].to_pylist() == ["1-i1"]
    assert read.tables["reports"]["url"].to_pylist() == ["https://gazette.example/1"]


def test_articles_are_laid_together_without_mixing_them_up(tmp_path: Path) -> None:
    read = unpacked(packed([GOMA, NAMESAKE]), tmp_path)
    assert read.rejects == ()
    incidents = read.tables["incidents"].to_pylist()
    assert [(row["id"], row["place"]) for row in incidents] == [("1-i1", "Goma"), ("2-i1", "Goma (2)")]
    places = {row["place"]: (row["name"], row["geonames_id"]) for row in read.tables["places"].to_pylist()}
    assert places == {"Goma": ("Goma", 216281), "Goma (2)": ("Goma", 999)}
    assert read.descriptor["eventmap"]["admin0"] == ["CD", "UG"]
    sources = read.tables["reports"]["source_id"].to_pylist()
    assert set(sources) == set(read.tables["sources"]["id"].to_pylist())


def test_the_same_choice_makes_the_same_bytes() -> None:
    assert packed([GOMA, NAMESAKE]) == packed([GOMA, NAMESAKE])


def test_geojson_has_a_point_only_where_one_is_known() -> None:
    region = replace(GOMA, reading=reading(incident(location_precision=Precision.REGION)), chosen=("i1",))
    found = json.loads(features([GOMA, region]))
    assert [feature["id"] for feature in found["features"]] == ["1-i1", "2-i1"]
    assert found["features"][0]["geometry"] == {"type": "Point", "coordinates": [29.23, -1.67]}
    assert found["features"][1]["geometry"] is None
    assert found["features"][0]["properties"]["publisher"] == "Gazette"
    assert [row["id"] for row in found["eventmap"]["claims"]] == ["1-c1"]


def test_nothing_accepted_is_an_empty_collection() -> None:
    assert json.loads(features([]))["features"] == []
