"""Failures say what, where and what to do, on one line."""

from __future__ import annotations

import inspect

import pytest

from geo import errors
from geo.errors import BadQuery, CallError, DataError, GeoError, StoreError, StoreTooNew

ALL = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, GeoError)]


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


@pytest.mark.parametrize("kind", ALL)
def test_each_failure_is_explained_and_can_be_caught_by_its_root(kind: type[GeoError]):
    assert kind.__doc__
    with pytest.raises(GeoError, match=r"^here: broken; mend it$"):
        raise kind("broken", where="here", todo="mend it")


def test_whatever_is_wrong_with_a_store_can_be_caught_as_one():
    stores = [kind for kind in ALL if "Store" in kind.__name__ or kind is errors.NotAStore]
    assert all(issubclass(kind, StoreError) for kind in stores)
    assert len(stores) >= 4
