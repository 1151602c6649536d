"""What the map asks for: marks and areas, lists of incidents, the base map, one region."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from geojson_pydantic import FeatureCollection
from starlette.testclient import TestClient

from geo.ingest import boundaries
from geo.ingest.boundaries import Given
from geo.schema import EVENT_TYPES
from geo.settings import Settings
from tests.ingest.added.kazakhstan import SPLIT, units, written

Ask = Callable[..., Any]

ALMATY = "76.6,43.1,77.2,43.5"


def test_cells_of_the_whole_data_set(ask: Ask):
    found = ask("/api/cells", z="4")
    assert (found["total"], found["unplaced"], found["mode"]) == (120, 0, "places")
    assert found["types"] == list(EVENT_TYPES)
    assert sum(mark["n"] for mark in found["marks"]) + sum(area["n"] for area in found["areas"]) == 120
    assert found["marks"][0]["place"] == "Almaty"


def test_an_area_says_which_regions_to_draw(ask: Ask):
    areas = {area["id"]: area for area in ask("/api/cells")["areas"]}
    west = areas["KZ-mangystau"]
    assert (west["name"], west["precision"], west["regions"]) == ("Mangystau", "region", ["KZ-mangystau"])
    assert (areas["KZ"]["precision"], areas["KZ"]["regions"]) == ("country", [])
    assert all(sum(area["types"]) == area["n"] for area in areas.values())


def test_a_view_holds_its_points_and_the_areas_that_touch_it(ask: Ask):
    found = ask("/api/cells", bbox=ALMATY, z="10")
    assert {mark["place"] for mark in found["marks"]} == {"Almaty"}
    assert "KZ" in {area["id"] for area in found["areas"]}
    assert found["total"] < ask("/api/cells")["total"]
    assert ask("/api/cells", bbox="-10,-10,0,0", z="5")["total"] == 0


def test_the_list_of_a_mark_is_by_date_and_says_who_reported_what_and_when(ask: Ask):
    mark = ask("/api/cells")["marks"][0]
    found = ask("/api/details", cell=mark["cell"])
    assert found["total"] == len(found["incidents"]) == mark["n"]
    order = [(incident["date_start"], incident["id"]) for incident in found["incidents"]]
    assert order == sorted(order)
    first = found["incidents"][0]
    names = "id title summary date_start date_end date_precision time_local event_type sub_event_type"
    names += " source_type place place_text location_precision uncertainty_km admin1_id admin1_name actors"
    names += " fatalities_low fatalities_best fatalities_high injured_low injured injured_high arrested_low"
    names += " arrested arrested_high participants_low participants participants_high first_reported_on"
    names += " first_reported_basis reports"
    assert set(names.split()) <= set(first)
    assert set(first["reports"][0]) == {
        *("id", "publisher", "weak", "url", "reported_on", "reported_basis", "scope", "summary", "also")
    }


def test_several_marks_make_one_list_that_can_be_paged(ask: Ask):
    marks = ask("/api/cells")["marks"][:3]
    cells = [mark["cell"] for mark in marks]
    whole = ask("/api/details", cell=cells)
    assert whole["total"] == sum(mark["n"] for mark in marks)
    pages = [ask("/api/details", cell=cells, limit="7", offset=str(at)) for at in range(0, whole["total"], 7)]
    assert [row["id"] for page in pages for row in page["incidents"]] == [r["id"] for r in whole["incidents"]]


def test_the_list_of_an_area(ask: Ask):
    for area in ask("/api/cells")["areas"]:
        found = ask("/api/details", area=area["id"])
        assert found["total"] == area["n"]
        assert {incident["location_precision"] for incident in found["incidents"]} == {area["precision"]}
    assert ask("/api/details", area="XX") == {"total": 0, "incidents": []}


def test_lists_follow_the_query(ask: Ask):
    mark = ask("/api/cells", start="2022-01-05", end="2022-01-05", event_type="Riots")["marks"][0]
    found = ask("/api/details", cell=mark["cell"], start="2022-01-05", end="2022-01-05", event_type="Riots")
    assert found["total"] == mark["n"] > 0
    assert {incident["event_type"] for incident in found["incidents"]} == {"Riots"}


def test_on_an_earlier_day_later_reports_are_unknown(ask: Ask):
    early = ask("/api/details", known_on="2022-01-06")
    assert 0 < early["total"] < 120
    told = [report["reported_on"] for incident in early["incidents"] for report in incident["reports"]]
    assert max(told) <= "2022-01-06"


def test_the_base_map_is_that_of_the_day(ask: Ask):
    january, june = ask("/api/basemap", on="2022-01-05"), ask("/api/basemap", on="2022-06-30")
    assert {"KZ-shymkent", "KZ-east-kazakhstan"} <= {
        f["properties"]["id"] for f in january["regions"]["features"]
    }
    assert "KZ-east-kazakhstan-2022" in {f["properties"]["id"] for f in june["regions"]["features"]}
    for name in ("countries", "regions", "macro"):
        FeatureCollection.model_validate(january[name])
    assert "Almaty" in {city["name"] for city in january["cities"]}
    west, south, east, north = january["home"]
    assert (40 < west < 50, 40 < south < 45, 80 < east < 90, 50 < north < 60) == (True,) * 4


def test_the_base_map_is_sent_again_only_when_it_changed(client: TestClient):
    first = client.get("/api/basemap", params={"on": "2022-01-05"})
    tag = {"If-None-Match": first.headers["etag"]}
    again = client.get("/api/basemap", params={"on": "2022-01-05"}, headers=tag)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = client.get("/api/basemap", params={"on": "2022-06-30"}, headers=tag)
    assert other.status_code == 200
    assert other.headers["etag"] != first.headers["etag"]


def test_the_base_map_names_those_whose_boundaries_were_added(
    store: Path, environment: dict[str, str], tmp_path: Path, client_of: Callable[[Settings], TestClient]
):
    settings = Settings(store=tmp_path / "added.duckdb", cache=Path(environment["EVENTMAP_CACHE"]))
    settings.store.write_bytes(store.read_bytes())
    assert client_of(settings).get("/api/basemap").json()["credits"] == []
    outlines = written(tmp_path / "kz.geojson", units(SPLIT))
    boundaries.add(settings, outlines, Given("KZ", SPLIT, source="A survey", licence="CC BY 4.0"))
    client = client_of(settings)
    assert client.get("/api/basemap").json()["credits"] == [{"source": "A survey", "licence": "CC BY 4.0"}]
    assert "A survey (CC BY 4.0)" in client.get("/api", params={"f": "json"}).json()["attribution"]


def test_without_a_day_the_base_map_is_that_of_the_first_incident(ask: Ask):
    assert ask("/api/basemap") == ask("/api/basemap", on="2022-01-01")


def test_a_region_tells_its_figures_with_their_sources_and_its_incidents(ask: Ask):
    told = ask("/api/regions/KZ-mangystau", on="2022-01-05")
    assert (told["name"], told["kind"], told["geometry_quality"]) == ("Mangystau", "region", "surveyed")
    population = next(row for row in told["figures"] if row["figure"] == "population")
    assert (population["title"], population["unit"]) == ("Population", "persons")
    assert population["publisher"]
    assert told["incidents"] == ask("/api/cells", admin1="KZ-mangystau")["total"]
    assert told["per_100k"] == pytest.approx(told["incidents"] / population["value"] * 100_000, abs=0.1)
    fewer = ask("/api/regions/KZ-mangystau", on="2022-01-05", start="2022-01-05", end="2022-01-05")
    assert fewer["incidents"] < told["incidents"]


@pytest.mark.parametrize(
    ("key", "on"), [("KZ-abai", "2022-01-05"), ("KZ-east-kazakhstan", "2022-07-01"), ("XX", "2022-01-05")]
)
def test_a_region_that_was_not_valid_that_day_is_not_found(
    refusal: Callable[..., dict[str, Any]], key: str, on: str
):
    told = refusal(f"/api/regions/{key}", on=on)
    assert (told["status"], told["title"]) == (404, f"no region {key!r} was valid on {on}")


def test_every_region_on_the_base_map_can_be_asked(ask: Ask):
    for on in ("2018-01-01", "2022-01-05", "2022-06-30"):
        for region in ask("/api/basemap", on=on)["regions"]["features"]:
            assert (
                ask(f"/api/regions/{region['properties']['id']}", on=on)["id"] == region["properties"]["id"]
            )


def test_days_count_what_a_filter_of_the_day_shows(ask: Ask):
    told = ask("/api/days")
    assert (told["types"], told["first"], told["last"]) == (list(EVENT_TYPES), "2022-01-01", "2022-01-13")
    assert len(told["counts"]) == 13, "to the last day on which one begins, as on the slider"
    for at, day in ((0, "2022-01-01"), (4, "2022-01-05"), (11, "2022-01-12")):
        assert sum(told["counts"][at]) == ask("/api/cells", start=day, end=day)["total"], day


def test_days_stay_within_the_interval_that_is_asked_for(ask: Ask):
    told = ask("/api/days", start="2022-01-05", end="2022-01-06", event_type="Riots")
    assert (told["first"], told["last"]) == ("2022-01-05", "2022-01-06")
    riots = list(EVENT_TYPES).index("Riots")
    assert all(row[riots] == sum(row) > 0 for row in told["counts"])
    assert ask("/api/days", q="no such word at all") == {
        "types": list(EVENT_TYPES),
        "first": None,
        "last": None,
        "counts": [],
    }


def test_what_changed_since_the_day_is_told_beside_what_was_known(ask: Ask):
    then = {row["id"]: row for row in ask("/api/details", known_on="2022-01-07")["incidents"]}
    assert then["KZ22-023"]["participants"] == 1000
    assert then["KZ22-023"]["today"]["participants"] == 5000
    assert then["KZ22-001"]["today"] is None
    assert "today" not in ask("/api/details")["incidents"][0]


def test_a_mark_tells_how_far_off_its_place_may_be(ask: Ask):
    assert {mark["km"] for mark in ask("/api/cells")["marks"]} == {10.0, 25.0}


def test_the_claims_about_a_region_as_they_stood_on_a_day(ask: Ask):
    def claims(**params: str) -> dict[str, Any]:
        told = ask("/api/regions/KZ-almaty-city", on="2022-01-05", **params)
        assert {claim["admin1_id"] for claim in told["claims"]} == {"KZ-almaty-city"}
        return {claim["id"]: claim for claim in told["claims"]}

    assert claims(known_on="2022-01-09")["C014"]["status"] == "stands"
    withdrawn = claims(known_on="2022-01-12")["C014"]
    assert (withdrawn["status"], withdrawn["withdrawn_on"]) == ("retracted", "2022-01-09")
    assert "C042" not in claims(known_on="2022-01-12")
    assert claims()["C042"]["value"] == 151
