"""The download page: sizes, links and what is copied from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import expect

from geo.exports import FORMATS
from geo.query import IncidentQuery, Interval
from geo.ui import take
from tests.store.small import day
from tests.visit import Visit


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "1 kB"), (99_400, "99 kB"), (1_449_000, "1.4 MB"), (12_000_000, "12 MB")]
)
def test_sizes_are_read_at_a_glance(size: int, shown: str) -> None:
    assert take.weight(size) == shown


def test_data_come_first_and_what_draws_a_map_second() -> None:
    html = take.links(IncidentQuery(), {"csv": 99_400})
    places = {name: html.index(f"/api/download/{name}?") for name in FORMATS}
    assert max(places[name] for name, form in FORMATS.items() if not form.drawn) < html.index("To look at")
    assert min(places[name] for name, form in FORMATS.items() if form.drawn) > html.index("To look at")
    assert html.count("kB") == 1


def test_hostile_words_of_a_search_stay_within_the_address() -> None:
    html = take.links(IncidentQuery(text='"><script>alert(1)</script>'), {})
    assert "<script" not in html
    assert 'href="/api/download/csv?q=%22%3E%3Cscript' in html


def test_nothing_is_a_valid_file_and_says_so() -> None:
    assert take.said(0) == "No incident matches this filter; a file made now is valid and empty."
    assert take.said(1).startswith("1 incident, exactly as the map shows it")


def test_sizes_are_those_of_the_files(visit: Callable[..., Visit], server: str) -> None:
    page = visit(viewport={"width": 1440, "height": 1000}).goto("/?page=download&end=2022-01-04")
    link = page.get_by_role("link", name="GeoJSON", exact=True).last
    expect(link).to_be_visible()
    address = link.get_attribute("href") or ""
    assert parse_qs(urlsplit(address).query) == {"end": ["2022-01-04"]}
    size = len(httpx.get(server + address).content)
    row = page.locator(".em-formats li").first
    expect(row).to_contain_text(take.weight(size))


def test_the_citation_comes_in_three_forms(visit: Callable[..., Visit]) -> None:
    page = visit(viewport={"width": 1440, "height": 1200}).goto("/?page=download&q=square")
    shown = page.get_by_test_id("stCode")
    expect(shown.first).to_contain_text("Query: q square")
    page.get_by_role("tab", name="CSL-JSON").click()
    assert json.loads(shown.nth(2).inner_text())[0]["type"] == "dataset"
    page.get_by_role("tab", name="BibTeX").click()
    assert shown.nth(1).inner_text().startswith("@misc{")
    expect(shown.last).to_contain_text("eventmap export --format geojson -q square")


def test_the_command_and_the_links_ask_the_same() -> None:
    query = IncidentQuery(interval=Interval(day(5), day(6)), event_types=("Riots",))
    assert "start=2022-01-05&amp;end=2022-01-06&amp;event-type=Riots" in take.links(query, {})
