"""An empty result says which filter to loosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geo.query import IncidentQuery, Interval
from geo.schema import Precision
from geo.store import Store
from geo.ui import nothing
from tests.store import small
from tests.store.small import day, incident
from tests.visit import Visit


@pytest.fixture
def held(tmp_path: Path) -> Store:
    rows = [incident("I1"), incident("I2", date_start=day(9)), incident("I3", event_type="Riots")]
    return small.store(tmp_path / "a.duckdb", rows)


def test_each_filter_that_is_set_can_be_loosened_alone() -> None:
    asked = IncidentQuery(interval=Interval(day(1), None), text="square", min_precision=Precision.CITY)
    wider = nothing.loosened(asked)
    assert set(wider) == {"dates", "text", "precision"}
    assert wider["dates"] == IncidentQuery(text="square", min_precision=Precision.CITY)
    assert nothing.loosened(IncidentQuery()) == {}


def test_it_says_how_much_each_would_bring(held: Store) -> None:
    asked = IncidentQuery(interval=Interval(day(9), day(9)), event_types=("Riots",))
    assert nothing.notice(held, asked).splitlines()[2:] == [
        "- with every event type ticked: 1 incident",
        "- with all days: 1 incident",
    ]


def test_where_no_single_filter_helps_all_are_named(held: Store) -> None:
    asked = IncidentQuery(event_types=("Battles",), text="zzz")
    assert nothing.notice(held, asked).startswith("No incident matches. Widen the dates")


@pytest.mark.parametrize("name", ["table", "sources", "download"])
def test_the_pages_say_so(visit: Callable[..., Visit], name: str) -> None:
    page = visit().goto(f"/?page={name}&q=zzzz")
    notice = page.locator(".st-key-nothing")
    expect(notice).to_contain_text("without the search words: 120 incidents")
