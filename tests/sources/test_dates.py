"""Days as people write them: each in one way, and the ones that can be two days are asked about."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import Undecided
from geo.sources.cells import Fault
from geo.sources.dates import Evidence, Order, read

FIFTH = dt.date(2022, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2022-01-05",
        "2022-1-5",
        "2022/01/05",
        "2022.01.05",
        "20220105",
        "5 January 2022",
        "05-Jan-2022",
        "January 5, 2022",
        "Jan 5th 2022",
        "Wednesday, 5 January 2022",
        "5 января 2022 г.",
        "среда, 5 января 2022 года",
        "5 қаңтар 2022",
        "44566",
        "44566.75",
    ],
)
def test_a_day_is_read(text: str):
    assert read(text).start == FIFTH
    assert (read(text).end, read(text).precision) == (None, "day")


@pytest.mark.parametrize(
    ("text", "order"), [("05.01.2022", Order.DAY_FIRST), ("01/05/2022", Order.MONTH_FIRST)]
)
def test_numbers_are_read_in_the_order_that_is_known(text: str, order: Order):
    assert read(text, order).start == FIFTH


@pytest.mark.parametrize(
    ("text", "day"), [("25.01.2022", (2022, 1, 25)), ("1/25/2022", (2022, 1, 25)), ("5/5/2022", (2022, 5, 5))]
)
def test_numbers_that_can_be_one_day_only_need_no_order(text: str, day: tuple[int, int, int]):
    assert read(text).start == dt.date(*day)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("Jan 2022", (2022, 1, 1), (2022, 1, 31), "month"),
        ("январь 2022", (2022, 1, 1), (2022, 1, 31), "month"),
        ("2022-02", (2022, 2, 1), (2022, 2, 28), "month"),
        ("02.2024", (2024, 2, 1), (2024, 2, 29), "month"),
        ("2022-W01", (2022, 1, 3), (2022, 1, 9), "week"),
        ("2022", (2022, 1, 1), (2022, 12, 31), "range"),
        ("5-7 January 2022", (2022, 1, 5), (2022, 1, 7), "range"),
        ("2022-01-05/2022-01-07", (2022, 1, 5), (2022, 1, 7), "range"),
        ("5 January 2022 - 7 January 2022", (2022, 1, 5), (2022, 1, 7), "range"),
        ("29 February 2024", (2024, 2, 29), None, "day"),
    ],
)
def test_what_is_no_single_day_keeps_its_precision(text, start, end, precision):
    found = read(text)
    assert (found.start, found.end, found.precision) == (dt.date(*start), end and dt.date(*end), precision)


@pytest.mark.parametrize(
    ("text", "time", "zoned"),
    [
        ("2022-01-05T23:30:00+06:00", "23:30:00+06:00", True),
        ("2022-01-05 22:00:00Z", "22:00:00Z", True),
        ("2022-01-05 22:00 UTC", "22:00 UTC", True),
        ("2022-01-05 14:05", "14:05", False),
        ("January 5, 2022 2:05 PM", "2:05 PM", False),
    ],
)
def test_a_time_is_kept_with_its_zone_and_moves_no_day(text: str, time: str, zoned: bool):
    found = read(text)
    assert (found.start, found.time, found.zoned) == (FIFTH, time, zoned)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2022-02-29", "is not a day of the calendar"),
        ("29 февраля 2022", "is not a day of the calendar"),
        ("2022-13-01", "is not a day of the calendar"),
        ("05.01.22", "has a year of two digits"),
        ("05.01.2022", "can be two days"),
        ("0202-01-05", "is not in the years 1000 to 2999"),
        ("7-5 January 2022", "ends before it begins"),
        ("n/a", "is no date we can read"),
        ("the day before", "is no date we can read"),
        ("2022-W54", "is not a week of the calendar"),
    ],
)
def test_what_names_no_day_says_why(text: str, reason: str):
    with pytest.raises(Fault) as caught:
        read(text)
    assert caught.value.reason == reason


def order_of(*texts: str) -> Order | None:
    evidence = Evidence()
    evidence.see(texts)
    return evidence.order("Дата")


def test_one_cell_decides_its_column():
    assert order_of("05.01.2022", "13.01.2022") == Order.DAY_FIRST
    assert order_of("01/05/2022", "01/13/2022 10:00") == Order.MONTH_FIRST
    assert order_of("2022-01-05", "5 January 2022", "05.05.2022") is None


def test_a_column_that_nothing_decides_is_asked_about():
    with pytest.raises(Undecided) as caught:
        order_of("05.01.2022", "06.01.2022 10:30")
    assert str(caught.value) == (
        "column Дата: is 05.01.2022 5 January 2022 or 1 May 2022? no cell decides it; "
        "say --dates day-first or --dates month-first"
    )


def test_a_column_that_says_both_is_asked_about():
    with pytest.raises(Undecided, match="other cells say both"):
        order_of("05.01.2022", "13.01.2022", "01.13.2022")


@given(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)), st.sampled_from(list(Order)))
def test_what_is_written_in_an_order_is_read_in_it(day: dt.date, order: Order):
    form = "{0.day}/{0.month}/{0.year:04}" if order == Order.DAY_FIRST else "{0.month}/{0.day}/{0.year:04}"
    assert read(form.format(day), order).start == day


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_a_fault(text: str):
    with suppress(Fault):
        assert 1000 <= read(text).start.year < 3000
