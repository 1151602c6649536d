"""Figures that shade the regions of the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from geo.regions.shades import NAMES

Ask = Callable[..., Any]
ON = {"on": "2022-01-05"}


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_value_or_none_for_each_region(ask: Ask, name: str):
    told = ask("/api/figure", name=name, **ON)
    regions = {f["properties"]["id"] for f in ask("/api/basemap", **ON)["regions"]["features"]}
    assert set(told["values"]) == regions
    found = [value for value in told["values"].values() if value]
    assert found
    assert told["classes"] == sorted(told["classes"])
    assert 2 <= len(told["classes"]) <= 6
    for value in found:
        assert told["classes"][value["class"]] <= value["value"] <= told["classes"][value["class"] + 1]
    assert told["reference"] or told["population"]


def test_a_published_figure_says_unit_day_and_source(ask: Ask):
    told = ask("/api/figure", name="population", **ON)
    assert (told["title"], told["unit"], told["reference"]) == ("Population", "persons", "2022-01-01")
    assert told["source"]
    assert told["values"]["KZ-almaty-city"]["value"] == 2101485


def test_incidents_follow_the_query(ask: Ask):
    told = ask("/api/figure", name="incidents", start="2022-01-05", end="2022-01-05", **ON)
    counted = ask("/api/regions/KZ-almaty-city", start="2022-01-05", end="2022-01-05", **ON)["incidents"]
    assert told["values"]["KZ-almaty-city"]["value"] == counted > 0
    assert told["reference"] == "2022-01-05"


def test_a_region_that_was_not_there_on_the_days_asked_for_has_no_count(ask: Ask):
    told = ask("/api/figure", name="incidents", on="2022-06-30")
    assert told["values"]["KZ-abai"] is None
    assert told["values"]["KZ-aktobe"]["value"] > 0


def test_deaths_are_those_claimed_of_the_region_itself_and_still_standing(ask: Ask):
    people = ask("/api/figure", name="population", **ON)["values"]
    today = ask("/api/figure", name="deaths_per_100k", **ON)["values"]
    rate = 151 / people["KZ-almaty-city"]["value"] * 100_000
    assert today["KZ-almaty-city"]["value"] == pytest.approx(rate)
    assert today["KZ-east-kazakhstan"]["value"] == 0, "a claim of none is a figure"
    assert today["KZ-jambyl"] is None, "Taraz is not the region around it"
    then = ask("/api/figure", name="deaths_per_100k", known_on="2022-01-09", **ON)["values"]
    assert then["KZ-almaty-city"]["value"] == pytest.approx(103 / people["KZ-almaty-city"]["value"] * 1e5)
    after = ask("/api/figure", name="deaths_per_100k", known_on="2022-01-12", **ON)["values"]
    assert after["KZ-almaty-city"] is None


def test_an_unknown_figure_is_refused_with_those_that_are_known(refusal: Callable[..., dict[str, Any]]):
    told = refusal("/api/figure", name="happiness")
    assert told["status"] == 400
    assert "incidents_per_100k" in told["detail"]
