"""The map page in a real browser, over the default store."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT
from tests.ui.map_page import MAP, MapPage
from tests.visit import Visit

Visiting = Callable[..., Visit]
DESKTOP = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def at(visit: Visiting) -> MapPage:
    """The page on a desktop."""
    return MapPage(visit(**DESKTOP, accept_downloads=True))


def over_the_world(server: str, **params: Any) -> int:
    reply = httpx.get(f"{server}/api/cells", params={"bbox": "-180,-90,180,90", "z": 2, **params})
    return int(reply.json()["total"])


def exported(store: Path, environment: dict[str, str], *options: str) -> list[str]:
    command = [sys.executable, "-m", "geo", "export", "--store", str(store), *options]
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return [feature["id"] for feature in json.loads(made.stdout)["features"]]


def downloaded(at: MapPage) -> list[str]:
    with at.page.expect_download() as waiting:
        at.page.get_by_role("link", name="GeoJSON").click()
    collection = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    return [feature["id"] for feature in collection["features"]]


def test_all_days_are_shown_at_first(
    at: MapPage, server: str, store: Path, environment: dict[str, str]
) -> None:
    assert at.total == over_the_world(server) == 120
    assert at.headline(120).startswith("120 incidents in 17 regions from ")
    assert at.headline(120).endswith("1–13 January 2022, as known today")
    ids = downloaded(at)
    assert len(ids) == 120
    assert ids == exported(store, environment)


def test_one_day_by_the_slider_is_the_same_everywhere(
    at: MapPage, server: str, store: Path, environment: dict[str, str]
) -> None:
    at.slide(4, -8)
    at.settle(start="2022-01-05", end="2022-01-05")
    day = {"start": "2022-01-05", "end": "2022-01-05"}
    count = over_the_world(server, **day)
    assert 0 < count < 120
    assert at.total == count
    assert "5 January 2022" in at.headline(count)
    ids = downloaded(at)
    assert len(ids) == count
    assert ids == exported(store, environment, "--start", "2022-01-05", "--end", "2022-01-05")


def test_one_event_type_is_the_same_everywhere(
    at: MapPage, server: str, store: Path, environment: dict[str, str]
) -> None:
    for label in (
        "Protests",
        "Battles",
        "Explosions",
        "Violence against civilians",
        "Strategic developments",
    ):
        at.type_box(label).click()
    at.settle(**{"event-type": "Riots"})
    count = over_the_world(server, **{"event-type": "Riots"})
    assert at.total == count > 0
    at.headline(count)
    ids = downloaded(at)
    assert len(ids) == count
    assert ids == exported(store, environment, "--event-type", "Riots")


def test_no_event_type_shows_nothing_and_says_so(at: MapPage) -> None:
    for box in at.page.locator(".st-key-types label").all():
        box.click()
    at.settle(**{"event-type": "none"})
    assert at.total == 0
    at.headline(0)
    assert downloaded(at) == []
    expect(at.page.frame_locator(MAP).locator("b", has_text="No incident matches")).to_be_visible()


def test_typed_dates_and_slider_are_one_state(at: MapPage) -> None:
    at.slide(3, 0)
    at.settle(start="2022-01-04")
    typed = at.page.get_by_test_id("stDateInput").first
    expect(typed.locator('[data-type="day"]')).to_have_text("04")
    typed.locator('[data-type="day"]').click()
    at.page.keyboard.type("06012022")
    at.page.get_by_role("heading", level=1).click()
    at.settle(start="2022-01-06")
    expect(at.page.get_by_test_id("stSliderThumbValue").first).to_have_text("6 Jan")


def test_a_click_on_almaty_lists_its_incidents_by_date(at: MapPage, server: str) -> None:
    at.click_place("Almaty")
    items = at.popup.locator(".entry")
    expect(items).to_have_count(over_the_world(server, bbox="76.8,43.2,77,43.3", **{"min-precision": "city"}))
    expect(at.popup.get_by_role("heading", name="Almaty")).to_be_visible()
    text = at.popup.inner_text()
    assert text.index("Mon 3 January") < text.index("Wed 5 January") < text.index("Thu 6 January")


def test_a_move_of_the_slider_keeps_frame_view_and_popup(at: MapPage) -> None:
    at.click_place("Almaty")
    items = at.popup.locator(".entry")
    expect(items.first).to_be_visible()
    before = items.count()
    at.frame.wait_for_function("!document.querySelector('.leaflet-pan-anim')")  # the map makes room for it
    at.page.wait_for_timeout(100)
    at.frame.evaluate("window.stillHere = true")
    asked = len([url for url in at.visit.requests if "/api/basemap" in url])
    view = at.marks()
    at.slide(4, -8)
    at.settle(start="2022-01-05", end="2022-01-05")
    assert at.frame.evaluate("window.stillHere") is True
    assert len([url for url in at.visit.requests if "/api/basemap" in url]) == asked
    expect(at.popup.get_by_role("heading", name="Almaty")).to_be_visible()
    expect(items).not_to_have_count(before)
    there = {mark["place"]: (mark["x"], mark["y"]) for mark in at.marks()}
    kept = [mark for mark in view if mark["place"] in there]
    assert kept
    assert all(there[mark["place"]] == (mark["x"], mark["y"]) for mark in kept)


def test_a_visit_asks_nobody_else_and_meets_no_fault(at: MapPage) -> None:
    at.click_place("Almaty")
    at.slide(1, 0)
    at.settle(start="2022-01-02")
    assert at.visit.foreign == []
    assert at.visit.faults == []


def test_a_region_tells_its_figures(at: MapPage) -> None:
    at.page.frame_locator(MAP).get_by_role("button", name="Mangystau").first.click()
    expect(at.popup).to_contain_text("Mangystau")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phones_get_lists_in_a_sheet(visit: Visiting, scheme: str) -> None:
    at = MapPage(visit(viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True))
    at.page.frame_locator(MAP).get_by_role("button", name="Lists").click()
    expect(at.page.frame_locator(MAP).locator(".note", has_text="Reported for the country")).to_be_visible()
    assert at.frame.evaluate("document.documentElement.dataset.theme") == scheme
