"""Publishers, and what rests on weak ones alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from geo.query import IncidentQuery
from geo.store import Store
from geo.ui import sources
from tests.visit import Visit


def test_weak_publishers_have_the_word_and_a_reason() -> None:
    counts = {"reports": 2, "incidents": 2, "alone": 1, "url": None}
    shown = sources.frame(
        [
            counts | {"publisher": "A", "weak": True, "note": "Reprint of AP"},
            counts | {"publisher": "B", "weak": True, "note": None},
            counts | {"publisher": "C", "weak": False, "note": None},
        ]
    )
    assert shown["weak"].fillna("").tolist() == ["weak", "weak", ""]
    assert shown["note"].fillna("").tolist() == ["Reprint of AP", "A translation or reprint", ""]


def test_the_data_set_rests_on_weak_sources_where_its_reports_say(store: Path) -> None:
    held = Store(store)
    rows, weakly = held.sources(IncidentQuery()), held.weakly_told(IncidentQuery())
    weak = {row["publisher"] for row in rows if row["weak"]}
    assert len(rows) == 67
    assert weakly["total"] == len(weakly["incidents"]) == 24
    assert all(set(row["publishers"]) <= weak for row in weakly["incidents"])
    assert "KZ22-034" in {row["id"] for row in weakly["incidents"]}


def test_the_page_lists_what_rests_on_weak_sources_alone(visit: Callable[..., Visit]) -> None:
    made = visit(viewport={"width": 1440, "height": 1200})
    page = made.goto("/?page=sources")
    expect(page.locator(".em-prose")).to_contain_text("24 incidents rest on weak sources alone")
    page.get_by_text("What rests on weak sources alone").click()
    expect(page.locator(".em-list li")).to_have_count(24)
    expect(page.locator(".em-list")).to_contain_text("Clashes reported in central Nur-Sultan, unconfirmed")
    assert made.faults == []
