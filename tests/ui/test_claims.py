"""The claims page as HTML and as a table."""

from __future__ import annotations

import datetime as dt
import re
import time
from pathlib import Path
from typing import Any

import pytest

from geo.store import Store
from geo.ui.claims import frame, page
from geo.ui.claims_captions import WIDTHS
from tests.conftest import ROOT

JANUARY_9, JANUARY_12 = dt.date(2022, 1, 9), dt.date(2022, 1, 12)


@pytest.fixture(scope="module")
def opened(store: Path) -> Store:
    return Store(store)


def drawn(
    opened: Store, metric: str = "killed", place: str = "Kazakhstan", known_on: dt.date | None = None
) -> tuple[str, list[dict[str, Any]]]:
    return page(metric, place, known_on, ever=opened.claims(), known=opened.claims(known_on=known_on))


def points(html: str) -> list[str]:
    """What the points of the charts say to a screen reader."""
    return [
        re.search(r'aria-label="([^"]*)"', one)[1]  # type: ignore[index]
        for one in re.findall(r'<a [^>]*class="em-point[^>]*>', html)
    ]


def captions(html: str, width: int) -> str:
    """The labels that a chart of at least this width shows."""
    at = WIDTHS.index(width)
    return html.split(f'<div class="em-at em-at-{at}"')[1].split('<div class="em-at ')[0]


def test_every_number_of_the_death_toll_is_a_point_with_who_and_when(opened: Store) -> None:
    html, _rows = drawn(opened)
    numbers = [one for one in points(html) if not one.startswith("no number")]
    assert [one.split(",")[0] for one in numbers] == [
        *("26", "26", "164", "225", "at least 227", "230", "232", "238", "238"),
        *("103", "139", "151"),
    ]
    assert numbers[2] == (
        "164, Khabar 24, citing Ministry of Health of Kazakhstan, 9 January 2022, withdrawn 9 January 2022"
    )
    assert "Time runs slower on the left, where more was said. The upright scale begins at 0." in html
    assert html.index("<h4>Day unknown</h4>") < html.index("official sources via openDemocracy authors")


def test_every_number_of_the_death_toll_is_labelled_on_a_desktop(opened: Store) -> None:
    html, _rows = drawn(opened)
    shown = captions(html, 830)
    assert re.findall(r"<b>(\d+)</b>", shown) == ["26", "26", "164", "225", "227", "230", "232", "238", "238"]
    assert shown.count("9 January 2022") >= 2
    assert '<span class="em-when">withdrawn 9 January 2022</span>' in shown


def test_a_phone_shows_every_change_of_the_number_and_a_list(opened: Store) -> None:
    html, _rows = drawn(opened)
    shown = re.findall(r"<b>(\d+)</b>", captions(html, WIDTHS[0]))
    assert set(shown) == {"26", "164", "225", "227", "230", "232", "238"}
    listed = html.split('<ol class="em-claims-list em-claims-narrow">')[1].split("</ol>")[0]
    assert listed.count("<li") == 9
    assert '<li class="em-retracted"><b>164</b>' in listed


def test_set_back_a_withdrawn_number_still_stands_and_later_ones_are_unknown(opened: Store) -> None:
    html, rows = drawn(opened, known_on=JANUARY_9)
    assert "em-retracted" not in html
    assert "What stands on 9 January 2022: from 26 to 164." in html
    assert "known on 9 January 2022" in html
    assert not re.search(r"\b(225|227|230|232|238)\b", re.sub(r'(style|href)="[^"]*"', "", html))
    assert {one["status"] for one in rows if one["value"] is not None} == {"stands"}
    later, _rows = drawn(opened, known_on=JANUARY_12)
    assert "em-point em-retracted" in later


def test_nothing_known_says_what_to_do(opened: Store) -> None:
    html, rows = drawn(opened, known_on=dt.date(2022, 1, 2))
    assert "Nothing of this was public on 2 January 2022. Choose a later day" in html
    assert rows == []


def test_what_has_no_day_is_listed_and_not_drawn(opened: Store) -> None:
    html, rows = drawn(opened, "weapons_stolen", "Almaty")
    assert "Day unknown" in html
    assert "em-plot" not in html
    assert len(rows) == 1


def test_the_table_says_what_became_of_each_claim(opened: Store) -> None:
    _html, rows = drawn(opened)
    table = frame(rows, {one["id"]: one for one in opened.claims()}).set_index("id")
    assert len(table) == 26
    assert table.loc["C013", "status"] == "✕ withdrawn 9 January 2022"
    assert table.loc["C013", "after"] == "225 (15 January 2022)"
    assert table.loc["C015", "after"] == "26 (Kyzylorda, 5 January 2023)"
    assert (table.loc["C024", "wording"], table.loc["C024", "number"]) == ("at least", 227)
    assert table.loc["C023", "status"] == "○ disputed"
    assert table["public"].isna().tolist()[-3:] == [True, True, True]
    back = frame(rows, {one["id"]: one for one in opened.claims(known_on=JANUARY_12)}).set_index("id")
    assert back.loc["C013", "after"] == ""


def test_texts_from_outside_stay_texts_and_only_pages_are_linked(opened: Store) -> None:
    claims = [dict(one) for one in opened.claims(metric="killed", place="Kazakhstan")]
    for one in claims:
        one.update(claimed_by="<img src=x onerror=alert(1)>", note='"><script>', url="javascript:alert(1)")
    html, _rows = page("killed", "Kazakhstan", None, ever=claims, known=claims)
    assert "<img" not in html
    assert "<script" not in html
    assert "javascript:" not in html
    assert 'role="img" tabindex="0"' in html


def test_every_metric_and_place_can_be_drawn(opened: Store) -> None:
    for metric, place in {(one["metric"], one["place"]) for one in opened.claims()}:
        html, rows = drawn(opened, metric, place)
        assert rows
        assert "<figure" in html


def test_a_long_ledger_is_drawn_in_time(opened: Store) -> None:
    first = opened.claims(metric="killed", place="Kazakhstan")[0]
    claims = [
        first | {"id": f"X{at}", "value": float(at % 97), "reported_on": JANUARY_9 + dt.timedelta(at)}
        for at in range(400)
    ]
    start = time.process_time()
    html, _rows = page("killed", "Kazakhstan", None, ever=claims, known=claims)
    assert time.process_time() - start < 20
    assert html.count('class="em-point') == 400


def test_the_style_sheet_shows_one_placing_for_each_width() -> None:
    css = (ROOT / "geo" / "ui" / "claims.css").read_text(encoding="utf-8")
    assert [int(width) for width in re.findall(r"min-width: (\d+)px\).*em-at-\d", css)] == list(WIDTHS[1:])
