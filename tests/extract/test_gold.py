"""The gold itself: it must say what its stories say."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from geo.schema import EVENT_TYPES, DatePrecision, Precision
from scripts.evaluate import dates, gold, told

HERE = Path(__file__).parent
FOLDERS = ("stories", "held_out", "held_out_2", "held_out_3")
FILES = sorted(path for folder in FOLDERS for path in (HERE / folder).glob("*-*.json"))
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
    assert list(counts.values()) == [85, 53, 6, 3]


@pytest.mark.parametrize(("folder", "languages"), [("held_out_2", [7, 4]), ("held_out_3", [6, 3])])
def test_a_later_held_out_set_repeats_nothing_of_those_before(folder: str, languages: list[int]) -> None:
    before = FOLDERS[: FOLDERS.index(folder)]
    mine = gold.stories(HERE / folder)
    assert [sum(one.language == language for one in mine) for language in ("en", "ru")] == languages
    others = {one.name for earlier in before for one in gold.stories(HERE / earlier)}
    assert not others & {one.name for one in mine}
    asked = {one.words for earlier in before[1:] for one in dates.read(HERE / earlier / "dates.json")}
    assert not asked & {one.words for one in dates.read(HERE / folder / "dates.json")}


@pytest.mark.parametrize("folder", FOLDERS[1:])
def test_the_expressions_stand_in_their_sentences(folder: str) -> None:
    asked = dates.read(HERE / folder / "dates.json")
    assert len(asked) == 36
    for one in asked:
        assert one.text[slice(*one.span)] == one.words
        assert all(start <= end for start, end, _ in one.expected)


def perfect(story: gold.Story) -> dict[str, Any]:
    """A reading that says just what the gold says, optional things included."""
    incidents = [
        {
            "event_type": one.types[0],
            "sub_event_type": "",
            "place": one.where.names[0],
            "lat": None,
            "lon": None,
            "location_precision": one.where.precision,
            "date_start": one.days[0][0],
            "date_end": one.days[0][1],
            "future": False,
            "evidence": [one.evidence[0]],
        }
        for one in story.incidents
    ]
    coming = [
        {"place": "", "event_type": "", "future": True, "date_start": one.days[0], "evidence": [one.evidence]}
        for one in story.future
    ]
    claims = [
        {
            "metric": one.metrics[0],
            "low": one.low,
            "best": one.best,
            "high": one.high,
            "place": one.where.names[0],
            "about_start": one.days[0],
            "about_end": one.days[1],
            "claimed_by": one.claimed_by[0] if one.claimed_by else "",
            "evidence": [one.evidence[0]],
        }
        for one in story.claims
    ]
    return {"incidents": incidents + coming, "claims": claims}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_gold_itself_scores_in_full(path: Path) -> None:
    story = gold.story(path.with_suffix(".txt"), path)
    result = told.score(perfect(story), story)
    assert {score.f1 for score in (*result.claims.values(), *result.incidents.values())} == {1.0}
    assert (result.ghosts, result.astray, result.taken_for_past, result.errors) == ((), (), (), ())
    assert result.marked == result.coming
