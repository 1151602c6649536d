"""Cards of candidates, the words on them, and what the map is told."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest

from geo import ingest
from geo.extract.reading import Span
from geo.schema import Precision, Qualifier
from geo.settings import Settings
from geo.ui import article_cards, article_map, article_words
from scripts.evaluate import gold
from tests.conftest import ROOT
from tests.ui.article_small import TEXT, claim, incident


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_a_card_says_what_where_when_and_from_which_words() -> None:
    card = words(article_cards.incident(incident(), "3", TEXT))
    assert card == (
        "3 Armed clash fairly sure 82 % Goma (town) · 16 October 2022 Two people died in Goma on Sunday"
    )


def test_a_card_leads_to_its_words_in_the_text() -> None:
    card = article_cards.incident(incident(), "3", TEXT)
    assert 'id="card-i1"' in card
    assert 'href="#text-i1"' in card


def test_doubts_and_what_is_to_come_are_told() -> None:
    card = words(article_cards.incident(incident(doubts=("not clear whether",), future=True), "1", TEXT))
    assert "still to come" in card
    assert "not clear whether" in card


def test_a_claim_stands_beside_what_is_on_record() -> None:
    row = {
        "value": 5.0,
        "qualifier": "at least",
        "claimed_by": "a hospital",
        "reported_on": dt.date(2022, 10, 18),
    }
    card = words(article_cards.claim(claim(ledger=(row,)), "2", TEXT))
    assert card.startswith("2 Killed: 2 unsure 50 % Goma · said by the army · 16 October 2022")
    assert card.endswith("On record here: at least 5 a hospital, 18 October 2022")


def test_hostile_words_stay_text() -> None:
    bad = "<img src=x onerror=alert(1)>"
    card = article_cards.incident(incident(place=bad, doubts=(bad,), id='"><b>'), "1", bad)
    assert "<img" not in card
    assert "<b>" not in card


def test_long_words_are_cut_between_words() -> None:
    text = "word " * 100
    (quoted,) = article_cards.quotes([Span(0, 500)], text)
    assert quoted.endswith("word …")
    assert len(quoted) <= article_cards.QUOTED + 2


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"best": 5800, "qualifier": Qualifier.ABOUT}, "about 5,800"),
        ({"best": None, "low": 2200, "qualifier": Qualifier.AT_LEAST}, "at least 2,200"),
        ({"best": None, "high": 40, "qualifier": Qualifier.AT_MOST}, "at most 40"),
        ({"best": None, "low": 8, "high": 10}, "8–10"),
        ({"best": None}, "?"),
        ({"best": 0}, "0"),
    ],
)
def test_a_number_keeps_the_openness_of_its_words(numbers: dict, said: str) -> None:
    assert article_words.number(claim(**numbers)) == said


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        (None, None, "unknown", "no day told"),
        (None, dt.date(2022, 1, 9), "unknown", "until 9 January 2022, first day not told"),
        (dt.date(2022, 1, 3), dt.date(2022, 1, 9), "week", "3–9 January 2022 (some time in this week)"),
        (dt.date(2022, 1, 3), None, "day", "3 January 2022"),
    ],
)
def test_days_say_how_exactly_they_are_known(
    start: dt.date | None, end: dt.date | None, precision: str, said: str
) -> None:
    assert article_words.when(start, end, precision) == said


def test_the_map_is_told_no_more_than_is_known() -> None:
    town = article_map.drawn("1", incident())
    assert (town.has_point, town.harm, town.told) == (True, 2, "1 · Battles · Goma · 16 October 2022")
    region = article_map.drawn("1", incident(location_precision=Precision.REGION))
    assert (region.has_point, region.area) == (False, "CD-north-kivu")
    country = article_map.drawn("1", incident(location_precision=Precision.COUNTRY))
    assert (country.has_point, country.area) == (False, None)


def test_a_wider_area_is_known_by_its_regions() -> None:
    west = incident(location_precision=Precision.MACRO_REGION, place="West", admin1_ids=("a", "b"))
    assert article_map.wider([("1", west)]) == [{"id": "a+b", "name": "West", "regions": ("a", "b")}]
    assert article_map.drawn("1", west).area == "a+b"


def test_every_doubt_and_part_of_a_reading_has_words_of_the_page(environment: dict[str, str]) -> None:
    settings = Settings.from_environment(environment)
    every = gold.stories(ROOT / "tests" / "extract" / "stories")
    for story in (one for one in every if one.language == "en"):
        reading = ingest.extract(settings, story.text, story.published)
        candidates = (*reading.incidents, *reading.claims)
        assert {doubt for one in candidates for doubt in one.doubts} <= article_words.doubts().keys()
        assert {part for one in candidates for part in one.parts} <= article_words.parts().keys()
