"""A bad parameter is refused by its name, at every address that reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Refusal = Callable[..., dict[str, Any]]

ADDRESSES = ["/api/cells", "/api/details", "/api/regions/KZ-mangystau", "/api/download/geojson"]
BAD_QUERIES = [
    ("start", "5 January"),
    ("end", "2022-02-30"),
    ("start", ["2022-01-05", "2022-01-06"]),
    ("bbox", "1,2,3"),
    ("bbox", "46,56,88,40"),
    ("event-type", "Strike"),
    ("min-precision", "town"),
    ("known-on", "yesterday"),
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("name", "value"), BAD_QUERIES)
def test_a_bad_query_is_refused_by_the_name_of_its_parameter(
    refusal: Refusal, address: str, name: str, value: str | list[str]
):
    told = refusal(address, **{name: value})
    assert told["status"] == 400
    assert told["detail"].startswith(f"{name}: ")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_reversed_interval_is_refused(refusal: Refusal, address: str):
    told = refusal(address, start="2022-01-07", end="2022-01-05")
    assert told["detail"] == "start: 2022-01-07 is after 2022-01-05; swap start and end"


@pytest.mark.parametrize(
    ("address", "name", "value", "todo"),
    [
        ("/api/cells", "z", "nan", "give a number from 0 to 24"),
        ("/api/cells", "z", "-1", "give a number from 0 to 24"),
        ("/api/cells", "z", "far", "give a number from 0 to 24"),
        ("/api/cells", "bbox", "0,0,999,1", "give west,south,east,north in degrees"),
        ("/api/details", "limit", "0", "give a number from 1 to 200"),
        ("/api/details", "limit", "100000", "give a number from 1 to 200"),
        ("/api/details", "offset", "-1", "give a number from 0 to 1e+09"),
        ("/api/details", "offset", "inf", "give a number from 0 to 1e+09"),
        ("/api/details", "cell", "0-1", "take it from /api/cells"),
        ("/api/details", "cell", "0-1-1) OR (1=1", "take it from /api/cells"),
        ("/api/basemap", "on", "someday", "write it as 2022-01-05"),
        ("/api/regions/KZ-mangystau", "on", "2022-13-01", "write it as 2022-01-05"),
    ],
)
def test_a_bad_parameter_of_one_address_says_what_to_give(
    refusal: Refusal, address: str, name: str, value: str, todo: str
):
    told = refusal(address, **{name: value})
    assert told["status"] == 400
    assert told["detail"].startswith(f"{name}: ")
    assert todo in told["detail"]


@pytest.mark.parametrize("text", ["' OR 1=1 --", "%", "\0", "<script>alert(1)</script>", "\ud7ff" * 500])
def test_hostile_texts_find_nothing_and_break_nothing(ask: Callable[..., Any], text: str):
    for name in ("q", "admin1", "dataset"):
        if (name, text) != ("q", "%"):
            assert ask("/api/cells", **{name: text})["total"] == 0
    assert ask("/api/details", area=text)["total"] == 0
    assert ask("/api/download/geojson", admin1=text)["eventmap"]["query"] == {"admin1": [text]}


def test_parameters_that_nobody_reads_are_ignored(ask: Callable[..., Any]):
    assert ask("/api/cells", colour="red", limit="x")["total"] == 120
