"""Workbooks as desks send them: locked up, blown up, merged, calculated; and the line that answers each."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from geo.sources.files import limits
from tests.sources.bring import bring
from tests.sources.test_bad_input import refusal, zipped


def workbook(path: Path, *rows: list[object], merged: str = "") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged.split():
        book.active.merge_cells(cells)
    book.save(path)
    return path


HEAD = ["date", "place", "type"]


ENTITIES = (
    "its XML declares entities, which can blow up to any size; save it anew from the program that made it"
)
DTD = '<?xml version="1.0" encoding="{}"?><!DOCTYPE x [<!ENTITY a "ha">]>'


def rewritten(source: Path, path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """An archive with one part changed."""
    with zipfile.ZipFile(source) as plain, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member in plain.infolist():
            content = plain.read(member)
            target.writestr(member.filename, change(content) if member.filename == part else content)
    return path


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_in_a_workbook_are_refused(tmp_path: Path, part: str):
    plain = workbook(tmp_path / "plain.xlsx", HEAD, ["2022-01-05", "Almaty", "protest"])
    bomb = rewritten(plain, tmp_path / "a.xlsx", part, lambda xml: DTD.format("UTF-8").encode() + xml)
    assert refusal(bomb) == f"a.xlsx: {ENTITIES}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_encoding_and_wrapping(tmp_path: Path, encoding: str):
    kml = (DTD.format(encoding) + "<kml>&a;</kml>").encode(encoding)
    assert refusal(tmp_path / "a.kml", kml) == f"a.kml: {ENTITIES}"
    assert refusal(zipped(tmp_path / "a.kmz", ("doc.kml", kml))) == f"doc.kml: {ENTITIES}"
    sheet = (DTD.format(encoding) + "<x>&a;</x>").encode(encoding)
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    ods = zipped(tmp_path / "a.ods", ("mimetype", kind), ("content.xml", sheet))
    assert refusal(ods) == f"a.ods: {ENTITIES}"


def test_a_workbook_that_blows_up_is_refused(tmp_path: Path):
    plain = workbook(tmp_path / "plain.xlsx", HEAD, ["2022-01-05", "Almaty", "protest"])
    part = "xl/worksheets/sheet1.xml"
    bomb = rewritten(plain, tmp_path / "a.xlsx", part, lambda xml: xml + b" " * limits.SUSPECT_BYTES)
    assert refusal(bomb) == (
        f"a.xlsx: the archive unpacks '{part}' to 64 MB out of 0.1 MB; send the table itself"
    )


def test_a_workbook_that_is_cut_in_the_middle_is_refused(tmp_path: Path):
    path = workbook(tmp_path / "a.xlsx", HEAD, ["2022-01-05", "Almaty", "protest"])
    path.write_bytes(path.read_bytes()[:-400])
    assert refusal(path) == (
        "a.xlsx: the archive is damaged, or was cut in the middle; send the whole file again"
    )


def test_formulas_of_a_workbook_have_the_value_they_were_saved_with(tmp_path: Path):
    rows = [["2022-01-05", "Almaty", "protest", "=1+1"], ["2022-01-06", "Aktau", "protest", 3]]
    plain = workbook(tmp_path / "a.xlsx", [*HEAD, "killed"], *rows)
    found = bring(plain)
    assert [row["fatalities_best"] for row in found.rows] == [None, 3]
    assert found.notes[0] == (
        "1 formulas have no value and count as empty: open the workbook in a spreadsheet program, "
        "save it, and send it again"
    )
    saved = rewritten(
        plain,
        tmp_path / "saved.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"),
    )
    found = bring(saved)
    assert [row["fatalities_best"] for row in found.rows] == [2, 3]
    assert not any("formulas" in note for note in found.notes)


def test_two_header_rows_of_merged_cells_below_a_title_are_read(tmp_path: Path):
    path = workbook(
        tmp_path / "a.xlsx",
        ["Register of incidents", None, None, None, None],
        ["Event", None, "Where", None, "Victims"],
        ["date", "type", "town", "country", "killed"],
        ["2022-01-05", "protest", "Almaty", "Kazakhstan", "1,200"],
        ["Total", None, None, None, "1,200"],
        merged="A1:E1 A2:B2 C2:D2",
    )
    found = bring(path)  # the lower of the two rows says what the columns hold
    assert [(row["place"], row["fatalities_best"]) for row in found.rows] == [("Almaty", 1200)]
    assert "two header rows were read as one, such as 'Event date'" in found.notes
    assert found.rejects == [
        "a.xlsx, row 5, column Event date: 'Total' is a row of totals; leave it out",
    ]


def test_macros_are_not_run_and_told(tmp_path: Path):
    plain = workbook(tmp_path / "plain.xlsx", HEAD, ["2022-01-05", "Almaty", "protest"])
    path = tmp_path / "a.xlsm"
    path.write_bytes(plain.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    found = bring(path)
    assert found.row["place"] == "Almaty"
    assert "it holds macros, which were not run" in found.notes


def test_merged_cells_count_in_each_of_their_rows(tmp_path: Path):
    rows = [["2022-01-05", "Almaty", "protest"], [None, "Aktau", "protest"]]
    found = bring(workbook(tmp_path / "a.xlsx", HEAD, *rows, merged="A2:A3"))
    assert [str(row["date_start"]) for row in found.rows] == ["2022-01-05", "2022-01-05"]
    assert "1 merged cells: each of their rows has their value" in found.notes


def test_a_workbook_locked_or_empty_says_so(tmp_path: Path):
    assert refusal(workbook(tmp_path / "a.xlsx")) == (
        "a.xlsx: no worksheet holds anything; give it a header and rows"
    )


def test_a_worksheet_that_is_not_there_is_refused(tmp_path: Path):
    path = workbook(tmp_path / "a.xlsx", HEAD, ["2022-01-05", "Almaty", "protest"])
    assert refusal(path, layer="May") == "--sheet: no worksheet is called 'May'; choose from: Sheet"
