"""Lines that fit and boxes that do not overlap."""

from __future__ import annotations

import pytest

from geo.exports.typeset import Box, Page, shortened, width, wrap


@pytest.mark.parametrize("text", ["one two three " * 20, "x" * 500, "Қазақстан " * 30, "", "a\nb\tc\x01d"])
@pytest.mark.parametrize("room", [30.0, 100.0, 400.0])
def test_no_line_is_longer_than_its_room(text: str, room: float):
    lines = wrap(text, room, 8)
    assert all(width(line, 8) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.replace("\x01", "\ufffd").split())


def test_what_is_left_out_is_told():
    lines = wrap("one two three " * 20, 80, 8, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert width(lines[-1], 8) <= 80
    assert shortened("a very long name", 30, 8).endswith("…")
    assert shortened("short", 300, 8) == "short"


def test_a_box_is_put_where_nothing_else_is():
    page = Page(Box(0, 0, 100, 100))
    page.take(Box(0, 0, 50, 50))
    first, second, outside = Box(40, 40, 60, 60), Box(60, 60, 80, 80), Box(90, 90, 110, 110)
    assert page.first([first, outside, second]) == second
    assert page.first([second, first, outside]) is None
