"""The sentences of the page."""

import datetime as dt

import pytest

from geo.ui import words


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2022-01-05", "2022-01-05", "5 January 2022"),
        ("2022-01-01", "2022-01-13", "1–13 January 2022"),
        ("2022-01-28", "2022-02-03", "28 January – 3 February 2022"),
        ("2021-12-28", "2022-01-03", "28 December 2021 – 3 January 2022"),
    ],
)
def test_a_span_of_days_repeats_no_month_and_no_year(start: str, end: str, shown: str) -> None:
    assert words.span(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == shown


def test_the_headline_counts_incidents_regions_and_sources() -> None:
    summary = {"incidents": 1200, "regions": 1, "sources": 68}
    day = dt.date(2022, 1, 5)
    assert words.headline(summary, day, day) == (
        "1,200 incidents",
        "in 1 region from 68 sources, 5 January 2022",
    )
