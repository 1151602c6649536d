"""The address holds what is shown, and brings it back."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.ui.map_page import MapPage
from tests.visit import Visit

Visiting = Callable[..., Visit]
DESKTOP = {"viewport": {"width": 1440, "height": 1000}}
SOME = "/?start=2022-01-04&end=2022-01-06&event-type=Riots&event-type=Battles&admin1=KZ-almaty-city&q=square"


def test_an_address_brings_back_the_same_view(visit: Visiting) -> None:
    first = MapPage(visit(**DESKTOP), SOME + "&known-on=2022-01-31&min-precision=city")
    line = first.page.get_by_test_id("headline").inner_text()
    assert first.total > 0
    assert "4–6 January 2022, as known on 31 January 2022" in line
    second = MapPage(visit(**DESKTOP), first.page.url.removeprefix(first.visit.origin))
    assert second.total == first.total
    assert second.page.get_by_test_id("headline").inner_text() == line
    assert second.page.url == first.page.url


def test_a_choice_is_written_into_the_address_and_reset_takes_it_out(visit: Visiting) -> None:
    at = MapPage(visit(**DESKTOP))
    assert urlsplit(at.page.url).query == ""
    at.slide(3, 0)
    at.settle(start="2022-01-04")
    at.type_box("Protests").click()
    at.page.wait_for_url("**event-type**")
    asked = parse_qs(urlsplit(at.page.url).query)
    assert asked["start"] == ["2022-01-04"]
    assert "Protests" not in asked["event-type"]
    assert len(asked["event-type"]) == 5
    at.page.get_by_role("button", name="Reset all filters").click()
    at.headline(120)
    assert urlsplit(at.page.url).query == ""


def test_what_cannot_be_understood_is_left_out_with_a_note(visit: Visiting) -> None:
    at = MapPage(visit(**DESKTOP), "/?start=yesterday&min-precision=banana&admin1=XX&lang=zz&end=2022-01-05")
    notes = at.page.get_by_test_id("stAlert")
    expect(notes).to_have_count(4)
    for named in ("start", "min-precision", "admin1", "lang"):
        expect(notes.filter(has_text=f"{named}: ")).to_have_count(1)
    assert "1–5 January 2022" in at.page.get_by_test_id("headline").inner_text()
    assert at.page.get_by_test_id("stException").count() == 0


def test_a_brush_across_the_bars_chooses_days(visit: Visiting) -> None:
    at = MapPage(visit(**DESKTOP))
    box = at.page.get_by_test_id("stVegaLiteChart").locator("svg, canvas").first.bounding_box()
    assert box
    day = (box["width"] - 34) / 13
    left, right = box["x"] + 30 + 3 * day + 4, box["x"] + 30 + 6 * day - 4
    at.page.mouse.move(left, box["y"] + 40)
    at.page.mouse.down()
    at.page.mouse.move((left + right) / 2, box["y"] + 50, steps=4)
    at.page.mouse.move(right, box["y"] + 50, steps=4)
    at.page.mouse.up()
    at.settle(start="2022-01-04", end="2022-01-06")
    expect(at.page.get_by_test_id("stSliderThumbValue").first).to_have_text("4 Jan")
    expect(at.page.get_by_test_id("stDateInput").nth(1).locator('[data-type="day"]')).to_have_text("06")


def test_an_embedded_page_is_header_and_map(visit: Visiting) -> None:
    at = MapPage(visit(**DESKTOP), "/?start=2022-01-05&end=2022-01-05&embed=true")
    assert at.total > 0
    assert "5 January 2022" in at.page.get_by_test_id("headline").inner_text()
    assert at.page.get_by_role("tab", name="Claims").count() == 0
    link = at.page.get_by_role("link", name="Open the whole page")
    assert link.get_attribute("href") == "/?start=2022-01-05&end=2022-01-05"


def test_a_page_is_in_the_address_too(visit: Visiting) -> None:
    at = MapPage(visit(**DESKTOP))
    at.page.get_by_role("tab", name="Claims").click()
    at.page.wait_for_url("**page=claims**")
    again = visit(**DESKTOP)
    again.goto("/?page=claims")
    expect(again.page.get_by_role("tab", name="Claims")).to_have_attribute("aria-selected", "true")


def test_the_view_of_the_map_is_in_the_address_and_outlives_a_change_of_filter(visit: Visiting) -> None:
    at = MapPage(visit(**DESKTOP))
    assert "#" not in at.page.url
    at.frame.locator(".leaflet-control-zoom-in").click()
    at.page.wait_for_url("**/#map=*/*/*")
    at.type_box("Protests").click()
    at.page.wait_for_url("**event-type=*#map=*/*/*")
    zoom, lat, lon = at.page.url.split("#map=")[1].split("/")
    copied = MapPage(visit(**DESKTOP), at.page.url.removeprefix(at.visit.origin))
    copied.headline(89)
    copied.page.wait_for_timeout(1000)
    assert copied.page.url.split("#map=")[1] == f"{zoom}/{lat}/{lon}"
    assert [mark["place"] for mark in copied.marks()] == [mark["place"] for mark in at.marks()]
    copied.frame.get_by_role("button", name="Show the whole country").click()
    copied.page.wait_for_function("!location.hash")


@pytest.mark.parametrize("view", ["map=5/95/10", "map=5/10", "map=<b>/1/2", "elsewhere"])
def test_a_view_that_is_none_is_left_out(visit: Visiting, view: str) -> None:
    at = MapPage(visit(**DESKTOP), f"/#{view}")
    at.headline(120)
    assert "Almaty" in [mark["place"] for mark in at.marks()]


def test_going_back_takes_the_last_choice_back(visit: Visiting) -> None:
    at = MapPage(visit(**DESKTOP))
    at.type_box("Protests").click()
    at.headline(89)
    at.page.wait_for_url("**event-type=*")
    at.page.wait_for_timeout(2500)  # until then the page takes an older address for a late one
    at.page.go_back()
    at.headline(120)
    assert "event-type" not in at.page.url
    at.page.wait_for_timeout(2500)
    at.page.go_forward()
    at.headline(89)


def test_the_number_and_the_place_of_the_claims_page_are_in_the_address(visit: Visiting) -> None:
    at = visit(**DESKTOP)
    at.goto("/?page=claims&metric=killed&place=Almaty")
    expect(at.page.get_by_role("combobox", name="Place")).to_have_value("Almaty")
    at.goto("/?page=claims&metric=nothing-of-ours")
    expect(at.page.get_by_role("combobox", name="Number of")).to_have_value("Killed")
    at.page.wait_for_url("**metric=killed&place=Kazakhstan")
