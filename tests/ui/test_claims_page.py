"""The claims page in a real browser. Needs the tab "Claims" on the app's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.visit import Visit

Visiting = Callable[..., Visit]

OVERLAPS = """() => [...document.querySelectorAll('.em-field')].flatMap(field => {
  const seen = [...field.querySelectorAll('.em-label-box')].filter(one => one.offsetParent);
  const boxes = seen.map(one => one.getBoundingClientRect());
  const marks = [...field.querySelectorAll('.em-point')].map(one => one.getBoundingClientRect())
    .map(r => ({left: r.left + 6, right: r.right - 6, top: r.top + 6, bottom: r.bottom - 6}));
  const meet = (a, b) => a.left < b.right - .5 && b.left < a.right - .5
    && a.top < b.bottom - .5 && b.top < a.bottom - .5;
  return boxes.flatMap((box, at) => [
    ...boxes.slice(at + 1).filter(other => meet(box, other)), ...marks.filter(mark => meet(box, mark))
  ].map(() => seen[at].innerText));
})"""


def opened(visit: Visiting, **options: Any) -> Page:
    """The claims page, once it is drawn."""
    page = visit(**options).goto("/")
    page.get_by_role("tab", name="Claims").click()
    expect(page.get_by_role("heading", name="Killed: who claimed what, and when")).to_be_visible()
    return page


def choose(page: Page, key: str, option: str) -> None:
    """Choose by typing, as the list holds only what is in view."""
    page.locator(f".st-key-{key}").get_by_role("combobox").click()
    page.keyboard.type(option)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [390, 768, 1024, 1440, 1900])
def test_no_label_covers_another_or_a_point(visit: Visiting, width: int) -> None:
    page = opened(visit, viewport={"width": width, "height": 900})
    page.evaluate("document.fonts.ready")
    assert page.locator(".em-label-box:visible").count() >= 9
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_death_toll_reads_at_a_glance(visit: Visiting) -> None:
    page = opened(visit, viewport={"width": 1440, "height": 900})
    chart = page.locator(".em-claims-main")
    expect(chart).to_contain_text("What stands today: 238. Highest ever claimed: 238. Withdrawn: 164")
    numbers = chart.locator(".em-label-box:visible .em-number b")
    assert numbers.all_inner_texts() == ["26", "26", "164", "225", "227", "230", "232", "238", "238"]
    struck = chart.locator(".em-label-box.em-retracted:visible .em-number b")
    expect(struck).to_have_css("text-decoration-line", "line-through")
    part = page.locator(".em-claims-part")
    expect(part.get_by_role("heading", name="Almaty")).to_be_visible()
    assert part.locator(".em-label-box:visible .em-number b").all_inner_texts() == ["103", "139", "151"]


def test_a_point_reached_by_keyboard_says_all_about_its_claim(visit: Visiting) -> None:
    page = opened(visit, viewport={"width": 1440, "height": 900})
    point = page.get_by_role("link", name="164, Khabar 24").first
    page.locator(".em-point").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(point).to_be_focused()
    expect(point.locator(".em-tip")).to_be_visible()
    expect(point.locator(".em-tip")).to_contain_text("Withdrawn within hours as a technical error")
    assert str(point.get_attribute("href")).startswith("https://tass.ru/")


def test_colours_follow_a_switch_of_the_theme_at_once(visit: Visiting) -> None:
    page = opened(visit, viewport={"width": 1440, "height": 900}, color_scheme="light")
    title = page.get_by_role("heading", name="Kazakhstan", exact=True)
    expect(title).to_have_css("color", "rgb(27, 31, 35)")
    page.emulate_media(color_scheme="dark")
    expect(title).to_have_css("color", "rgb(231, 229, 224)")


def test_another_number_and_place_are_chosen(visit: Visiting) -> None:
    page = opened(visit, viewport={"width": 1440, "height": 900})
    choose(page, "metric", "Arrested")
    expect(page.get_by_role("heading", name="Arrested: who claimed what, and when")).to_be_visible()
    choose(page, "claims_place", "Kostanay Region")
    expect(page.locator(".em-claims")).to_have_count(1)
    expect(page.locator(".em-claims-main")).to_contain_text("No number stands today.")
