"""A workbook with real dates and numbers, and no text that runs."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from geo.exports import Context, xlsx
from geo.exports.feature import COLUMNS
from geo.query import IncidentQuery
from geo.store import Store

Open = Callable[..., Workbook]


@pytest.fixture
def book(held: Store, context: Callable[..., Context]) -> Open:
    """An export of a query, opened."""

    def of(**asked: Any) -> Workbook:
        raw = b"".join(xlsx.write(held.export(IncidentQuery(**asked)), context("xlsx", **asked)))
        return load_workbook(io.BytesIO(raw))

    return of


def table(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    header, *rows = book[sheet].values
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_incidents_have_real_dates_and_numbers(book: Open):
    rows = table(book(), "Incidents")
    assert [row["id"] for row in rows] == ["I1", "I2", "I3", "I4"]
    first = rows[0]
    assert list(first) == ["id", "lon", "lat", *COLUMNS, "publishers", "urls", "region_population"]
    assert first["date_start"] == dt.datetime(2022, 1, 5)
    assert (first["lon"], first["lat"]) == (76.92861234, 43.25667891)
    assert (first["fatalities_best"], first["date_end"]) == (2, None)
    assert (rows[2]["lon"], rows[2]["area_id"], rows[2]["place"]) == (None, "AA-west", "Запад")


def test_reports_refer_to_their_incidents(book: Open):
    rows = table(book(), "Reports")
    assert [(row["incident_id"], row["id"]) for row in rows] == [
        ("I1", "R1"),
        ("I1", "R2"),
        ("I2", "R3"),
        ("I3", "R4"),
        ("I4", "R5"),
    ]
    assert rows[0]["url"] == "https://example.org/1?a=1&b=2"
    assert rows[0]["reported_on"] == dt.datetime(2022, 1, 6)
    assert [row["weak"] for row in rows[:2]] == [False, True]


def test_the_sheets_can_be_read_as_they_open(book: Open):
    opened = book()
    assert opened.sheetnames == ["Incidents", "Reports", "About"]
    sheet = opened["Incidents"]
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].font.bold
    assert sheet["F2"].number_format == "yyyy-mm-dd"
    widths = [sheet.column_dimensions[key].width for key in ("A", "E", "F")]
    assert widths == [20, 48, 12]


def test_about_says_what_was_asked_and_how_to_cite_it(book: Open, context: Callable[..., Context]):
    said = dict(row[:2] for row in book(text="title")["About"].values)
    assert said["Query"] == "q title"
    assert (said["Incidents"], said["Reports"]) == ("3", "4")
    assert said["Cite as"] == context("xlsx", text="title").citation
    assert "Creative Commons" in said["Licence"]
    assert said["Publishers"] == "Reprint; The Daily"
    assert said["Incidents: fatalities_best"] == "Killed, best report (persons)"


def test_no_text_runs_as_a_formula_or_a_link(book: Open):
    rows = table(book(), "Incidents")
    assert (rows[1]["title"], rows[1]["actors"]) == ("=1+1", "-police")
    cells = [cell for sheet in book().worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d", "b"}
    assert [cell.value for cell in cells if cell.quotePrefix] == [
        "=1+1",
        "-police",
        '@home, "quoted"\nand broken',
        "=cmd",
    ]
    assert not any(cell.hyperlink for cell in cells)


def test_hostile_text_is_kept_without_what_a_sheet_refuses(
    hostile: list[dict[str, Any]], context: Callable[..., Context]
):
    raw = b"".join(xlsx.write(iter(hostile), context("xlsx")))
    rows = table(load_workbook(io.BytesIO(raw)), "Incidents")
    assert rows[0]["title"] == "=cmd|' /C calc'!A0"
    assert rows[3]["title"].startswith("\ufffd\ufffd\ufffd\ufffd\u202egnid")
    assert len(rows[4]["title"]) == 20_000


def test_nothing_found_is_headers_alone_and_says_so(book: Open):
    empty = book(text="nothing of the kind")
    assert table(empty, "Incidents") == table(empty, "Reports") == []
    assert "no incident matches" in dict(row[:2] for row in empty["About"].values)["Incidents"]


def test_pandas_reads_it(held: Store, context: Callable[..., Context]):
    raw = b"".join(xlsx.write(held.export(IncidentQuery()), context("xlsx")))
    frame = pd.read_excel(io.BytesIO(raw), sheet_name="Incidents")
    assert frame["date_start"].dt.day.tolist() == [5, 5, 6, 7]
    assert frame["report_count"].dtype == "int64"


def test_a_long_table_goes_on_in_another_sheet(
    held: Store, context: Callable[..., Context], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    raw = b"".join(xlsx.write(held.export(IncidentQuery()), context("xlsx")))
    opened = load_workbook(io.BytesIO(raw))
    parts = [row["id"] for name in ("Incidents", "Incidents 2") for row in table(opened, name)]
    assert parts == ["I1", "I2", "I3", "I4"]


def test_a_day_that_no_sheet_knows_is_text(held: Store, context: Callable[..., Context]):
    row = next(held.export(IncidentQuery())) | {"date_start": dt.date(1847, 3, 1)}
    raw = b"".join(xlsx.write([row], context("xlsx")))
    assert table(load_workbook(io.BytesIO(raw)), "Incidents")[0]["date_start"] == "1847-03-01"


def test_no_clock_is_in_it(held: Store, context: Callable[..., Context]):
    raw = b"".join(xlsx.write(held.export(IncidentQuery()), context("xlsx")))
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2022-02-01T12:30:15Z") == 2
