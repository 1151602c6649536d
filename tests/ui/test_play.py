"""Playing the days inside the map, which never asks the page to run again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import FrameLocator, expect

from tests.ui.map_page import MAP, MapPage
from tests.visit import Visit

Visiting = Callable[..., Visit]
DESKTOP = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def at(visit: Visiting) -> MapPage:
    """The page on a desktop."""
    return MapPage(visit(**DESKTOP))


@pytest.fixture
def still(visit: Visiting) -> MapPage:
    """The page of a reader who does not want motion."""
    return MapPage(visit(**DESKTOP, reduced_motion="reduce"))


def inside(at: MapPage) -> FrameLocator:
    return at.page.frame_locator(MAP)


def opened(at: MapPage) -> None:
    inside(at).get_by_role("button", name="Play days").click()
    played(at, "2022-01-01")


def played(at: MapPage, day: str) -> None:
    """Wait until the map shows this day of a play."""
    at.frame.wait_for_function("day => document.documentElement.dataset.playing === day", arg=day, polling=20)


def on_days(server: str, **params: Any) -> int:
    reply = httpx.get(f"{server}/api/cells", params={"bbox": "-180,-90,180,90", "z": 2, **params})
    return int(reply.json()["total"])


def test_days_pass_without_a_message_to_the_page(visit: Visiting, server: str) -> None:
    going = visit(**DESKTOP)
    sent: list[object] = []
    going.page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(data)))
    at = MapPage(going)
    at.page.wait_for_timeout(500)
    before = len(sent)
    assert before > 0
    opened(at)
    played(at, "2022-01-03")
    assert at.total == on_days(server, start="2022-01-03", end="2022-01-03")
    at.settle(start="2022-01-03", end="2022-01-03")
    expect(inside(at).locator(".play-date")).to_have_text("3 January 2022")
    expect(inside(at).locator(".play-count")).to_have_text(f"{at.total} incidents that day")
    assert len(sent) == before
    assert going.foreign == []
    assert going.faults == []


def test_the_end_brings_all_days_back(still: MapPage) -> None:
    opened(still)
    assert still.total < 120
    inside(still).get_by_role("button", name="Back to all days").click()
    still.settle(start="", end="")
    assert still.total == 120
    assert still.frame.evaluate("document.documentElement.dataset.playing") is None
    expect(inside(still).get_by_role("button", name="Play days")).to_be_focused()


def test_where_motion_is_unwelcome_it_waits_to_be_started(still: MapPage) -> None:
    opened(still)
    still.page.wait_for_timeout(2600)
    played(still, "2022-01-01")
    inside(still).get_by_role("button", name="Play", exact=True).click()
    played(still, "2022-01-02")
    inside(still).get_by_role("button", name="Pause").click()
    still.page.wait_for_timeout(2600)
    played(still, "2022-01-02")


def test_keys_step_pick_start_and_end(still: MapPage) -> None:
    opened(still)
    days = inside(still).get_by_role("slider", name="Day")
    days.focus()
    keys = still.page.keyboard
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    played(still, "2022-01-03")
    keys.press("ArrowLeft")
    played(still, "2022-01-02")
    expect(days).to_have_attribute("aria-valuetext", "2 January 2022")
    keys.press("End")
    played(still, "2022-01-13")
    keys.press("Home")
    played(still, "2022-01-01")
    keys.press("Space")
    expect(inside(still).get_by_role("button", name="Pause")).to_be_visible()
    keys.press("Escape")
    still.settle(start="", end="")
    expect(inside(still).locator(".play-bar")).to_be_hidden()


def test_a_click_on_a_bar_shows_its_day(still: MapPage) -> None:
    opened(still)
    bars = inside(still).locator(".play-histogram")
    width = bars.bounding_box()["width"]  # type: ignore[index]
    bars.click(position={"x": width * 4.5 / 13, "y": 10})
    played(still, "2022-01-05")


def test_up_to_the_day_adds_up(still: MapPage, server: str) -> None:
    opened(still)
    inside(still).get_by_role("button", name="Up to the day").click()
    inside(still).get_by_role("slider", name="Day").press("End")
    still.settle(end="2022-01-13")
    played(still, "2022-01-13")
    assert still.total == 120
    inside(still).get_by_role("button", name="One day back").click()
    played(still, "2022-01-12")
    assert still.total == on_days(server, start="2022-01-01", end="2022-01-12")


def test_the_next_day_is_there_before_it_is_asked_for(still: MapPage) -> None:
    opened(still)
    still.page.wait_for_timeout(400)
    asked = [url for url in still.visit.requests if "/api/cells" in url]
    assert any(
        "start=2022-01-02&end=2022-01-02" in url or "end=2022-01-02&start=2022-01-02" in url for url in asked
    )
    inside(still).get_by_role("button", name="One day on").click()
    played(still, "2022-01-02")
    later = [url for url in still.visit.requests if "/api/cells" in url][len(asked) :]
    assert not any("start=2022-01-02" in url for url in later)


def test_another_query_of_the_page_ends_it(still: MapPage) -> None:
    opened(still)
    still.slide(4, -8)
    still.settle(start="2022-01-05", end="2022-01-05")
    expect(inside(still).locator(".play-bar")).to_be_hidden()
    expect(inside(still).get_by_role("button", name="Play days")).to_be_visible()


def test_the_page_can_start_it(still: MapPage) -> None:
    still.frame.evaluate("eventmap.set({query: {start: '2022-01-04', end: '2022-01-06'}, play: 1})")
    played(still, "2022-01-04")
    expect(inside(still).get_by_role("slider", name="Day")).to_have_attribute("aria-valuemax", "2")


def test_a_filter_that_leaves_no_day_says_so(still: MapPage) -> None:
    still.frame.evaluate("eventmap.set({query: {q: 'no such word at all'}})")
    still.settle(q="no such word at all")
    inside(still).get_by_role("button", name="Play days").click()
    expect(inside(still).locator(".play-count")).to_have_text("No day to play under the present filter.")
