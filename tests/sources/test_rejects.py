"""A reject is one line: file, row, column, value, what is wrong, what to do."""

from __future__ import annotations

from geo.sources.rejects import Reject


def test_a_reject_is_one_line():
    reject = Reject("reports.csv", 7, "date_end", "2022-01-04", "is before date_start", "swap them")
    assert str(reject) == (
        "reports.csv, row 7, column date_end: '2022-01-04' is before date_start; swap them"
    )


def test_a_value_of_several_lines_stays_on_one_and_a_long_one_is_cut():
    assert str(Reject("a.csv", 2, "b", "x\ny", "is odd", "mend it")) == (
        r"a.csv, row 2, column b: 'x\ny' is odd; mend it"
    )
    shown = str(Reject("a.csv", 2, "b", "x" * 61, "is odd", "mend it"))
    assert shown == f"a.csv, row 2, column b: '{'x' * 57}...' is odd; mend it"
