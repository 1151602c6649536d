"""A page that opens from a disk with the network off, filters by day, and runs no text from outside."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.exports import Context
from geo.exports.page import embedded, write
from geo.query import IncidentQuery
from geo.store import Store

SQUARE = {"type": "Polygon", "coordinates": [[[40, -10], [90, -10], [90, 50], [40, 50], [40, -10]]]}
GROUND: dict[str, Any] = {
    "home": [40, -10, 90, 50],
    "countries": {"features": [{"properties": {"id": "AA", "home": True}, "geometry": SQUARE}]},
    "regions": {
        "features": [{"properties": {"id": "AA-west", "name": "West", "label": [60, 20]}, "geometry": SQUARE}]
    },
    "macro": {"features": []},
}


@pytest.fixture
def written_page(held: Store, context: Callable[..., Context], tmp_path: Path) -> Callable[..., Path]:
    """The file of an export: of a query, or of rows."""

    def of(rows: list[dict[str, Any]] | None = None, **asked: Any) -> Path:
        found = held.export(IncidentQuery(**asked)) if rows is None else iter(rows)
        path = tmp_path / "map.html"
        path.write_bytes(b"".join(write(found, replace(context("html", **asked), outlines=GROUND))))
        return path

    return of


@pytest.fixture
def opened(browser: Browser, written_page: Callable[..., Path]) -> Iterator[Callable[..., Page]]:
    """The page opened from the disk with the network off; errors and requests fail the test."""
    contexts = []

    def of(rows: list[dict[str, Any]] | None = None, scheme: str = "light", **asked: Any) -> Page:
        path = written_page(rows, **asked)
        contexts.append(browser.new_context(offline=True, color_scheme=scheme))
        page = contexts[-1].new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.on(
            "request", lambda one: None if one.url.startswith("file:") else faults.append(f"asked {one.url}")
        )
        page.goto(path.as_uri())
        expect(page.locator("#told")).not_to_be_empty()
        assert faults == []
        return page

    yield of
    for context in contexts:
        context.close()


def listed(page: Page) -> list[str]:
    return [str(item.get_attribute("data-id")) for item in page.locator(".item").all()]


def test_it_lists_and_draws_all_incidents_with_the_network_off(opened: Callable[..., Page]):
    page = opened()
    assert page.title() == "Small data"
    assert page.inner_text("#told") == "4 of 4 incidents shown"
    assert listed(page) == ["I1", "I2", "I3", "I4"]
    assert page.locator("#map .mark").count() == 2
    assert page.locator("#map .tag").get_attribute("aria-label") == "West, known to this area only: 1"
    first = page.locator(".item").first
    assert "The Daily, 2022-01-06" in first.inner_text()
    assert "killed: 2" in first.inner_text()
    assert first.locator("a").first.get_attribute("href") == "https://example.org/1?a=1&b=2"
    assert page.inner_text("#absent").startswith("1 known to no region")


def test_the_slider_filters_by_day(opened: Callable[..., Page]):
    page = opened()
    page.locator("#from").fill("1")
    assert listed(page) == ["I3", "I4"]
    assert page.inner_text("#days") == "6 January 2022 – 7 January 2022"
    page.locator("#to").fill("1")
    assert listed(page) == ["I3"]
    assert page.inner_text("#told") == "1 of 4 incidents shown"
    page.locator("#all").click()
    assert len(listed(page)) == 4


def test_play_goes_day_by_day_and_can_be_paused(opened: Callable[..., Page]):
    page = opened()
    page.locator("#play").click()
    assert page.inner_text("#days") == "5 January 2022"
    expect(page.locator("#days")).to_have_text("6 January 2022")
    assert listed(page) == ["I3"]
    page.locator("#play").click()
    assert page.locator("#play").get_attribute("aria-pressed") == "false"


def test_types_can_be_switched_off_and_a_mark_chosen_by_keyboard(opened: Callable[..., Page]):
    page = opened()
    page.locator("#map .mark").first.press("Enter")
    assert len(listed(page)) == 1
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Protests").uncheck()
    assert listed(page) == []
    assert "No incident on these days" in page.inner_text("#list")


def test_it_says_what_it_is_and_how_to_cite_it(opened: Callable[..., Page], context: Callable[..., Context]):
    page = opened(text="title")
    said = page.inner_text("footer")
    assert context("html", text="title").citation in said
    assert "no evidence that nothing happened" in said
    assert "q title" in said
    assert "eventmap export --format html -q title" in said


def test_nothing_found_is_a_page_that_says_so(opened: Callable[..., Page]):
    page = opened(text="nothing of the kind")
    assert page.inner_text("#told") == "0 of 0 incidents shown"
    assert "No incident matches this query; loosen it." in page.inner_text("#list")


def test_hostile_text_is_shown_and_never_run(opened: Callable[..., Page], hostile: list[dict[str, Any]]):
    page = opened([*hostile, hostile[0] | {"id": "J", "reports": [_script_link(hostile)]}])
    assert page.title() == "Small data"
    assert listed(page)[:5] == ["H0", "H1", "H2", "H3", "H4"]
    assert page.locator("h3").nth(1).inner_text() == hostile[1]["title"]
    assert page.locator(".item a").count() == 0
    assert page.locator(".item img, .item script").count() == 0


def _script_link(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return rows[0]["reports"][0] | {"url": "javascript:document.title='taken'"}


def test_the_dark_page_is_dark(opened: Callable[..., Page]):
    page = opened(scheme="dark")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(21, 24, 27)"


def test_it_fits_a_phone(opened: Callable[..., Page]):
    page = opened()
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_nothing_can_end_the_script_it_is_in():
    value = {"a": "</script><!--\u2028\u2029&<", "b": [1, None]}
    raw = embedded(value)
    assert not re.search(rb"[<>&]|\xe2\x80[\xa8\xa9]", raw)
    assert json.loads(raw) == value


def test_no_other_script_and_no_request_is_allowed(written_page: Callable[..., Path]):
    text = written_page().read_text(encoding="utf-8")
    policy = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_it_streams(held: Store, context: Callable[..., Context]):
    row = next(held.export(IncidentQuery()))
    pieces = list(write((row | {"id": str(n)} for n in range(1000)), context("html")))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 200_000
