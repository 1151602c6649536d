"""What is said of claims, in words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from geo.store import Store
from geo.ui.claims_words import about_apart, amount, fate, made_public, metric_name, metrics, summary, worded

JANUARY_9, JANUARY_12 = dt.date(2022, 1, 9), dt.date(2022, 1, 12)


@pytest.fixture(scope="module")
def opened(store: Path) -> Store:
    return Store(store)


def claim(value: float | None = 26, status: str = "stands", **more: Any) -> dict[str, Any]:
    return {
        "value": value,
        "qualifier": "exact",
        "status": status,
        "withdrawn_on": None,
        "reported_on": JANUARY_9,
        "reported_basis": "stated",
        "about_start": dt.date(2022, 1, 2),
        "about_end": None,
    } | more


def killed(opened: Store, place: str, known_on: dt.date | None = None) -> list[str]:
    return summary(opened.claims(metric="killed", place=place, known_on=known_on), known_on)


def test_the_death_toll_is_said_as_it_stood_on_each_day(opened: Store) -> None:
    assert killed(opened, "Kazakhstan", JANUARY_9) == [
        "What stands on 9 January 2022: from 26 to 164.",
        "Highest ever claimed: 164.",
    ]
    assert killed(opened, "Kazakhstan", JANUARY_12) == [
        "What stands on 12 January 2022: 26.",
        "Highest ever claimed: 164 (withdrawn 9 January 2022).",
    ]
    assert killed(opened, "Kazakhstan") == [
        "What stands today: 238.",
        "Highest ever claimed: 238.",
        "Withdrawn: 164 (9 January 2022).",
    ]


def test_almatys_number_is_said_with_what_was_withdrawn_and_disputed(opened: Store) -> None:
    assert killed(opened, "Almaty") == [
        "What stands today: 151.",
        "Highest ever claimed: 151.",
        "Withdrawn: 103 (9 January 2022).",
        "Disputed: 149.",
    ]
    assert killed(opened, "Almaty", JANUARY_12) == [
        "No number stands on 12 January 2022.",
        "Withdrawn: 103 (9 January 2022).",
    ]


def test_claims_about_other_days_do_not_compete() -> None:
    day_4 = {"about_start": dt.date(2022, 1, 4), "about_end": dt.date(2022, 1, 4)}
    day_5 = {"about_start": dt.date(2022, 1, 5), "about_end": dt.date(2022, 1, 5)}
    assert about_apart([claim(1, **day_4), claim(2, **day_5)])
    assert not about_apart([claim(1, **day_4), claim(2)])
    said = summary([claim(1, **day_4), claim(2, **day_5)], None)[0]
    assert said == (
        "What stands today: from 1 to 2. These numbers are about different days, so they do not compete."
    )


def test_without_a_number_it_says_so() -> None:
    assert summary([claim(None)], None) == ["Nobody gave a number."]
    assert summary([], None) == []


def test_a_number_is_worded_as_it_was_given() -> None:
    assert worded(claim(4353)) == "4,353"
    assert worded(claim(227, qualifier="at least")) == "at least 227"
    assert worded(claim(9900, qualifier="at most")) == "at most 9,900"
    assert worded(claim(700, qualifier="about")) == "about 700"
    assert worded(claim(None)) == "no number"
    assert amount(112_600_000_000) == "112.6 billion"


def test_status_and_day_are_told_in_words() -> None:
    assert fate(claim(status="superseded")) == "replaced"
    assert fate(claim(status="retracted", withdrawn_on=JANUARY_9)) == "withdrawn 9 January 2022"
    assert fate(claim(status="disputed")) == "disputed"
    assert made_public(claim()) == "9 January 2022"
    assert made_public(claim(reported_on=None, reported_basis="unknown")) == "day unknown"
    late = claim(reported_on=dt.date(2023, 1, 31), reported_basis="month")
    assert made_public(late) == "by 31 January 2023"


def test_every_metric_of_the_data_has_a_name_and_a_strange_one_its_own_words(opened: Store) -> None:
    assert {one["metric"] for one in opened.claims()} <= set(metrics())
    assert len(set(metrics().values())) == len(metrics())
    assert metric_name("killed") == "Killed"
    assert metric_name("bridges_blown_up") == "Bridges blown up"
