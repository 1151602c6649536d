"""The pages beside the map: table, sources, method, download."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from geo.exports import FORMATS
from geo.query import IncidentQuery
from geo.store import Store
from geo.ui import table, vocabulary
from tests.ui.map_page import MapPage
from tests.visit import Visit

Visiting = Callable[..., Visit]
DESKTOP = {"viewport": {"width": 1440, "height": 1000}}


def test_numbers_that_reports_differ_on_are_ranges() -> None:
    told = {"low": 1, "high": 3, "same": 4, "none": None}
    assert table.between(told, "low", "high") == "1–3"
    assert table.between(told, "same", "same") == "4"
    assert table.between(told, "none", "none") == ""


def test_the_table_holds_every_incident_with_its_days_and_source(store: Path) -> None:
    rows = Store(store).details(IncidentQuery(), limit=table.MOST)["incidents"]
    shown = table.frame(rows)
    assert len(shown) == 120
    assert shown["from"].iloc[0] == dt.date(2022, 1, 1)
    assert shown["from"].is_monotonic_increasing
    assert shown["source"].notna().sum() > 100


def test_a_row_flies_to_its_point_or_its_area() -> None:
    point = {"id": "I1", "lon": 76.9, "lat": 43.2, "area_id": None}
    area = {"id": "I2", "lon": None, "lat": None, "area_id": "KZ-mangystau"}
    assert table.goal(point, 1) == {"n": 1, "id": "I1", "lon": 76.9, "lat": 43.2}
    assert table.goal(area, 2) == {"n": 2, "id": "I2", "area": "KZ-mangystau"}


def test_every_format_says_whom_it_is_for() -> None:
    assert [name for name in FORMATS if not vocabulary.format_use(name)] == []


def test_the_download_page_offers_every_format_of_what_is_shown(visit: Visiting) -> None:
    made = visit(**DESKTOP)
    page = made.goto("/?page=download&start=2022-01-05&end=2022-01-05")
    links = page.locator(".em-formats a")
    expect(links).to_have_count(len(FORMATS))
    for link, name in zip(links.all(), FORMATS, strict=True):
        address = urlsplit(link.get_attribute("href") or "")
        assert address.path == f"/api/download/{name}"
        assert parse_qs(address.query) == {"start": ["2022-01-05"], "end": ["2022-01-05"]}
    expect(page.get_by_text("eventmap export --format geojson --start 2022-01-05")).to_be_visible()


def test_a_row_of_the_table_flies_the_map_there_and_opens_it(visit: Visiting) -> None:
    at = MapPage(visit(**DESKTOP))
    at.page.get_by_role("tab", name="Table").click()
    grid = at.page.get_by_test_id("stDataFrame").locator("canvas").first
    expect(grid).to_be_visible()
    at.page.wait_for_timeout(1000)
    box = grid.bounding_box()
    assert box
    at.page.mouse.click(box["x"] + 14, box["y"] + 54)  # the box that chooses the first row
    expect(at.page.get_by_role("tab", name="Map")).to_have_attribute("aria-selected", "true")
    expect(at.popup.get_by_role("heading", name="Zhanaozen")).to_be_visible(timeout=15_000)
