from __future__ import annotations

import math

import pytest
from shapely import Point, Polygon, box

from geo.regions.areas import area_km2, pole_of_inaccessibility, radius_km


def test_areas_are_those_of_the_globe() -> None:
    whole, equator, far_north = area_km2([box(-180, -90, 180, 90), box(0, 0, 1, 1), box(0, 60, 1, 61)])
    assert whole == pytest.approx(510_065_622, rel=1e-6)  # surface of the WGS 84 ellipsoid
    assert equator == pytest.approx(12_308.8, rel=1e-4)
    assert far_north == pytest.approx(6_121.2, rel=1e-3)


def test_no_outline_has_no_area() -> None:
    assert area_km2([Polygon(), None]).tolist() == [0, 0]


def test_radius_is_that_of_the_disc() -> None:
    assert radius_km(math.pi * 25) == pytest.approx(5)
    assert radius_km(0) == 0


def test_label_lies_in_the_middle_of_the_largest_part() -> None:
    large, small = box(10, 50, 14, 52), box(20, 50, 21, 51)
    lon, lat = pole_of_inaccessibility(large.union(small)) or (0, 0)
    assert 10.5 < lon < 13.5
    assert lat == pytest.approx(51, abs=0.2)


def test_label_of_a_crescent_lies_in_it() -> None:
    crescent = Point(0, 0).buffer(2).difference(Point(1, 0).buffer(2))
    spot = pole_of_inaccessibility(crescent)
    assert spot is not None
    assert crescent.contains(Point(spot))


def test_no_outline_has_no_label() -> None:
    assert pole_of_inaccessibility(Polygon()) is None
    assert pole_of_inaccessibility(None) is None
