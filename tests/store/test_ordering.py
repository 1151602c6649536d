"""Rows in order stay as they are; others are sorted."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from geo.store.ordering import in_order, ordered

NAMES = ["day", "id", "dataset"]
ROWS = st.lists(
    st.tuples(
        st.dates(dt.date(2022, 1, 1), dt.date(2022, 1, 3)), st.text(max_size=2), st.sampled_from(["a", "b"])
    )
)


def table(rows: list[tuple[dt.date, str, str]]) -> pa.Table:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    kinds = [pa.date32(), pa.string(), pa.string()]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return pa.table(arrays, names=NAMES)


@given(ROWS)
def test_rows_are_ordered_as_python_orders_them_by_bytes(rows: list[tuple[dt.date, str, str]]) -> None:
    wanted = sorted(rows, key=lambda row: (row[0], row[1].encode(), row[2]))
    assert [tuple(row.values()) for row in ordered(table(rows), NAMES).to_pylist()] == wanted
    assert in_order(table(rows), NAMES) == (rows == wanted)


def test_what_is_in_order_is_not_copied() -> None:
    day = dt.date(2022, 1, 5)
    held = table([(day, "a", "x"), (day, "a", "y"), (day, "b", "x")])
    assert ordered(held, NAMES) is held
