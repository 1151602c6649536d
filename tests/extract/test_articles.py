"""The steps around reading: the ledger beside it, the data package after it, the command."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from geo import cli, ingest
from geo.errors import CallError, NoDay
from geo.extract.shapes import collection
from geo.settings import Settings

STORY = (
    "Kazakhstan's health ministry said on Sunday that 164 people were killed in the country.\n\n"
    "Police arrested 20 people in Almaty on Friday, and protests began in the western part of Kazakhstan on "
    "January 2. "
    "Gunshots were heard at Almaty airport on Saturday."
)
DAY = dt.date(2022, 1, 9)


def test_a_figure_stands_beside_what_the_ledger_has(cached: Settings, store: Path):
    reading = ingest.extract(replace(cached, store=store), STORY, DAY)
    (one,) = [one for one in reading.claims if (one.metric, one.best) == ("killed", 164)]
    assert one.place == "Kazakhstan"
    assert 238.0 in [row["value"] for row in one.ledger]
    assert 164.0 not in [row["value"] for row in one.ledger]


def test_what_is_accepted_is_built_without_a_reject(cached: Settings, tmp_path: Path):
    settings = replace(cached, store=tmp_path / "store.duckdb")
    reading = ingest.extract(settings, STORY, DAY, source="The Daily")
    folder = ingest.accept(reading, None, tmp_path / "taken", "The Daily")
    built = ingest.build(settings, [folder], strict=True)
    assert (built.rejects, built.unplaced) == ((), ())
    assert (built.counts["incidents"], built.counts["claims"]) == (
        len(reading.incidents),
        len(reading.claims),
    )
    assert built.counts["incidents"] >= 3


def test_only_what_is_chosen_is_accepted(cached: Settings, tmp_path: Path):
    settings = replace(cached, store=tmp_path / "store.duckdb")
    reading = ingest.extract(settings, STORY, DAY)
    ingest.accept(reading, ["I01"], tmp_path / "taken", "The Daily")
    assert ingest.build(settings, [tmp_path / "taken"], strict=True).counts["incidents"] == 1
    with pytest.raises(CallError, match="nothing is called I99"):
        ingest.accept(reading, ["I99"], tmp_path / "other", "The Daily")
    with pytest.raises(CallError, match="there is something already"):
        ingest.accept(reading, ["I01"], tmp_path / "taken", "The Daily")


def test_what_is_to_come_is_not_accepted(cached: Settings, tmp_path: Path):
    settings = replace(cached, store=tmp_path / "store.duckdb")
    story = "Police arrested 20 people in Almaty on Friday. A protest will be held in Almaty on Tuesday."
    reading = ingest.extract(settings, story, DAY)
    assert [one.future for one in reading.incidents] == [False, True]
    ingest.accept(reading, None, tmp_path / "taken", "The Daily")
    assert ingest.build(settings, [tmp_path / "taken"], strict=True).counts["incidents"] == 1
    with pytest.raises(CallError, match="still to come: I02"):
        ingest.accept(reading, ["I01", "I02"], tmp_path / "other", "The Daily")


def test_a_number_without_one_value_is_accepted_as_its_lower_bound(cached: Settings, tmp_path: Path):
    settings = replace(cached, store=tmp_path / "store.duckdb")
    reading = ingest.extract(settings, "Between 20 and 30 people were killed in Almaty on Friday.", DAY)
    ingest.accept(reading, None, tmp_path / "taken", "The Daily")
    (row,) = csv.DictReader((tmp_path / "taken" / "claims.csv").open(encoding="utf-8"))
    assert (row["value"], row["qualifier"]) == ("20", "at least")


def test_an_area_has_no_point_and_a_site_the_precision_of_its_town(cached: Settings):
    story = "Protests began in Borno State on Friday. Gunfire was heard at Almaty airport on Saturday."
    area, site = collection(ingest.extract(cached, story, DAY))["features"]
    assert (area["geometry"], area["properties"]["uncertainty_km"]) == (None, None)
    assert area["properties"]["location_precision"] == "region"
    assert (site["geometry"]["type"], site["properties"]["uncertainty_km"]) == ("Point", 10.0)


def test_a_story_without_a_day_asks_for_it(cached: Settings):
    with pytest.raises(NoDay, match="on which day was it published"):
        ingest.extract(cached, "Police arrested 20 people in Almaty on Friday.", None)


def test_a_story_s_own_dateline_counts(cached: Settings):
    story = "ALMATY, January 9, 2022 - Police arrested 20 people in Almaty on Friday."
    assert ingest.extract(cached, story, None).published == DAY


@pytest.fixture
def article(tmp_path: Path, cached: Settings, store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVENTMAP_CACHE", str(cached.cache))
    monkeypatch.setenv("EVENTMAP_STORE", str(store))
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def ended(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        cli.main(list(arguments))
    return int(done.value.code or 0)


def test_the_command_writes_json_geojson_and_csv(article: Path, tmp_path: Path):
    for form in ("json", "geojson", "csv"):
        target = tmp_path / f"out.{form}"
        assert (
            ended("extract", str(article), "--published", "2022-01-09", "--format", form, "-o", str(target))
            == 0
        )
    found = json.loads((tmp_path / "out.json").read_bytes())
    assert (found["document"], found["published"]) == ("story.txt", "2022-01-09")
    features = json.loads((tmp_path / "out.geojson").read_bytes())["features"]
    assert len(features) == len(found["incidents"])
    assert {one["geometry"] is None for one in features} == {True, False}
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + len(found["incidents"]) + len(found["claims"])


def test_the_command_says_what_is_wrong(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert ended("extract", str(article)) == 2
    assert "on which day was it published" in capsys.readouterr().err
    (tmp_path / "b").write_bytes(bytes(range(256)))
    assert ended("extract", str(tmp_path / "b"), "--published", "2022-01-09") == 1
    assert capsys.readouterr().err == "eventmap: b: is no text; give plain text, Markdown, HTML or PDF\n"
    assert ended("extract", str(tmp_path / "none"), "--published", "2022-01-09") == 2
