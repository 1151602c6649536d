"""What holds of every format: made again it is the same, it says what it is, and nothing is no fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from geo.exports import FORMATS, Context
from geo.exports.context import COLOURS
from geo.maps.palette import event_colours
from geo.query import IncidentQuery
from geo.schema import EVENT_TYPES
from geo.store import Store

LATER = "2030-01-01T00:00:00Z"


@pytest.fixture(params=FORMATS)
def name(request: pytest.FixtureRequest) -> str:
    """Each format."""
    return str(request.param)


def export(held: Store, context: Context, name: str, **asked: Any) -> bytes:
    return b"".join(FORMATS[name].write(held.export(IncidentQuery(**asked)), context))


def test_made_again_it_is_the_same_byte_for_byte(held: Store, context: Callable[..., Context], name: str):
    assert export(held, context(name), name) == export(held, context(name), name)


def test_only_the_time_differs_when_it_is_made_later(held: Store, context: Callable[..., Context], name: str):
    now = context(name)
    one, two = export(held, now, name), export(held, replace(now, generated_at=LATER), name)
    again = export(held, replace(now, generated_at=LATER), name)
    assert two == again
    assert (one == two) == (name == "csv")


def test_an_export_of_nothing_is_a_file(held: Store, context: Callable[..., Context], name: str):
    assert export(held, context(name, text="nothing of the kind"), name, text="nothing of the kind")


def test_hostile_texts_pass_through(
    hostile: list[dict[str, Any]], context: Callable[..., Context], name: str
):
    asked = replace(
        context(name),
        query={"q": "</script>]]>\x01"},
        datasets=[{"name": "<b>", "title": "<b>$x_1$&\x02", "version": "1", "licences": [], "sources": []}],
        citation="</script>\u2028$\\alpha$ <img src=x>\x03",
    )
    raw = b"".join(FORMATS[name].write(iter(hostile), asked))
    assert len(raw) > 100
    if name in {"html", "svg", "kml"}:
        assert b"<img src=x" not in raw
        assert not re.search(rb"[\x01\x02\x03\x0b\x1f]", raw)


def test_the_writer_ends_when_its_reader_leaves(held: Store, context: Callable[..., Context], name: str):
    stream = FORMATS[name].write(held.export(IncidentQuery()), context(name))
    assert next(stream)
    stream.close()


def test_the_tones_on_paper_are_those_of_the_map():
    assert event_colours("light") == COLOURS
    assert list(COLOURS) == list(EVENT_TYPES)
