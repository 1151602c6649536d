"""The page over data that means harm, and over places nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from geo.ingest import boundaries
from geo.ingest.boundaries import Given
from geo.settings import Settings
from tests.conftest import build_store, serving
from tests.ingest.added.kazakhstan import SPLIT, units, written
from tests.sources.small import INCIDENT, REPORT, SOURCE, write_package
from tests.ui.map_page import MAP, MapPage
from tests.visit import Visit

ATTACK = '<img src=x onerror="parent.hacked=1;window.hacked=1"><script>window.hacked=1</script>**b** $x$'


@pytest.fixture(scope="module")
def page_of_harm(
    tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str], browser: Browser
) -> Iterator[MapPage]:
    folder = tmp_path_factory.mktemp("harm")
    texts = dict.fromkeys(("title", "summary", "place_text", "actors", "time_local", "source_type"), ATTACK)
    placed = INCIDENT | texts
    lost = INCIDENT | texts | {"id": "I2", "place": "Zzyzx"}
    told = REPORT | {"summary": ATTACK, "url": "javascript:alert(1)"}
    write_package(
        folder / "package",
        sources=[SOURCE | {"publisher": ATTACK}],
        incidents=[placed, lost],
        reports=[told, told | {"id": "R2", "incident_id": "I2"}],
    )
    store = build_store(folder / "harm.duckdb", environment, folder / "package")
    outlines = written(folder / "kz.geojson", units(SPLIT))
    said = Given("KZ", SPLIT, source=ATTACK, licence="CC BY 4.0")
    boundaries.add(Settings(store=store, cache=Path(environment["EVENTMAP_CACHE"])), outlines, said)
    with serving(store, environment, "harm") as address:
        visit = Visit(browser.new_context(viewport={"width": 1440, "height": 900}), address)
        yield MapPage(visit)
        visit.context.close()


def test_text_from_outside_is_shown_and_never_run(page_of_harm: MapPage) -> None:
    at = page_of_harm
    at.click_place("Almaty")
    expect(at.popup.locator(".entry")).to_have_count(1)
    expect(at.popup).to_contain_text("<script>window.hacked=1</script>")
    assert at.frame.evaluate("window.hacked === undefined && parent.hacked === undefined")
    assert at.popup.locator("img, script").count() == 0
    assert at.popup.locator("a[href^=javascript]").count() == 0
    assert at.visit.foreign == []


def test_those_whose_boundaries_were_added_are_named_in_the_map(page_of_harm: MapPage) -> None:
    named = page_of_harm.page.frame_locator(MAP).locator(".leaflet-control-attribution")
    expect(named).to_contain_text(f"Natural Earth · Places: GeoNames (CC BY 4.0) · {ATTACK} (CC BY 4.0)")
    assert named.locator("img, script").count() == 0


def test_an_incident_without_a_place_is_counted_and_listed_with_the_reason(page_of_harm: MapPage) -> None:
    at = page_of_harm
    at.headline(2)
    expect(at.page.frame_locator(MAP).get_by_text("1 incident could not be placed")).to_be_attached()
    at.page.get_by_text("1 incident without a place").click()
    entry = at.page.locator(".em-list li")
    expect(entry).to_contain_text("Zzyzx")
    expect(entry).to_contain_text("<script>window.hacked=1</script>")
    assert at.page.evaluate("window.hacked") is None


@pytest.mark.parametrize("name", ["table", "sources", "method", "download"])
def test_the_other_pages_show_text_from_outside_and_never_run_it(page_of_harm: MapPage, name: str) -> None:
    page = page_of_harm.visit.goto(f"/?page={name}")
    expect(page.get_by_test_id("headline")).to_contain_text("2 incidents")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.hacked") is None
    assert page.locator(".stMain a[href^=javascript], .stMain img[src=x]").count() == 0
    assert page.get_by_test_id("stException").count() == 0
    assert page_of_harm.visit.foreign == []
