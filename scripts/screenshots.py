"""Pictures of the page for README and docs: `make screenshots`.

Needs a store (`eventmap build`) and Chromium. Writes docs/images/*.png.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.slider import Server
from geo.settings import Settings
from tests.chromium import find
from tests.conftest import QUIET
from tests.ui.map_page import MapPage
from tests.visit import Visit

IMAGES = Path(__file__).parent.parent / "docs" / "images"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SETTLE_MS = 1200


def main() -> None:
    """Take the pictures."""
    IMAGES.mkdir(exist_ok=True)
    server = Server("screenshots", Settings.from_environment().store.resolve())
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=list(QUIET))
            for name, size, scheme, place in (
                ("map-light", DESKTOP, "light", ""),
                ("map-dark", DESKTOP, "dark", ""),
                ("map-popup", DESKTOP, "light", "Almaty"),
                ("map-phone", PHONE, "light", ""),
            ):
                context = browser.new_context(viewport=size, color_scheme=scheme)
                at = MapPage(Visit(context, server.address))
                if place:
                    at.click_place(place)
                at.page.wait_for_timeout(SETTLE_MS)
                at.page.screenshot(path=IMAGES / f"{name}.png", full_page=size is PHONE)
                context.close()
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
