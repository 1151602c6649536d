"""Pixels of Web Mercator at zoom 20, and the shift that turns them into screen cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.store.mercator import LAT_LIMIT, SIZE, cell_shift, degrees, pixel, to_pixels

lons, lats = st.floats(-180, 180), st.floats(-85, 85)


@pytest.mark.parametrize(
    ("lon", "lat", "x", "y"),
    [
        (-180, LAT_LIMIT, 0, 0),
        (0, 0, SIZE // 2, SIZE // 2),
        (180, -LAT_LIMIT, SIZE - 1, SIZE - 1),
        (0, 90, SIZE // 2, 0),
        (0, -90, SIZE // 2, SIZE - 1),
    ],
)
def test_the_world_is_a_square_with_its_origin_in_the_north_west(lon: float, lat: float, x: int, y: int):
    assert pixel(lon, lat) == (x, y)


@given(lons, lats)
def test_a_pixel_is_where_proj_says(lon: float, lat: float):
    half = 20037508.342789244
    east, north = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True).transform(lon, lat)
    x, y = pixel(lon, lat)
    assert abs(x - (east / half + 1) / 2 * SIZE) <= 1.01
    assert abs(y - (1 - north / half) / 2 * SIZE) <= 1.01


@given(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))
def test_the_centre_of_a_pixel_lies_in_it(x: int, y: int):
    assert pixel(*degrees(x, y)) == (x, y)


def test_arrays_are_taken_as_a_whole():
    x, y = to_pixels(np.array([-180.0, 0.0]), np.array([0.0, 90.0]))
    assert (x.tolist(), y.tolist()) == ([0, SIZE // 2], [SIZE // 2, 0])
    assert (x.dtype, y.dtype) == (np.int32, np.int32)


@pytest.mark.parametrize(
    ("zoom", "shift"), [(0, 25), (5, 20), (5.5, 20), (6, 19), (19, 6), (20, 5), (24, 1), (30, 1)]
)
def test_a_cell_is_at_least_32_screen_pixels_wide(zoom: float, shift: int):
    assert cell_shift(zoom) == shift
    assert zoom > 24 or 32 <= 2**shift / 2 ** (20 - zoom) < 64
