"""Since when something was known, and the last day an event can touch."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.schema import REPORT
from geo.sources.known import latest_day, reported_on, with_reported_on

EVENT = dt.date(2022, 1, 7)


@pytest.mark.parametrize(
    ("reported", "day", "basis"),
    [
        ("2022-01-15", "2022-01-15", "stated"),
        ("2022-01", "2022-01-31", "month"),
        ("2022-02", "2022-02-28", "month"),
        ("2022", "2022-12-31", "year"),
        (None, "2022-01-07", "event"),
        ("2022-01-02", "2022-01-02", "stated"),
    ],
)
def test_a_stated_day_counts_a_month_or_year_from_its_end_and_else_the_events_last_day(
    reported: str | None, day: str, basis: str
):
    assert reported_on(reported, EVENT) == (dt.date.fromisoformat(day), basis)


@pytest.mark.parametrize(
    ("start", "end", "precision", "latest"),
    [
        ("2022-01-05", None, "day", "2022-01-05"),
        ("2022-01-05", "2022-01-07", "range", "2022-01-07"),
        ("2022-01-05", None, "range", "2022-01-05"),
        ("2022-01-05", None, "unknown", "2022-01-05"),
        ("2022-01-03", None, "week", "2022-01-09"),
        ("2022-01-03", "2022-01-06", "week", "2022-01-06"),
        ("2022-01-05", None, "month", "2022-01-31"),
        ("2024-02-01", None, "month", "2024-02-29"),
        ("2999-12-31", None, "week", "3000-01-06"),
    ],
)
def test_an_event_can_touch_days_up_to_what_its_precision_leaves_open(
    start: str, end: str | None, precision: str, latest: str
):
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end) if end else None
    assert latest_day(first, last, precision) == dt.date.fromisoformat(latest)


def test_reports_are_told_their_data_set_and_the_day_they_count_from():
    row = dict.fromkeys(REPORT.names) | {"id": "R1", "scope": "event", "source_id": "s", "summary": "x"}
    row |= {"event_type": "Riots", "location_precision": "city"}
    row |= {"date_start": dt.date(2022, 1, 3), "date_precision": "week", "reported": None}
    table = with_reported_on([row, row | {"id": "R2", "reported": "2022-03"}], REPORT, "small")
    assert table.schema == REPORT
    assert table.select(["dataset", "reported_on", "reported_basis"]).to_pylist() == [
        {"dataset": "small", "reported_on": dt.date(2022, 1, 9), "reported_basis": "event"},
        {"dataset": "small", "reported_on": dt.date(2022, 3, 31), "reported_basis": "month"},
    ]
