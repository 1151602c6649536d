"""Everything a real desk sends, and the exact line that answers it."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from geo.errors import GeoError
from geo.sources.files import limits
from tests.sources.bring import bring

HEADER = "id,date,place,lat,lon,type,killed\n"
ROW = "1,2022-01-05,Almaty,43.25,76.93,protest,0\n"
KINDS = (
    "Protests, Riots, Battles, Explosions/Remote violence, Violence against civilians, Strategic developments"
)


def refusal(path: Path, content: bytes | str | None = None, **options: object) -> str:
    """The one line that refuses a file."""
    with pytest.raises(GeoError) as caught:
        bring(path, content, **options)
    return str(caught.value)


def rejects(folder: Path, *rows: str, header: str = HEADER) -> list[str]:
    """What is said of rows of a table."""
    return bring(folder / "a.csv", header + "".join(f"{row}\n" for row in rows)).rejects


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (
            "1,2022-02-29,Almaty,43.25,76.93,protest,0",
            "row 2, column date: '2022-02-29' is not a day of the calendar; correct it",
        ),
        (
            "1,5.1.22,Almaty,43.25,76.93,protest,0",
            "row 2, column date: '5.1.22' has a year of two digits; write the year with four",
        ),
        ("1,,Almaty,43.25,76.93,protest,0", "row 2, column date: '' is empty; fill it in"),
        (
            "1,2022-01-05,Almaty,43.25,76.93,protest,about 20",
            "row 2, column killed: 'about 20' is not a whole number; write digits only, or leave it blank",
        ),
        (
            "1,2022-01-05,Almaty,76.93,43.25E,protest,0",
            None,
        ),
        (
            "1,2022-01-05,Almaty,106.93,47.9,protest,0",
            "row 2, column lat: '106.93' is no latitude, and the longitude 47.9 could be one: "
            "they look swapped; swap them: --map lat=lon --map lon=lat",
        ),
        (
            "1,2022-01-05,Almaty,0,0,protest,0",
            "row 2, column lat: '0' is 0, 0, which programs write where nothing is known; "
            "clear it, or correct it",
        ),
        (
            "1,2022-01-05,Almaty,43.25,,protest,0",
            "row 2, column lon: '' leaves a coordinate alone; give both, or neither",
        ),
        (
            "1,2022-01-05,Almaty,5334000,8563000,protest,0",
            "row 2, column lat: '5334000' is beyond 180 degrees of longitude: perhaps it is in metres; "
            "give longitude and latitude in degrees (EPSG:4326)",
        ),
        (
            "1,2022-01-05,Almaty,43.25,76.93,protst,0",
            f"row 2, column type: 'protst' is no kind of event we know; if you mean 'protest', write that; "
            f"else use one of: {KINDS}",
        ),
        (
            "1,2022-01-05,Almaty,43.25,76.93,protest",
            "row 2, column *: '1,2022-01-05,Almaty,43.25,76.93,protest' has 6 cells where the header "
            "has 7, and the file ends there: it may have been cut; send the whole file again",
        ),
        (",Total,,,,,1203", "row 2, column date: 'Total' is a row of totals; leave it out"),
        (",,Всего:,,,,1203", "row 2, column place: 'Всего:' is a row of totals; leave it out"),
    ],
)
def test_a_bad_row_says_what_is_wrong_with_it(tmp_path: Path, row: str, line: str | None):
    assert rejects(tmp_path, row) == ([f"a.csv, {line}"] if line else [])


def test_a_row_in_the_middle_that_was_cut_says_so(tmp_path: Path):
    assert rejects(tmp_path, "1,2022-01-05,Almaty", ROW.strip()) == [
        "a.csv, row 2, column *: '1,2022-01-05,Almaty' has 3 cells where the header has 7; "
        "check its delimiters and quotation marks"
    ]


def test_blank_lines_blank_columns_and_commas_at_the_end_do_no_harm(tmp_path: Path):
    content = "id,date,,place,type\n\n1,2022-01-05,,Almaty,protest,,,\n,,,,\n2,2022-01-06,,Almaty,protest\n"
    found = bring(tmp_path / "a.csv", content)
    assert [(row["row"], row["id"]) for row in found.rows] == [(3, "1"), (5, "2")]
    assert found.rejects == []


def test_a_mark_old_letters_and_semicolons_are_taken_as_they_are(tmp_path: Path):
    table = "Дата;Город;Тип события;Погибло\n25.01.2022;Алматы;митинг;1 200\n"
    for name in ("utf-8-sig", "cp1251", "utf-16"):
        row = bring(tmp_path / "a.csv", table.encode(name)).row
        assert (row["place"], row["event_type"], row["fatalities_best"]) == ("Алматы", "Protests", 1200)
        assert str(row["date_start"]) == "2022-01-25"


def test_bytes_that_do_not_fit_spoil_their_row_only(tmp_path: Path):
    good = "2,2022-01-05,Жаңаөзен,,,митинг,0\n" * 3
    found = bring(tmp_path / "a.csv", (HEADER + good).encode() + b"1,2022-01-05,Alm\xffaty,,,protest,0\n")
    assert found.rejects == [
        "a.csv, row 5, column place: 'Alm\ufffdaty' holds bytes that are no letters of its encoding; "
        "correct it, or name --encoding"
    ]


def test_days_that_can_be_two_are_asked_about(tmp_path: Path):
    table = HEADER + "1,05/01/2022,Almaty,,,protest,0\n"
    assert refusal(tmp_path / "a.csv", table) == (
        "column date: is 05/01/2022 5 January 2022 or 1 May 2022? no cell decides it; "
        "say --dates day-first or --dates month-first"
    )


def test_months_and_day_numbers_of_a_spreadsheet_are_read(tmp_path: Path):
    found = bring(tmp_path / "a.csv", HEADER + "1,Jan 2022,Almaty,,,protest,\n2,44566,Almaty,,,protest,\n")
    told = [(str(row["date_start"]), str(row["date_end"]), row["date_precision"]) for row in found.rows]
    assert told == [("2022-01-01", "2022-01-31", "month"), ("2022-01-05", "None", "day")]
    assert "'date' holds day numbers of a spreadsheet: read as days since 30 December 1899" in found.notes


def test_a_time_zone_is_pointed_out(tmp_path: Path):
    found = bring(tmp_path / "a.csv", HEADER + "1,2022-01-05T23:30:00Z,Almaty,,,protest,\n")
    assert str(found.row["date_start"]) == "2022-01-05"
    assert found.flags == [
        "a.csv, row 2, column date: '2022-01-05T23:30:00Z' has a time zone: the day is taken as written; "
        "check the local day"
    ]


def test_formulas_are_text(tmp_path: Path):
    table = 'date,place,type,summary\n2022-01-05,Almaty,protest,"=HYPERLINK(""http://x"")"\n'
    assert bring(tmp_path / "a.csv", table).row["summary"] == '=HYPERLINK("http://x")'


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.csv", "", "a.csv: the file is empty; send the file again"),
        ("a.csv", HEADER, "a.csv: it has a header and no rows; add rows"),
        (
            "a.csv",
            b"\x7fELF\0\0\0\0\0",
            "a.csv: it is no text and no kind of file we know; save it as CSV, XLSX, ODS or GeoJSON",
        ),
        (
            "a.docx",
            "x",
            "a.docx: no kind of file ends in '.docx'; give it one of these: "
            ".csv, .tsv, .txt, .tab, .xlsx, .xlsm, "
            ".xlsb, .xls, .ods, .geojson, .json, .gpkg, .fgb, .parquet, .geoparquet, .kml, .shp, .zip, .kmz",
        ),
        (
            "a.csv",
            "name,colour\nx,red\ny,blue\n",
            "a.csv: no column looks like the day of the event; name it with --map date=COLUMN; "
            "columns: name, colour",
        ),
        (
            "a.csv",
            "date,place\n2022-01-05,Almaty\n2022-01-06,Almaty\n",
            "a.csv: no column says what kind of event it is; name it with --map type=COLUMN, or say "
            "--set type=Protests for all rows; columns: date, place",
        ),
        (
            "a.csv",
            "date,type\n2022-01-05,protest\n",
            "a.csv: no column says where it happened; name one with --map place=COLUMN or "
            "--map lat=COLUMN --map lon=COLUMN; columns: date, type",
        ),
        (
            "a.csv",
            "date,type,lat\n2022-01-05,protest,43.2\n",
            "a.csv: there is a column of lat and none of lon; name it with --map lon=COLUMN, or leave both "
            "out with --map lat=",
        ),
        (
            "a.xlsx",
            b"PK\x03\x04 cut",
            "a.xlsx: the archive is damaged, or was cut in the middle; send the whole file again",
        ),
        (
            "a.ods",
            b"no archive at all",
            "a.ods: the workbook is damaged, or was cut in the middle (File is not a zip file); "
            "send the whole file again",
        ),
        (
            "a.kml",
            '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><kml>&b;</kml>',
            "a.kml: its XML declares entities, which can blow up to any size; "
            "save it anew from the program that made it",
        ),
    ],
)
def test_a_bad_file_says_what_to_do(tmp_path: Path, name: str, content: bytes | str, line: str):
    assert refusal(tmp_path / name, content) == line


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path):
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        stream.truncate(10 * limits.GB)  # takes no room on disk
    assert refusal(path) == (
        "a.csv: the file has 10.0 GB, and at most 8.0 GB of its kind are taken; "
        "part it into several files, or save it as CSV"
    )


def test_a_workbook_that_is_too_large_is_not_opened(tmp_path: Path):
    path = tmp_path / "a.ods"
    with path.open("wb") as stream:
        stream.truncate(limits.GB)
    assert refusal(path) == (
        "a.ods: the file has 1.0 GB, and at most 0.5 GB of its kind are taken; "
        "part it into several files, or save it as CSV"
    )


def test_no_file_at_all_says_so(tmp_path: Path):
    path = tmp_path / "a.csv"
    assert refusal(path) == f"{path}: the file cannot be read (No such file or directory); check the path"
    path.mkdir()
    assert refusal(path) == f"{path}: it is a folder; name one file, or use `eventmap build`"


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def link(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name)
    found.external_attr = (stat.S_IFLNK | 0o777) << 16
    return found


CSV = (HEADER + ROW).encode()


@pytest.mark.parametrize(
    ("members", "line"),
    [
        (
            [("../a.csv", CSV)],
            "a.zip: the archive holds a path that leads out of it, '../a.csv'; pack plain file names",
        ),
        (
            [("/etc/a.csv", CSV)],
            "a.zip: the archive holds a path that leads out of it, '/etc/a.csv'; pack plain file names",
        ),
        (
            [("C:\\a.csv", CSV)],
            "a.zip: the archive holds a path that leads out of it, 'C:\\\\a.csv'; pack plain file names",
        ),
        (
            [(link("a.csv"), b"/etc/passwd")],
            "a.zip: the archive holds a symbolic link, 'a.csv'; pack the file itself",
        ),
        (
            [("a.csv", CSV), ("b.csv", CSV)],
            "a.zip: the archive must hold one table, and holds 2 ('a.csv', 'b.csv'); send the one you mean",
        ),
        (
            [("inner.zip", b"PK\x03\x04")],
            "a.zip: the archive must hold one table, and holds 0 (none); send the one you mean",
        ),
        (
            [("a.doc", b"x")],
            "a.zip: the archive must hold one table, and holds 0 (none); send the one you mean",
        ),
        (
            [(f"{number}.txt", b"") for number in range(1001)],
            "a.zip: the archive holds 1,001 files; at most 1,000 are taken",
        ),
        (
            [("a.csv", b"0" * (limits.SUSPECT_BYTES + 1))],
            "a.zip: the archive unpacks 'a.csv' to 64 MB out of 0.1 MB; send the table itself",
        ),
    ],
)
def test_an_archive_that_could_do_harm_is_refused(tmp_path: Path, members: list[tuple], line: str):
    assert refusal(zipped(tmp_path / "a.zip", *members)) == line


def test_an_archive_of_one_table_is_opened_and_litter_passed_over(tmp_path: Path):
    path = zipped(tmp_path / "a.zip", ("x/a.csv", CSV), ("__MACOSX/._a.csv", b"x"), ("README.txt", b"hello"))
    assert bring(path).row["id"] == "1"


def test_an_archive_that_is_cut_in_the_middle_is_refused(tmp_path: Path):
    path = zipped(tmp_path / "a.zip", ("a.csv", CSV * 100))
    path.write_bytes(path.read_bytes()[:60])
    assert refusal(path) == (
        "a.zip: the archive is damaged, or was cut in the middle; send the whole file again"
    )


def test_an_archive_under_another_name_is_refused(tmp_path: Path):
    path = zipped(tmp_path / "a.csv", ("a.csv", CSV))
    assert refusal(path) == "a.csv: it is an archive, and its name does not say so; name it .zip"


def test_a_quotation_mark_that_is_never_closed_is_found(tmp_path: Path):
    found = bring(tmp_path / "a.csv", HEADER + ROW + '2,2022-01-05,"Almaty,43.25,76.93,protest,0\n' + ROW * 3)
    assert [row["id"] for row in found.rows] == ["1"]
    assert len(found.rejects) == 1
    assert "and the file ends there: it may have been cut; send the whole file again" in found.rejects[0]


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            {"kind": "xml"},
            "--as: nothing is read as 'xml'; choose from: auto, incidents, acled, ucdp, gdelt, table",
        ),
        (
            {"kind": "gdelt"},
            "a.csv: its rows have 0 cells cut at tabs, where GDELT 2.0 events have 61; "
            "send an .export.CSV file of GDELT 2.0",
        ),
        (
            {"kind": "acled"},
            "a.csv: it lacks event_date, event_id_cnty, geo_precision, sub_event_type, which acled files "
            "have; use --as table",
        ),
        (
            {"columns": {"date": "When"}},
            "--map date: no column is called 'When'; choose from: id, date, place, lat, lon, type, killed",
        ),
    ],
)
def test_a_call_that_does_not_fit_the_file_is_refused(tmp_path: Path, options: dict, line: str):
    assert refusal(tmp_path / "a.csv", HEADER + ROW, **options) == line


def test_a_long_cell_spoils_its_row_and_no_other(tmp_path: Path):
    long = "x" * 200_000
    found = bring(
        tmp_path / "a.csv", f"{HEADER.strip()},notes\n{ROW.strip()},{long}\n2{ROW[1:].strip()},short\n"
    )
    assert [row["id"] for row in found.rows] == ["2"]
    assert found.rejects[0].endswith("is longer than 20,000 characters; shorten it")
