"""Single date expressions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scripts.evaluate.dates import Expression, missed, right

FRIDAY = Expression(
    "On Friday it rained.",
    "Friday",
    (3, 9),
    "en",
    dt.date(2022, 1, 9),
    (("2022-01-07", "2022-01-07", "day"),),
)
AGES = Expression("Ages ago.", "Ages ago", (0, 8), "en", dt.date(2022, 1, 9), ())


def time(start: str | None, span: tuple[int, int] = (3, 9), precision: str = "day") -> dict[str, Any]:
    return {"span": list(span), "start": start, "end": start, "precision": precision}


def test_day_and_precision_must_be_right() -> None:
    assert right([time("2022-01-07")], FRIDAY)
    assert not right([time("2022-01-14")], FRIDAY)
    assert not right([time("2022-01-07", precision="week")], FRIDAY)
    assert not right([], FRIDAY)


def test_two_days_for_one_expression_are_one_too_many() -> None:
    assert not right([time("2022-01-07"), time("2022-01-08")], FRIDAY)


def test_dates_elsewhere_in_the_sentence_do_not_matter() -> None:
    assert right([time("2022-01-07"), time("2022-01-01", (12, 18))], FRIDAY)


def test_where_no_day_follows_none_may_be_given() -> None:
    assert right([], AGES)
    assert right([time(None, (0, 8))], AGES)
    assert not right([time("2021-01-01", (0, 8))], AGES)


def test_what_was_read_otherwise_is_listed_with_how() -> None:
    assert missed([FRIDAY, AGES], lambda _asked: []) == [(FRIDAY, "no date")]
