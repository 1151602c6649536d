"""The gold itself: it must say what its stories say."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from geo.schema import EVENT_TYPES, DatePrecision, Precision
from scripts.evaluate import dates, gold

HERE = Path(__file__).parent
FILES = sorted([*(HERE / "stories").glob("*.json"), *(HERE / "held_out").glob("*-*.json")])
TABLES = ("claims", "incidents", "future_events_not_incidents", "must_not_be_an_incident_location")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_evidence_slices_back_to_the_text(path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_bytes().decode()
    for table in TABLES:
        for row in told[table]:
            start, end = row["evidence"]
            assert text[start:end] == row["evidence_text"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_gold_is_of_the_event_model_and_lies_on_the_right_side_of_its_day(path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    assert dt.date.fromisoformat(told["published"]).strftime("%A") == told["published_weekday"]
    for row in told["incidents"]:
        assert set(row["event_type"]) <= set(EVENT_TYPES)
        assert row["location_precision"] in set(Precision)
        assert row["date_precision"] in set(DatePrecision)
        assert (row["date_start"] or "") <= row["date_end"] <= told["published"]
    for row in told["future_events_not_incidents"]:
        assert row["date_end"] >= told["published"]


def test_there_are_enough_of_both_sets() -> None:
    counts = {
        (folder, language): sum(one.language == language for one in gold.stories(HERE / folder))
        for folder in ("stories", "held_out")
        for language in ("en", "ru")
    }
    assert list(counts.values()) == [5, 3, 6, 3]


def test_the_expressions_stand_in_their_sentences() -> None:
    asked = dates.read(HERE / "held_out" / "dates.json")
    assert len(asked) == 36
    for one in asked:
        assert one.text[slice(*one.span)] == one.words
        assert all(start <= end for start, end, _ in one.expected)
