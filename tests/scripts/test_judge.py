"""When a prediction is what the gold means."""

from __future__ import annotations

import pytest

from scripts.evaluate import judge
from scripts.evaluate.gold import Where, claim, incident

CLAIM = {"metric": ["killed"], "place": ["Goma"], "evidence": [10, 20], "evidence_text": "…"}
ROW = {"metric": "killed", "place": "Goma", "evidence": [[12, 15]], "low": None, "best": None, "high": None}


def test_a_distance_is_along_the_great_circle() -> None:
    assert judge.distance_km(43.25, 76.95, 51.18, 71.45) == pytest.approx(972, abs=3)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Bălți", "balti"),
        ("Plateau", "Plateau State"),
        ("Cote d'Ivoire", "Côte d’Ivoire"),
        ("Кишинёв", "Кишинев"),
    ],
)
def test_names_are_compared_without_case_accents_and_kinds(name: str, other: str) -> None:
    assert judge.same_name(name, [other])


def test_a_name_made_of_kinds_alone_is_still_a_name() -> None:
    assert not judge.same_name("City", ["Region"])
    assert not judge.same_name(None, ["Goma"])


def test_a_point_near_enough_is_the_place_whatever_its_name() -> None:
    where = Where(("Ulan Bator",), ((47.9, 106.9, 25.0),), "city")
    assert judge.same_place({"place": "X", "lat": 47.92, "lon": 106.9, "location_precision": "city"}, where)
    assert not judge.same_place(
        {"place": "X", "lat": 47.5, "lon": 106.9, "location_precision": "city"}, where
    )


def test_the_centre_of_a_country_is_not_the_town_that_lies_there() -> None:
    where = Where(("Ulan Bator",), ((47.9, 106.9, 25.0),), "city")
    row = {"place": "Mongolia", "lat": 47.92, "lon": 106.9, "location_precision": "country"}
    assert not judge.same_place(row, where)


def test_a_wider_area_needs_its_regions() -> None:
    where = Where(("western Kazakhstan",), (), "macro-region", ("Atyrau",))
    row = {"place": "West", "location_precision": "macro-region", "admin1_ids": ["KZ-atyrau"]}
    assert judge.same_place(row, where)
    assert not judge.same_place(row | {"admin1_ids": []}, where)


def test_days_must_be_equal() -> None:
    accepted = [("2022-01-02", "2022-01-02"), ("2022-01-01", "2022-01-02")]
    assert judge.same_days("2022-01-02", None, accepted)
    assert judge.same_days("2022-01-01", "2022-01-02", accepted)
    assert not judge.same_days("2022-01-01", "2022-01-01", accepted)


def test_gold_without_a_first_day_wants_none_made_up() -> None:
    accepted = [(None, "2022-01-09")]
    assert judge.same_days(None, None, accepted)
    assert judge.same_days("2022-01-09", "2022-01-09", accepted)
    assert not judge.same_days("2022-01-08", "2022-01-08", accepted)


@pytest.mark.parametrize(
    ("gold", "row", "same"),
    [
        ({"best": 40}, {"best": 40}, True),
        ({"best": 40}, {"low": 40}, False),
        ({"low": 40, "bound": "at least"}, {"low": 41}, True),
        ({"low": 40, "bound": "at least"}, {"best": 40}, False),
        ({"high": 40, "bound": "at most"}, {"high": 40}, True),
        ({"low": 8, "high": 10, "bound": "range"}, {"low": 8, "high": 10}, True),
        ({"low": 8, "high": 10, "bound": "range"}, {"low": 8}, False),
        ({"low": 24, "bound": "vague"}, {"low": 24}, True),
        ({"low": 24, "bound": "vague"}, {"low": 100}, False),
        ({"low": 24, "bound": "vague"}, {}, False),
    ],
)
def test_a_value_keeps_its_openness(gold: dict, row: dict, same: bool) -> None:
    assert judge.same_value(ROW | row, claim(CLAIM | gold)) is same


def test_a_claim_needs_its_passage() -> None:
    gold = claim(CLAIM | {"best": 3})
    assert judge.claim_value(ROW | {"best": 3}, gold)
    assert not judge.claim_value(ROW | {"best": 3, "evidence": [[20, 30]]}, gold)


def test_a_speaker_may_be_named_in_another_case_or_at_length() -> None:
    gold = claim(CLAIM | {"best": 3, "claimed_by": ["министерство обороны", "МВД"]})
    assert judge.claim_speaker(ROW | {"best": 3, "claimed_by": "Министерства обороны Армении"}, gold)
    assert not judge.claim_speaker(ROW | {"best": 3, "claimed_by": "организаторы"}, gold)
    assert not judge.claim_speaker(ROW | {"best": 3, "claimed_by": ""}, gold)


def test_the_layout_of_the_seed_is_read_too() -> None:
    told = {"metric": "injured", "value": 2200, "bound": "more than", "place": "K", "evidence": [0, 1]}
    gold = claim(told | {"evidence_text": ""})
    assert (gold.low, gold.best, gold.bound) == (2200, None, "at least")
    told = {"type_family": "arrest", "place": "K", "evidence": [0, 1], "evidence_text": ""}
    event = incident(told | {"date_start": None, "date_end": "2022-01-09"})
    assert event.types == ("Strategic developments",)
    assert event.days == ((None, "2022-01-09"),)
