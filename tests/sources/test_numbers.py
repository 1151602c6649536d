"""Degrees and counts as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.sources.cells import Fault
from geo.sources.numbers import count, degrees, pair


@pytest.mark.parametrize(
    ("text", "axis", "value"),
    [
        ("43.2567", "lat", 43.2567),
        ("43,2567", "lat", 43.2567),
        ("-3,5", "lat", -3.5),
        ("43°15'24\"N", "lat", 43.256666666666667),
        ("43° 15′ 24″ N", "lat", 43.256666666666667),
        ("N 43 15 24", "lat", 43.256666666666667),
        ("43°15.5'", "lat", 43.258333333333333),
        ("43°15'24\" с.ш.", "lat", 43.256666666666667),
        ("3°30'S", "lat", -3.5),
        ("76°55'43\"E", "lon", 76.928611111111111),
        ("76,9286 в.д.", "lon", 76.9286),
        ("0°30'W", "lon", -0.5),
        ("-0°30'", "lon", -0.5),
    ],
)
def test_degrees_are_read_in_every_notation(text: str, axis: str, value: float):
    assert degrees(text, axis) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "axis", "reason"),
    [
        ("abc", "lat", "is no coordinate"),
        ("43°75'N", "lat", "has 60 or more minutes or seconds"),
        ("95.5", "lat", "is beyond 90 degrees of latitude"),
        ("5334000", "lat", "is beyond 90 degrees of latitude: perhaps it is in metres"),
        ("181", "lon", "is beyond 180 degrees of longitude"),
        ("76°54'E", "lat", "is a longitude where a latitude is wanted: the columns look swapped"),
        ("43°15'N", "lon", "is a latitude where a longitude is wanted: the columns look swapped"),
    ],
)
def test_what_is_no_coordinate_says_why(text: str, axis: str, reason: str):
    with pytest.raises(Fault) as caught:
        degrees(text, axis)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "text",
    ["43.25, 76.9", "43.25,76.9", "43,25; 76,9", "43.25 / 76.9", "43°15'N 76°54'E", "76°54'E, 43°15'N"],
)
def test_a_pair_is_latitude_first_unless_letters_say_otherwise(text: str):
    assert pair(text) == pytest.approx((43.25, 76.9))


def test_a_single_number_is_no_pair():
    with pytest.raises(Fault, match="is no pair of coordinates"):
        pair("43.25")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("12.0", 12),
        ("2.00", 2),
        ("1,234", 1234),
        ("1 234", 1234),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("1.234", 1234),
        ("1'234", 1234),
        ("1,234.0", 1234),
        ("1,000", 1000),
    ],
)
def test_counts_may_have_separators(text: str, value: int):
    assert count(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("about 20", "is not a whole number"),
        ("10-15", "is not a whole number"),
        ("12.5", "is not a whole number"),
        ("-3", "is less than nothing"),
        ("2.000", "can be 2 or 2 thousand"),
    ],
)
def test_what_is_no_count_says_why(text: str, reason: str):
    with pytest.raises(Fault) as caught:
        count(text)
    assert caught.value.reason == reason


@given(st.floats(-90, 90).map(lambda value: round(value, 7)))
def test_decimals_are_read_with_a_point_or_a_comma(value: float):
    text = f"{value:.7f}"
    assert degrees(text, "lat") == value
    assert degrees(text.replace(".", ","), "lat") == value


@given(st.text(max_size=30), st.sampled_from(["lat", "lon"]))
def test_any_text_is_a_coordinate_or_a_fault(text: str, axis: str):
    with suppress(Fault):
        assert -180 <= degrees(text, axis) <= 180
