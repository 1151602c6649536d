"""A small store with what is hard to export, and the context of an export of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.exports import Context, describe
from geo.query import IncidentQuery
from geo.store import Store
from tests.store import small
from tests.store.small import day, incident, report

KILLED = {"fatalities_low": 0, "fatalities_best": 2}
FORMULAS = {"title": "=1+1", "summary": '@home, "quoted"\nand broken', "actors": "-police"}
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "</script><script>document.title='taken'</script><img src=x onerror=document.title='taken'>",
    "]]> --> <!-- &amp; <b>\u2028\u2029</b> ${title} $\\frac{1}{2}$",
    "\x01\x0b\x1f\ufffe\u202egnidliub 'quoted' \"twice\"\r\nnext\tcolumn",
    "Ә" * 20_000,
)
NOW = dt.datetime(2022, 2, 1, 12, 30, 15, 999, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A point with reports, a formula at another, an incident of a region, one without a place."""
    rows = [
        incident("I1", lon=76.92861234, lat=43.25667891, admin1_id="AA-west", **KILLED),
        incident("I2", lon=51.2, lat=-3.5, **FORMULAS),
        incident("I3", area_id="AA-west", location_precision="region", place="Запад", date_start=day(6)),
        incident("I4", date_start=day(7), place_note="=cmd"),
    ]
    reports = [
        report("R1", "I1", url="https://example.org/1?a=1&b=2"),
        report("R2", "I1", source_id="reprint"),
        report("R3", "I2"),
        report("R4", "I3"),
        report("R5", "I4"),
    ]
    return small.store(tmp_path_factory.mktemp("held") / "held.duckdb", rows, reports)


@pytest.fixture
def hostile(held: Store) -> list[dict[str, Any]]:
    """Rows in which every free text is out to do harm."""
    plain = next(held.export(IncidentQuery()))
    rows = []
    for at, text in enumerate(HOSTILE):
        report = plain["reports"][0] | {"id": f"R{at}", "publisher": text, "summary": text, "url": text}
        free = dict.fromkeys(("title", "summary", "actors", "place", "place_text", "source_type"), text)
        rows.append(plain | free | {"id": f"H{at}", "reports": [report]})
    return rows


@pytest.fixture
def context(held: Store) -> Callable[..., Context]:
    """The context of a query in a format: `context("geojson", text="x")`."""

    def of(name: str, **asked: object) -> Context:
        return describe(IncidentQuery(**asked), held.datasets, name, NOW)

    return of


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Put bytes into a file of this name."""

    def put(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return put
