"""Failures say what, where and what to do, on one line."""

from __future__ import annotations

import datetime as dt
import inspect

import pytest

from geo import errors
from geo.errors import BadQuery, CallError, DataError, DayOrMonth, GeoError, StoreError, StoreTooNew

ALL = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, GeoError)]
WORDED = [kind for kind in ALL if kind is not DayOrMonth]


def test_the_line_says_where_what_and_what_to_do_in_this_order():
    error = BadQuery("'x' is not a day", where="start", todo="write it as 2022-01-05")
    assert str(error) == "start: 'x' is not a day; write it as 2022-01-05"


def test_what_is_left_out_leaves_no_trace():
    assert str(StoreTooNew("the store is newer")) == "the store is newer"
    assert str(StoreTooNew("the store is newer", todo="update")) == "the store is newer; update"
    assert str(StoreTooNew("it is newer", where="a.duckdb")) == "a.duckdb: it is newer"


def test_the_parts_can_be_read_one_by_one():
    error = GeoError("what", where="where", todo="todo")
    assert (error.what, error.where, error.todo) == ("what", "where", "todo")


def test_a_message_of_several_lines_becomes_one():
    assert str(GeoError("IO Error:\n\tno such\r\nfile", where="a\nb")) == "a b: IO Error: no such file"


@pytest.mark.parametrize("kind", ALL)
def test_each_failure_is_the_fault_of_the_data_or_of_the_call(kind: type[GeoError]):
    assert kind.exit_code == (2 if issubclass(kind, CallError) else 1)
    if kind is not GeoError:
        assert issubclass(kind, DataError) != issubclass(kind, CallError)


@pytest.mark.parametrize("kind", WORDED)
def test_each_failure_is_explained_and_can_be_caught_by_its_root(kind: type[GeoError]):
    assert kind.__doc__
    with pytest.raises(GeoError, match=r"^here: broken; mend it$"):
        raise kind("broken", where="here", todo="mend it")


def test_whatever_is_wrong_with_a_store_can_be_caught_as_one():
    stores = [kind for kind in ALL if "Store" in kind.__name__ or kind is errors.NotAStore]
    assert all(issubclass(kind, StoreError) for kind in stores)
    assert len(stores) >= 4


def test_a_day_that_may_be_a_month_is_asked_with_both_readings():
    error = DayOrMonth("Date", "05/01/2022", (dt.date(2022, 1, 5), dt.date(2022, 5, 1)), mixed=False)
    assert str(error) == (
        "column Date: is 05/01/2022 5 January 2022 or 1 May 2022? no cell decides it; "
        "say --dates day-first or --dates month-first"
    )
    assert (error.exit_code, error.example, error.mixed) == (2, "05/01/2022", False)
