"""Regions shaded by a figure, and the panel of a region, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import FrameLocator, expect

from tests.ui.map_page import MAP, MapPage
from tests.visit import Visit

Visiting = Callable[..., Visit]
ALL_DAYS = {"start": "2022-01-01", "end": "2022-01-13"}


@pytest.fixture
def at(visit: Visiting) -> MapPage:
    """The page on a desktop."""
    return MapPage(visit(viewport={"width": 1440, "height": 900}))


def inside(at: MapPage) -> FrameLocator:
    return at.page.frame_locator(MAP)


def push(at: MapPage, **state: object) -> None:
    at.frame.evaluate("state => window.eventmap.set(state)", {"query": ALL_DAYS, **state})


def shaded(at: MapPage, figure: str) -> dict[str, str]:
    """Wait for the shades of a figure; the fill of each region by its id."""
    push(at, figure=figure)
    at.frame.wait_for_function("name => document.documentElement.dataset.figure === name", arg=figure)
    at.frame.wait_for_function("document.querySelectorAll('[data-region]').length > 0")
    return dict(
        at.frame.evaluate(
            "[...document.querySelectorAll('[data-region]')].map(p => [p.dataset.region, p.style.fill])"
        )
    )


def test_each_class_has_its_shade_and_the_key_its_limits(at: MapPage, server: str) -> None:
    told = httpx.get(f"{server}/api/figure", params={"name": "density", "on": "2022-01-01"}).json()
    fills = shaded(at, "density")
    of_class: dict[int, set[str]] = {}
    for region, fill in fills.items():
        of_class.setdefault(told["values"][region]["class"], set()).add(fill)
    assert sorted(of_class) == [0, 1, 2, 3, 4]
    assert all(len(shades) == 1 for shades in of_class.values())
    assert len(set.union(*of_class.values())) == 5
    key = inside(at).get_by_role("group", name="Shades of the regions")
    expect(key).to_contain_text("Population density, people per km²")
    expect(key).to_contain_text("3,090")
    expect(key).to_contain_text("Source: ")
    expect(key.locator(".key-scale i")).to_have_count(5)


def test_a_region_without_a_figure_has_a_pattern_of_its_own(at: MapPage) -> None:
    fills = shaded(at, "deaths_per_100k")
    assert "no-figure" in fills["KZ-akmola"]
    assert fills["KZ-almaty-city"].startswith("rgb")
    assert at.frame.evaluate("document.querySelectorAll('pattern#no-figure circle').length") > 0
    expect(inside(at).get_by_role("group", name="Shades of the regions")).to_contain_text("no figure")
    inside(at).get_by_role("tab", name="Places").click()
    row = inside(at).locator("[data-row='figures KZ-akmola']")
    expect(row).to_have_text("Akmolano figure")


def test_without_a_figure_the_shades_go(at: MapPage) -> None:
    shaded(at, "population")
    push(at, figure="")
    at.frame.wait_for_function("!('figure' in document.documentElement.dataset)")
    fills = at.frame.evaluate("[...document.querySelectorAll('[data-region]')].map(p => p.style.fill)")
    assert set(fills) == {""}
    expect(inside(at).get_by_role("group", name="Shades of the regions")).to_have_count(0)


def test_incidents_are_shaded_under_the_query(at: MapPage) -> None:
    shaded(at, "incidents")
    key = inside(at).get_by_role("group", name="Shades of the regions")
    expect(key).to_contain_text("1–13 Jan 2022")
    push(at, figure="incidents", query={"start": "2022-01-05", "end": "2022-01-05"})
    expect(key).to_contain_text("5 January 2022")


def region_panel(at: MapPage, known_on: str) -> None:
    query = ALL_DAYS | ({"known-on": known_on} if known_on else {})
    at.frame.evaluate("state => window.eventmap.set(state)", {"query": query})
    at.settle(**{"known-on": known_on})
    inside(at).get_by_role("tab", name="Places").click()
    inside(at).locator("[data-row='figures KZ-almaty-city']").click()
    expect(at.popup.get_by_role("heading", name="What was claimed about it")).to_be_visible()


def test_the_region_panel_tells_what_was_claimed_and_withdrawn(at: MapPage) -> None:
    region_panel(at, "")
    withdrawn = at.popup.locator("[data-claim=C014]")
    expect(withdrawn.locator("s")).to_have_text("103")
    expect(withdrawn).to_contain_text("withdrawn on 9 January 2022")
    expect(at.popup.locator("[data-claim=C042] b")).to_have_text("151")
    expect(at.popup.locator("[data-claim=C027]")).to_contain_text("replaced by a later figure")


def test_on_the_day_itself_the_claim_stood_and_later_ones_were_not_there(at: MapPage) -> None:
    region_panel(at, "2022-01-09")
    expect(at.popup.locator("[data-claim=C014] b")).to_have_text("103")
    expect(at.popup.locator("[data-claim=C042]")).to_have_count(0)


def test_the_region_panel_lists_its_incidents(at: MapPage, server: str) -> None:
    region_panel(at, "")
    n = json.loads(httpx.get(f"{server}/api/details", params={"admin1": "KZ-almaty-city"}).text)["total"]
    at.popup.get_by_role("button", name="Show the incidents").click()
    expect(at.popup.locator(".entry")).to_have_count(n)
