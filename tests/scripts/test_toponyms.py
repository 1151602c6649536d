"""Recognition and resolution of names."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.evaluate import toponyms
from scripts.evaluate.corpus import GoldToponym
from scripts.evaluate.score import Score

COUNTRIES = {1: "TR", 2: "GR"}
ANKARA = GoldToponym("Ankara", 0, 6, 10, "Ankara", "PPLC", 39.9, 32.9, 1)
TURKEY = GoldToponym("Turkish", 8, 15, 1, "Turkey", "PCLI", 39.0, 35.0, 1)
STREET = GoldToponym("Hill Lane", 20, 29)


def row(start: int, end: int, **more: Any) -> dict[str, Any]:
    plain = {"use": "place", "name": "X", "kind": "settlement", "lat": None, "lon": None, "country": None}
    return {"span": [start, end], "geonameid": None, "admin1_id": None, **plain, **more}


def inside(unit: str, lon: float, lat: float) -> bool:
    return unit == "TR-ankara" and (lon, lat) == (32.9, 39.9)


def score(*rows: dict[str, Any], gold: tuple[GoldToponym, ...] = (ANKARA, TURKEY, STREET)) -> toponyms.Counts:
    return toponyms.score(rows, gold, inside=inside, countries=COUNTRIES)


def test_recognition_wants_the_exact_span() -> None:
    counts = score(row(0, 6), row(8, 14), row(20, 29), row(40, 44))
    assert counts.recognition == Score(2, 4, 3)
    assert counts.errors["recognised with other bounds"] == 1
    assert counts.errors["predicted where the gold has no place"] == 1


def test_a_name_taken_for_no_place_is_no_prediction() -> None:
    assert score(row(0, 6, use="none")).recognition == Score(0, 0, 3)


@pytest.mark.parametrize(
    ("found", "near", "same"),
    [
        ({"lat": 40.5, "lon": 32.9}, 1, 1),
        ({"lat": 42.0, "lon": 32.9}, 0, 0),
        ({"lat": 45.0, "lon": 32.9, "kind": "region", "admin1_id": "TR-ankara"}, 0, 1),
        ({"lat": 45.0, "lon": 32.9, "kind": "settlement", "admin1_id": "TR-ankara"}, 0, 0),
        ({"kind": "country", "country": "TR"}, 0, 0),
    ],
)
def test_a_town_is_near_or_in_the_unit(found: dict[str, Any], near: int, same: int) -> None:
    counts = score(row(0, 6, **found), gold=(ANKARA,))
    assert (counts.near, counts.same) == (near, same)


def test_a_country_is_right_by_its_code_however_far_its_centre() -> None:
    counts = score(row(8, 15, kind="country", country="TR", lat=36.0, lon=30.0), gold=(TURKEY,))
    assert (counts.near, counts.same) == (0, 1)
    other = score(row(8, 15, kind="country", country="GR", lat=36.0, lon=30.0), gold=(TURKEY,))
    assert other.same == 0
    assert other.errors["put into another country"] == 1


def test_a_continent_counts_by_its_point_alone_and_is_told_apart() -> None:
    europe = GoldToponym("Europe", 0, 6, 6255148, "Europe", "CONT", 48.7, 9.1)
    counts = score(row(0, 6, name="Europe", kind="continent", lat=56.0, lon=20.0), gold=(europe,))
    assert counts.same == 0
    assert counts.errors["the right part of the world, but its point is elsewhere"] == 1


def test_end_to_end_leaves_out_names_that_have_no_place_in_the_gold() -> None:
    counts = score(
        row(0, 6, lat=39.9, lon=32.9), row(20, 29, lat=1.0, lon=1.0), row(50, 55, lat=1.0, lon=1.0)
    )
    assert counts.end_to_end == Score(right=1, predicted=2, gold=2)
    assert counts.same_share == 0.5
    assert counts.of_recognised == 1.0


def test_counts_of_texts_add_up() -> None:
    one = score(row(0, 6, lat=39.9, lon=32.9))
    both = one + one
    assert (both.gold, both.same, len(both.distances)) == (4, 2, 2)
    assert both.median_km == 0.0
