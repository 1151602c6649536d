"""Files of several kinds become the text of the story."""

from __future__ import annotations

import pytest

from geo.errors import ExtractError
from geo.extract.documents import text_of


def test_a_page_is_stripped_to_its_article():
    page = (
        "<html><head><title>x</title><script>var a='<p>no</p>'</script></head><body><nav>Menu</nav><article>"
        "<h1>Zhanaözen</h1><p>Police <b>arrested</b> 20&nbsp;people.<p>Two &amp; more."
        "</article><footer>c</footer>"
    )
    found = text_of(page.encode(), "page.html").split("\n\n")
    assert found == ["Zhanaözen", "Police arrested 20\u00a0people.", "Two & more."]


def test_markdown_loses_its_marks():
    text = text_of(b"# Title\n\nPolice *arrested* 20 [people](http://a.b).\n", "a.md")
    assert text.split("\n\n") == ["Title", "Police arrested 20 people."]


def test_plain_text_stays_as_it_is():
    assert text_of("Ab\r\ncd <b> é".encode(), "a.txt") == "Ab\ncd <b> é"
    assert text_of("\ufeffAb".encode("utf-16"), "a.txt").lstrip("\ufeff") == "Ab"
    cyrillic = "Полиция задержала двадцать человек на площади в городе, сообщили власти в пятницу вечером."
    assert text_of(cyrillic.encode("cp1251"), "a.txt") == cyrillic


def test_markup_without_end_takes_no_time():
    assert text_of(b"<div>" * 100_000 + b"<p>Two.</p>" + b"</div>" * 100_000, "x.html") == "Two."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 10, "is no text"),
        (b"%PDF-1.4 broken", "PDF"),
        (b"<html>" + b"<nav>" * 30_000, "too much markup"),
    ],
)
def test_what_holds_no_story_is_said_in_one_line(data: bytes, message: str):
    with pytest.raises(ExtractError, match=message) as refused:
        text_of(data, "x.html" if data.startswith(b"<") else "x.bin")
    assert "\n" not in str(refused.value)
