"""What the chart of claims is made of."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from geo.store import Store
from geo.ui.claims_steps import (
    Panel,
    Riser,
    TimeScale,
    ValueScale,
    panel,
    places,
    shown_places,
    successor,
    whole_place,
)


@pytest.fixture(scope="module")
def opened(store: Path) -> Store:
    return Store(store)


def toll(opened: Store, place: str = "Kazakhstan", known_on: dt.date | None = None) -> Panel:
    every = {one["id"]: one for one in opened.claims(known_on=known_on)}
    return panel(place, opened.claims(metric="killed", known_on=known_on), every)


def d(month: int, day: int, year: int = 2022) -> dt.date:
    return dt.date(year, month, day)


def steps(found: Panel) -> list[tuple[dt.date, float, str, dt.date | None]]:
    return [(mark.day, mark.value, mark.status, mark.until) for mark in found.marks]


def test_the_death_toll_is_a_step_for_each_number(opened: Store) -> None:
    assert steps(toll(opened)) == [
        (d(1, 6), 26, "superseded", d(1, 15)),
        (d(1, 7), 26, "superseded", d(1, 15)),
        (d(1, 9), 164, "retracted", d(1, 9)),
        (d(1, 15), 225, "superseded", d(1, 21)),
        (d(1, 21), 227, "superseded", d(3, 14)),
        (d(3, 14), 230, "superseded", d(6, 29)),
        (d(6, 29), 232, "superseded", d(8, 16)),
        (d(8, 16), 238, "stands", None),
        (d(1, 5, 2023), 238, "stands", None),
    ]
    assert toll(opened).risers[-1] == Riser(d(8, 16), 232, 238)


def test_almatys_number_keeps_what_has_no_day_out_of_time(opened: Store) -> None:
    found = toll(opened, "Almaty")
    assert steps(found) == [
        (d(1, 9), 103, "retracted", d(1, 9)),
        (d(3, 14), 139, "superseded", d(1, 5, 2023)),
        (d(1, 5, 2023), 151, "stands", None),
    ]
    assert [(one["value"], one["status"]) for one in found.undated] == [(149, "disputed")]
    assert [one["reported_on"] for one in found.wordless] == [d(1, 6)]


def test_set_back_later_numbers_vanish_and_what_then_stood_stands(opened: Store) -> None:
    assert steps(toll(opened, known_on=d(1, 9)))[-1] == (d(1, 9), 164, "stands", None)
    back = toll(opened, known_on=d(1, 12))
    assert [mark.value for mark in back.marks] == [26, 26, 164]
    assert [mark.until for mark in back.marks] == [None, None, d(1, 9)]
    assert back.risers == ()
    assert back.undated == ()


def test_what_replaced_a_number_is_not_told_before_it_was_known(opened: Store) -> None:
    for known_on, wanted in ((d(1, 12), None), (d(1, 15), "C022")):
        every = {one["id"]: one for one in opened.claims(known_on=known_on)}
        found = successor(every["C013"], every)
        assert (found["id"] if found else None) == wanted


def test_the_country_comes_first_and_brings_the_places_whose_number_changed(opened: Store) -> None:
    claims = opened.claims()
    whole = whole_place(claims)
    killed = [one for one in claims if one["metric"] == "killed"]
    assert whole == "Kazakhstan"
    assert places(killed, whole)[:2] == ["Kazakhstan", "Almaty"]
    assert shown_places(killed, "Kazakhstan", whole) == ["Kazakhstan", "Almaty"]
    assert shown_places(killed, "Shymkent", whole) == ["Shymkent"]
    arrested = [one for one in claims if one["metric"] == "arrested"]
    assert shown_places(arrested, "Kazakhstan", whole) == ["Kazakhstan", "Kostanay Region", "Almaty"]


def test_time_runs_slower_where_much_was_said() -> None:
    days = [d(1, 6), d(1, 7), d(1, 9), d(1, 15), d(1, 21), d(3, 14), d(6, 29), d(8, 16), d(1, 5, 2023)]
    scale = TimeScale.over(days, None)
    assert not scale.even
    at = [scale(day) for day in days]
    assert at == sorted(at)
    assert 0 < at[0] < at[-1] < 1
    assert scale(d(1, 9)) - scale(d(1, 7)) > scale(d(1, 5, 2023)) - scale(d(1, 3, 2023))
    assert min(late - early for early, late in pairwise(at)) > 0.02


def test_few_days_are_equally_wide_and_end_with_the_day_of_knowledge() -> None:
    scale = TimeScale.over([d(1, 6), d(1, 7), d(1, 9)], d(1, 12))
    assert (scale.first, scale.last, scale.even, scale.edge) == (d(1, 5), d(1, 13), True, True)
    assert scale(d(1, 9)) == pytest.approx(0.5)
    assert not TimeScale.over([d(1, 6), d(1, 9)], d(12, 31)).edge


@pytest.mark.parametrize("width", [270, 500, 1000])
def test_ticks_have_room(width: int) -> None:
    scale = TimeScale.over([d(1, 6), d(1, 15), d(3, 14), d(1, 5, 2023)], None)
    at = [scale(day) * width for day in scale.ticks(width, 50)]
    assert len(at) >= 3
    assert all(late - early >= 50 for early, late in pairwise(at))
    assert all(day.day == 1 for day in scale.ticks(width, 50) if day > d(3, 1))


@pytest.mark.parametrize(
    ("values", "low", "steps"),
    [
        ([26, 164, 225, 238], 0, (0, 50, 100, 150, 200, 250)),
        ([103, 139, 151], 0, (0, 50, 100, 150, 200)),
        ([2265, 2677, 2740], 2000, (2000, 2200, 2400, 2600, 2800)),
        ([19, 19], 0, (0, 5, 10, 15, 20)),
        ([0], 0, (0, 1)),
    ],
)
def test_the_upright_scale_begins_at_zero_unless_numbers_lie_close(
    values: list[float], low: float, steps: tuple[float, ...]
) -> None:
    scale = ValueScale.over(values)
    assert (scale.low, scale.steps) == (low, steps)
    assert 0 <= scale(min(values)) <= scale(max(values)) <= 1


def test_a_number_replaced_nobody_knows_when_is_drawn_for_its_day_only() -> None:
    lost: dict[str, Any] = {
        "id": "A",
        "place": "X",
        "value": 5.0,
        "status": "superseded",
        "superseded_by": "B",
        "withdrawn_on": None,
        "reported_on": d(1, 6),
    }
    later = lost | {"id": "B", "status": "stands", "superseded_by": None, "reported_on": None}
    found = panel("X", [lost, later], {"A": lost, "B": later})
    assert steps(found) == [(d(1, 6), 5, "superseded", d(1, 6))]
    assert found.risers == ()
    assert [one["id"] for one in found.undated] == ["B"]
