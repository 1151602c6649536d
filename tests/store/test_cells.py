"""Marks and areas of a map view: they add up, name what they hold, and stand where something happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadQuery
from geo.query import WORLD, BBox, IncidentQuery
from geo.schema import EVENT_TYPES
from geo.store import Store, mercator
from geo.store.cells import selector
from tests.store import small
from tests.store.oracle import boxes, matches, queries
from tests.store.small import Row, incident

EVERYTHING = IncidentQuery()


A_FEW = settings(max_examples=40)
ROUNDING = 0.000_01
"""Degrees: coordinates of marks have five decimals, and those of a cell are the centre of a pixel."""


def stands_on(mark: Row, row: Row) -> bool:
    near = ROUNDING / 2 + 180 / mercator.SIZE
    return abs(mark["lon"] - row["lon"]) <= near and abs(mark["lat"] - row["lat"]) <= near


def harm(row: Row) -> int:
    return (row["fatalities_best"] or 0) + (row["injured"] or 0)


@A_FEW
@given(queries, st.none() | boxes, st.integers(0, 20), st.sampled_from([1, 7, 2000]))
def test_marks_areas_and_unplaced_add_up_to_what_matches(
    many: Store, versions: list[Row], query: IncidentQuery, view: BBox | None, zoom: int, most: int
):
    seen = query if view is None else IncidentQuery(**{**vars(query), "bbox": view})
    wanted = [row for row in versions if matches(row, seen)]
    points = [row for row in wanted if row["lon"] is not None]
    found = many.cells(query, bbox=view, zoom=zoom, most=most)
    assert found["total"] == len(wanted)
    assert sum(mark["n"] for mark in found["marks"]) == len(points)
    assert sum(mark["harm"] for mark in found["marks"]) == sum(map(harm, points))
    assert len(found["marks"]) <= most
    assert found["types"] == list(EVENT_TYPES)
    types = Counter(row["event_type"] for row in points)
    assert [sum(m["types"][at] for m in found["marks"]) for at in range(6)] == [types[t] for t in EVENT_TYPES]
    assert all(sum(mark["types"]) == mark["n"] for mark in found["marks"])
    areas = Counter(row["area_id"] for row in wanted if row["area_id"])
    assert {area["id"]: area["n"] for area in found["areas"]} == areas


@A_FEW
@given(queries, st.integers(0, 20), st.sampled_from([1, 7, 2000]))
def test_the_key_of_a_mark_opens_the_incidents_it_counts(
    many: Store, versions: list[Row], query: IncidentQuery, zoom: int, most: int
):
    reply = many.cells(query, bbox=None, zoom=zoom, most=most)
    for mark in reply["marks"][:2]:
        details = many.details(query, keys=[mark["cell"]], limit=1000)
        assert details["total"] == len(details["incidents"]) == mark["n"]
        assert sum(map(harm, details["incidents"])) == mark["harm"]
        spots = {mercator.pixel(row["lon"], row["lat"]) for row in details["incidents"]}
        assert mercator.pixel(mark["lon"], mark["lat"]) in {
            (x + dx, y + dy)
            for x, y in spots
            for dx in (-3, -2, -1, 0, 1, 2, 3)
            for dy in (-8, *range(-7, 9))
        }
    keys = [mark["cell"] for mark in reply["marks"]]
    points = [row for row in versions if matches(row, query) and row["lon"] is not None]
    assert not keys or many.details(query, keys=keys)["total"] == len(points)
    for area in reply["areas"]:
        assert many.details(query, area=area["id"])["total"] == area["n"]


@pytest.fixture
def at(tmp_path: Path) -> Callable[..., Store]:
    """A store with an incident at each of these longitudes and latitudes."""

    def build(*spots: tuple[float, float], **more: object) -> Store:
        rows = [incident(f"I{n}", lon=lon, lat=lat, **more) for n, (lon, lat) in enumerate(spots)]
        return small.store(tmp_path / "at.duckdb", rows)

    return build


def test_few_points_are_exact_places_with_their_names(at: Callable[..., Store]):
    held = at((76.9, 43.25), (76.9, 43.25), (51.2, 43.65), place="Town", fatalities_best=2, injured=None)
    found = held.cells(EVERYTHING, bbox=None, zoom=5, most=2000)
    x, y = mercator.pixel(76.9, 43.25)
    assert found["mode"] == "places"
    assert found["marks"][0] == {
        "lon": 76.9,
        "lat": 43.25,
        "n": 2,
        "types": [2, 0, 0, 0, 0, 0],
        "harm": 4,
        "place": "Town",
        "places": 1,
        "cell": f"0-{x}-{y}",
        "km": None,
    }
    assert [mark["n"] for mark in found["marks"]] == [2, 1]


def test_too_many_places_become_cells_each_standing_on_a_place_in_its_busiest_quarter(
    at: Callable[..., Store],
):
    held = at((76.9, 43.2), (76.9, 43.2), (76.5, 43.2), (-70.0, -33.4))
    found = held.cells(EVERYTHING, bbox=None, zoom=5, most=2)
    assert found["mode"] == "cells"
    assert [(mark["n"], mark["lon"], mark["lat"]) for mark in found["marks"]] == [
        (3, 76.9, 43.2),
        (1, -70.0, -33.4),
    ]
    assert [mark["place"] for mark in found["marks"]] == [None, None]
    assert [mark["cell"].split("-")[0] for mark in found["marks"]] == ["20", "20"]


def test_cells_grow_until_there_are_few_enough(at: Callable[..., Store]):
    held = at(*((float(lon), 10.0) for lon in range(-170, 180, 10)))
    for most in (1, 3, 10):
        found = held.cells(EVERYTHING, bbox=None, zoom=10, most=most)
        assert len(found["marks"]) <= most
        assert found["total"] == 35


def test_a_view_of_the_world_leaves_out_nothing_and_any_other_view_what_has_no_place(tmp_path: Path):
    rows = [incident("I1", lon=5.0, lat=5.0), incident("I2", area_id="AA-west"), incident("I3")]
    held = small.store(tmp_path / "small.duckdb", rows)
    for view in (None, WORLD):
        found = held.cells(EVERYTHING, bbox=view, zoom=1, most=10)
        assert (found["total"], found["unplaced"]) == (3, 1)
    found = held.cells(EVERYTHING, bbox=BBox(0, 0, 9, 9), zoom=5, most=10)
    assert (found["total"], found["unplaced"]) == (2, 1)
    assert found["areas"] == [
        {
            "id": "AA-west",
            "name": "AA-west",
            "precision": "region",
            "regions": ["AA-west"],
            "n": 1,
            "types": [1, 0, 0, 0, 0, 0],
        }
    ]
    assert held.cells(EVERYTHING, bbox=BBox(30, 0, 40, 9), zoom=5, most=10)["total"] == 0


def test_a_view_replaces_the_box_of_the_query(at: Callable[..., Store]):
    held = at((5.0, 5.0), (50.0, 5.0))
    query = IncidentQuery(bbox=BBox(0, 0, 10, 10))
    assert held.cells(query, bbox=None, zoom=5, most=10)["total"] == 1
    assert held.cells(query, bbox=BBox(40, 0, 60, 10), zoom=5, most=10)["marks"][0]["lon"] == 50.0


def test_an_empty_store_has_no_marks(at: Callable[..., Store]):
    found = at().cells(EVERYTHING, bbox=None, zoom=5, most=10)
    assert (found["total"], found["marks"], found["areas"]) == (0, [], [])


def test_a_key_is_a_range_of_pixels():
    assert selector(["4-1-2"]) == ("((px BETWEEN ? AND ? AND py BETWEEN ? AND ?))", [16, 31, 32, 47])
    text, values = selector(["0-1-2", "99-0-0"])
    assert text.count(" OR ") == 1
    assert values == [1, 1, 2, 2, 0, (1 << 30) - 1, 0, (1 << 30) - 1]


@pytest.mark.parametrize("key", ["", "1-2", "1-2-3-4", "a-1-2", "-1-2-3", "1-2-1234567890", "0-1-2' OR 1=1"])
def test_a_key_that_is_none_is_refused(key: str):
    with pytest.raises(BadQuery) as caught:
        selector([key])
    assert caught.value.where == "cell"
    assert repr(key) in str(caught.value)
    assert str(caught.value).endswith("take it from /api/cells")
