"""What else the page may push to the map: a day of knowledge, a language, a place to go to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import FrameLocator, expect

from geo.maps import assets
from tests.ui.map_page import MAP, MapPage
from tests.visit import Visit

Visiting = Callable[..., Visit]
ALL_DAYS = {"start": "2022-01-01", "end": "2022-01-13"}


@pytest.fixture
def at(visit: Visiting) -> MapPage:
    """The page on a desktop, without flights."""
    return MapPage(visit(viewport={"width": 1440, "height": 900}, reduced_motion="reduce"))


def inside(at: MapPage) -> FrameLocator:
    return at.page.frame_locator(MAP)


def push(at: MapPage, **state: object) -> None:
    at.frame.evaluate("state => window.eventmap.set(state)", {"query": ALL_DAYS, **state})


def test_the_map_says_on_which_day_its_knowledge_stands(at: MapPage) -> None:
    banner = inside(at).locator(".known-on")
    expect(banner).to_be_hidden()
    push(at, query=ALL_DAYS | {"known-on": "2022-01-09"})
    expect(banner).to_have_text("As known on 9 January 2022")
    push(at)
    expect(banner).to_be_hidden()


def test_an_incident_whose_numbers_changed_since_says_so(at: MapPage, server: str) -> None:
    query = ALL_DAYS | {"known-on": "2022-01-07"}
    found = httpx.get(f"{server}/api/details", params=query).json()["incidents"]
    changed = next(row for row in found if row["id"] == "KZ22-023")
    assert changed["today"]["participants"] == 5000
    push(at, query=query, goto={"n": 1, "lon": changed["lon"], "lat": changed["lat"], "id": changed["id"]})
    entry = at.popup.locator("[data-entry=KZ22-023]")
    expect(entry).to_contain_text("1,000 taking part")
    expect(entry).to_contain_text("Today: 1,000–5,000 taking part")


def details(server: str, **params: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = httpx.get(f"{server}/api/details", params=params).json()["incidents"]
    return rows


def test_the_map_goes_to_an_incident_and_opens_it(at: MapPage, server: str) -> None:
    row = [row for row in details(server) if row["place"] == "Almaty"][-1]
    push(at, goto={"n": 1, "lon": row["lon"], "lat": row["lat"], "id": row["id"]})
    entry = at.popup.locator(f"[data-entry='{row['id']}']")
    expect(entry).to_have_class("entry is-sought")
    expect(entry).to_be_in_viewport()
    assert [mark["place"] for mark in at.marks()][:1] == ["Almaty"]


def test_the_same_goal_is_not_sought_twice(at: MapPage, server: str) -> None:
    row = next(row for row in details(server) if row["place"] == "Aktau")
    goal = {"n": 1, "lon": row["lon"], "lat": row["lat"], "id": row["id"]}
    push(at, goto=goal)
    expect(at.popup.locator(".entry.is-sought")).to_be_visible()
    at.page.keyboard.press("Escape")
    expect(at.popup).to_have_count(0)
    push(at, goto=goal, figure="population")
    at.frame.wait_for_function("document.documentElement.dataset.figure === 'population'")
    expect(at.popup).to_have_count(0)
    push(at, goto=goal | {"n": 2}, figure="population")
    expect(at.popup.locator(".entry.is-sought")).to_be_visible()


def test_the_map_goes_to_an_area_and_opens_it(at: MapPage, server: str) -> None:
    row = next(row for row in details(server) if row["area_id"] == "KZ-mangystau")
    push(at, goto={"n": 1, "area": "KZ-mangystau", "id": row["id"]})
    expect(at.popup.get_by_role("heading", name="Mangystau")).to_be_visible()
    expect(at.popup.locator(f"[data-entry='{row['id']}']")).to_be_in_viewport()


def test_what_concerns_the_whole_country_is_found_in_its_list(at: MapPage, server: str) -> None:
    row = [row for row in details(server) if row["area_id"] == "KZ"][-1]
    push(at, goto={"n": 1, "area": "KZ", "id": row["id"]})
    expect(inside(at).locator(f".panel [data-entry='{row['id']}']")).to_be_in_viewport()


def leaves(entry: Any, path: str = "") -> dict[str, Any]:
    """Every text of a language by its path; the forms of a plural as one."""
    if isinstance(entry, dict) and "other" not in entry:
        return {k: v for name, part in entry.items() for k, v in leaves(part, f"{path}/{name}").items()}
    return {path: entry}


def gaps(leaf: Any) -> set[str]:
    texts = leaf.values() if isinstance(leaf, dict) else leaf if isinstance(leaf, list) else [leaf]
    return {part.split("}")[0] for text in texts for part in text.split("{")[1:]}


def test_the_three_languages_say_the_same_things(at: MapPage) -> None:
    words = {
        name: leaves(
            at.frame.evaluate("async url => (await import(url)).default", assets.url(f"words.{name}.js"))
        )
        for name in ("en", "ru", "kk")
    }
    for name in ("ru", "kk"):
        assert list(words[name]) == list(words["en"]), name
        for path, leaf in words["en"].items():
            other = words[name][path]
            assert isinstance(other, type(leaf)), (name, path)
            if isinstance(leaf, list):
                assert len(other) == len(leaf), (name, path)
            if path not in {"/numbers", "/locale"}:
                assert gaps(other) == gaps(leaf), (name, path)
    assert all(
        set(leaf) == {"one", "few", "many", "other"}
        for leaf in words["ru"].values()
        if isinstance(leaf, dict)
    )


@pytest.mark.parametrize(
    ("language", "tab", "one_day", "shown"),
    [
        ("ru", "Вся страна", "5 января 2022 г.", "Показано: 120 событий"),
        ("kk", "Бүкіл ел", "2022 ж. 5 қаңтар", "Көрсетілгені: 120 оқиға"),
    ],
    ids=["ru", "kk"],
)
def test_the_map_speaks_the_language_of_the_page(
    at: MapPage, language: str, tab: str, one_day: str, shown: str
) -> None:
    push(at, language=language)
    expect(inside(at).get_by_role("tab", name=tab)).to_be_visible()
    assert at.frame.evaluate("document.documentElement.lang") == language
    push(at, language=language, query={"start": "2022-01-05", "end": "2022-01-05"})
    at.settle(start="2022-01-05")
    push(at, language=language)
    at.settle(start="2022-01-01")
    expect(inside(at).locator("[role=status]").first).to_have_text(shown)
    push(at, language=language, query=ALL_DAYS | {"known-on": "2022-01-05"})
    expect(inside(at).locator(".known-on")).to_contain_text(one_day)
    push(at, language="en")
    expect(inside(at).get_by_role("tab", name="Whole country")).to_be_visible()
    assert at.visit.faults == []
