"""The page "Read an article", from a pasted text to a data set that can be built."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.ui.test_walk import grave
from tests.visit import Visit

Visiting = Callable[..., Visit]
STORY = (ROOT / "tests" / "extract" / "stories" / "nigeria-villages.txt").read_text(encoding="utf-8")
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session", autouse=True)
def world(environment: dict[str, str], store: Path) -> None:
    """The index of the world's places, which the first reading builds, once for all tests."""
    command = [sys.executable, "-m", "geo", "extract", "-", "--published", "2021-07-25"]
    subprocess.run(
        command, cwd=ROOT, env=environment, input=STORY, capture_output=True, text=True, check=True
    )


def opened(made: Visit, language: str = "en") -> Page:
    page = made.goto(f"/?page=article&lang={language}")
    expect(page.locator("textarea")).to_be_visible()
    return page


def paste(page: Page, text: str, day: str = "25072021") -> None:
    """Give the text and the day, which is typed as day, month and year, and have it read."""
    page.locator("textarea").fill(text)
    if day:
        page.locator(".st-key-article_day [role=spinbutton]").first.click()
        page.keyboard.type(day)
        page.keyboard.press("Tab")
    page.wait_for_timeout(500)  # what was typed is on its way
    page.locator(".st-key-article_read button").click()


def summary(page: Page) -> str:
    told = page.get_by_test_id("article-summary")
    expect(told).to_be_visible()
    return told.inner_text()


def tab(page: Page, number: int) -> None:
    page.locator(".st-key-article_tab [role=tab]").nth(number).click()


def test_a_pasted_story_becomes_a_data_package_that_builds(
    visit: Visiting, tmp_path: Path, environment: dict[str, str]
) -> None:
    made = visit(viewport=DESKTOP, accept_downloads=True)
    page = opened(made)
    paste(page, STORY)
    assert re.match(r"\d+ incidents, \d+ claims", summary(page))
    page.locator(".st-key-article_accept button").click()
    held = page.get_by_test_id("visit")
    expect(held).to_contain_text("from 1 article")
    counted = [int(number) for number in re.findall(r"\d+", held.inner_text())[:2]]
    with page.expect_download() as waiting:
        page.locator(".st-key-article_zip button").click()
    folder = tmp_path / "articles"
    with zipfile.ZipFile(waiting.value.path()) as packed:
        packed.extractall(folder)
    store = tmp_path / "articles.duckdb"
    command = [sys.executable, "-m", "geo", "build", str(folder), "--strict", "--store", str(store)]
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "0 rejects" in built.stdout
    rows = {name: (folder / f"{name}.csv").read_text().count("\n") - 1 for name in ("incidents", "claims")}
    assert list(rows.values()) == counted
    assert made.foreign == []
    assert made.faults == []


def test_the_same_can_be_taken_as_geojson(visit: Visiting) -> None:
    page = opened(visit(viewport=DESKTOP, accept_downloads=True))
    paste(page, STORY)
    page.locator(".st-key-article_accept button").click()
    with page.expect_download() as waiting:
        page.locator(".st-key-article_geojson button").click()
    found = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) >= 1
    assert {feature["type"] for feature in found["features"]} == {"Feature"}


def test_a_correction_moves_the_candidate_on_the_map(visit: Visiting) -> None:
    page = opened(visit(viewport=DESKTOP))
    paste(page, STORY)
    summary(page)
    page.get_by_role("button", name="Correct 1", exact=True).click()
    place = page.get_by_label("Place", exact=True)
    place.fill("Maiduguri")
    place.press("Enter")
    card = page.locator(".em-card").first
    expect(card).to_contain_text("Maiduguri (town)")
    expect(card).to_contain_text("corrected")
    page.keyboard.press("Escape")
    tab(page, 2)
    frame = page.frame_locator(".st-key-articlemap iframe")
    expect(frame.locator("html[data-settled]")).to_be_attached()
    expect(frame.locator(".key")).to_be_visible()


def test_what_is_unticked_is_not_accepted(visit: Visiting) -> None:
    page = opened(visit(viewport=DESKTOP))
    paste(page, STORY)
    summary(page)
    button = page.locator(".st-key-article_accept button")
    before = int(re.findall(r"\d+", button.inner_text())[0])
    page.locator(".stCheckbox label", has_text="Accept 1").first.click()
    expect(button).to_have_text(f"Accept {before - 1} ticked")


def test_a_file_is_read_as_well(visit: Visiting, tmp_path: Path) -> None:
    page = opened(visit(viewport=DESKTOP))
    told = "".join(f"<p>{line}</p>" for line in STORY.splitlines())
    file = tmp_path / "story.html"
    file.write_text(f"<html><script>var x = 'Paris';</script><body>{told}</body></html>", encoding="utf-8")
    page.locator(".st-key-article_file input[type=file]").set_input_files(file)
    expect(page.get_by_text("story.html")).to_be_visible()
    paste(page, "")
    assert "incident" in summary(page)
    expect(page.locator(".em-article")).not_to_contain_text("var x")


def test_without_a_day_the_page_asks_for_one(visit: Visiting) -> None:
    page = opened(visit(viewport=DESKTOP))
    paste(page, STORY, "")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Set the day of publication.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("Il y a eu deux morts dans la nuit de samedi à Lyon, selon la police.", "language|English"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(visit: Visiting, text: str, said: str) -> None:
    page = opened(visit(viewport=DESKTOP))
    paste(page, text)
    expect(page.get_by_test_id("stAlert")).to_contain_text(re.compile(said))
    assert page.get_by_test_id("stException").count() == 0


def test_hostile_words_of_an_article_stay_words(visit: Visiting) -> None:
    made = visit(viewport=DESKTOP)
    page = opened(made)
    bad = "<img src=x onerror=\"document.title='owned'\"> in Goma killed 5 on Friday, <b>police</b> said."
    paste(page, STORY + bad)
    summary(page)
    expect(page.locator(".em-article")).to_contain_text("img src=x onerror=")
    assert page.locator(".em-article img, .em-card img").count() == 0
    assert page.title() != "owned"
    assert made.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_reading_keeps_nobody_out(visit: Visiting, viewport: dict[str, int], scheme: str) -> None:
    made = visit(viewport=viewport, color_scheme=scheme)
    page = opened(made, "ru" if scheme == "dark" else "en")
    paste(page, STORY)
    summary(page)
    for number in range(3):
        tab(page, number)
        page.wait_for_timeout(1500)
        assert grave(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert wide, "the page is wider than the window"
    assert made.foreign == []
    assert made.faults == []
