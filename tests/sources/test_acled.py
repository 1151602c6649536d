"""ACLED's export becomes events."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.sources.bring import bring
from tests.sources.layouts import ACLED, acled


def test_the_layout_is_that_of_the_export():
    assert len(ACLED) == 31
    assert ACLED[0] == "event_id_cnty"
    assert ACLED[-1] == "timestamp"


def test_an_event_is_taken_whole(tmp_path: Path):
    found = bring(tmp_path / "a.csv", acled({"fatalities": "3"}))
    row = found.row
    assert found.kind == "acled"
    assert {
        name: row[name] for name in ("id", "title", "place", "event_type", "sub_event_type", "actors")
    } == {
        "id": "KAZ1",
        "title": "Peaceful protest, Almaty",
        "place": "Almaty",
        "event_type": "Protests",
        "sub_event_type": "Peaceful protest",
        "actors": "Protesters (Kazakhstan)",
    }
    assert (row["lon"], row["lat"], row["country"], row["region"]) == (
        76.9286,
        43.2567,
        "Kazakhstan",
        "Almaty",
    )
    assert (row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]) == (3, 3, 3)
    assert row["participants"] == 1200
    assert [(one["publisher"], one["reported"]) for one in row["tellings"]] == [
        ("Azattyq", "2022-01-12"),
        ("Tengri News", "2022-01-12"),
    ]


@pytest.mark.parametrize(
    ("code", "start", "end", "precision"),
    [
        ("1", dt.date(2022, 1, 5), None, "day"),
        ("2", dt.date(2022, 1, 2), dt.date(2022, 1, 8), "week"),
        ("3", dt.date(2022, 1, 1), dt.date(2022, 1, 31), "month"),
    ],
)
def test_the_precision_of_time_becomes_days(tmp_path: Path, code: str, start, end, precision: str):
    row = bring(tmp_path / "a.csv", acled({"time_precision": code})).row
    assert (row["date_start"], row["date_end"], row["date_precision"]) == (start, end, precision)


@pytest.mark.parametrize(("code", "precision"), [("1", "city"), ("2", "district"), ("3", "region")])
def test_the_precision_of_place_is_ours(tmp_path: Path, code: str, precision: str):
    assert bring(tmp_path / "a.csv", acled({"geo_precision": code})).row["location_precision"] == precision


def test_days_of_the_api_and_older_words_are_read(tmp_path: Path):
    older = {
        "event_date": "2022-01-05",
        "sub_event_type": "Excessive force against protestors",
        "timestamp": "",
    }
    row = bring(tmp_path / "a.csv", acled(older)).row
    assert row["date_start"] == dt.date(2022, 1, 5)
    assert row["sub_event_type"] == "Excessive force against protesters"
    assert row["tellings"][0]["reported"] is None


def test_bad_rows_say_why(tmp_path: Path):
    rows = [
        {"time_precision": "9"},
        {"sub_event_type": "Armed clash"},
        {"event_id_cnty": ""},
        {"latitude": "143.2"},
    ]
    assert bring(tmp_path / "a.csv", acled(*rows)).rejects == [
        "a.csv, row 2, column time_precision: '9' is not a code of this column; use one of: 1, 2, 3",
        "a.csv, row 3, column sub_event_type: 'Armed clash' is no kind of 'Protests'; use one of: "
        "Peaceful protest, Protest with intervention, Excessive force against protesters",
        "a.csv, row 4, column event_id_cnty: '' is empty; fill it in",
        "a.csv, row 5, column latitude: '143.2' is beyond 90 degrees of latitude; "
        "correct it, or swap it with its pair",
    ]
