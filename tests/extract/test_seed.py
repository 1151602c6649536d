"""The story that the project began with, against its gold."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from geo.extract import Incident, Reading
from tests.extract.conftest import Read

Gold = dict[str, Any]


@pytest.fixture(scope="module")
def gold(shared: Path) -> Gold:
    found: Gold = json.loads((shared / "seed" / "gold.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def reading(shared: Path, gold: Gold, reads: Read) -> Reading:
    text = (shared / "seed" / gold["document"]).read_text(encoding="utf-8")
    return reads(text, dt.date.fromisoformat(gold["published"]))


def overlaps(spans: tuple[tuple[int, int], ...], wanted: list[int]) -> bool:
    return any(start < wanted[1] and wanted[0] < end for start, end in spans)


def is_it(one: Incident, wanted: Gold) -> bool:
    days = (str(one.date_start) if one.date_start else None, str(one.date_end))
    same_place = one.place.casefold() == wanted["place"].casefold()
    return (
        same_place
        and str(one.location_precision) == wanted["location_precision"]
        and days == (wanted["date_start"], wanted["date_end"])
        and overlaps(one.evidence, wanted["evidence"])
    )


def test_every_incident_is_found_and_no_other(reading: Reading, gold: Gold):
    missed = [
        one["event"] for one in gold["incidents"] if not any(is_it(two, one) for two in reading.incidents)
    ]
    past = [one for one in reading.incidents if not one.future]
    made_up = [one.title for one in past if not any(is_it(one, two) for two in gold["incidents"])]
    assert (missed, made_up) == ([], [])


def test_every_claim_is_found_and_no_other(reading: Reading, gold: Gold):
    def told(one: Gold) -> set[tuple[str, int, str]]:
        places = one["place"] if isinstance(one["place"], list) else [one["place"]]
        return {(one["metric"], one["value"], place) for place in places}

    found = {(one.metric, one.best, one.place) for one in reading.claims}
    assert [one["evidence_text"] for one in gold["claims"] if not told(one) & found] == []
    assert found <= set().union(*map(told, gold["claims"]))
    for wanted in gold["claims"]:
        (one,) = [
            one for one in reading.claims if (one.metric, one.best) == (wanted["metric"], wanted["value"])
        ]
        assert overlaps(one.evidence, wanted["evidence"])


def test_no_incident_lies_where_none_happened(reading: Reading, gold: Gold):
    refused = [one["evidence"] for one in gold["must_not_be_an_incident_location"]]
    lands = {one.country for one in reading.incidents}
    assert lands == {"KZ"}
    assert not any(overlaps(one.evidence, span) for one in reading.incidents for span in refused)


def test_what_is_to_come_is_marked(reading: Reading, gold: Gold):
    for wanted in gold["future_events_not_incidents"]:
        (one,) = [one for one in reading.times if overlaps((one.span,), wanted["evidence"])]
        assert (one.future, str(one.start)) == (True, wanted["date"])
        (two,) = [two for two in reading.incidents if overlaps(two.evidence, wanted["evidence"])]
        assert (two.future, str(two.date_start)) == (True, wanted["date"])


def test_the_western_origin_is_an_area_of_four_regions(reading: Reading, gold: Gold):
    (one,) = [one for one in reading.incidents if str(one.location_precision) == "macro-region"]
    assert len(one.admin1_ids) == 4
    assert (one.lat, one.lon) == (None, None)
