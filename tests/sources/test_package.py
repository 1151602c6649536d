"""A data package: bad rows are told with file, row, column, value and remedy, and good rows load."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import PackageError, TableError
from geo.sources.package import Package, read
from tests.sources.small import CLAIM, INCIDENT, REPORT, SOURCE, Row, write_package


def told(read: Package) -> list[str]:
    return [str(reject) for reject in read.rejects]


def ids(read: Package, table: str) -> list[str]:
    return read.tables[table]["id"].to_pylist()


def test_a_good_package_has_no_rejects(tmp_path: Path):
    small = read(write_package(tmp_path))
    assert small.name == "small"
    assert told(small) == []
    counts = {name: len(table) for name, table in small.tables.items()}
    assert counts == {
        "sources": 1,
        "places": 0,
        "incidents": 1,
        "reports": 1,
        "claims": 1,
        "regional_figures": 0,
    }


def test_the_package_of_january_2022_has_no_rejects(package: Path):
    january = read(package)
    assert told(january) == []
    assert (len(january.tables["reports"]), len(january.tables["claims"])) == (163, 142)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            {"date_start": "2022-02-30"},
            "incidents.csv, row 3, column date_start: '2022-02-30' is not a day of the calendar; "
            "write it as 2022-01-05",
        ),
        (
            {"date_end": "2022-01-04"},
            "incidents.csv, row 3, column date_end: '2022-01-04' is before date_start, 2022-01-05; "
            "swap or correct them",
        ),
        (
            {"lat": "99", "lon": "76"},
            "incidents.csv, row 3, column lat: '99' is beyond the maximum of 90; correct it",
        ),
        (
            {"lat": "43"},
            "incidents.csv, row 3, column lat: '43' stands alone; give both lon and lat, or neither",
        ),
        (
            {"event_type": "Strike"},
            "incidents.csv, row 3, column event_type: 'Strike' is not a word this column knows; use one of: "
            "Protests, Riots, Battles, Explosions/Remote violence, Violence against civilians, "
            "Strategic developments",
        ),
        (
            {"sub_event_type": "Mob violence"},
            "incidents.csv, row 3, column sub_event_type: 'Mob violence' is no kind of 'Protests'; "
            "use one of: Peaceful protest, Protest with intervention, Excessive force against protesters",
        ),
        (
            {"id": "I1"},
            "incidents.csv, row 3, column id: 'I1' stands in an earlier row too; give each row its own",
        ),
        (
            {"location_precision": "town"},
            "incidents.csv, row 3, column location_precision: 'town' is not a word this column knows; "
            "use one of: site, city, district, region, macro-region, country",
        ),
    ],
)
def test_a_bad_incident_is_one_line_and_the_good_one_loads(tmp_path: Path, change: Row, line: str):
    bad = INCIDENT | {"id": "I2"} | change
    small = read(write_package(tmp_path, incidents=[INCIDENT, bad]))
    assert told(small)[0] == line
    assert ids(small, "incidents") == ["I1"]
    assert len(small.rejects) == 1


def test_a_claim_superseded_by_one_that_is_absent_is_rejected(tmp_path: Path):
    lost = CLAIM | {"id": "C2", "status": "superseded", "superseded_by": "C9"}
    small = read(write_package(tmp_path, claims=[CLAIM, lost]))
    assert told(small) == [
        "claims.csv, row 3, column superseded_by: 'C9' is the id of no good row in claims.csv; "
        "correct the id, or add the row"
    ]
    assert ids(small, "claims") == ["C1"]


def test_a_row_that_leans_on_a_rejected_one_falls_with_it_and_so_on(tmp_path: Path):
    small = read(
        write_package(
            tmp_path,
            sources=[SOURCE | {"weak": "maybe"}],
            claims=[CLAIM | {"source_id": ""}],
        )
    )
    assert told(small) == [
        "sources.csv, row 2, column weak: 'maybe' is neither true nor false; write true or false",
        "claims.csv, row 2, column source_id: '' is empty; fill it in",
        "reports.csv, row 2, column source_id: 'daily' is the id of no good row in sources.csv; "
        "correct the id, or add the row",
        "incidents.csv, row 2, column id: 'I1' is told of by no good row of reports.csv; "
        "add a report of it, or mend the one there",
    ]
    assert [len(table) for table in small.tables.values()] == [0] * 6


def test_the_report_of_a_rejected_incident_is_rejected(tmp_path: Path):
    late = INCIDENT | {"id": "I2", "date_end": "2022-01-01"}
    small = read(
        write_package(
            tmp_path, incidents=[INCIDENT, late], reports=[REPORT, REPORT | {"id": "R2", "incident_id": "I2"}]
        )
    )
    assert told(small)[1:] == [
        "reports.csv, row 3, column incident_id: 'I2' is the id of no good row in incidents.csv; "
        "correct the id, or add the row"
    ]
    assert (ids(small, "incidents"), ids(small, "reports")) == (["I1"], ["R1"])


def test_an_incident_that_no_report_tells_of_is_rejected(tmp_path: Path):
    small = read(write_package(tmp_path, incidents=[INCIDENT, INCIDENT | {"id": "I2"}]))
    assert told(small) == [
        "incidents.csv, row 3, column id: 'I2' is told of by no good row of reports.csv; "
        "add a report of it, or mend the one there"
    ]
    assert ids(small, "incidents") == ["I1"]


def test_an_incident_told_of_within_a_wider_account_only_is_kept(tmp_path: Path):
    also = [REPORT | {"also_incident_id": "I2"}]
    small = read(write_package(tmp_path, incidents=[INCIDENT, INCIDENT | {"id": "I2"}], reports=also))
    assert told(small) == []
    assert ids(small, "incidents") == ["I1", "I2"]


def test_rejected_rows_keep_their_numbers_when_others_fell_before_them(tmp_path: Path):
    bad = INCIDENT | {"id": "", "title": "no id"}
    small = read(write_package(tmp_path, incidents=[bad, bad, INCIDENT, INCIDENT | {"id": "I2"}]))
    assert [(reject.row, reject.column) for reject in small.rejects] == [(2, "id"), (3, "id"), (5, "id")]


@pytest.mark.parametrize("content", ["", b"\xff\xfe", "PK\x03\x04", "id,title\nI1,x\n"])
def test_a_file_at_fault_ends_the_reading_with_one_line(tmp_path: Path, content: str | bytes):
    with pytest.raises(TableError) as caught:
        read(write_package(tmp_path, incidents=content))
    assert str(caught.value).startswith("incidents.csv")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (None, "there is no datapackage.json; name a folder that holds a data package"),
        ("{", "datapackage.json: it is not JSON (Expecting property name"),
        (b"\xff{}", "datapackage.json: it is not JSON ('utf-8' codec can't decode byte 0xff"),
        ("[]", 'datapackage.json: the descriptor has no name; add "name": "my-data"'),
        ('{"name": 5}', "datapackage.json: the descriptor has no name"),
        ('{"name": "x", "eventmap": []}', "datapackage.json: its member eventmap is not as we know it"),
        ('{"name": "x", "eventmap": {"admin0": "KZ"}}', "datapackage.json: its member eventmap is not"),
        (
            '{"name": "x", "eventmap": {"macro_regions": [{"id": "W"}]}}',
            "eventmap is not as we know it; give",
        ),
    ],
)
def test_a_bad_descriptor_is_one_line(tmp_path: Path, content: str | bytes | None, line: str):
    folder = write_package(tmp_path)
    path = folder / "datapackage.json"
    path.unlink()
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(PackageError) as caught:
        read(folder)
    assert line in str(caught.value)
    assert str(tmp_path) in caught.value.where
