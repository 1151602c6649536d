"""A query is SQL text with placeholders, and values in their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.query import PARAMETERS, IncidentQuery
from geo.store import filters
from geo.store.mercator import SIZE
from tests.store.small import day

HALF = SIZE // 2
OF_DATASET = """(
    dataset = ? OR (dataset, id) IN (
        SELECT (event_dataset, event_id) FROM events e
        WHERE e.dataset = ? AND CASE WHEN ?::DATE IS NULL THEN e.until IS NULL
                                     ELSE e.since <= ? AND coalesce(e.until > ?, true) END))"""
TEXT = "contains(lower(concat_ws(' ', title, summary, place, place_text, actors)), lower(?))"


def query(**params: str | list[str]) -> IncidentQuery:
    return IncidentQuery.from_params({name.replace("_", "-"): value for name, value in params.items()})


@pytest.mark.parametrize(
    ("asked", "text", "values"),
    [
        (query(), "known_to IS NULL", []),
        (
            query(known_on="2022-01-09"),
            "known_from <= ? AND (known_to IS NULL OR known_to > ?)",
            [day(9), day(9)],
        ),
        (query(start="2022-01-05"), "known_to IS NULL AND date_latest >= ?", [day(5)]),
        (query(end="2022-01-05"), "known_to IS NULL AND date_start <= ?", [day(5)]),
        (
            query(event_type=["Riots", "Battles"]),
            "known_to IS NULL AND event_type IN (?, ?)",
            ["Riots", "Battles"],
        ),
        (query(event_type="none"), "known_to IS NULL AND false", []),
        (query(admin1=["b", "a'"]), "known_to IS NULL AND admin1_id IN (?, ?)", ["a'", "b"]),
        (
            query(min_precision="district"),
            "known_to IS NULL AND location_precision IN (?, ?, ?)",
            ["site", "city", "district"],
        ),
        (query(q="City hall"), f"known_to IS NULL AND {TEXT} AND {TEXT}", ["City", "hall"]),
        (query(dataset="small"), f"known_to IS NULL AND {OF_DATASET}", ["small", "small", None, None, None]),
    ],
)
def test_each_parameter_is_one_term(asked: IncidentQuery, text: str, values: list[object]):
    assert filters.matching(asked) == (text, values)
    assert filters.where(asked) == (text, values)


def test_a_box_takes_points_by_pixel_and_areas_by_their_bounds():
    text, values = filters.where(query(bbox="0,0,180,85.06"))
    point = "((px BETWEEN ? AND ? AND py BETWEEN ? AND ?))"
    touch = "((west <= ? AND east >= ? AND south <= ? AND north >= ?))"
    area = f"(px IS NULL AND area_id IN (SELECT id FROM areas WHERE {touch}))"
    assert text == f"known_to IS NULL AND ({point} OR {area})"
    assert values == [HALF, SIZE - 1, 0, HALF, 180, 0, 85.06, 0]


def test_a_box_across_the_antimeridian_is_two_boxes():
    text, values = filters.in_box(query(bbox="170,-10,-170,10").bbox)
    assert text.count("px BETWEEN ? AND ?") == 2
    west, east = values[:2], values[4:6]
    assert (west[1], east[0]) == (SIZE - 1, 0)
    assert west[0] > HALF > east[1]
    text, values = filters.touching(query(bbox="170,-10,-170,10").bbox)
    assert text.count("west <= ?") == 2
    assert values == [180, 170, 10, -10, -170, -180, 10, -10]


def test_a_box_around_the_world_restricts_nothing():
    assert filters.where(query(bbox="-180,-90,180,90")) == filters.where(query())


@pytest.mark.parametrize("bbox", ["", "1,2,3,4"])
def test_points_areas_and_what_is_unplaced_are_told_apart(bbox: str):
    asked = query(bbox=bbox)
    assert ("px BETWEEN" if bbox else "px IS NOT NULL") in filters.points(asked)[0]
    assert "px IS NULL AND area_id" in filters.areas(asked)[0]
    assert filters.unplaced(asked)[0].endswith("px IS NULL AND area_id IS NULL")


@given(st.dictionaries(st.sampled_from(["q", "dataset", "admin1"]), st.text(max_size=30)))
def test_what_a_user_writes_is_bound_and_never_part_of_the_text(asked: dict[str, str]):
    given_query = IncidentQuery.from_params(asked)
    text, values = filters.where(given_query)
    plain, _ = filters.where(IncidentQuery.from_params(dict.fromkeys(asked, "x")))
    assert set(text.split()) <= set(plain.split()) | {"AND"} | set(TEXT.split())
    assert text.count("?") == len(values)


def test_every_parameter_reaches_the_text():
    params = {
        "start": "2022-01-05",
        "end": "2022-01-06",
        "bbox": "0,0,1,1",
        "event-type": "Riots",
        "admin1": "a",
        "q": "x",
        "min-precision": "city",
        "known-on": "2022-01-09",
        "dataset": "small",
    }
    assert set(params) == set(PARAMETERS)
    for name, value in params.items():
        assert filters.where(IncidentQuery.from_params({name: value})) != filters.where(IncidentQuery())
