"""The method page: its numbers are those of the store, its texts those of the data, as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect

from geo.schema import Precision
from geo.store import Store
from geo.ui import method
from tests.store import small
from tests.store.small import claim, day, incident, report
from tests.visit import Visit

ATTACK = "<img src=x onerror=alert(1)>"


def page(store: Store) -> str:
    return "\n".join(method.sections(store))


def test_numbers_come_from_the_store(tmp_path: Path) -> None:
    incidents = [incident("I1", report_count=2), incident("I2", date_precision="week", date_latest=day(11))]
    reports = [report("R1", "I1"), report("R2", "I1", reported_basis="event"), report("R3", None)]
    claims = [claim("C1"), claim("C2", status="retracted"), claim("C3", reported_on=None)]
    text = page(small.store(tmp_path / "a.duckdb", incidents, reports, claims))
    for said in (
        "3 reports were read. Reports of one event make one incident: 2 in all, of which 1 are",
        "Of 3 claims, 0 were replaced by a later one, 1 withdrawn and 0 are disputed.",
        "1 report only adds up several events: it belongs to no incident.",
        "For 2 incidents no place was found",
        "For 1 incident only a week or month is known",
        "1 report does not say when it was published",
        "1 claim does not say so either",
    ):
        assert said in text


def test_a_store_of_nothing_has_a_method(tmp_path: Path) -> None:
    text = page(small.store(tmp_path / "a.duckdb"))
    assert "0 reports were read" in text
    assert "only a week or month" not in text


def test_every_precision_is_explained_and_counted() -> None:
    table = method.precisions({"city": 1200})
    assert table.count("<tr>") == 1 + len(Precision)
    assert "<td>a dot; it happened within about 10 km</td><td>1,200</td>" in table
    assert "<td>a hatched border with a count, never a dot</td><td>0</td>" in table


def test_regions_without_an_incident_are_listed_with_zero() -> None:
    listed = method.regions({"AA-a": "Aland", "AA-b": "Beland"}, {"AA-a": 3}, 5)
    assert "<li>Aland <b>3</b></li><li>Beland <b>0</b></li>" in listed
    assert "2 incidents lie in none of them" in listed
    assert "lie in none" not in method.regions({"AA-a": "Aland"}, {"AA-a": 3}, 3)


def test_units_of_the_default_data_are_told_with_their_faults(store: Path) -> None:
    held = Store(store)
    text = page(held)
    assert "date from 8 June 2022 or later and have no outline yet: Abai, Almaty Region" in text
    assert "<b>Shymkent</b> (approximate): No open outline of the city was at hand" in text
    assert "<b>Almaty</b>: Outline of older city limits" in text
    listed = method.regions(held.region_names, {}, 0)
    assert listed.count("<li>") == 17


@pytest.mark.parametrize("field", ["title", "coverage"])
def test_texts_of_the_data_are_text(tmp_path: Path, field: str) -> None:
    descriptor = small.DESCRIPTOR | {"sources": [{"title": ATTACK, "path": "javascript:alert(1)"}]}
    if field == "title":
        descriptor["title"] = ATTACK
    else:
        descriptor["eventmap"] = descriptor["eventmap"] | {"coverage_note": ATTACK}
    text = page(small.store(tmp_path / "a.duckdb", datasets={"small": descriptor}))
    assert "<img" not in text
    assert "javascript:" not in text
    assert "&lt;img src=x" in text


def test_names_and_notes_of_outlines_are_text() -> None:
    units = pd.DataFrame({"name": [ATTACK], "geometry_quality": ["surveyed"], "note": [ATTACK]})
    assert "<img" not in method.outlines(units)
    assert method.outlines(units.assign(note=None)) == ""


def test_the_page_reads_in_sections(visit: Callable[..., Visit]) -> None:
    made = visit(viewport={"width": 390, "height": 844})
    opened = made.goto("/?page=method")
    expect(opened.get_by_role("heading", level=2, name="What is missing")).to_be_attached()
    expect(opened.locator(".em-regions li")).to_have_count(17)
    assert opened.locator(".em-prose").evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    assert made.foreign == made.faults == []
