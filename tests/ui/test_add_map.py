"""What the map of a file is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from geo.ui import add_map

DAY = dt.date(2022, 1, 5)


def row(**more: Any) -> dict[str, Any]:
    plain = {
        "title": "Gathered",
        "event_type": "Protests",
        "place": "Almaty",
        "lat": 43.25,
        "lon": 76.93,
        "location_precision": "city",
        "area_id": None,
        "admin0": "KZ",
        "admin1_name": "Almaty",
        "date_start": DAY,
        "date_end": None,
        "date_precision": "day",
        "fatalities_best": 2,
        "injured": None,
    }
    return plain | more


def test_one_place_tells_its_first_rows_and_how_many_more_there_are() -> None:
    found, left_out = add_map.drawn([row() for _ in range(20)], 10)
    told = [one.told for one in found if one.told]
    assert len(found) == 20
    assert left_out == 0
    assert told[0] == "5 January 2022 · Protests · Gathered"
    assert told[add_map.LINES :] == ["… and 8 more"]


def test_the_fullest_places_are_drawn_where_there_are_too_many() -> None:
    rows = [row(lat=float(n)) for n in range(5)] + [row(lat=3.0)]
    found, left_out = add_map.drawn(rows, 2)
    assert left_out == 3
    assert {one.lat for one in found} == {0.0, 3.0}


def test_what_is_known_to_a_region_is_an_area_and_to_a_country_nowhere() -> None:
    region = row(
        lat=None, lon=None, location_precision="region", area_id="KZ-almaty-city", admin1_name="Almaty"
    )
    nation = row(lat=None, lon=None, location_precision="country", area_id="KZ", admin1_name=None)
    found, _left_out = add_map.drawn([region, nation, row(lat=None, lon=None)], 9)
    assert [(one.area, one.has_point) for one in found] == [
        ("KZ-almaty-city", False),
        (None, False),
        (None, False),
    ]
    assert (
        add_map.listed([one for one in found if not one.area]) == ["5 January 2022 · Protests · Gathered"] * 2
    )
