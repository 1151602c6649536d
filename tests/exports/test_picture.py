"""A page for print: whole, the same each time, with everything in it that a reader needs."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from geo.exports import Context, picture
from geo.exports.ink import Ink
from geo.exports.picture import HIGH, MARGIN, WIDE, page
from geo.exports.seen import Seen
from geo.query import IncidentQuery
from geo.store import Store

SQUARE = {"type": "Polygon", "coordinates": [[[40, -10], [90, -10], [90, 50], [40, 50], [40, -10]]]}
WEST = {"type": "Polygon", "coordinates": [[[45, 5], [65, 5], [65, 40], [45, 40], [45, 5]]]}


def one(shape: Any, **properties: Any) -> dict[str, Any]:
    return {"features": [{"properties": properties, "geometry": shape}]}


GROUND: dict[str, Any] = {
    "home": [40, -10, 90, 50],
    "on": "2022-01-05",
    "countries": one(SQUARE, id="AA", name="Aland", home=True),
    "regions": one(WEST, id="AA-west", name="West", label=[55, 20]),
    "macro": one(SQUARE, id="AA-all", name="All of it", regions=["AA-west"], label=[60, 30]),
}


@pytest.fixture
def drawn(held: Store, context: Callable[..., Context]) -> Callable[..., Ink]:
    """The page of a query: `drawn(text="x")`, or of rows."""

    def of(rows: list[dict[str, Any]] | None = None, **asked: Any) -> Ink:
        found = held.export(IncidentQuery(**asked)) if rows is None else iter(rows)
        return page(Seen(found), replace(context("png", **asked), outlines=GROUND))

    return of


def lines(ink: Ink) -> list[str]:
    return [text.get_text() for text in ink.axes.texts]


def test_it_says_what_is_shown_from_whom_and_how_to_cite_it(
    drawn: Callable[..., Ink], context: Callable[..., Context]
):
    said = lines(drawn())
    assert said[:2] == ["Small data", "4 incidents · 5–7 January 2022"]
    assert {"Event types", "Protests", "Sources (2)", "Not on the map", "1 without a place", "N"} <= set(said)
    assert any(line.startswith("The Daily; Reprint") for line in said)
    assert any("eventmap export --format png" in line for line in said)
    assert context("png").citation in " ".join(said)
    assert any(line.startswith("Boundaries as on 2022-01-05.") for line in said)


def test_counts_stand_at_places_and_in_the_tag_of_a_region(drawn: Callable[..., Ink], held: Store):
    row = next(held.export(IncidentQuery()))
    said = lines(drawn([row | {"id": f"N{at}"} for at in range(12)]))
    assert said.count("12") == 2  # in the ring and in the legend
    wider = lines(drawn([row | {"lon": None, "lat": None, "area_id": "AA-all"}]))
    assert "All of it 1" in wider
    assert "known to a wider area only" in wider
    country = lines(drawn([row | {"lon": None, "lat": None, "area_id": "AA", "place": "Aland"}]))
    assert "1 reported for Aland as a whole" in country


def overlaps(ink: Ink) -> list[tuple[str, str]]:
    """Pairs of texts whose ink meets, and texts that leave the page."""
    ink.figure.draw_without_rendering()
    boxes = [(text.get_text(), text.get_window_extent()) for text in ink.axes.texts]
    page_box = ink.figure.bbox
    out = [
        (text, "the page")
        for text, box in boxes
        if box.x0 < 0 or box.y0 < 0 or box.x1 > page_box.x1 or box.y1 > page_box.y1
    ]
    for at, (text, box) in enumerate(boxes):
        for other, its in boxes[at + 1 :]:
            wide = min(box.x1, its.x1) - max(box.x0, its.x0)
            high = min(box.y1, its.y1) - max(box.y0, its.y0)
            if wide > 0.5 and high > 0.25 * min(box.height, its.height):
                out.append((text, other))
    return out


def test_no_text_meets_another_or_leaves_the_page(drawn: Callable[..., Ink], held: Store):
    assert overlaps(drawn()) == []
    assert overlaps(drawn(text="nothing of the kind")) == []
    row = next(held.export(IncidentQuery()))
    spots = [(48 + 1.7 * (at % 20), 4 + 1.9 * (at // 20)) for at in range(240)]
    crowd = [row | {"lon": x, "lat": y, "place": f"Place {at}"} for at, (x, y) in enumerate(spots)]
    assert overlaps(drawn(crowd)) == []


def test_long_and_hostile_texts_keep_their_place(drawn: Callable[..., Ink], hostile: list[dict[str, Any]]):
    shown = drawn(hostile)
    assert overlaps(shown) == []
    assert not any(re.search(r"[\x00-\x1f]", line) for line in lines(shown))
    assert not any(text.get_parse_math() for text in shown.axes.texts)


def test_nothing_found_is_a_page_that_says_so(drawn: Callable[..., Ink]):
    said = lines(drawn(text="nothing of the kind"))
    assert "No incident matches this query; loosen it." in said
    assert "0 incidents" in said


def exported(form: str, held: Store, context: Context) -> bytes:
    return b"".join(getattr(picture, f"write_{form}")(held.export(IncidentQuery()), context))


def test_png_is_an_a4_page_at_240_dots_an_inch_with_ink_up_to_its_margins(
    held: Store, context: Callable[..., Context]
):
    image = Image.open(io.BytesIO(exported("png", held, replace(context("png"), outlines=GROUND))))
    image.load()
    assert image.format == "PNG"
    assert image.size == (int(WIDE * 240 / 72), int(HIGH * 240 / 72))
    assert round(image.info["dpi"][0]) == 240
    assert image.info["Title"] == "Small data"
    assert image.info["Description"] == context("png").citation
    dark = np.asarray(image.convert("L")) < 250
    edge = int((MARGIN - 8) * 240 / 72)
    margins = [dark[:edge], dark[-edge // 2 :], dark[:, :edge], dark[:, -edge:]]
    assert dark.any()
    assert [margin.any() for margin in margins] == [False] * 4


def test_svg_is_xml_with_outlined_letters_and_no_clock(held: Store, context: Callable[..., Context]):
    raw = exported("svg", held, context("svg"))
    root = ElementTree.fromstring(raw)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("width") == "841.89pt"
    names = {"dc": "http://purl.org/dc/elements/1.1/"}
    assert root.findtext(".//dc:title", namespaces=names) == "Small data"
    assert root.find(".//dc:date", names) is None
    assert root.find(".//{http://www.w3.org/2000/svg}text") is None
    hrefs = [value for tag in root.iter() for name, value in tag.attrib.items() if name.endswith("href")]
    assert all(value.startswith("#") for value in hrefs)


def test_pdf_embeds_its_letters_and_holds_no_clock(held: Store, context: Callable[..., Context]):
    raw = exported("pdf", held, context("pdf"))
    assert raw.startswith(b"%PDF-1.")
    assert raw.rstrip().endswith(b"%%EOF")
    assert raw.count(b"/Type /Page\n") + raw.count(b"/Type /Page ") == 1
    assert b"/FontFile2" in raw
    assert b"CreationDate" not in raw
    assert b"(Small data)" in raw


def test_without_outlines_the_marks_are_drawn_all_the_same(held: Store, context: Callable[..., Context]):
    said = lines(page(Seen(held.export(IncidentQuery())), context("png")))
    assert "1 reported for Запад as a whole" in said
