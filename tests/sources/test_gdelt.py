"""GDELT 2.0 events: rows of one event are its reports; talk is passed over."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from geo.errors import TableError
from tests.sources.bring import bring
from tests.sources.layouts import GDELT, gdelt


def test_the_layout_has_its_61_columns():
    assert len(GDELT) == 61
    assert (GDELT[26], GDELT[52], GDELT[60]) == ("EventCode", "ActionGeo_FullName", "SOURCEURL")


def test_an_event_is_taken_whole(tmp_path: Path):
    found = bring(tmp_path / "20220106041500.export.CSV", gdelt({}))
    row = found.row
    assert found.kind == "gdelt"
    assert row["title"] == "Protest: PROTESTER; POLICE, Almaty"
    assert (row["date_start"], row["place"], row["country"]) == (dt.date(2022, 1, 5), "Almaty", "Kazakhstan")
    assert (row["lon"], row["lat"], row["location_precision"]) == (76.95, 43.25, "city")
    assert (row["event_type"], row["sub_event_type"]) == ("Protests", "Peaceful protest")
    assert row["tellings"] == [
        {
            "key": "1020304050",
            "publisher": "example.org",
            "url": "https://www.example.org/a",
            "reported": "2022-01-06",
            "summary": "Protest: PROTESTER; POLICE",
        }
    ]


def test_it_is_read_out_of_its_archive(tmp_path: Path):
    path = tmp_path / "20220106041500.export.CSV.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("20220106041500.export.CSV", gdelt({}, {"GLOBALEVENTID": "2"}))
    assert len(bring(path).rows) == 2


def test_rows_of_one_event_have_one_identifier(tmp_path: Path):
    again = {"GLOBALEVENTID": "2", "SOURCEURL": "https://b.example/x"}
    other = {"GLOBALEVENTID": "3", "SQLDATE": "20220106"}
    one, two, three = bring(tmp_path / "a.csv", gdelt({}, again, other)).rows
    assert one["id"] == two["id"] != three["id"]


def test_talk_is_passed_over_and_counted(tmp_path: Path):
    found = bring(tmp_path / "a.csv", gdelt({}, {"EventCode": "010", "EventRootCode": "01"}))
    assert (len(found.rows), found.rejects) == (1, [])
    assert found.passed == {"statements, talks, aid and threats (CAMEO 01 to 13)": 1}


@pytest.mark.parametrize(
    ("code", "event_type", "sub"),
    [
        ("145", "Riots", "Violent demonstration"),
        ("1453", "Riots", "Violent demonstration"),
        ("173", "Strategic developments", "Arrests"),
        ("181", "Violence against civilians", "Abduction/forced disappearance"),
        ("1831", "Explosions/Remote violence", "Suicide bomb"),
        ("190", "Battles", "Armed clash"),
        ("195", "Explosions/Remote violence", "Air/drone strike"),
        ("202", "Violence against civilians", "Attack"),
    ],
)
def test_cameo_codes_are_types(tmp_path: Path, code: str, event_type: str, sub: str):
    row = bring(tmp_path / "a.csv", gdelt({"EventCode": code, "EventRootCode": code[:2]})).row
    assert (row["event_type"], row["sub_event_type"]) == (event_type, sub)


@pytest.mark.parametrize(
    ("code", "precision"), [("1", "country"), ("2", "region"), ("3", "city"), ("5", "region")]
)
def test_kinds_of_places_are_precisions(tmp_path: Path, code: str, precision: str):
    assert bring(tmp_path / "a.csv", gdelt({"ActionGeo_Type": code})).row["location_precision"] == precision


def test_a_quotation_mark_is_a_letter_there(tmp_path: Path):
    row = bring(tmp_path / "a.csv", gdelt({"ActionGeo_FullName": 'Al"maty, Kazakhstan'})).row
    assert row["place"] == 'Al"maty'


def test_a_file_of_another_layout_is_refused(tmp_path: Path):
    text = "\n".join("\t".join(str(n) for n in range(58)) for _ in range(3))
    with pytest.raises(
        TableError, match=r"its rows have 58 cells cut at tabs, where GDELT 2.0 events have 61"
    ):
        bring(tmp_path / "a.csv", text, kind="gdelt")
