"""The ledger as it stood on a day; figures, regions, cities and sources as other rooms ask for them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
import shapely

from geo.query import IncidentQuery
from geo.schema import REGION
from geo.store import Store
from tests.store import small
from tests.store.small import Row, claim, day, incident, report


@pytest.fixture
def toll(tmp_path: Path) -> Store:
    """A toll that is replaced, one that is withdrawn on its second day, and one about something else."""
    replaced = {"status": "superseded", "superseded_by": "C3", "status_from": day(15)}
    withdrawn = {"status": "retracted", "withdrawn_on": day(9), "status_from": day(10)}
    disputed = {"status": "disputed", "status_from": day(7)}
    claims = [
        claim("C1", **replaced),
        claim("C2", value=164.0, reported_on=day(9), **withdrawn),
        claim("C3", value=225.0, reported_on=day(15), status_from=day(15), source_id="reprint"),
        claim("C4", metric="arrested", place="Kazakhstan", reported_on=day(7), **disputed),
    ]
    return small.store(tmp_path / "toll.duckdb", claims=claims)


@pytest.mark.parametrize(
    ("known_on", "ledger"),
    [
        (day(5), {}),
        (day(6), {"C1": "stands"}),
        (day(9), {"C1": "stands", "C4": "disputed", "C2": "stands"}),
        (day(10), {"C1": "stands", "C4": "disputed", "C2": "retracted"}),
        (day(14), {"C1": "stands", "C4": "disputed", "C2": "retracted"}),
        (day(15), {"C1": "superseded", "C4": "disputed", "C2": "retracted", "C3": "stands"}),
        (None, {"C1": "superseded", "C4": "disputed", "C2": "retracted", "C3": "stands"}),
    ],
)
def test_a_claim_is_there_from_its_day_and_stands_until_its_status_changes(
    toll: Store, known_on: object, ledger: dict[str, str]
):
    assert {row["id"]: row["status"] for row in toll.claims(known_on=known_on)} == ledger
    assert [row["id"] for row in toll.claims(known_on=known_on)] == list(ledger)


def test_what_came_of_a_claim_is_told_only_once_it_is_known(toll: Store):
    def told(number: int) -> list[tuple[object, ...]]:
        names = ("id", "superseded_by", "withdrawn_on")
        return [tuple(row[n] for n in names) for row in toll.claims(metric="killed", known_on=day(number))]

    assert told(9) == [("C1", None, None), ("C2", None, None)]
    assert told(15) == [("C1", "C3", None), ("C2", None, day(9)), ("C3", None, None)]


def test_the_ledger_is_asked_by_metric_and_place(toll: Store):
    assert [row["id"] for row in toll.claims(metric="killed")] == ["C1", "C2", "C3"]
    assert [row["id"] for row in toll.claims(place="KAZAKHSTAN")] == ["C4"]
    assert toll.claims(metric="killed", place="Kazakhstan") == []
    assert toll.claims(metric="' OR 1=1 --") == []


def test_what_is_counted_where_is_known_without_reading_the_ledger(toll: Store):
    assert toll.counted == {(row["metric"], row["place"].lower()) for row in toll.claims()}
    assert ("arrested", "kazakhstan") in toll.counted


def test_a_claim_names_its_publisher(toll: Store):
    last = toll.claims()[-1]
    assert (last["id"], last["publisher"], last["weak"], last["value"]) == ("C3", "Reprint", True, 225)


def figure(value: float, **more: object) -> Row:
    row: Row = {"dataset": "small", "admin0": "AA", "admin1_id": "AA-west", "figure": "population"}
    row |= {"value": value, "unit": "persons", "reference": "2022-01-01", "preferred": True}
    return row | {"source_id": "daily"} | more


def test_figures_of_a_region_come_with_their_publishers_in_order_of_reference(tmp_path: Path):
    figures = [
        figure(2.0),
        figure(1.0, reference="2021-01-01", preferred=False),
        figure(4.0, admin1_id="AA-east"),
        figure(5.0, figure="area_km2", unit="km2", source_id="reprint"),
    ]
    held = small.store(tmp_path / "a.duckdb", figures=figures)
    names = ["figure", "value", "reference", "preferred", "publisher"]
    assert held.figures("AA-west")[names].to_numpy().tolist() == [
        ["area_km2", 5, "2022-01-01", True, "Reprint"],
        ["population", 1, "2021-01-01", False, "The Daily"],
        ["population", 2, "2022-01-01", True, "The Daily"],
    ]
    assert held.figures("nowhere").empty


def test_joined_figures_are_those_of_the_day(tmp_path: Path):
    held = small.store(tmp_path / "a.duckdb")
    assert held.joined_figures(day(3)).to_dict("records") == [
        {"admin1_id": "AA-west", "region_population": 1000}
    ]
    assert held.joined_figures(day(4))["region_population"].tolist() == [2000]


@pytest.fixture
def divided(tmp_path: Path) -> Store:
    """A country whose region was divided on the 8th: the new part has no outline yet."""
    unit = dict.fromkeys(REGION.names) | {"admin0": "AA", "kind": "region", "geometry_quality": "surveyed"}
    box = shapely.box(0, 0, 10, 5).wkb
    rows = [
        unit | {"id": "AA-old", "name": "Old", "valid_to": day(7), "geometry": box},
        unit
        | {"id": "AA-new", "name": "New", "valid_from": day(8), "geometry_quality": "none", "geometry": None},
        unit | {"id": "AA-old-2022", "name": "Old", "valid_from": day(8), "geometry": box},
        unit | {"id": "BB-far", "admin0": "BB", "name": "Far", "geometry": shapely.box(50, 50, 60, 60).wkb},
    ]
    columns = REGION.append(pa.field("geometry", pa.binary()))
    return small.store(
        tmp_path / "divided.duckdb",
        [incident("I1", lon=3.0, lat=2.0)],
        regions=pa.Table.from_pylist(rows, schema=columns),
    )


def test_regions_are_those_valid_on_the_day_first_and_last_day_included(divided: Store):
    assert divided.regions(day(7))["id"].tolist() == ["AA-old", "BB-far"]
    assert divided.regions(day(8))["id"].tolist() == ["AA-new", "AA-old-2022", "BB-far"]
    assert divided.regions(day(8), ["AA"])["id"].tolist() == ["AA-new", "AA-old-2022"]
    assert divided.regions(day(8), []).empty


def test_regions_ever_are_of_the_countries_the_data_is_about(divided: Store):
    units = divided.regions_ever()
    assert units["id"].tolist() == ["AA-new", "AA-old", "AA-old-2022"]
    outlines = shapely.from_wkb(units["geometry"])
    assert [shape and shape.bounds for shape in outlines] == [None, (0, 0, 10, 5), (0, 0, 10, 5)]


def test_home_is_the_country_of_the_data_or_its_points_or_the_world(divided: Store, tmp_path: Path):
    assert divided.home == (0, 0, 10, 5)
    points = [incident("I1", lon=3.0, lat=2.0), incident("I2", lon=7.0, lat=-1.0)]
    assert small.store(tmp_path / "points.duckdb", points).home == (3, -1, 7, 2)
    assert small.store(tmp_path / "none.duckdb").home == (-180, -60, 180, 75)


def test_cities_and_sources(tmp_path: Path):
    reports = [report("R1", "I1"), report("R2", "I1"), report("R3", "I1", source_id="reprint")]
    held = small.store(tmp_path / "a.duckdb", [incident("I1")], reports)
    assert held.cities() == [{"name": "Westville", "lon": 5, "lat": 5, "population": 90_000, "admin0": "AA"}]
    told = [
        (row["publisher"], row["weak"], row["reports"], row["incidents"], row["alone"])
        for row in held.sources(IncidentQuery())
    ]
    assert told == [("The Daily", False, 2, 1, 0), ("Reprint", True, 1, 1, 0)]
    assert held.sources(IncidentQuery(event_types=())) == []


def test_what_rests_on_weak_sources_alone(tmp_path: Path):
    incidents = [incident(key, date_start=day(number)) for key, number in (("I1", 5), ("I2", 3), ("I3", 4))]
    reports = [
        report("R1", "I1", source_id="reprint"),
        report("R2", "I1", reported_on=day(8)),
        report("R3", "I2", source_id="reprint"),
        report("R4", "I2", source_id="reprint"),
        report("R5", "I3"),
    ]
    held = small.store(tmp_path / "a.duckdb", incidents, reports)
    rests = {"id": "I2", "title": "Title of I2", "date_start": day(3), "publishers": ["Reprint"]}
    assert held.weakly_told(IncidentQuery()) == {"total": 1, "incidents": [rests]}
    then = held.weakly_told(IncidentQuery(known_on=day(7)), limit=1)
    assert (then["total"], [row["id"] for row in then["incidents"]]) == (2, ["I2"])
    assert held.weakly_told(IncidentQuery(event_types=())) == {"total": 0, "incidents": []}


def test_only_addresses_on_the_web_are_given_for_a_publisher(tmp_path: Path):
    reports = [
        report("R1", "I1", url="javascript:alert(1)"),
        report("R2", "I1", url="https://b.example/2"),
        report("R3", "I1", url="javascript:alert(1)", source_id="reprint"),
    ]
    held = small.store(tmp_path / "a.duckdb", [incident("I1")], reports)
    assert [row["url"] for row in held.sources(IncidentQuery())] == ["https://b.example/2", None]
