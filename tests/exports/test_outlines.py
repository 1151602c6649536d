"""The ground under a drawing, from the units of a day."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import shapely

from geo.exports.outlines import outlines

DAY = dt.date(2022, 1, 5)
UNITS = pd.DataFrame(
    {
        "id": ["KZ-west", "KZ-east", "RU-near", "BR-far", "KZ-none"],
        "admin0": ["KZ", "KZ", "RU", "BR", "KZ"],
        "name": ["West", "East", "Near", "Far", "None"],
        "geometry": [
            shapely.box(50, 45, 60, 50).wkb,
            shapely.box(60, 45, 70, 50).wkb,
            shapely.box(50, 50, 70, 60).wkb,
            shapely.box(-50, -10, -40, 0).wkb,
            None,
        ],
    }
)
MACRO = [{"id": "KZ-all", "name": "All", "regions": ["KZ-west", "KZ-east", "KZ-none"], "note": None}]


def test_the_ground_is_the_countries_near_and_the_regions_of_the_data():
    ground = outlines(UNITS, ["KZ"], MACRO, DAY)
    assert (ground["home"], ground["on"]) == ([50, 45, 70, 50], "2022-01-05")
    countries = [feature["properties"] for feature in ground["countries"]["features"]]
    assert [(one["id"], one["name"], one["home"]) for one in countries] == [
        ("KZ", "Kazakhstan", True),
        ("RU", "Russia", False),
    ]
    assert [one["properties"]["id"] for one in ground["regions"]["features"]] == ["KZ-west", "KZ-east"]


def test_a_country_and_a_macro_region_are_the_union_of_their_regions():
    ground = outlines(UNITS, ["KZ"], MACRO, DAY)
    for part in ("countries", "macro"):
        shape = shapely.geometry.shape(ground[part]["features"][0]["geometry"])
        assert shape.area == 100
    assert ground["macro"]["features"][0]["properties"]["regions"] == ["KZ-west", "KZ-east", "KZ-none"]


def test_land_beyond_is_cut_and_labels_lie_inside():
    ground = outlines(UNITS, ["KZ"], MACRO, DAY)
    russia = shapely.geometry.shape(ground["countries"]["features"][1]["geometry"])
    assert russia.bounds == (50, 50, 70, 52.5)
    west = ground["regions"]["features"][0]
    assert shapely.geometry.shape(west["geometry"]).contains(shapely.Point(west["properties"]["label"]))


def test_no_units_are_no_ground():
    ground = outlines(UNITS[:0], [], [], DAY)
    assert ground["countries"]["features"] == ground["regions"]["features"] == []
