"""The map of candidates: dots where a point is known, areas where it is not, words as words."""

from __future__ import annotations

import re

from geo.maps.candidates import Candidate, build_candidates, frame, hatched, marks
from geo.schema import EVENT_TYPES, Precision

GROUND = {"home": [0, 0, 1, 1], "attribution": "", "cities": []}


def candidate(**more: object) -> Candidate:
    plain = {"event_type": "Riots", "place": "Goma", "lat": -1.67, "lon": 29.23, "precision": Precision.CITY}
    return Candidate(**(plain | {"area": "CD-north-kivu", "harm": 2, "told": "1 · Riots"} | more))  # type: ignore[arg-type]


def test_candidates_at_one_place_are_one_mark() -> None:
    (mark,) = marks([candidate(), candidate(event_type="Protests", harm=3)])
    assert (mark["n"], mark["harm"], mark["km"]) == (2, 5, 10.0)
    assert dict(zip(EVENT_TYPES, mark["types"], strict=True)) | {"Riots": 1, "Protests": 1} == dict(
        zip(EVENT_TYPES, mark["types"], strict=True)
    )


def test_what_is_known_to_a_region_is_never_a_dot() -> None:
    region = candidate(precision=Precision.REGION, place="North Kivu")
    assert marks([region]) == []
    (area,) = hatched([region, region])
    assert (area["id"], area["n"], area["precision"]) == ("CD-north-kivu", 2, "region")


def test_a_whole_country_is_neither_dot_nor_area() -> None:
    country = candidate(precision=Precision.COUNTRY, area="CD")
    assert (marks([country]), hatched([country])) == ([], [])


def test_a_place_without_a_point_is_in_its_region() -> None:
    assert hatched([candidate(lat=None, lon=None)])[0]["id"] == "CD-north-kivu"
    assert hatched([candidate(lat=None, lon=None, area=None)]) == []


def test_points_are_framed_and_areas_need_their_whole_country() -> None:
    west, south, east, north = frame([candidate()]) or []
    assert west < 29.23 < east
    assert south < -1.67 < north
    assert frame([candidate(), candidate(precision=Precision.REGION)]) is None
    assert frame([]) is None


def test_the_map_asks_nobody_for_anything() -> None:
    page = build_candidates(GROUND, [candidate()], "en").get_root().render()
    assert re.findall(r"https?://(?!www\.w3\.org)[\w.]+", page) == []
    assert "/candidates.js" in page


def test_words_of_a_text_stay_text() -> None:
    page = (
        build_candidates(GROUND, [candidate(place="</script><b>", told="</script>")], "en")
        .get_root()
        .render()
    )
    assert "</script><b>" not in page


def test_the_same_candidates_make_the_same_map() -> None:
    one, other = (build_candidates(GROUND, [candidate()], "en").get_root().render() for _ in range(2))
    assert one == other
