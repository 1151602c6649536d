"""Which incidents are compared, and what speaks for and against their being one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from geo.store import Search, Store, pairs
from geo.store.weights import COMPARISONS
from tests.store import small
from tests.store.small import Row, day

FIRE = "Crowd set fire to the prosecutor's office after speeches by oil workers"


def one(key: str, **more: Any) -> Row:
    """An incident of data set `one` in a town."""
    spot = {"lon": 71.4, "lat": 51.1, "uncertainty_km": 10.0, "admin1_id": "AA-west"}
    return small.incident(key, **({"dataset": "one", "summary": FIRE} | spot | more))


def two(key: str, **more: Any) -> Row:
    return one(key, **({"dataset": "two"} | more))


AREA = {"lon": None, "lat": None, "uncertainty_km": 500.0, "area_id": "AA-west"}
LOST = {"lon": None, "lat": None, "uncertainty_km": None, "admin1_id": None, "place": "Westville"}


def found(tmp_path: Path, *incidents: Row, **asked: Any) -> list[Row]:
    store: Store = small.store(tmp_path / "pairs.duckdb", incidents)
    return list(store.duplicates(Search(**{"threshold": 0.0} | asked)))


def levels(pair: Row) -> dict[str, str]:
    return {reason["comparison"]: reason["level"] for reason in pair["reasons"]}


@pytest.mark.parametrize(
    ("other", "level"),
    [
        ({"lon": 71.41}, "spot"),
        ({"lon": 71.6}, "near"),
        ({"lon": 71.73}, "beside"),
        ({"lon": 72.0}, None),
        (AREA, "within"),
        (AREA | {"area_id": "AA-east", "admin1_id": "AA-east"}, None),
    ],
)
def test_places_are_compared_as_exactly_as_they_are_known(tmp_path: Path, other: Row, level: str | None):
    got = [levels(pair)["place"] for pair in found(tmp_path, one("A"), two("B", **other))]
    assert got == ([level] if level else [])


def test_two_of_one_area_are_compared_and_two_without_a_place_by_its_name(tmp_path: Path):
    pair, *more = found(tmp_path, one("A", **AREA), two("B", **AREA))
    assert (levels(pair)["place"], pair["km"], more) == ("area", None, [])
    wide = AREA | {"area_id": "AA", "admin1_id": None, "location_precision": "country"}
    pair, *more = found(tmp_path, one("A", **wide), two("B", **wide))
    assert (levels(pair)["place"], pair["km"], more) == ("country", None, [])
    pair, *more = found(tmp_path, one("A", **LOST), two("B", **LOST | {"place": "WESTVILLE"}))
    assert ("place" in levels(pair), pair["km"], more) == (False, None, [])
    assert found(tmp_path, one("A", **LOST), two("B", **LOST | {"place": "Eastville"})) == []


@pytest.mark.parametrize(
    ("other", "level"),
    [
        ({}, "same"),
        ({"date_start": day(4), "date_end": day(6)}, "overlap"),
        ({"date_start": day(6)}, "next"),
        ({"date_start": day(4)}, "next"),
        ({"date_start": day(7)}, None),
        ({"date_start": day(1), "date_end": day(3)}, None),
        ({"date_start": dt.date(2021, 12, 1), "date_end": day(4)}, "next"),
    ],
)
def test_days_may_be_one_apart(tmp_path: Path, other: Row, level: str | None):
    for incidents in ([one("A"), two("B", **other)], [one("A", **other), two("B")]):
        got = [levels(pair)["days"] for pair in found(tmp_path, *incidents)]
        assert got == ([level] if level else [])


def test_both_sides_of_the_antimeridian_are_neighbours(tmp_path: Path):
    pair, *more = found(tmp_path, one("A", lon=179.95), two("B", lon=-179.95))
    assert (pair["km"], more) == (7.0, [])


@pytest.mark.parametrize(
    ("figures", "other", "level"),
    [
        ((2, 3), (3, 5), "same"),
        ((164, 164), (160, 160), "same"),
        ((2, 2), (4, 4), "close"),
        ((2, 2), (30, 40), "other"),
        ((0, 0), (0, 0), None),
        ((2, 2), (None, None), None),
    ],
)
def test_figures_are_compared_as_ranges(tmp_path: Path, figures: Any, other: Any, level: str | None):
    names = ("fatalities_low", "fatalities_high")
    pair = found(
        tmp_path,
        one("A", **dict(zip(names, figures, strict=True))),
        two("B", **dict(zip(names, other, strict=True))),
    )[0]
    assert levels(pair).get("figures") == level


def test_accounts_in_two_scripts_are_not_held_against_a_pair(tmp_path: Path):
    said = "Толпа подожгла здание прокуратуры после выступлений нефтяников"
    pair = found(tmp_path, one("A"), two("B", summary=said))[0]
    assert "words" not in levels(pair)


def test_each_pair_is_found_once_however_many_days_and_windows_it_shares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pairs, "WINDOW", 1)
    long = {"date_start": day(3), "date_end": day(20)}
    rows = [one("A", **long), two("B", **long), one("C"), two("D", date_start=day(9), date_end=day(30))]
    got = sorted(tuple(sorted((p["a"]["id"], p["b"]["id"]))) for p in found(tmp_path, *rows))
    assert got == [("A", "B"), ("A", "D"), ("B", "C")]


def test_one_data_set_is_compared_with_itself_only_when_asked(tmp_path: Path):
    rows = [one("A"), one("B")]
    assert found(tmp_path, *rows) == []
    assert len(found(tmp_path, *rows, within=True)) == 1


def test_the_more_there_are_around_the_less_a_likeness_says(tmp_path: Path):
    alone = found(tmp_path, one("A"), two("B"))[0]["score"]
    among = max(p["score"] for p in found(tmp_path, one("A"), *(two(f"B{n}") for n in range(9))))
    assert alone > 0.99
    assert among < alone


def test_the_best_pairs_come_first_and_a_threshold_and_a_limit_hold(tmp_path: Path):
    rows = [one("A"), two("B"), two("C", event_type="Strategic developments", summary="A pension was raised")]
    first, second = found(tmp_path, *rows)
    assert ({first["a"]["id"], first["b"]["id"]}, first["score"] > second["score"]) == ({"A", "B"}, True)
    assert found(tmp_path, *rows, threshold=first["score"] - 0.001) == [first]
    assert found(tmp_path, *rows, most=1) == [first]


def test_only_the_days_asked_for_are_compared(tmp_path: Path):
    rows = [one("A"), two("B"), one("C", date_start=day(20)), two("D", date_start=day(20))]
    assert [p["a"]["id"] for p in found(tmp_path, *rows, start=day(19))] == ["C"]
    assert [p["a"]["id"] for p in found(tmp_path, *rows, end=day(19))] == ["A"]


def test_what_spans_a_season_is_not_compared_and_counted(tmp_path: Path):
    season = {"date_start": dt.date(2021, 10, 1), "date_end": day(31)}
    store = small.store(tmp_path / "pairs.duckdb", [one("A", **season), two("B")])
    search = Search(threshold=0)
    assert (list(store.duplicates(search)), search.long) == ([], 1)


def test_a_crowded_block_is_passed_over_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pairs, "CROWD", 3)
    crowd = [two(f"B{n}") for n in range(4)]
    store = small.store(tmp_path / "pairs.duckdb", [one("A"), *crowd, one("C", lat=20.0), two("D", lat=20.0)])
    search = Search(threshold=0)
    assert [p["a"]["id"] for p in store.duplicates(search)] == ["C"]
    assert search.crowded > 0


def test_the_incident_known_more_exactly_comes_first(tmp_path: Path):
    pair = found(tmp_path, one("A"), two("B", location_precision="site"))[0]
    assert (pair["a"]["id"], pair["b"]["id"]) == ("B", "A")


def test_levels_of_a_comparison_share_out_all_pairs():
    for name, levels in COMPARISONS.items():
        loud = [level for level in levels if level.weight]
        assert 0.99 <= sum(level.m for level in loud) <= 1.01, name
        assert 0.99 <= sum(level.u for level in loud) <= 1.01, name
        assert not levels[-1].when
