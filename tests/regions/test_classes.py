import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.regions.classes import MOST, classify


def test_classes_hold_about_as_many_values_each():
    found = classify([float(n) for n in range(20)])
    assert found.limits == [0, 3, 7, 11, 15, 19]
    assert [found.members.count(at) for at in range(5)] == [4, 4, 4, 4, 4]


def test_a_few_distinct_values_have_a_class_each():
    assert classify([3.0, 1.0, 3.0, 2.0]).limits == [1, 1, 2, 3]
    assert classify([3.0, 1.0, 3.0, 2.0]).members == [2, 0, 2, 1]


def test_nothing_has_no_class_and_one_value_one():
    assert classify([]).limits == []
    assert classify([7.0]).members == [0]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="finite"):
        classify([1.0, value])


@given(st.lists(st.floats(-1e9, 1e9) | st.integers(0, 4).map(float), min_size=1, max_size=60))
def test_every_class_is_used_and_holds_what_lies_within_its_limits(values):
    found = classify(values)
    assert len(found.limits) - 1 <= MOST
    assert set(found.members) == set(range(len(found.limits) - 1))
    assert found.limits[0] == min(values)
    assert found.limits[-1] == max(values)
    for value, at in zip(values, found.members, strict=True):
        assert found.limits[at] <= value <= found.limits[at + 1]
        assert at == 0 or value > found.limits[at]
