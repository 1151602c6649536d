"""Rows of a package meet the gazetteer and the boundaries: each incident where and when it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from geo import ingest
from geo.errors import PackageError, RejectedRows
from geo.query import IncidentQuery
from geo.settings import Settings
from geo.store import Store
from tests.sources.small import CLAIM, INCIDENT, REPORT, Row, write_package

WEST_IDS = ["KZ-aktobe", "KZ-atyrau", "KZ-mangystau", "KZ-west-kazakhstan"]
WEST = {"id": "KZ-west", "place": "Western Kazakhstan", "admin1_ids": WEST_IDS}
NAME = {"language": "en", "admin0": "KZ"}
PLACES = [
    NAME
    | {"place": "Western Kazakhstan", "name": "The west", "kind": "macro-region"}
    | {"admin1_ids": " ".join(WEST_IDS)},
    NAME
    | {"place": "Mangystau Region", "name": "Mangystau Region", "kind": "region"}
    | {"admin1_ids": "KZ-mangystau"},
]


@pytest.fixture
def settings(tmp_path: Path, environment: dict[str, str]) -> Settings:
    """A store of its own, and the place index that all tests share."""
    return Settings(store=tmp_path / "built.duckdb", cache=Path(environment["EVENTMAP_CACHE"]))


def told(incidents: Iterable[Row], **more: Any) -> dict[str, Any]:
    """Tables of incidents, each told of by one report."""
    rows = [INCIDENT | row for row in incidents]
    return {
        "incidents": rows,
        "reports": [REPORT | {"id": r["id"], "incident_id": r["id"]} for r in rows],
    } | more


@pytest.fixture
def built(tmp_path: Path, settings: Settings) -> Callable[..., dict[str, Any]]:
    """Build a package of these incidents; rows as they are exported, by identifier."""

    def of(*incidents: Row, **more: Any) -> dict[str, Any]:
        folder = write_package(tmp_path / "package", **told(incidents, places=PLACES, **more))
        own = {"admin0": ["KZ"], "macro_regions": [WEST]}
        (folder / "datapackage.json").write_text(json.dumps({"name": "small", "eventmap": own}))
        ingest.build(settings, [folder])
        return {row["id"]: row for row in Store(settings.store).export(IncidentQuery())}

    return of


def test_a_place_is_put_at_its_point_in_the_unit_valid_that_day(built: Callable[..., dict[str, Any]]):
    rows = built(
        {"id": "january", "place": "Semey"}, {"id": "july", "place": "Semey", "date_start": "2022-07-01"}
    )
    assert [(rows[key]["admin1_id"], rows[key]["admin1_name"]) for key in ("january", "july")] == [
        ("KZ-east-kazakhstan", "East Kazakhstan"),
        ("KZ-abai", "Abai"),
    ]
    assert [str(rows[key]["boundary_valid_on"]) for key in ("january", "july")] == [
        "2022-01-05",
        "2022-07-01",
    ]
    assert (rows["january"]["lon"], rows["january"]["lat"]) == (rows["july"]["lon"], rows["july"]["lat"])
    assert (round(rows["july"]["lon"], 1), round(rows["july"]["lat"], 1)) == (80.3, 50.4)


def test_precision_is_the_coarser_of_what_is_stated_and_what_is_found(built: Callable[..., dict[str, Any]]):
    rows = built(
        {"id": "site", "place": "Zhanaozen", "place_text": "akimat", "location_precision": "site"},
        {"id": "region", "place": "Mangystau Region", "location_precision": "city"},
        {"id": "somewhere", "place": "Zhanaozen", "location_precision": "region"},
        {"id": "west", "place": "Western Kazakhstan", "location_precision": "macro-region"},
        {"id": "country", "place": "Zhanaozen", "location_precision": "country"},
    )
    shown = {
        key: (row["location_precision"], row["area_id"], row["admin1_id"], row["lon"] is not None)
        for key, row in rows.items()
    }
    assert shown == {
        "site": ("city", None, "KZ-mangystau", True),
        "region": ("region", "KZ-mangystau", "KZ-mangystau", False),
        "somewhere": ("region", "KZ-mangystau", "KZ-mangystau", False),
        "west": ("macro-region", "KZ-west", None, False),
        "country": ("country", "KZ", None, False),
    }
    assert rows["site"]["place_text"] == "akimat"
    radii = [rows[key]["uncertainty_km"] for key in ("site", "region", "west", "country")]
    assert radii[0] == 10
    assert radii == sorted(radii)


def test_a_wider_area_has_the_bounds_of_its_regions(built: Callable[..., dict[str, Any]], settings: Settings):
    built({"id": "I1", "place": "Western Kazakhstan", "location_precision": "macro-region"})
    [area] = Store(settings.store).cells(IncidentQuery(), bbox=None, zoom=4, most=10)["areas"]
    assert (area["name"], area["precision"], area["regions"]) == (
        "Western Kazakhstan",
        "macro-region",
        WEST_IDS,
    )
    seen = {
        box: Store(settings.store).summary(IncidentQuery.from_params({"bbox": box}))["incidents"]
        for box in ("51,43,52,44", "70,50,71,51")
    }
    assert seen == {"51,43,52,44": 1, "70,50,71,51": 0}


def test_an_unknown_place_is_kept_and_listed_as_unplaced(tmp_path: Path, settings: Settings):
    rows = [{"id": "I1", "place": "Zzyzx"}, {"id": "I2", "place": ""}, {"id": "I3", "place": "Almaty"}]
    done = ingest.build(settings, [write_package(tmp_path / "package", **told(rows))])
    assert done.counts == {"reports": 3, "claims": 1, "incidents": 3, "placed": 1, "unplaced": 2}
    assert [key for key, _ in done.unplaced] == ["I1", "I2"]
    assert "Zzyzx" in done.unplaced[0][1]
    assert Store(settings.store).counts() == done.counts
    assert Store(settings.store).summary(IncidentQuery())["unplaced"] == 2


def test_coordinates_of_the_package_are_taken_as_far_as_it_is_sure_of_them(
    built: Callable[..., dict[str, Any]],
):
    here = {"place": "A farm nobody knows", "lon": "76.9", "lat": "43.25"}
    rows = built(
        here | {"id": "farm", "location_precision": "district"},
        here | {"id": "region", "location_precision": "region"},
    )
    farm, region = rows["farm"], rows["region"]
    assert (farm["lon"], farm["lat"], farm["uncertainty_km"]) == (76.9, 43.25, 25)
    assert (farm["admin0"], farm["admin1_id"], farm["area_id"]) == ("KZ", "KZ-almaty-city", None)
    assert (region["lon"], region["admin1_id"], region["area_id"]) == (
        None,
        "KZ-almaty-city",
        "KZ-almaty-city",
    )


def test_a_row_that_was_placed_before_stays_where_it_is(built: Callable[..., dict[str, Any]]):
    found = {"place": "Almaty", "place_note": "found so", "lon": "71.43", "lat": "51.13", "admin0": "KZ"}
    rows = built(
        *[
            found | {"id": "I1", "admin1_id": "KZ-nur-sultan"},
            {"id": "I2", "place": "Almaty", "place_note": "no place of this name"},
            {"id": "I3", "place": "Almaty", "place_note": "found so", "location_precision": "region"}
            | {"area_id": "KZ-mangystau", "admin1_id": "KZ-mangystau", "admin0": "KZ"},
            {"id": "I4", "place": "Almaty", "place_note": "found so", "area_id": "XX-nowhere"},
        ]
    )
    astana, unplaced, region, anew = (rows[f"I{n}"] for n in range(1, 5))
    assert (astana["lon"], astana["admin1_name"], astana["place_note"]) == (71.43, "Nur-Sultan", "found so")
    assert (unplaced["lon"], unplaced["area_id"], unplaced["place_note"]) == (
        None,
        None,
        "no place of this name",
    )
    assert (region["lon"], region["area_id"], region["uncertainty_km"] > 100) == (None, "KZ-mangystau", True)
    assert (anew["admin1_id"], anew["area_id"]) == ("KZ-almaty-city", None)


def test_a_claim_about_a_unit_as_a_whole_names_it(tmp_path: Path, settings: Settings):
    places = ["Almaty", "Kazakhstan", "Zhanaozen", "seven other regions"]
    claims = [CLAIM | {"id": place, "place": place} for place in places]
    ingest.build(settings, [write_package(tmp_path / "package", claims=claims)])
    about = {row["place"]: row["admin1_id"] for row in Store(settings.store).claims()}
    assert about == {
        "Almaty": "KZ-almaty-city",
        "Kazakhstan": None,
        "Zhanaozen": None,
        "seven other regions": None,
    }


def test_good_rows_load_and_rejects_are_told(tmp_path: Path, settings: Settings):
    bad = {"id": "I2", "place": "Almaty", "date_start": "2022-02-30"}
    folder = write_package(tmp_path / "package", **told([{"id": "I1"}, bad]))
    done = ingest.build(settings, [folder])
    assert done.counts["incidents"] == 1
    assert [(r.file, r.row, r.column) for r in done.rejects] == [
        ("incidents.csv", 3, "date_start"),
        ("reports.csv", 3, "incident_id"),
    ]


def test_a_strict_build_stops_at_the_first_fault_and_leaves_the_old_store(tmp_path: Path, settings: Settings):
    good = write_package(tmp_path / "good")
    ingest.build(settings, [good], strict=True)
    before = settings.store.read_bytes()
    bad = write_package(tmp_path / "bad", claims=[CLAIM | {"value": "many"}])
    with pytest.raises(RejectedRows) as caught:
        ingest.build(settings, [bad], strict=True)
    assert str(caught.value) == (
        "1 faults, first: claims.csv, row 2, column value: 'many' is not a number; "
        "write it with digits and a decimal point, or leave it blank; "
        "mend the rows, or build without --strict to leave them out"
    )
    with pytest.raises(PackageError):
        ingest.build(settings, [tmp_path / "none"])
    assert settings.store.read_bytes() == before


def test_a_package_of_nothing_makes_a_store_of_nothing(tmp_path: Path, settings: Settings):
    nothing = {name: [] for name in ("sources", "incidents", "reports", "claims")}
    done = ingest.build(settings, [write_package(tmp_path / "package", **nothing)])
    assert set(done.counts.values()) == {0}
    assert Store(settings.store).cells(IncidentQuery(), bbox=None, zoom=4, most=10)["total"] == 0


def test_several_packages_make_one_store_whose_data_sets_are_told_apart(tmp_path: Path, settings: Settings):
    one, two = write_package(tmp_path / "one"), write_package(tmp_path / "two")
    (two / "datapackage.json").write_text('{"name": "other"}')
    assert ingest.build(settings, [one, two]).counts["incidents"] == 2
    held = Store(settings.store)
    assert list(held.datasets) == ["small", "other"]
    assert {row["dataset"]: len(row["reports"]) for row in held.export(IncidentQuery())} == {
        "small": 1,
        "other": 1,
    }
    assert held.summary(IncidentQuery(dataset="other"))["incidents"] == 1


def test_the_default_store_places_every_incident(store: Path):
    held = Store(store)
    assert held.counts() == {"reports": 163, "claims": 142, "incidents": 120, "placed": 120, "unplaced": 0}
    rows = list(held.export(IncidentQuery()))
    assert {row["admin0"] for row in rows} == {"KZ"}
    assert all((row["lon"] is None) != (row["area_id"] is None) for row in rows)
    assert all(row["uncertainty_km"] > 0 for row in rows)
    assert all(row["admin1_id"] or row["location_precision"] == "country" for row in rows)


def test_one_data_set_given_twice_is_refused(tmp_path: Path, settings: Settings):
    folder = write_package(tmp_path / "package")
    with pytest.raises(PackageError, match="data set small is given twice"):
        ingest.build(settings, [folder, folder])
