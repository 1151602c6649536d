"""Pairs side by side: what they say, what is marked, and what becomes of a decision."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from geo.store import Search, Store
from geo.store.weights import COMPARISONS
from geo.ui import pairs_words
from tests.conftest import ROOT, build_store, serving
from tests.store import small
from tests.test_cli_duplicates import HEADER
from tests.ui.test_walk import grave
from tests.visit import Visit

HARM = "<img src=x onerror=alert(1)>"


def pair(tmp_path: Path) -> dict[str, object]:
    spot = {"lon": 5.0, "lat": 5.0, "fatalities_low": 2, "fatalities_high": 2}
    rows = [
        small.incident("A", dataset="one", title=HARM, **spot),
        small.incident("B", dataset="two", actors=HARM, **spot | {"fatalities_high": 3}),
    ]
    store = small.store(tmp_path / "pair.duckdb", rows)
    return next(iter(store.duplicates(Search(threshold=0))))


def test_what_differs_is_marked_and_what_one_lacks_is_not(tmp_path: Path):
    html = pairs_words.side_by_side(pair(tmp_path), 1, 7)
    marked = [
        line.split("</th>")[0].rsplit(">")[-1] for line in html.split("<tr")[1:] if "em-differs" in line
    ]
    assert marked == ["Killed"]
    assert "Pair 1 of 7" in html
    assert "<b>In favour:</b> " in html


def test_a_place_is_named_once_and_no_pair_is_certain(tmp_path: Path):
    row = {"place": "Semey", "place_text": "akimat, Semey", "admin1_name": "East Kazakhstan"}
    assert pairs_words.where(row) == "akimat, Semey, East Kazakhstan"
    assert pairs_words.where(row | {"place_text": None}) == "Semey, East Kazakhstan"
    assert pairs_words.where(dict.fromkeys(row)) == ""
    found = pair(tmp_path)
    said = [pairs_words.side_by_side(found | {"score": score}, 1, 1) for score in (0.9996, 0.0)]
    assert ["99 % likely" in said[0], "1 % likely" in said[1]] == [True, True]


def test_texts_from_outside_stay_text(tmp_path: Path):
    html = pairs_words.side_by_side(pair(tmp_path), 1, 1)
    assert HARM not in html
    assert html.count("&lt;img") == 2


def test_every_reason_has_words():
    loud = {f"{name}-{one.name}" for name, levels in COMPARISONS.items() for one in levels if one.weight}
    assert loud == set(pairs_words.words())


def test_an_empty_page_says_what_to_do():
    assert "eventmap import FILE" in pairs_words.nothing(1, False)
    assert "--threshold 0.1" in pairs_words.nothing(2, False)
    assert pairs_words.nothing(2, True) == "Every pair found has been decided on."


def test_a_store_of_one_data_set_says_how_to_add_another(visit: Callable[..., Visit]):
    page = visit().goto("/?page=duplicates")
    expect(page.locator(".st-key-nothing")).to_contain_text("There is one data set")


def test_a_pair_is_decided_with_the_keyboard_for_this_visit_or_for_good(
    browser: object, tmp_path: Path, environment: dict[str, str]
):
    held = build_store(tmp_path / "held.duckdb", environment)
    file = tmp_path / "ours.csv"
    file.write_text(
        HEADER
        + "o1,2022-01-05,43.2567,76.9286,Riots,City hall stormed with windows and doors smashed; automatic fire heard near it,,Vlast\n"  # noqa: E501
    )
    command = [sys.executable, "-m", "geo", "import", str(file), "--as", "table", "--store", str(held)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    before = Store(held).counts()["incidents"]
    for decide, after in (("no", before), ("yes", before - 1)):
        with serving(held, environment | {"EVENTMAP_DECIDE": decide}, f"duplicates-{decide}") as address:
            scheme = "light" if decide == "no" else "dark"
            made = Visit(browser.new_context(color_scheme=scheme), address)  # type: ignore[attr-defined]
            page = made.goto("/?page=duplicates")
            expect(page.get_by_test_id("pair")).to_contain_text("City hall stormed")
            expect(page.get_by_role("button", name="One event")).to_be_enabled()
            assert grave(page) == []
            page.locator(".em-pair h2").click()
            page.keyboard.press("n")
            expect(page.get_by_text("Two events: 1 pair.")).to_be_visible()
            page.get_by_role("button", name="Take the last one back").click()
            expect(page.get_by_test_id("pair")).to_contain_text("City hall stormed")
            page.locator(".em-pair h2").click()
            page.keyboard.press("y")
            expect(page.get_by_text("One event: 1 pair.")).to_be_visible()
            assert grave(page) == []
            with page.expect_download() as taken:
                page.get_by_role("button", name="Download the decisions").click()
            assert ",same," in Path(taken.value.path()).read_text(encoding="utf-8-sig")
            assert (made.faults, made.foreign) == ([], [])
            made.context.close()
        assert Store(held).counts()["incidents"] == after
