"""Layers over the reference: outlines on their days only, one identifier for a unit through all of them."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import pytest
import shapely
from shapely import box

from geo.regions.boundaries import Boundaries
from geo.regions.layers import Layer, overlay

START, END = dt.date(2020, 1, 1), dt.date(2020, 12, 31)


def layer(*, last: dt.date | None = None, whole: bool = False, **outlines: object) -> Layer:
    """Outlines by identifier, valid from 2020 on."""
    rows = [{"id": key, "name": key, "kind": "region", "geometry": shape} for key, shape in outlines.items()]
    return Layer("XA", START, last, gpd.GeoDataFrame(rows, crs="EPSG:4326"), whole, "drawn for a test")


def days(boundaries: Boundaries, key: str) -> list[tuple[dt.date | None, dt.date | None, float]]:
    """First and last day of each row of a unit, and the size of its outline."""
    own = boundaries.units[boundaries.units["id"] == key]
    rows = zip(own["valid_from"], own["valid_to"], shapely.area(own.geometry), strict=True)
    return sorted(rows, key=lambda row: row[0] or dt.date.min)


def test_a_unit_has_the_outline_of_a_layer_on_its_days_only(squares: Boundaries):
    laid = overlay(squares, [layer(last=END, west=box(0, 0, 0.5, 1))])
    assert days(laid, "west") == [
        (None, dt.date(2019, 12, 31), 1.0),
        (START, END, 0.5),
        (dt.date(2021, 1, 1), None, 1.0),
    ]
    assert laid.units.loc[laid.units["note"] == "drawn for a test", "geometry_quality"].tolist() == [
        "surveyed"
    ]


def test_a_layer_gives_an_outline_to_units_that_had_none(squares: Boundaries):
    where = ([1.5, 1.5], [0.2, 0.8], dt.date(2022, 1, 1))
    assert squares.assign(*where)["admin1_id"].tolist() == [None, None]
    halves = {"east-a": box(1, 0, 2, 0.5), "east-b": box(1, 0.5, 2, 1)}
    assert overlay(squares, [layer(**halves)]).assign(*where)["admin1_id"].tolist() == ["east-a", "east-b"]


def test_the_later_layer_lies_over_the_earlier(squares: Boundaries):
    laid = overlay(squares, [layer(west=box(0, 0, 0.5, 1)), layer(last=END, west=box(0, 0, 0.25, 1))])
    assert [size for *_, size in days(laid, "west")] == [1.0, 0.25, 0.5]


@pytest.mark.parametrize(("whole", "left"), [(True, ["new"]), (False, ["east-a", "east-b", "new", "west"])])
def test_units_that_a_whole_layer_lacks_did_not_exist_on_its_days(
    squares: Boundaries, whole: bool, left: list[str]
):
    laid = overlay(squares, [layer(whole=whole, new=box(0, 0, 2, 1))])
    assert laid.on(dt.date(2020, 6, 1), "XA")["id"].tolist() == left
    assert laid.on(dt.date(2019, 6, 1), "XA")["id"].tolist() == ["east", "west"]


def test_another_country_is_not_touched(squares: Boundaries):
    laid = overlay(squares, [layer(whole=True, new=box(0, 0, 2, 1))])
    assert days(laid, "north") == days(squares, "north")
