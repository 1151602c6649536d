"""A cell of text becomes a value of its column's type, or a reason and what to do about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.schema import CLAIM, INCIDENT, REPORT, SOURCE, field
from geo.sources.cells import Fault, first_day, last_day, read

PLAUSIBLE = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("Almaty", REPORT.field("place"), "Almaty"),
        ("  Алматы\t", REPORT.field("place"), "Алматы"),
        ("2022-01-05", REPORT.field("date_start"), dt.date(2022, 1, 5)),
        ("2024-02-29", REPORT.field("date_start"), dt.date(2024, 2, 29)),
        ("12", REPORT.field("fatalities"), 12),
        ("0", REPORT.field("fatalities"), 0),
        ("12.50", CLAIM.field("value"), 12.5),
        ("TRUE", SOURCE.field("weak"), True),
        ("false", SOURCE.field("weak"), False),
        ("-90", INCIDENT.field("lat"), -90.0),
        ("180", INCIDENT.field("lon"), 180.0),
        ("Riots", REPORT.field("event_type"), "Riots"),
        ("2022-01", REPORT.field("reported"), "2022-01"),
        ("", REPORT.field("fatalities"), None),
        (" \u00a0", REPORT.field("place"), None),
    ],
)
def test_a_good_cell_becomes_a_value(text: str, column: pa.Field, value: Any):
    assert read(text, column) == value


@pytest.mark.parametrize(
    ("text", "column", "reason", "todo"),
    [
        ("", REPORT.field("date_start"), "is empty", "fill it in"),
        ("2022-02-30", REPORT.field("date_start"), "is not a day of the calendar", "write it as 2022-01-05"),
        ("5.1.2022", REPORT.field("date_start"), "is not a day of the calendar", "write it as 2022-01-05"),
        ("0202-01-05", REPORT.field("date_start"), "is not in the years 1000 to 2999", "correct the year"),
        ("9999-12-31", REPORT.field("date_end"), "is not in the years 1000 to 2999", "correct the year"),
        ("-1", REPORT.field("fatalities"), "is beyond the minimum of 0", "correct it"),
        ("1.5", REPORT.field("fatalities"), "is not a whole number", "write digits only"),
        ("about 5", REPORT.field("fatalities"), "is not a whole number", "or leave it blank"),
        ("9" * 19, REPORT.field("fatalities"), "is not a whole number", "write digits only"),
        ("five", CLAIM.field("value"), "is not a number", "with digits and a decimal point"),
        ("nan", CLAIM.field("value"), "is not a number", "with digits and a decimal point"),
        ("1e999", CLAIM.field("value"), "is not a number", "with digits and a decimal point"),
        ("99", INCIDENT.field("lat"), "is beyond the maximum of 90", "correct it"),
        ("-180.5", INCIDENT.field("lon"), "is beyond the minimum of -180", "correct it"),
        ("yes", SOURCE.field("weak"), "is neither true nor false", "write true or false"),
        (
            "Strike",
            REPORT.field("event_type"),
            "is not a word this column knows",
            "use one of: Protests, Rio",
        ),
        ("day ago", REPORT.field("date_precision"), "is not a word", "use one of: day, range, week, month"),
        ("Jan 2022", REPORT.field("reported"), "is no day, month or year", "2022-01-05, 2022-01 or 2022"),
        ("2022-13", REPORT.field("reported"), "is no day, month or year", "2022-01-05, 2022-01 or 2022"),
        ("9999", REPORT.field("reported"), "is not in the years 1000 to 2999", "correct the year"),
        ("a\0b", REPORT.field("place"), "holds a NUL character", "remove it"),
    ],
)
def test_a_bad_cell_is_refused_with_a_reason_and_what_to_do(
    text: str, column: pa.Field, reason: str, todo: str
):
    with pytest.raises(Fault) as caught:
        read(text, column)
    assert reason in caught.value.reason
    assert todo in caught.value.todo


@given(st.text(), st.sampled_from([*REPORT, *CLAIM, *SOURCE, *INCIDENT]))
def test_whatever_a_cell_holds_it_is_read_or_refused(text: str, column: pa.Field):
    try:
        value = read(text, column)
    except Fault:
        return
    pa.array([value], column.type).validate(full=True)


@given(PLAUSIBLE)
def test_every_day_reads_back_as_it_was_written(day: dt.date):
    assert read(day.isoformat(), field("day", pa.date32(), "Day")) == day


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2022-01-05", "2022-01-05", "2022-01-05"),
        ("2022-01", "2022-01-01", "2022-01-31"),
        ("2022-12", "2022-12-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("2999-12", "2999-12-01", "2999-12-31"),
    ],
)
def test_a_month_or_year_runs_from_its_first_to_its_last_day(partial: str, first: str, last: str):
    assert (str(first_day(partial)), str(last_day(partial))) == (first, last)


@given(PLAUSIBLE)
def test_a_day_lies_within_its_own_month_and_year(day: dt.date):
    for partial in (f"{day:%Y-%m}", f"{day:%Y}"):
        assert first_day(partial) <= day <= last_day(partial)
