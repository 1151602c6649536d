"""Rows of an Arrow table put in order: looked through, and sorted only where they are not in order.

What lies in the file in order is read in order, most of the time. To look takes a thousandth of the time
that the database needs to sort long texts, which it would do even to what is in order.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc


def ordered(table: pa.Table, names: list[str]) -> pa.Table:
    """The rows by these columns, the first before the others, ascending. The columns hold no nulls."""
    if in_order(table, names):
        return table
    return table.take(pc.sort_indices(table.select(names), [(name, "ascending") for name in names]))


def in_order(table: pa.Table, names: list[str]) -> bool:
    """Whether no row belongs before the one above it."""
    if table.num_rows < 2:
        return True
    wrong = None
    for name in reversed(names):
        column = table[name].combine_chunks()
        above, below = column.slice(0, len(column) - 1), column.slice(1)
        later = pc.greater(above, below)
        wrong = later if wrong is None else pc.or_(later, pc.and_(pc.equal(above, below), wrong))
    return not pc.any(wrong).as_py()
