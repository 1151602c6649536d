"""UCDP GED becomes events, as CSV and as GeoJSON, and the published sample goes in whole."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from geo.sources.ucdp import DAYS, PLACES
from tests.sources.bring import bring
from tests.sources.layouts import UCDP, ucdp


def test_the_layout_has_its_49_columns():
    assert len(UCDP) == 49


def test_an_event_is_taken_whole(tmp_path: Path):
    row = bring(tmp_path / "a.csv", ucdp({})).row
    assert (row["id"], row["title"]) == ("UCDP-300380", "Government of A - Rebels of A, Rami village")
    assert (row["date_start"], row["date_end"]) == (dt.date(2013, 1, 3), dt.date(2013, 1, 3))
    assert (row["event_type"], row["source_type"]) == ("Battles", "state-based conflict")
    assert (row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]) == (1, 2, 5)
    assert [(one["publisher"], one["reported"], one["summary"]) for one in row["tellings"]] == [
        ("The Daily", "2013-01-04", "Two die"),
        ("The Hour", "2013-01-06", "Two dead"),
    ]


def test_an_old_row_has_its_publisher_within_the_article(tmp_path: Path):
    old = {
        "source_office": "",
        "source_date": "",
        "source_headline": "",
        "source_article": 'Reuters 1989-05-17 "X"',
    }
    telling = bring(tmp_path / "a.csv", ucdp(old)).row["tellings"][0]
    assert (telling["publisher"], telling["reported"]) == ("Reuters", "1989-05-17")


@pytest.mark.parametrize(
    ("kind", "event_type"), [("1", "Battles"), ("2", "Battles"), ("3", "Violence against civilians")]
)
def test_kinds_of_violence_are_types(tmp_path: Path, kind: str, event_type: str):
    assert bring(tmp_path / "a.csv", ucdp({"type_of_violence": kind})).row["event_type"] == event_type


def test_geojson_is_the_same(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(ucdp({}))
    with path.open() as stream:
        (record,) = csv.DictReader(stream)
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [36.558974, 35.763369]},
        "properties": record,
    }
    collection = json.dumps({"type": "FeatureCollection", "features": [feature]})
    plain, shaped = bring(path).row, bring(tmp_path / "a.geojson", collection).row
    assert {**shaped, "row": 2} == plain


def test_days_in_the_wrong_order_are_rejected(tmp_path: Path):
    assert bring(tmp_path / "a.csv", ucdp({"date_end": "2013-01-01"})).rejects == [
        "a.csv, row 2, column date_end: '2013-01-01' is before date_start, 2013-01-03; swap or correct them"
    ]


def test_the_published_sample_goes_in_whole(shared: Path):
    path = shared / "samples" / "ucdp-ged-23.1-sample.csv"
    found = bring(path)
    assert (found.kind, len(found.rows), found.rejects) == ("ucdp", 1000, [])
    with path.open(encoding="utf-8", newline="") as stream:
        records = list(csv.DictReader(stream))
    for row, record in zip(found.rows, records, strict=True):
        whole = {name: int(float(record[name])) for name in ("id", "low", "best", "high")}
        assert row["id"] == f"UCDP-{whole['id']}"
        assert [row[f"fatalities_{name}"] for name in ("low", "best", "high")] == [
            whole[name] for name in ("low", "best", "high")
        ]
        assert row["location_precision"] == PLACES[record["where_prec"][0]]
        assert row["date_precision"] == DAYS[record["date_prec"][0]]
        assert (row["lon"], row["lat"]) == (float(record["longitude"]), float(record["latitude"]))
        assert [str(row["date_start"]), str(row["date_end"])] == [record["date_start"], record["date_end"]]
