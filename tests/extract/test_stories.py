"""How well the development stories are read: rules may be tried on them, so little is proved by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo import ingest
from geo.settings import Settings
from scripts.evaluate import gold, told

HERE = Path(__file__).parent


def stories(language: str) -> list[gold.Story]:
    return [story for story in gold.stories(HERE / "stories") if story.language == language]


@pytest.fixture(scope="session")
def result(environment: dict[str, str]) -> told.Result:
    """The scores of the English development stories together."""
    settings = Settings.from_environment(environment)
    scored = []
    for story in stories("en"):
        reading = ingest.extract(settings, story.text, story.published)
        scored.append(told.score(reading.as_json(), story))
    return sum(scored, told.Result())


def test_numbers_are_read_with_what_they_count(result: told.Result) -> None:
    assert result.claims["metric and value"].f1 >= 0.93, result.errors


def test_numbers_are_read_with_their_place(result: told.Result) -> None:
    assert result.claims["… and place"].f1 >= 0.85, result.errors


def test_incidents_are_read_with_place_and_date(result: told.Result) -> None:
    assert result.incidents["place and date"].f1 >= 0.83, result.errors


def test_nothing_happens_where_the_story_has_nothing(result: told.Result) -> None:
    assert result.ghosts == ()


def test_what_is_to_come_is_marked_and_not_told_as_past(result: told.Result) -> None:
    assert result.taken_for_past == ()
    assert result.marked >= 0.9 * result.coming


def test_russian_stories_are_read(environment: dict[str, str]) -> None:
    settings = Settings.from_environment(environment)
    readings = [(ingest.extract(settings, story.text, story.published), story) for story in stories("ru")]
    found = sum((told.score(reading.as_json(), story) for reading, story in readings), told.Result())
    assert found.claims["metric and value"].f1 >= 0.93, found.errors
    assert found.claims["… and place"].f1 >= 0.86, found.errors
    assert found.incidents["place and date"].f1 >= 0.89, found.errors
    assert (found.ghosts, found.taken_for_past) == ((), ())
    assert found.marked >= 0.95 * found.coming
