"""A file becomes a delivery: versions with days, the same once as twice, and never half."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from geo import ingest
from geo.errors import CallError, DayOrMonth, RejectedRows, StoreError, TableError, Undecided
from geo.ingest import Atlas, imports
from geo.ingest.imports import Options
from geo.query import IncidentQuery
from geo.settings import Settings
from geo.store import Store
from tests.conftest import ROOT
from tests.ingest.conftest import Deliver
from tests.sources.layouts import acled, gdelt
from tests.sources.small import write_package

HEADER = "id,date,place,country,lat,lon,type,killed,source\n"
ROW = "{},2022-01-05,Almaty,Kazakhstan,43.25,76.93,protest,{},Vlast\n"

Known = Callable[..., dict[str, dict[str, Any]]]


def five(**changed: dict[str, str]) -> str:
    """Five events of ACLED; `KAZ2={...}` differs."""
    return acled(*[{"event_id_cnty": f"KAZ{n}"} | changed.get(f"KAZ{n}", {}) for n in range(1, 6)])


def test_a_first_delivery_makes_the_store(settings: Settings, atlas: Atlas, known: Known, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(five())
    report = imports.deliver(settings, path, atlas=atlas)
    assert (report.kind, report.dataset, report.rows, report.good, report.rejected) == (
        "acled",
        "acled",
        5,
        5,
        0,
    )
    assert report.outcome
    assert (report.outcome.added, report.outcome.changed) == (5, 0)
    row = known()["KAZ1"]
    assert (row["admin0"], row["admin1_id"], row["location_precision"]) == ("KZ", "KZ-almaty-city", "city")
    assert [(one["publisher"], one["summary"]) for one in row["reports"]] == [
        ("Azattyq", "On 5 January 2022, people gathered on the square."),
        ("Tengri News", "On 5 January 2022, people gathered on the square."),
    ]


def test_the_same_file_again_changes_nothing(deliver: Deliver, settings: Settings):
    deliver("a.csv", five())
    before = settings.store.read_bytes()
    outcome = deliver("a.csv", five(), on="2022-03-01").outcome
    assert outcome
    assert (outcome.added, outcome.changed, outcome.dropped, outcome.same) == (0, 0, 0, 5)
    assert settings.store.read_bytes() == before


def test_a_second_delivery_is_known_from_its_day_on(deliver: Deliver, known: Known):
    deliver("a.csv", five(), on="2022-02-01")
    second = acled(
        {"event_id_cnty": "KAZ1", "fatalities": "7"},
        *[{"event_id_cnty": f"KAZ{n}"} for n in (2, 3, 4)],
        {"event_id_cnty": "KAZ9", "timestamp": "1640000000"},
    )
    outcome = deliver("b.csv", second, on="2022-03-01", whole=True).outcome
    assert outcome
    assert (outcome.added, outcome.changed, outcome.dropped, outcome.same) == (1, 1, 1, 3)
    assert known("2022-01-11") == {}
    assert sorted(known("2022-01-12")) == sorted(known("2022-02-28")) == [f"KAZ{n}" for n in range(1, 6)]
    assert known("2022-02-28")["KAZ1"]["fatalities_best"] == 0
    assert sorted(known("2022-03-01")) == sorted(known()) == ["KAZ1", "KAZ2", "KAZ3", "KAZ4", "KAZ9"]
    assert known("2022-03-01")["KAZ1"]["fatalities_best"] == known()["KAZ1"]["fatalities_best"] == 7
    assert [len(known(day)["KAZ1"]["reports"]) for day in ("2022-02-28", "2022-03-01", "")] == [2, 2, 2]


def test_the_history_of_an_incident_is_told(deliver: Deliver, settings: Settings):
    deliver("a.csv", five())
    deliver("b.csv", five(KAZ1={"fatalities": "7"}), on="2022-03-01")
    deliver("c.csv", acled({"event_id_cnty": "KAZ2"}), on="2022-04-01", whole=True)
    first, second = Store(settings.store).history("KAZ1")
    assert (first["known_from"], first["known_to"]) == (dt.date(2022, 1, 12), dt.date(2022, 3, 1))
    assert (first["changes"], first["withdrawn"]) == ({}, False)
    numbers = ("fatalities_low", "fatalities_best", "fatalities_high")
    assert second["changes"] == dict.fromkeys(numbers, (0, 7))
    assert (second["delivery"], second["withdrawn"], second["withdrawn_by"]) == ("b.csv", True, "c.csv")
    assert Store(settings.store).history("KAZ99") == []


def test_an_incident_that_was_gone_comes_back_as_a_new_version(deliver: Deliver, known: Known):
    deliver("a.csv", five())
    deliver("b.csv", acled({"event_id_cnty": "KAZ1"}), on="2022-03-01", whole=True)
    deliver("c.csv", five(), on="2022-04-01")
    assert [len(known(day)) for day in ("2022-02-28", "2022-03-31", "2022-04-01")] == [5, 1, 5]
    assert len(known()["KAZ2"]["reports"]) == 2


def test_missing_rows_are_asked_about(deliver: Deliver, settings: Settings):
    deliver("a.csv", five())
    before = settings.store.read_bytes()
    with pytest.raises(Undecided) as caught:
        deliver("b.csv", acled({"event_id_cnty": "KAZ1"}), on="2022-03-01")
    assert str(caught.value) == (
        "b.csv: 4 of the 5 incidents of acled are not in this file; "
        "say --whole if it replaces them, or --part if it adds to them"
    )
    assert settings.store.read_bytes() == before


def test_a_part_leaves_the_others_as_they_are(deliver: Deliver, known: Known):
    deliver("a.csv", five())
    deliver("b.csv", acled({"event_id_cnty": "KAZ6"}), on="2022-03-01", whole=False)
    assert len(known()) == 6


def test_gdelt_adds_up_from_file_to_file(deliver: Deliver, known: Known):
    deliver("a.csv", gdelt({}, {"GLOBALEVENTID": "2", "SOURCEURL": "https://b.example/x"}), on="2022-01-06")
    (row,) = known().values()
    assert (row["report_count"], len(row["reports"])) == (2, 2)
    late = {"GLOBALEVENTID": "3", "SOURCEURL": "https://c.example/x", "DATEADDED": "20220108000000"}
    other = {"GLOBALEVENTID": "4", "SQLDATE": "20220107", "DATEADDED": "20220108000000"}
    report = deliver("b.csv", gdelt(late, other), on="2022-01-08")
    assert report.outcome
    assert (report.outcome.added, report.outcome.changed, report.outcome.dropped) == (
        1,
        1,
        0,
    )
    assert [one["publisher"] for one in known()[row["id"]]["reports"]] == [
        "example.org",
        "b.example",
        "c.example",
    ]
    assert [len(known(f"2022-01-0{day}")) for day in (5, 6, 7, 8)] == [0, 1, 1, 2]
    assert [len(known(f"2022-01-0{day}")[row["id"]]["reports"]) for day in (7, 8)] == [2, 3]
    again = deliver("b.csv", gdelt(late, other), on="2022-01-09").outcome
    assert again
    assert (again.added, again.changed, again.same) == (0, 0, 2)


def test_a_second_delivery_of_gdelt_changes_and_drops(deliver: Deliver, known: Known):
    clash = {"GLOBALEVENTID": "2", "SQLDATE": "20220106", "EventCode": "190", "EventRootCode": "19"}
    deliver("a.csv", gdelt({}, clash), on="2022-01-06")
    protest, battle = sorted(known().values(), key=lambda row: row["date_start"])
    later = {"GLOBALEVENTID": "3", "SOURCEURL": "https://late.example/x", "DATEADDED": "20220201000000"}
    outcome = deliver("b.csv", gdelt(later), on="2022-02-01", whole=True).outcome
    assert outcome
    assert (outcome.added, outcome.changed, outcome.dropped) == (0, 1, 1)
    assert sorted(known("2022-01-31")) == sorted([protest["id"], battle["id"]])
    assert list(known("2022-02-01")) == list(known()) == [protest["id"]]
    told = [
        [one["publisher"] for one in known(day)[protest["id"]]["reports"]]
        for day in ("2022-01-31", "2022-02-01")
    ]
    assert told == [["example.org"], ["example.org", "late.example"]]


def test_a_running_reader_keeps_its_store_and_the_next_one_sees_the_new(deliver: Deliver, settings: Settings):
    deliver("a.csv", five())
    held = Store.current(settings.store)
    deliver("b.csv", acled({"event_id_cnty": "KAZ6"}), on="2022-03-01", whole=False)
    assert len(list(held.export(IncidentQuery()))) == 5
    assert len(list(Store.current(settings.store).export(IncidentQuery()))) == 6


def test_what_was_imported_outlives_a_build(
    deliver: Deliver, settings: Settings, known: Known, tmp_path: Path
):
    deliver("a.csv", five())
    deliver("b.csv", five(KAZ1={"fatalities": "7"}), on="2022-03-01")
    before = known("2022-02-15") | known()
    ingest.build(settings, [write_package(tmp_path / "package")])
    assert {key: row for key, row in (known("2022-02-15") | known()).items() if key != "I1"} == before
    assert sorted(Store(settings.store).datasets) == ["acled", "small"]
    outcome = deliver("c.csv", five(KAZ1={"fatalities": "7"}), on="2022-04-01").outcome
    assert outcome
    assert outcome.same == 5


def test_a_data_set_is_imported_or_built_and_never_both(deliver: Deliver, settings: Settings, tmp_path: Path):
    ingest.build(settings, [write_package(tmp_path / "package")])
    with pytest.raises(CallError) as refused:
        deliver("a.csv", five(), dataset="small")
    assert str(refused.value) == (
        f"{settings.store}: data set small is built from a package; choose another name with --dataset"
    )
    deliver("a.csv", five(), dataset="mine")
    renamed = write_package(tmp_path / "other")
    (renamed / "datapackage.json").write_text('{"name": "mine"}')
    with pytest.raises(StoreError, match="data set mine was imported into it"):
        ingest.build(settings, [renamed])


def test_deliveries_come_in_their_order(deliver: Deliver):
    deliver("a.csv", five(), on="2022-03-01")
    with pytest.raises(CallError) as caught:
        deliver("b.csv", five(), on="2022-02-01")
    assert str(caught.value) == (
        "--delivered 2022-02-01: acled was last delivered on 2022-03-01; "
        "import deliveries in their order, or name another data set with --dataset"
    )
    with pytest.raises(CallError, match="the day is still to come"):
        deliver("b.csv", five(), on="2999-01-01")


def test_an_identifier_that_stands_twice_is_rejected(deliver: Deliver, known: Known):
    table = HEADER + ROW.format("a", 1) + ROW.format("b", 2) + ROW.format("a", 3)
    report = deliver("a.csv", table)
    assert [str(reject) for reject in report.rejects] == [
        "a.csv, row 4, column id: 'a' stands in row 2 too; leave one of them"
    ]
    assert (report.good, known()["a"]["fatalities_best"]) == (2, 1)


def test_a_file_without_one_good_row_changes_nothing(deliver: Deliver, settings: Settings):
    deliver("a.csv", five())
    before = settings.store.read_bytes()
    bad = HEADER + "".join(f"{n},2022-02-30,Almaty,,,,protest,,\n" for n in range(20))
    with pytest.raises(RejectedRows) as caught:
        deliver("b.csv", bad)
    assert str(caught.value) == (
        "b.csv: none of 20 rows can be used; 20 of them: column date: is not a day of the calendar; "
        "see the rejects, or say what the columns hold with --map"
    )
    assert settings.store.read_bytes() == before
    with pytest.raises(RejectedRows, match="it holds no events: 1 are statements, talks"):
        deliver("c.csv", gdelt({"EventCode": "010", "EventRootCode": "01"}))


def test_rejects_are_mended_and_imported_alone(
    deliver: Deliver, settings: Settings, known: Known, tmp_path: Path
):
    table = HEADER + ROW.format("a", 1) + ROW.format("b", "few") + ROW.format("c", "=2")
    path = tmp_path / "rejects.csv"
    with imports.rejects_file(path) as sink:
        deliver("a.csv", table, sink=sink)
    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "row,column,value,reason,suggestion",
        '3,killed,few,is not a whole number,"write digits only, or leave it blank"',
        '4,killed,\'=2,is not a whole number,"write digits only, or leave it blank"',
    ]
    rows = (tmp_path / "rejects.rows.csv").read_text(encoding="utf-8-sig")
    mended = rows.replace("few", "5").replace("=2", "2")
    report = deliver("mended.csv", mended, dataset="a", whole=False, on="2022-02-02")
    assert report.rejected == 0
    assert {key: row["fatalities_best"] for key, row in known().items()} == {"a": 1, "b": 5, "c": 2}


def test_no_rejects_leave_no_file(deliver: Deliver, tmp_path: Path):
    path = tmp_path / "rejects.csv"
    path.write_text("old")
    with imports.rejects_file(path) as sink:
        deliver("a.csv", five(), sink=sink)
    assert not path.exists()


def test_a_preview_and_a_check_write_nothing(settings: Settings, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("День;Город;Тип\n25.01.2022;Алматы;митинг\n30.02.2022;Алматы;митинг\n")
    found = imports.preview(path, Options(columns={"date": "День"}))
    assert (found.kind, found.roles) == ("table", {"date": "День", "place": "Город", "type": "Тип"})
    assert found.first[0] == {"День": "25.01.2022", "Город": "Алматы", "Тип": "митинг"}
    report = imports.check(settings, path)
    assert (report.rows, report.good, report.rejected) == (2, 1, 1)
    assert report.reasons == {"День: is not a day of the calendar": 1}
    assert not settings.store.exists()


def test_a_preview_says_what_is_still_to_be_said(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("День;Город;Тип\n05.01.2022;Алматы;митинг\n06.01.2022;Алматы;митинг\n")
    found = imports.preview(path)
    assert isinstance(found.fault, DayOrMonth)
    assert (found.fault.column, found.fault.example, found.fault.mixed) == ("День", "05.01.2022", False)
    assert found.fault.readings == (dt.date(2022, 1, 5), dt.date(2022, 5, 1))
    assert dict(found.why) == {"date": "name", "place": "name", "type": "name"}
    assert dict(found.found) == {"encoding": "utf-8", "delimiter": ";"}
    answered = imports.preview(path, Options(order=imports.Order.DAY_FIRST))
    assert (answered.fault, answered.order) == (None, imports.Order.DAY_FIRST)
    path.write_text("День;Город\n05.01.2022;Алматы\n")
    assert "no column says what kind of event it is" in str(imports.preview(path).fault)


def test_the_worksheets_of_a_workbook_are_told_though_the_first_is_no_table(tmp_path: Path):
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["by", "the desk"])
    for name in ("Events", "Empty"):
        book.create_sheet(name)
    book["Events"].append(["When", "Where", None, "What"])
    book["Events"].append(["date", "city", "region", "type"])
    book["Events"].append([44566, "Almaty", "Almaty", "protest"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    with pytest.raises(TableError, match="it has a header and no rows"):
        imports.preview(path)
    assert imports.parts(path) == ("Notes", "Events")
    found = imports.preview(path, Options(layer="Events"))
    assert (found.layers, found.layer, found.fault) == (("Notes", "Events"), "Events", None)
    assert found.roles == {
        "date": "When date",
        "place": "Where city",
        "region": "Where region",
        "type": "What type",
    }


def test_progress_is_told(deliver: Deliver):
    seen: list[imports.Progress] = []
    deliver("a.csv", five(), watch=seen.append)
    assert (seen[-1].rows, seen[-1].rejected, seen[-1].done) == (5, 0, seen[-1].total)
    assert seen[-1].rate > 0
    assert seen[-1].left == pytest.approx(0)


def test_only_one_writes_at_a_time(deliver: Deliver, settings: Settings, environment: dict[str, str]):
    deliver("a.csv", five())
    code = (
        "import sys, time; from pathlib import Path; from geo.store.replacing import exclusive\n"
        "with exclusive(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(settings.store)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match="another program is writing to it; wait until it is done"):
            deliver("b.csv", five(), on="2022-03-01")
        other.kill()
    assert deliver("b.csv", five(), on="2022-03-01").rows == 5


def test_killed_at_any_moment_the_store_is_as_it_was_or_as_it_will_be(
    deliver: Deliver, settings: Settings, known: Known, environment: dict[str, str], tmp_path: Path
):
    deliver("a.csv", five())
    path = tmp_path / "many.csv"
    path.write_text(
        acled(*[{"event_id_cnty": f"KAZ{n}", "fatalities": str(n % 7)} for n in range(1, 20_001)])
    )
    command = [sys.executable, "-m", "geo", "import", str(path), "--whole", "--store", str(settings.store)]
    begun = time.monotonic()
    counts = []
    for moment in sorted(random.Random(5).uniform(0.5, 6) for _ in range(3)):
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moment)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        counts.append(len(known()))
    assert set(counts) <= {5, 20_000}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    assert len(known()) == 20_000
    assert sorted(one.name for one in settings.store.parent.iterdir()) == [settings.store.name]
    assert time.monotonic() - begun < 300


def test_the_published_sample_of_ucdp_comes_out_as_it_went_in(
    settings: Settings, atlas: Atlas, shared: Path, environment: dict[str, str], tmp_path: Path
):
    path = shared / "samples" / "ucdp-ged-23.1-sample.csv"
    report = imports.deliver(settings, path, atlas=atlas)
    assert (report.rows, report.good, report.rejected, report.unplaced_count) == (1000, 1000, 0, 0)
    out = tmp_path / "out.geojson"
    command = [sys.executable, "-m", "geo", "export", "--format", "geojson", "-o", str(out)]
    subprocess.run([*command, "--store", str(settings.store)], cwd=ROOT, env=environment, check=True)
    features = {one["id"]: one for one in json.loads(out.read_text(encoding="utf-8"))["features"]}
    assert len(features) == 1000
    with path.open(encoding="utf-8", newline="") as stream:
        for record in csv.DictReader(stream):
            feature = features[f"UCDP-{int(float(record['id']))}"]
            row = feature["properties"]
            assert [row[f"fatalities_{name}"] for name in ("low", "best", "high")] == [
                int(float(record[name])) for name in ("low", "best", "high")
            ]
            assert [row["date_start"], row["date_end"]] == [record["date_start"], record["date_end"]]
            if record["where_prec"][0] in "123":
                point = [float(record["longitude"]), float(record["latitude"])]
                assert feature["geometry"] == {"type": "Point", "coordinates": point}
            else:
                assert (feature["geometry"] or {}).get("type") != "Point"
