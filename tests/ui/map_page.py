"""The map page as a reader handles it: its controls, its map frame, its counts."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Error, Frame, Locator, Page, expect

from tests.visit import Visit

MAP = ".st-key-mapbox iframe"


class MapPage:
    """An open page. `frame` is the map's own document."""

    def __init__(self, visit: Visit, path: str = "/") -> None:
        self.visit = visit
        self.page: Page = visit.goto(path)
        self.page.wait_for_selector(MAP)
        self.frame: Frame = self._frame()
        self.settle()

    def _frame(self) -> Frame:
        """The map's document once it has drawn. Streamlit may load it twice at the start."""
        self.page.wait_for_selector(MAP)
        for _ in range(300):
            for frame in self.page.frames[1:]:
                try:
                    if frame.evaluate("document.documentElement.dataset.settled"):
                        return frame
                except Error:
                    continue
            self.page.wait_for_timeout(100)
        raise AssertionError("the map drew nothing within 30 seconds")

    def settle(self, **wanted: str) -> None:
        """Wait until the map has drawn the reply to these parameters."""
        self.frame.wait_for_function(
            """wanted => {
                 const { settled, query } = document.documentElement.dataset;
                 if (!settled) return false;
                 const drawn = new URLSearchParams(query || '');
                 return Object.entries(wanted).every(
                   ([name, value]) => drawn.getAll(name).join() === value);
               }""",
            arg=wanted,
        )

    @property
    def total(self) -> int:
        """How many incidents the map says it shows."""
        return int(self.frame.evaluate("document.documentElement.dataset.total"))

    def headline(self, count: int) -> str:
        """The sentence above the map, once it speaks of so many incidents."""
        line = self.page.get_by_test_id("headline")
        expect(line).to_contain_text(re.compile(rf"^{count:,} incidents? "))
        return line.inner_text()

    def slide(self, first: int, last: int) -> None:
        """Move the slider's handles by so many days with the arrow keys."""
        for handle, steps in zip(
            self.page.locator(".stSlider input[type=range]").all(), (first, last), strict=True
        ):
            handle.focus()
            for _ in range(abs(steps)):
                self.page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")

    def type_box(self, label: str) -> Locator:
        """The label of an event type's box, which a reader clicks."""
        return self.page.locator(".st-key-types label", has_text=label)

    def marks(self) -> list[dict[str, Any]]:
        """What the map draws: place, n, x, y in pixels of the map."""
        marks: list[dict[str, Any]] = self.frame.evaluate("window.eventmap.marks()")
        return marks

    def click_place(self, place: str) -> None:
        """Click the mark of a place on the map."""
        mark = next(mark for mark in self.marks() if mark["place"] == place)
        box = self.page.locator(MAP).bounding_box()
        assert box, "the map is not in view"
        self.page.mouse.click(box["x"] + mark["x"], box["y"] + mark["y"])

    @property
    def popup(self) -> Locator:
        """The open popup."""
        return self.page.frame_locator(MAP).locator(".leaflet-popup")
