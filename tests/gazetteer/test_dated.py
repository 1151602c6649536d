from __future__ import annotations

import datetime as dt

import pytest

from geo.gazetteer.dated import LATEST, Overlay
from tests.gazetteer.conftest import name

ROWS = [
    name("Nur-Sultan", "Astana", valid_from="1998", valid_to="2019-03-23", geonames_id=1526273),
    name("Nur-Sultan", "Nur-Sultan", valid_from="2019-03-23", valid_to="2022-09-17", geonames_id=1526273),
    name("Nur-Sultan", "Нур-Султан", language="ru", valid_from="2019-03-23", valid_to="2022-09-17"),
    name("Nur-Sultan", "Astana", valid_from="2022-09-17", geonames_id=1526273),
    name("Zhanaozen", "Novy Uzen", valid_from="1968", valid_to="1993-10"),
    name("Zhanaozen", "Janaozen", valid_from="1993-10"),
    name("Zhanaozen", "Zhanaozen", valid_from="1993-10"),
    name("Mangystau Region", "Mangystau Region", kind="region", admin1_ids="KZ-mangystau"),
    name(
        "Western Kazakhstan", "Западный Казахстан", language="ru", kind="macro-region", admin1_ids="KZ-a KZ-b"
    ),
]


@pytest.mark.parametrize(
    ("day", "called"),
    [
        (dt.date(2019, 3, 22), "Astana"),
        (dt.date(2019, 3, 23), "Nur-Sultan"),
        (dt.date(2022, 9, 16), "Nur-Sultan"),
        (dt.date(2022, 9, 17), "Astana"),
        (LATEST, "Astana"),
        (dt.date(1990, 1, 1), "Nur-Sultan"),
    ],
)
def test_a_place_has_the_name_of_its_day(day: dt.date, called: str) -> None:
    (hit,) = Overlay(ROWS).find("Nur-Sultan", day)
    assert hit.place.name_on(day) == called


def test_a_partial_end_counts_to_its_last_day() -> None:
    (place,) = {hit.place for hit in Overlay(ROWS).find("Novy Uzen", dt.date(1993, 10, 31))}
    novy = place.names[0]
    assert novy.on(dt.date(1993, 10, 31))
    assert not novy.on(dt.date(1993, 11, 1))
    assert place.name_on(dt.date(1993, 10, 15)) == "Zhanaozen"
    assert place.name_on(dt.date(1990, 1, 1)) == "Novy Uzen"


def test_of_two_valid_names_the_one_other_tables_use_is_given() -> None:
    (hit,) = Overlay(ROWS).find("Janaozen", LATEST)
    assert hit.name.name == "Janaozen"
    assert hit.exact
    assert hit.place.name_on(LATEST) == "Zhanaozen"


def test_a_name_valid_on_the_day_is_preferred_to_one_of_another_time() -> None:
    (hit,) = Overlay(ROWS).find("Astana", dt.date(2023, 1, 1))
    assert hit.name.start == dt.date(2022, 9, 17)


def test_regions_are_found_under_any_word_for_region_and_without() -> None:
    overlay = Overlay(ROWS)
    (oblast,) = overlay.find("Mangistau oblast", LATEST)
    assert (oblast.place.place, oblast.bare, oblast.exact) == ("Mangystau Region", False, False)
    (bare,) = overlay.find("Mangystau", LATEST)
    assert (bare.place.place, bare.bare) == ("Mangystau Region", True)


def test_the_name_of_other_tables_is_always_a_name() -> None:
    (hit,) = Overlay(ROWS).find("western kazakhstan", LATEST)
    assert hit.place.admin1_ids == ("KZ-a", "KZ-b")


def test_empty_cells_of_any_kind_are_empty() -> None:
    rows = [name("A", "A", geonames_id=float("nan"), admin1_ids=float("nan"), valid_to="", valid_from=None)]
    (place,) = Overlay(rows).places
    assert place.geonames_id is None
    assert place.admin1_ids == ()
    assert place.names[0].on(LATEST)
