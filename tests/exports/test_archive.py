"""A ZIP of CSV that says what it is to people and to programs."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest

from geo.exports import Context, archive, csv
from geo.query import IncidentQuery
from geo.store import Store

Unpack = Callable[..., dict[str, bytes]]


@pytest.fixture
def unpack(held: Store, context: Callable[..., Context]) -> Unpack:
    """The files in an export of a query, by name."""

    def of(**asked: Any) -> dict[str, bytes]:
        raw = b"".join(archive.write(held.export(IncidentQuery(**asked)), context("csv-zip", **asked)))
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            assert parts.testzip() is None
            return {name: parts.read(name) for name in parts.namelist()}

    return of


def test_its_files(unpack: Unpack):
    assert list(unpack()) == ["data.csv", "reports.csv", "datapackage.json", "README.txt"]


def test_data_is_the_csv_of_the_same_query(unpack: Unpack, held: Store, context: Callable[..., Context]):
    assert unpack()["data.csv"] == b"".join(csv.write(held.export(IncidentQuery()), context("csv")))


def test_reports_refer_to_incidents(unpack: Unpack):
    frame = pd.read_csv(io.BytesIO(unpack()["reports.csv"]), encoding="utf-8-sig")
    assert list(zip(frame["incident_id"], frame["id"], strict=True))[:3] == [
        ("I1", "R1"),
        ("I1", "R2"),
        ("I2", "R3"),
    ]
    assert frame["publisher"][1] == "Reprint"


def test_the_readme_holds_query_citation_terms_and_caveat(unpack: Unpack, context: Callable[..., Context]):
    text = unpack(text="title")["README.txt"].decode()
    here = context("csv-zip", text="title")
    for part in (here.citation, "q title", "Creative Commons", "no evidence that nothing", here.command):
        assert part in text


@pytest.mark.parametrize("text", ["", "nothing of the kind"])
def test_a_program_finds_the_package_valid(unpack: Unpack, tmp_path: Path, text: str):
    for name, content in unpack(text=text).items():
        (tmp_path / name).write_bytes(content)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert [task.stats.get("rows", 0) for task in report.tasks] == ([0, 0] if text else [4, 5])


def test_the_descriptor_derives_from_the_schema(unpack: Unpack):
    package = json.loads(unpack()["datapackage.json"])
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    assert fields["fatalities_best"] == {
        "name": "fatalities_best",
        "title": "Killed, best report",
        "type": "integer",
        "unit": "persons",
    }
    assert fields["date_precision"]["constraints"]["enum"][0] == "day"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["eventmap"]["make_again"] == "eventmap export --format csv-zip"
    assert package["sources"] == [{"title": "Reprint"}, {"title": "The Daily"}]


def test_nothing_found_says_so(unpack: Unpack):
    parts = unpack(text="nothing of the kind")
    assert "no incident matches this query" in parts["README.txt"].decode()
    assert len(parts["data.csv"].splitlines()) == len(parts["reports.csv"].splitlines()) == 1
