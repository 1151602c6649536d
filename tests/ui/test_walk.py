"""A walk through every page, theme and language: no fault, nothing from elsewhere, fit for everyone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from geo.ui.vocabulary import PAGES
from tests.ui.map_page import MapPage
from tests.visit import Visit

Visiting = Callable[..., Visit]
GRAVE = ("serious", "critical")


def grave(page: Page) -> list[str]:
    """What axe-core finds that keeps somebody out: rule, help and the elements."""
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{rule['id']}: {rule['help']}: {[node['html'][:120] for node in rule['nodes']]}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_no_page_keeps_anybody_out_or_breaks(visit: Visiting, scheme: str, language: str) -> None:
    made = visit(viewport={"width": 1440, "height": 1000}, color_scheme=scheme)
    for name in PAGES:
        page = made.goto(f"/?lang={language}&page={name}")
        expect(page.get_by_test_id("headline")).to_contain_text("120")
        page.wait_for_timeout(1500)  # charts and tables are drawn after their text
        assert page.get_by_test_id("stException").count() == 0, name
        assert grave(page) == [], name
    assert made.foreign == []
    assert made.faults == []


def test_every_control_can_be_used_without_a_fault(visit: Visiting) -> None:
    at = MapPage(visit(viewport={"width": 1440, "height": 1200}))
    at.slide(2, -2)
    at.settle(start="2022-01-03", end="2022-01-11")
    at.type_box("Protests").click()
    at.page.get_by_role("radio", name="Town").click()
    at.page.wait_for_url("**min-precision=city**")
    at.page.get_by_label("Search").fill("square")
    at.page.get_by_label("Search").press("Enter")
    at.page.wait_for_url("**q=square**")
    at.page.get_by_role("combobox", name="Shade regions by").click()
    at.page.get_by_role("option", name="Population").click()
    at.page.wait_for_url("**figure=population**")
    for name in ("Claims", "Table", "Add data", "Sources", "Method", "Download", "Map"):
        at.page.get_by_role("tab", name=name).click()
        expect(at.page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
    at.page.get_by_role("button", name="Reset all filters").click()
    at.headline(120)
    assert at.page.get_by_test_id("stException").count() == 0
    assert at.visit.foreign == []
    assert at.visit.faults == []
