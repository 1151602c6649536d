"""What the table makes of incidents, and how it is used without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from geo.ui import table
from tests.store.small import day, incident
from tests.visit import Visit


def row(key: str = "I1", **more: Any) -> dict[str, Any]:
    return incident(key, **more) | {"reports": more.get("reports", [])}


def test_ranges_sort_by_their_lower_number() -> None:
    assert table.aligned(["12–18", "3", "", "164"]) == [" 12–18", "  3", None, "164"]
    assert sorted(filter(None, table.aligned(["12–18", "3", "164", "7–200"]))) == [
        "  3",
        "  7–200",
        " 12–18",
        "164",
    ]
    assert table.aligned([]) == []


def test_a_row_tells_the_incident_in_words() -> None:
    shown = table.frame(
        [
            row(
                event_type="Explosions/Remote violence",
                location_precision="macro-region",
                place_text="in the west",
                fatalities_low=1,
                fatalities_high=3,
                injured_low=4,
                injured_high=4,
            )
        ]
    ).iloc[0]
    assert (shown["type"], shown["precision"], shown["place"]) == ("Explosions", "wider area", "in the west")
    assert (shown["killed"], shown["injured"], shown["arrested"]) == ("1–3", "4", None)


def test_a_vague_date_ends_with_the_last_day_it_can_touch() -> None:
    assert table.last_day(row(date_end=day(7))) == day(7)
    assert table.last_day(row(date_precision="week", date_latest=day(11))) == day(11)


def test_only_pages_on_the_web_become_links() -> None:
    told = [{"url": None}, {"url": "javascript:alert(1)"}, {"url": "https://a.example/1"}]
    assert table.link(row(reports=told)) == "https://a.example/1"
    assert table.link(row(reports=told[:2])) is None
    assert table.link(row() | {"reports": None}) is None


def test_what_changed_since_is_a_column_only_where_anything_did() -> None:
    then = row(fatalities_low=1, fatalities_high=1, arrested_low=5, arrested_high=5)
    now = {**then, "fatalities_high": 3, "arrested_low": None}
    assert table.changed(then | {"today": now}) == "Killed: 1–3; Arrested: ?"
    assert table.changed(then | {"today": None}) is None
    assert "since" not in table.frame([then])
    assert table.frame([then, then | {"today": now}])["since"].tolist()[1] == "Killed: 1–3; Arrested: ?"


@pytest.mark.parametrize(("rows", "pixels"), [(1, 72), (5, 212), (2000, 640)])
def test_a_short_table_has_no_blank_rows(rows: int, pixels: int) -> None:
    assert table.tall(rows) == pixels


def test_months_are_named_only_in_the_language_they_are_named_in() -> None:
    assert table.day_forms("en") == ("D MMM", "D MMM YYYY")
    assert table.day_forms("kk") == ("DD.MM", "DD.MM.YYYY")


def test_no_heading_is_cut() -> None:
    assert table.wide("Killed", 62) == 66
    assert table.wide("To", 62) == 62


def test_a_row_is_chosen_with_the_keyboard(visit: Callable[..., Visit]) -> None:
    made = visit(viewport={"width": 1440, "height": 900})
    page = made.goto("/?page=table&start=2022-01-05&end=2022-01-05")
    grid = page.get_by_test_id("data-grid-canvas").first
    expect(page.locator("[data-testid=stDataFrame] td").first).to_be_attached()
    grid.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.get_by_role("tab", name="Map")).to_have_attribute("aria-selected", "true")
    assert made.faults == []
