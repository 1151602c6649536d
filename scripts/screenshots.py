"""Pictures of every page for README and docs: `make screenshots`.

Needs a store (`eventmap build`) and Chromium. Writes docs/images/*.png: each page on a desktop in light
and in dark, and on a phone, and the map with an open popup.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from bench.slider import Server
from geo.settings import Settings
from geo.ui.vocabulary import PAGES
from tests.chromium import find
from tests.conftest import QUIET
from tests.ui import test_add, test_article
from tests.ui.map_page import MapPage
from tests.visit import Visit

IMAGES = Path(__file__).parent.parent / "docs" / "images"
STORY = Path(__file__).parent.parent / "tests" / "extract" / "stories" / "peru-roadblock.txt"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LOOKS = {"light": (DESKTOP, "light"), "dark": (DESKTOP, "dark"), "phone": (PHONE, "light")}
SETTLE_MS = 2500


def main() -> None:
    """Take the pictures."""
    IMAGES.mkdir(exist_ok=True)
    server = Server("screenshots", Settings.from_environment().store.resolve())
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=list(QUIET))
            for look in LOOKS:
                for name in PAGES:
                    for at in _visit(browser, server.address, look):
                        _open(at, name)
                        at.page.screenshot(path=IMAGES / f"{name}-{look}.png")
            for at in _visit(browser, server.address, "light"):
                MapPage(at).click_place("Almaty")
                at.page.wait_for_timeout(SETTLE_MS)
                at.page.screenshot(path=IMAGES / "map-popup.png")
            browser.close()
    finally:
        server.stop()


def _visit(browser: Browser, address: str, look: str) -> Iterator[Visit]:
    size, scheme = LOOKS[look]
    context = browser.new_context(viewport=size, color_scheme=scheme, has_touch=size is PHONE)
    yield Visit(context, address)
    context.close()


def _open(visit: Visit, name: str) -> None:
    if name == "map":
        MapPage(visit)
    else:
        visit.goto(f"/?page={name}")
        expect(visit.page.get_by_test_id("headline")).to_contain_text("incidents")
    if name == "article":
        test_article.paste(visit.page, STORY.read_text(encoding="utf-8"), day="16032023")
        test_article.summary(visit.page)
    if name == "add":
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "reports.csv"
            table.write_text(test_add.SUMMARY, encoding="utf-8")
            test_add.bring(visit.page, table)
            test_add.answer(visit.page, "5 January 2022")
            test_add.read(visit.page)
    visit.page.wait_for_timeout(SETTLE_MS)


if __name__ == "__main__":
    main()
