"""Whole stories: what is proposed, and what holds for every text."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import ExtractError
from geo.extract import Reading, read
from geo.ingest.places import WorldPlaces
from tests.extract.conftest import DAY, Read

BOMB = (
    "A bomb exploded at a market in the Pakistani city of Quetta on Friday, killing 20 people and injuring "
    "48, officials said. Interior Minister Ziaullah Langove said two children were among those killed.\n\n"
    "Last month, six labourers were shot dead in Gwadar. In 2013, a blast killed 81 people in the city.\n\n"
    "Prime Minister Imran Khan is expected to visit the city on Sunday."
)
WORDS = [
    "Police", "arrested", "about", "1,200", "people", "in", "Almaty", ",", ".", "on", "Friday", "last week",
    "said", "the", "dozens of", "protesters", "were killed", "“", "”", "Kazakhstan", "’s", "will", "began",
    "explosion", "-", "(", ")", "\n\n", "\u202e", "🔥", "January 2", "2019", "at least", "capital",
    "near", "A", "and", "which", "western", "airport", "\ufeff", "three",
]  # fmt: skip


def claims(reading: Reading) -> list[tuple[str, int | None, str]]:
    return [(one.metric, one.best, one.place) for one in reading.claims]


def test_a_story_becomes_incidents_and_claims(reads: Read):
    reading = reads(BOMB, dt.date(2019, 4, 12))
    told = [
        (one.sub_event_type, one.place, str(one.date_start), str(one.date_end)) for one in reading.incidents
    ]
    assert [one.future for one in reading.incidents] == [False, False, True]
    assert told[:2] == [
        ("Remote explosive/landmine/IED", "Quetta", "2019-04-12", "2019-04-12"),
        ("Attack", "Gwadar", "2019-03-01", "2019-03-31"),
    ]
    assert claims(reading) == [
        ("killed", 20, "Quetta"),
        ("injured", 48, "Quetta"),
        ("killed_minors", 2, "Quetta"),
        ("killed", 6, "Gwadar"),
    ]
    assert reading.claims[2].claimed_by == "Interior Minister Ziaullah Langove"


@pytest.mark.parametrize(
    ("text", "metric", "bounds", "qualifier"),
    [
        ("About 5,800 people were arrested in Almaty.", "arrested", (None, 5800, None), "about"),
        ("More than 2,200 people were injured in Almaty.", "injured", (2200, 2200, None), "at least"),
        ("Up to 30 people were injured in Almaty.", "injured", (None, 30, 30), "at most"),
        ("A policeman was killed in Almaty.", "killed_security_forces", (1, 1, 1), "exact"),
        ("The death toll in Almaty rose to 31.", "killed", (31, 31, 31), "exact"),
        ("Police detained three dozen protesters in Almaty.", "arrested", (36, 36, 36), "exact"),
    ],
)
def test_a_number_keeps_its_bounds(
    reads: Read, text: str, metric: str, bounds: tuple[Any, ...], qualifier: str
):
    (one,) = reads(text).claims
    assert (one.metric, (one.low, one.best, one.high), str(one.qualifier)) == (metric, bounds, qualifier)


def test_dozens_are_bounds_without_a_number(reads: Read):
    reading = reads("Dozens of people were killed in Almaty on Friday.")
    assert [(one.low, one.best, one.high) for one in reading.figures] == [(24, None, 99)]
    assert [(one.metric, one.low, one.best, one.high) for one in reading.claims] == [("killed", 24, None, 99)]


@pytest.mark.parametrize(
    "text",
    [
        "It was feared that protests might begin in Almaty.",
        "“Police attacked us in Almaty on Friday and they arrested many of us,” she told the court.",
        "Reports that 20 people had been shot in Almaty on Friday were false.",
        "An earthquake killed 20 people in Almaty on Friday.",
        "In 1986, a protest was held in Almaty.",
    ],
)
def test_what_did_not_happen_or_long_ago_is_no_incident(reads: Read, text: str):
    assert reads(text).incidents == ()


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Police will arrest 20 people in Almaty on Monday.", "Arrests", "2022-01-10"),
        ("Tomorrow a protest is to be held in Almaty.", "Peaceful protest", "2022-01-10"),
        ("Flights are expected to resume in Almaty on Monday.", "Other", "2022-01-10"),
        ("Unions said they would strike in Almaty on January 12.", "Peaceful protest", "2022-01-12"),
    ],
)
def test_what_is_to_come_is_marked(reads: Read, text: str, kind: str, day: str):
    (one,) = reads(text).incidents
    assert (one.future, one.place, one.sub_event_type, str(one.date_start)) == (True, "Almaty", kind, day)
    assert (one.figures, reads(text).claims) == ({}, ())


@pytest.mark.parametrize(
    "text",
    [
        "Officials vowed to go on, residents said on Friday.",
        "“Police will come to Almaty on Monday and take every one of us away,” she said.",
        "The council will not meet on Monday.",
    ],
)
def test_what_is_only_said_or_denied_is_not_to_come(reads: Read, text: str):
    assert not any(one.future for one in reads(text).incidents)


def test_the_capital_and_the_city_stand_for_places_named_before(reads: Read):
    reading = reads("The minister was in Kazakhstan. On Friday a bomb exploded in the capital.")
    assert [(one.place, one.doubts) for one in reading.incidents] == [
        ("Nur-Sultan", ("the place is named before",))
    ]


def test_what_is_known_to_a_part_of_a_country_has_no_point(reads: Read):
    (one,) = reads("Protests began in the western part of Kazakhstan on January 2.").incidents
    assert (str(one.location_precision), one.lat, one.lon) == ("macro-region", None, None)
    assert set(one.admin1_ids) == {"KZ-mangystau", "KZ-atyrau", "KZ-west-kazakhstan", "KZ-aktobe"}


def test_the_json_has_the_shape_of_the_contract(reads: Read):
    shown = json.loads(json.dumps(reads(BOMB, dt.date(2019, 4, 12)).as_json()))
    incident = {
        "event_type", "sub_event_type", "place", "lat", "lon", "location_precision", "date_start", "date_end",
        "date_precision", "future", "confidence", "doubts", "evidence",
    }  # fmt: skip
    claim = {
        "metric", "low", "best", "high", "place", "about_start", "about_end", "claimed_by", "reported_on",
        "evidence",
    }  # fmt: skip
    assert incident <= shown["incidents"][0].keys()
    assert claim <= shown["claims"][0].keys()
    start, end = shown["claims"][0]["evidence"][0]
    assert shown["text"][start:end] == "killing 20 people"


def test_one_person_is_a_figure_only_where_something_happened_to_them(reads: Read):
    found = reads("A lawyer said that on Friday a bus driver was wounded in Aktau and 20 people held.")
    assert [(one.what, one.best) for one in found.figures] == [("injured", 1), ("arrested", 20)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n ", "the text is empty"),
        ("Die Polizei hat am Freitag in der Stadt mehrere Personen festgenommen und mit Wasser", "in German"),
        ("中国政府周五在北京宣布了一项新政策" * 20, "its language is unknown"),
    ],
)
def test_what_cannot_be_read_is_said(reads: Read, text: str, message: str):
    with pytest.raises(ExtractError, match=message):
        reads(text)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60), st.text(max_size=40))
def test_every_span_slices_back_and_every_incident_has_evidence(
    places: WorldPlaces, words: list[str], noise: str
):
    text = " ".join(words) + noise
    if not text.strip():
        return
    reading = read(text, published=DAY, places=places, language="en")
    for group in ("toponyms", "times", "figures", "triggers", "speakers"):
        for one in getattr(reading, group):
            assert one.text.rstrip(".") in text[one.span.start : one.span.end]
            assert 0 <= one.span.start < one.span.end <= len(text)
    for one in (*reading.incidents, *reading.claims):
        assert one.evidence
        assert all(text[span.start : span.end].strip() for span in one.evidence)
    for time in reading.times:
        if time.start is not None and time.future:
            assert time.end >= DAY  # type: ignore[operator]
        elif time.start is not None:
            assert time.start <= DAY
    for incident in reading.incidents:
        assert incident.future or incident.date_start is None or incident.date_start <= DAY
        assert not incident.future or incident.date_end >= DAY  # type: ignore[operator]


def test_a_long_text_takes_bounded_time(reads: Read):
    import time

    text = "the of and to in was " + "police said killed 3 people in Almaty on Friday and " * 2000
    begun = time.process_time()
    assert len(reads(text).toponyms) == 2000
    assert time.process_time() - begun < 20
