"""How a file is read, and what became of its rows, in words."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from geo.ingest.imports import Preview, Report
from geo.sources.rejects import Reject
from geo.ui import add_report, add_roles


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def preview(**more: Any) -> Preview:
    plain: dict[str, Any] = {
        "kind": "table",
        "header": ("When", "<b>"),
        "notes": (),
        "roles": {"date": "When"},
        "first": [{"When": "2022-01-05", "<b>": "<i>"}, {"When": "2022-01-05", "<b>": "x" * 80}],
        "why": {"date": "name"},
        "found": {"encoding": "utf-8", "delimiter": ";"},
    }
    return Preview(**(plain | more))


def report(**more: Any) -> Report:
    made = Report("table", ["days read day-first", "date: 'When' by its name"], rows=9, good=6, **more)
    made.take([Reject("a.csv", 4, "When: to", "<i>", "is no date we can read", "write it as 2022-01-05")])
    made.flags = [
        Reject("a.csv", 5, "coordinates", "1, 2", "lies 60 km from Almaty, the place named", "check both")
    ]
    made.flagged.update(["lies N km from Almaty, the place named"])
    return made


def test_the_first_rows_are_text() -> None:
    shown = add_roles.first_rows(preview())
    assert "<b>" not in shown
    assert "&lt;i&gt;" in shown
    assert add_roles.examples(preview(), "When") == "2022-01-05"
    assert add_roles.examples(preview(), "<b>") == "<i> · " + "x" * 59 + "…"


def test_the_summary_counts_everything_that_is_not_nothing() -> None:
    assert (
        words(add_report.summary(report()))
        == "9 rows were read: 6 can be used , 1 rejected, 1 thing to look at"
    )


def test_reasons_are_counted_by_column() -> None:
    assert add_report._counted(report()) == [(("When: to", "is no date we can read"), 1)]


def test_how_a_file_was_read_is_told_once() -> None:
    told = words(add_report.how_read(report(), preview()))
    assert told == (
        "Read as: table of events. Encoding: UTF-8. Cells are parted by: semicolon. "
        "Days were read with the day first, then the month. "
        "Day, or first day: column “When”, known by its name."
    )


def test_a_table_of_the_report_is_text() -> None:
    shown = add_report.table(["Row"], [["<script>"], [("a", "<b>")]], "Rows")
    assert "<script>" not in shown
    assert "a<br>&lt;b&gt;" in shown
