"""Batches of a sheet."""

from __future__ import annotations

import numpy as np

from geo.sources.files.sheet import Batch, parted, texts
from geo.sources.rejects import Reject

BROKEN = Reject("a.csv", 9, "*", "x", "has 1 cells where the header has 2", "check it")


def batch(first: int, count: int, done: int, *broken: Reject) -> Batch:
    cells = texts([[str(at)] for at in range(first, first + count)], ("a",))
    return Batch(cells, np.arange(first, first + count, dtype=np.int64), broken, done)


def test_large_batches_are_parted_and_hold_the_same_rows():
    found = list(parted(iter([batch(2, 5, 100, BROKEN), batch(7, 2, 140)]), 2))
    assert [one.numbers.tolist() for one in found] == [[2, 3], [4, 5], [6], [7, 8]]
    assert [one.cells["a"].to_pylist() for one in found] == [["2", "3"], ["4", "5"], ["6"], ["7", "8"]]
    assert [one.done for one in found] == [40, 80, 100, 140]
    assert [one.broken for one in found] == [(), (), (BROKEN,), ()]


def test_an_empty_batch_still_brings_what_was_broken():
    (only,) = parted(iter([batch(2, 0, 10, BROKEN)]), 2)
    assert only.broken == (BROKEN,)
