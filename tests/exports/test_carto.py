"""The geometry of a printed map."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from geo.exports.carto import Extent, Mark, Projection, apart, pole, radius, round_length

KZ = (46.5, 40.6, 87.3, 55.4)


def test_areas_are_kept():
    square = {"type": "Polygon", "coordinates": [[[60, 45], [61, 45], [61, 46], [60, 46], [60, 45]]]}
    drawn = Projection(KZ).shape(square)
    assert drawn.area / 1e6 == pytest.approx(8693, rel=0.005)  # of a cell of one degree, 45 to 46 north


def test_north_is_up_in_the_middle_and_leans_towards_it_at_the_sides():
    projection = Projection(KZ)
    assert projection.north(0, 0) == pytest.approx(0, abs=1e-6)
    assert projection.north(1e6, 0) > 5
    assert projection.north(-1e6, 0) < -5
    assert projection.name == "Lambert azimuthal equal-area"


def test_half_the_globe_is_drawn_by_another_projection():
    world = Projection((-170, -50, 170, 70))
    assert (world.world, world.name) == (True, "Equal Earth")
    assert world.shape(None) is None


def test_an_extent_fits_the_frame_and_is_never_too_small():
    wide = Extent(0, 0, 2e6, 1e5).fitted(1.5)
    assert (wide.right - wide.left) / (wide.top - wide.bottom) == pytest.approx(1.5)
    assert wide.left < 0
    town = Extent(5, 5, 5, 5).fitted(1.5)
    assert town.right - town.left >= 60_000


def test_marks_that_would_hide_each_other_are_one():
    near = [Mark(0, 0, "A", {"Riots": 3}), Mark(2, 0, "B", {"Protests": 1}), Mark(500, 0, "C", {"Riots": 1})]
    kept = apart(near, metres_per_point=1)
    assert [(mark.label, mark.n) for mark in kept] == [("A +1", 4), ("C", 1)]
    assert kept[0].counts == {"Riots": 3, "Protests": 1}


def test_no_marks_touch_however_many_there_are():
    rng = np.random.default_rng(1)
    crowd = [Mark(x, y, "", {"Riots": int(n)}) for x, y, n in rng.uniform(1, 400, (300, 3))]
    kept = apart(crowd, 1)
    assert sum(mark.n for mark in kept) == sum(mark.n for mark in crowd)
    pairs = [(a, b) for at, a in enumerate(kept) for b in kept[at + 1 :]]
    assert all(math.hypot(a.x - b.x, a.y - b.y) >= radius(a.n) + radius(b.n) for a, b in pairs)


@pytest.mark.parametrize(("metres", "length"), [(740_000, 500_000), (999, 500), (100, 100), (2.1e6, 2e6)])
def test_a_scale_bar_has_a_round_length(metres: float, length: float):
    assert round_length(metres) == length


def test_the_pole_of_a_shape_is_well_inside_its_largest_part():
    shape = shapely.union_all([shapely.box(0, 0, 10, 4), shapely.box(20, 0, 21, 1)])
    x, y = pole(shape)
    assert y == pytest.approx(2, abs=0.2)
    assert 1.5 < x < 8.5
