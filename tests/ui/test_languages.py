"""Every text of the page in every language."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Callable

import pytest
from babel.messages.catalog import Message
from playwright.sync_api import expect

from geo.ui.i18n import LANGUAGES
from scripts.messages import KEYWORDS, UI, extracted, read
from tests.ui.map_page import MapPage
from tests.visit import Visit

OTHERS = [code for code in LANGUAGES if code != "en"]


def texts(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_is_found_by_the_extraction() -> None:
    """Calls within f-strings are passed over by it on older Pythons, so there must be none."""
    found = {message.id if isinstance(message.id, str) else message.id[0] for message in extracted()}
    called = {
        call.args[0].value
        for file in UI.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
        and isinstance(call.args[0], ast.Constant)
    }
    assert called - found == set()


@pytest.mark.parametrize("code", OTHERS)
def test_no_text_lacks_a_translation(code: str) -> None:
    catalogue = read(code)
    wanted = [message for message in extracted() if message.id]
    assert len(wanted) > 50
    lacking = [m.id for m in wanted if not (known := catalogue.get(m.id)) or not all(texts(known))]
    assert lacking == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_fills_in_the_same_fields(code: str) -> None:
    for message in read(code):
        if message.id:
            meant = message.id if isinstance(message.id, str) else message.id[0]
            assert all(fields(text) == fields(meant) for text in texts(message)), message.id


@pytest.mark.parametrize(
    ("code", "headline", "page"),
    [("ru", "120 событий", "Заявления"), ("kk", "120 оқиға", "Мәлімдемелер")],
)
def test_the_page_speaks_the_language_of_the_address(
    visit: Callable[..., Visit], code: str, headline: str, page: str
) -> None:
    at = MapPage(visit(viewport={"width": 1440, "height": 1000}), f"/?lang={code}")
    expect(at.page.get_by_test_id("headline")).to_contain_text(headline)
    expect(at.page.get_by_role("tab", name=page)).to_be_visible()
    expect(at.frame.locator(".leaflet-control-scale-line")).to_have_text(re.compile(r"^\d+ км$"))
