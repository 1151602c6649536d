from __future__ import annotations

import pytest

from geo.gazetteer.match import MARGIN, How, Match, great_circle_km, ranked, rival, weigh
from geo.schema import Precision


def place(people: int, lon: float = 0.0, lat: float = 0.0, country: str = "XA", **more: object) -> Match:
    weight, fit = weigh(How.NAME, people, exact=True, likeness=100, curated=False)
    known: dict[str, object] = {
        "name": f"Place of {people}", "lat": lat, "lon": lon, "score": fit, "precision": Precision.CITY,
        "kind": "settlement", "country": country, "geonames_id": people, "geonames_admin1": None,
        "admin1_ids": (), "population": people, "matched": "Place", "how": How.NAME, "exact": True,
        "likeness": 100.0, "weight": weight,
    }  # fmt: skip
    return Match(**(known | more))  # type: ignore[arg-type]


def test_a_large_place_beats_a_small_one() -> None:
    best, second = ranked([place(10_000, lon=50), place(2_000_000)], None)
    assert best.population == 2_000_000
    assert best.score > 0.95
    assert second.score == pytest.approx(1 - best.score, abs=1e-3)
    assert rival([best, second]) is None


def test_two_of_a_size_are_rivals() -> None:
    candidates = ranked([place(150_000), place(170_000, lon=50)], None)
    assert rival(candidates) is candidates[1]


def test_the_margin_decides() -> None:
    just_under = 100_000 * (MARGIN * 0.99) ** (1 / 0.8)
    just_over = 100_000 * (MARGIN * 1.01) ** (1 / 0.8)
    assert rival(ranked([place(100_000, lon=50), place(int(just_under))], None)) is not None
    assert rival(ranked([place(100_000, lon=50), place(int(just_over))], None)) is None


def test_a_name_that_many_bear_is_not_decided_by_the_largest() -> None:
    crowd = [place(100_000 + number, lon=10.0 * number) for number in range(1, 12)]
    assert rival(ranked([*crowd, place(500_000, lat=50)], None)) is not None


def test_a_neighbour_hint_turns_the_order() -> None:
    far, close = place(500_000, lon=50), place(20_000)
    assert ranked([far, close], None)[0] is not close
    assert ranked([far, close], (0.1, 0.1))[0].population == 20_000


def test_places_side_by_side_are_not_rivals() -> None:
    assert rival(ranked([place(100_000), place(90_000, lon=0.05)], None)) is None
    assert rival(ranked([place(100_000), place(90_000, lon=0.05, country="XB")], None)) is not None


def test_a_city_state_is_no_rival_of_its_city() -> None:
    state = place(5_000_000, kind="country", lon=None, lat=None)
    assert rival(ranked([state, place(5_000_001)], None)) is None


def test_weaker_evidence_weighs_less() -> None:
    def weight(how: How, *, exact: bool = True, likeness: float = 100.0, curated: bool = False) -> float:
        return weigh(how, 1000, exact=exact, likeness=likeness, curated=curated)[0]

    assert weight(How.NAME) > weight(How.ALTERNATE) > weight(How.OTHER_TIME)
    assert weight(How.NAME, exact=False) < weight(How.NAME)
    assert weight(How.NAME, likeness=88) < weight(How.NAME, likeness=95) < weight(How.NAME, exact=False)
    assert weight(How.NAME, curated=True) > weight(How.NAME)


def test_distances_are_great_circles() -> None:
    assert great_circle_km((0, 0), (0, 90)) == pytest.approx(10_007.5, abs=0.1)
    assert great_circle_km((179.9, 0), (-179.9, 0)) == pytest.approx(22.24, abs=0.01)
