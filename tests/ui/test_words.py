"""The sentences of the page, in English; tests/ui/test_languages.py has the others."""

import datetime as dt

import pytest

from geo.query import IncidentQuery
from geo.ui import i18n, words


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


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
    assert i18n.span(on(start), on(end)) == shown


SUMMARY = {"incidents": 1200, "regions": 1, "sources": 68}
DAY = on("2022-01-05")


def test_the_headline_counts_incidents_regions_and_sources() -> None:
    assert words.headline(SUMMARY, (DAY, DAY)) == (
        "1,200 incidents",
        "in 1 region from 68 sources, 5 January 2022",
    )


def test_the_header_says_as_known_on_which_day_and_escapes_the_title() -> None:
    datasets = {"x": {"title": "<b>Unrest</b>"}}
    today = words.header(datasets, SUMMARY, IncidentQuery(), (DAY, DAY))
    assert "&lt;b&gt;Unrest&lt;/b&gt;" in today
    assert "as known today" in today
    then = words.header(datasets, SUMMARY, IncidentQuery(known_on=on("2022-01-09")), (DAY, DAY))
    assert "as known on 9 January 2022" in then
