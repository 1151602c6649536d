"""Dates as news writes them, reckoned from Sunday, 9 January 2022."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.extract import times
from geo.extract.language import language
from tests.extract.conftest import DAY

ENGLISH = language("en")


def resolved(text: str, published: dt.date | None = DAY) -> list[tuple[str | None, str | None, bool]]:
    """First day, last day and whether it lies ahead, of every time in a text."""
    sentences = ENGLISH.split(text)
    marks = [ENGLISH.lexicon.marks(sentence.tokens) for sentence in sentences]
    found = times.find(sentences, marks, text, ENGLISH, published)
    return [
        (
            one.time.start.isoformat() if one.time.start else None,
            one.time.end.isoformat() if one.time.end else None,
            one.time.future,
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on Friday", "2022-01-07", "2022-01-07"),
        ("on Sunday", "2022-01-09", "2022-01-09"),
        ("on Monday", "2022-01-03", "2022-01-03"),
        ("last Tuesday night", "2022-01-04", "2022-01-04"),
        ("Jan. 5", "2022-01-05", "2022-01-05"),
        ("the 3rd of March 2021", "2021-03-03", "2021-03-03"),
        ("on December 16", "2021-12-16", "2021-12-16"),
        ("Monday, 3 January", "2022-01-03", "2022-01-03"),
        ("2022-01-05", "2022-01-05", "2022-01-05"),
        ("between 2 and 5 January", "2022-01-02", "2022-01-05"),
        ("Dec. 28-30", "2021-12-28", "2021-12-30"),
        ("on Friday and Saturday", "2022-01-07", "2022-01-08"),
        ("last week", "2022-01-03", "2022-01-09"),
        ("this week", "2022-01-03", "2022-01-09"),
        ("last month", "2021-12-01", "2021-12-31"),
        ("in mid-December", "2021-12-11", "2021-12-20"),
        ("the first week of December", "2021-12-01", "2021-12-07"),
        ("three days ago", "2022-01-06", "2022-01-06"),
        ("a week ago", "2022-01-02", "2022-01-02"),
        ("yesterday", "2022-01-08", "2022-01-08"),
        ("the day before yesterday", "2022-01-07", "2022-01-07"),
        ("overnight", "2022-01-08", "2022-01-09"),
        ("over the weekend", "2022-01-08", "2022-01-09"),
        ("New Year's Eve", "2021-12-31", "2021-12-31"),
        ("in the past 24 hours", "2022-01-08", "2022-01-09"),
        ("in 2019", "2019-01-01", "2019-12-31"),
        ("last summer", "2021-06-01", "2021-08-31"),
    ],
)
def test_a_date_is_reckoned_from_the_day_of_publication(text: str, start: str, end: str):
    assert resolved(f"{text} the police came.") == [(start, end, False)]


def test_last_week_said_on_a_wednesday_is_the_week_before():
    assert resolved("It began last week.", dt.date(2022, 1, 12)) == [("2022-01-03", "2022-01-09", False)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It is expected to resume on Monday.", "2022-01-10"),
        ("She would propose a new cabinet on Tuesday.", "2022-01-11"),
        ("They will meet next Friday.", "2022-01-14"),
        ("They will meet in two weeks.", "2022-01-23"),
    ],
)
def test_what_is_to_come_lies_ahead(text: str, day: str):
    assert resolved(text) == [(day, day, True)]


def test_a_speaker_s_day_is_past_though_the_speech_is_of_what_is_to_come():
    assert resolved("He said on Friday that it will open on Monday.") == [
        ("2022-01-07", "2022-01-07", False),
        ("2022-01-10", "2022-01-10", True),
    ]


@pytest.mark.parametrize(
    "text", ["three decades ago", "30 years ago", "for a week of protests", "years later"]
)
def test_no_day_follows_from_history_or_from_a_length_of_time(text: str):
    assert all(start is None for start, _, _ in resolved(f"{text} the police came."))


def test_the_next_day_counts_from_the_last_day_named():
    text = "Miners went on strike on 4 January. On the following day police came."
    assert resolved(text)[1] == ("2022-01-05", "2022-01-05", False)


def test_due_to_is_no_future():
    assert resolved("It began on January 2 due to a rise.") == [("2022-01-02", "2022-01-02", False)]


def test_a_day_that_does_not_exist_is_not_known():
    assert resolved("on February 30 the police came.") == [(None, None, False)]


def test_without_a_day_of_publication_only_full_dates_are_known():
    assert resolved("on 5 January 2022 and on Friday", None)[0] == ("2022-01-05", "2022-01-05", False)
    assert resolved("on Friday the police came.", None) == [(None, None, False)]
