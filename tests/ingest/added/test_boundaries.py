"""Boundaries that somebody brings: matched, mended, measured, used for incidents of their days, and kept."""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely import LineString, MultiPolygon, Polygon, box

from geo.errors import BoundaryError, CallError, GeoError, StoreError, TableError, Undecided
from geo.ingest import boundaries
from geo.ingest.boundaries import Added, Given
from geo.query import IncidentQuery
from geo.settings import Settings
from geo.store import Store, write
from tests.conftest import ROOT
from tests.ingest.added.kazakhstan import SPLIT, units, written

JULY = dt.date(2022, 7, 1)
GIVEN = Given("KZ", SPLIT)
NEW = [
    "KZ-abai",
    "KZ-almaty-region-2022",
    "KZ-east-kazakhstan-2022",
    "KZ-karaganda-2022",
    "KZ-ulytau",
    "KZ-zhetysu",
]


@pytest.fixture(scope="session")
def split() -> gpd.GeoDataFrame:
    """The units since 8 June 2022, with straight borders."""
    return units(SPLIT)


def placed(settings: Settings) -> dict[str, str | None]:
    """The unit of each incident."""
    return {row["id"]: row["admin1_id"] for row in Store(settings.store).export(IncidentQuery())}


def quality(settings: Settings, day: dt.date) -> dict[str, str]:
    """Where the outline of each unit of Kazakhstan comes from."""
    found = Store(settings.store).regions(day, ["KZ"])
    return dict(zip(found["id"], found["geometry_quality"], strict=True))


def drawn(settings: Settings, key: str, day: dt.date) -> shapely.Geometry:
    found = Store(settings.store).regions(day, ["KZ"]).set_index("id")
    return shapely.from_wkb(found.at[key, "geometry"])


def refused(settings: Settings, path: Path, **said: object) -> str:
    """The line in which a file is refused; the store stays as it was."""
    before = settings.store.read_bytes()
    with pytest.raises(GeoError) as caught:
        boundaries.add(settings, path, replace(GIVEN, **said))
    assert settings.store.read_bytes() == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_regions_of_2022_get_their_polygons(settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame):
    assert {quality(settings, JULY)[key] for key in NEW} == {"none"}
    done = boundaries.add(settings, written(tmp_path / "kz.geojson", split), GIVEN)
    assert done.row["rows"] == 20
    assert {quality(settings, JULY)[key] for key in NEW} == {"surveyed"}
    abai = split.set_index("name").geometry["Abai Region"]
    assert drawn(settings, "KZ-abai", JULY).equals(abai)
    assert drawn(settings, "KZ-abai", JULY).area + drawn(settings, "KZ-east-kazakhstan-2022", JULY).area == (
        pytest.approx(drawn(settings, "KZ-east-kazakhstan", dt.date(2022, 6, 7)).area)
    )
    assert sorted(quality(settings, dt.date(2022, 6, 7))) == sorted(
        {*quality(settings, JULY), "KZ-almaty-region", "KZ-east-kazakhstan", "KZ-karaganda"} - set(NEW)
    )


def test_a_unit_without_an_end_has_one_outline_before_and_another_since(settings: Settings, tmp_path: Path):
    smaller = units(SPLIT)
    at = smaller.index[smaller["name"] == "Pavlodar"][0]
    smaller.loc[at, "geometry"] = smaller.geometry[at].buffer(-0.1)
    boundaries.add(settings, written(tmp_path / "kz.gpkg", smaller), GIVEN)
    before, since = (drawn(settings, "KZ-pavlodar", day) for day in (dt.date(2022, 6, 7), SPLIT))
    assert since.area < before.area
    held = Store(settings.store).regions_ever()
    days = held.loc[held["id"] == "KZ-pavlodar", ["valid_from", "valid_to"]].to_numpy().tolist()
    assert sorted(days, key=str) == [[None, dt.date(2022, 6, 7)], [SPLIT, None]]


def test_incidents_of_its_days_are_assigned_anew_and_no_others(settings: Settings, tmp_path: Path):
    assert placed(settings) == {
        "January": "KZ-east-kazakhstan",
        "July": "KZ-abai",
        "east": "KZ-east-kazakhstan-2022",
        "far": "KZ-mangystau",
    }
    cut = units(SPLIT)
    swapped = {"Abai Region": "East Kazakhstan Region", "East Kazakhstan Region": "Abai Region"}
    cut["name"] = cut["name"].replace(swapped)
    done = boundaries.add(settings, written(tmp_path / "kz.geojson", cut), GIVEN)
    assert done.moved == Counter(
        {("KZ-abai", "KZ-east-kazakhstan-2022"): 1, ("KZ-east-kazakhstan-2022", "KZ-abai"): 1}
    )
    after = {"January": "KZ-east-kazakhstan", "July": "KZ-east-kazakhstan-2022", "east": "KZ-abai"}
    assert placed(settings) == after | {"far": "KZ-mangystau"}
    names = {row["id"]: row["admin1_name"] for row in Store(settings.store).export(IncidentQuery())}
    assert names["July"] == "East Kazakhstan"


def test_a_build_keeps_what_was_added_and_assigns_alike(
    settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame, rebuild: Callable[[], None]
):
    boundaries.add(settings, written(tmp_path / "kz.geojson", split), replace(GIVEN, licence="CC0"))
    (tmp_path / "kz.geojson").unlink()
    before, where = Store(settings.store).regions_ever(), placed(settings)
    rebuild()
    pd.testing.assert_frame_equal(Store(settings.store).regions_ever(), before)
    assert placed(settings) == where
    assert Store(settings.store).credits == ("Boundaries of KZ from 2022-06-08: kz.geojson (CC0).",)


def test_a_build_that_did_not_see_an_addition_is_refused(
    settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch
):
    boundaries.add(settings, written(tmp_path / "kz.geojson", split), GIVEN)
    before = settings.store.read_bytes()
    from tests.store.small import tables

    with pytest.raises(StoreError, match="added or removed meanwhile; build again"):
        write(settings.store, tables())
    assert settings.store.read_bytes() == before


def test_killed_at_any_moment_the_store_is_as_it_was_or_as_it_will_be(
    settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame
):
    path = written(tmp_path / "kz.gpkg", split)
    command = [sys.executable, "-m", "geo", "boundaries", "add", str(path), "--store", str(settings.store)]
    command += ["--admin0", "KZ", "--valid-from", str(SPLIT)]
    environment = os.environ | {"EVENTMAP_CACHE": str(settings.cache)}
    chance = random.Random(8)
    for _ in range(4):
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.5, 4))
        process.kill()
        process.wait()
        store = Store(settings.store)
        added = bool(store.additions())
        assert (store.regions(JULY, ["KZ"])["geometry_quality"] == "none").any() != added
        store.close()
    boundaries.add(settings, path, GIVEN)
    assert len(Store(settings.store).additions()) == 1
    assert {quality(settings, JULY)[key] for key in NEW} == {"surveyed"}
    assert not list(settings.store.parent.glob(".*.new*"))


def test_the_same_file_for_the_same_days_changes_nothing(
    settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame
):
    path = written(tmp_path / "kz.geojson", split)
    boundaries.add(settings, path, GIVEN)
    before = settings.store.read_bytes()
    again = boundaries.add(settings, path, GIVEN)
    assert (again.notes, again.coverage) == (("this file is there already",), None)
    assert settings.store.read_bytes() == before


def test_what_was_removed_leaves_no_trace(settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame):
    before, where = Store(settings.store).regions_ever(), placed(settings)
    boundaries.add(settings, written(tmp_path / "kz.geojson", split), GIVEN)
    boundaries.remove(settings, "boundaries-1")
    pd.testing.assert_frame_equal(Store(settings.store).regions_ever(), before)
    assert placed(settings) == where
    assert Store(settings.store).additions() == []
    with pytest.raises(CallError, match="boundaries-1: no such boundaries were added; choose from: none"):
        boundaries.remove(settings, "boundaries-1")


@pytest.mark.parametrize(
    "name", ["kz.gpkg", "kz.fgb", "kz.parquet", "kz.shp", "kz.kml", "kz.gml", "kz.tab", "kz.mif"]
)
def test_every_format_gives_the_same_units(
    settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame, name: str
):
    plain = split if name != "kz.kml" else split.rename(columns={"name": "Name"})
    drivers = {"kz.tab": "MapInfo File", "kz.mif": "MapInfo File", "kz.kml": "KML"}
    if name in drivers:
        plain.to_file(tmp_path / name, driver=drivers[name])
    else:
        written(tmp_path / name, plain)
    boundaries.add(settings, tmp_path / name, GIVEN)
    assert {quality(settings, JULY)[key] for key in NEW} == {"surveyed"}
    abai = split.set_index("name").geometry["Abai Region"]
    assert drawn(settings, "KZ-abai", JULY).symmetric_difference(abai).area < 1e-4


def test_names_are_known_in_russian_and_kazakh_and_a_city_is_told_from_its_region(
    settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame
):
    words = {
        "Abai Region": "область Абай",
        "Zhetysu Region": "Жетісу облысы",
        "Ulytau Region": "Улытауская область",
        "East Kazakhstan Region": "Шығыс Қазақстан облысы",
        "Karaganda Region": "Карагандинская область",
        "Almaty Region": "Almaty",
        "Almaty city": "Almaty",
        "Shymkent city": "г. Шымкент",
    }
    named = split.assign(region=split["name"].replace(words), name="Казахстан")
    done = boundaries.add(settings, written(tmp_path / "kz.gpkg", named), GIVEN)
    assert "names were read from column 'region'" in done.notes
    held = {key: drawn(settings, key, JULY) for key in ("KZ-almaty-city", "KZ-almaty-region-2022")}
    by_name = split.set_index("name").geometry
    assert held["KZ-almaty-city"].equals(by_name["Almaty city"])
    assert held["KZ-almaty-region-2022"].equals(by_name["Almaty Region"])


def test_another_system_is_converted_and_said(settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame):
    path = written(tmp_path / "kz.gpkg", split.to_crs("EPSG:3857"))
    done = boundaries.add(settings, path, GIVEN)
    told = "converted from WGS 84 / Pseudo-Mercator to longitude and latitude (EPSG:4326)"
    assert told in done.notes
    abai = split.set_index("name").geometry["Abai Region"]
    assert drawn(settings, "KZ-abai", JULY).symmetric_difference(abai).area < 1e-6


def test_an_invalid_outline_is_mended_with_a_note(settings: Settings, tmp_path: Path):
    cut = units(SPLIT)
    at = cut.index[cut["name"] == "Pavlodar"][0]
    west, south, east, north = cut.geometry[at].bounds
    bow = Polygon([(west, south), (east, north), (east, south), (west, north)])
    cut.loc[at, "geometry"] = bow
    done = boundaries.add(settings, written(tmp_path / "kz.geojson", cut), GIVEN)
    assert any(
        note.startswith("Pavlodar was mended (self-intersection); its area changed by") for note in done.notes
    )
    mended = drawn(settings, "KZ-pavlodar", JULY)
    assert mended.is_valid
    assert mended.area == pytest.approx((east - west) * (north - south) / 2)


def test_overlaps_and_gaps_are_measured_in_km2(settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame):
    clean = boundaries.add(settings, written(tmp_path / "clean.gpkg", split), GIVEN).coverage
    assert clean is not None
    assert clean.overlap == pytest.approx(0, abs=0.01)
    cut = split.copy()
    at = cut.index[cut["name"] == "Akmola"][0]
    hole = box(69.0, 51.0, 69.1, 51.1)
    assert cut.geometry[at].contains(hole)
    cut.loc[at, "geometry"] = cut.geometry[at].difference(hole)
    one = cut.index[cut["name"] == "Ulytau Region"][0]
    cut.loc[one, "geometry"] = cut.geometry[one].union(box(69.9, 47.0, 70.1, 47.1))
    done = boundaries.add(settings, written(tmp_path / "faulty.gpkg", cut), GIVEN)
    assert done.coverage is not None
    assert done.coverage.gaps - clean.gaps == pytest.approx(7.0 * 11.1, rel=0.02)
    assert done.coverage.overlap == pytest.approx(7.6 * 11.1, rel=0.02)
    assert done.worst is not None
    assert set(done.worst[:2]) == {"KZ-ulytau", "KZ-karaganda-2022"}


def test_features_of_one_name_are_one_unit(settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame):
    parts = split.explode(ignore_index=True)
    done = boundaries.add(settings, written(tmp_path / "kz.gpkg", parts), GIVEN)
    assert done.row["rows"] == 20


def test_some_units_may_be_brought_alone(settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame):
    some = written(tmp_path / "kz.geojson", split[split["name"].isin(["Abai Region"])])
    told = refused(settings, some)
    assert told == (
        "kz.geojson: it lacks 19 of the 20 units known on 2022-06-08: KZ-akmola, KZ-aktobe, KZ-almaty-city, "
        "KZ-almaty-region-2022, KZ-atyrau and 14 more; give the days it shows with --valid-from and "
        "--valid-to, or say --part if these stay as they are"
    )
    boundaries.add(settings, some, replace(GIVEN, whole=False))
    assert quality(settings, JULY)["KZ-abai"] == "surveyed"
    assert quality(settings, JULY)["KZ-ulytau"] == "none"
    assert placed(settings)["July"] == "KZ-abai"
    assert placed(settings)["east"] == "KZ-east-kazakhstan-2022"


def test_a_whole_set_may_hold_units_that_nobody_knew(settings: Settings, tmp_path: Path):
    halves = gpd.GeoDataFrame(
        {"name": ["Land of the Dawn", "Sunset Land"], "geometry": [box(70, 41, 88, 55), box(46, 41, 70, 55)]},
        crs="EPSG:4326",
    )
    path = written(tmp_path / "halves.geojson", halves)
    told = refused(settings, path, name_column="name", whole=False)
    assert told == (
        "halves.geojson: no unit of KZ that is known on 2022-06-08 is called Land of the Dawn, Sunset Land; "
        "mend the names, choose others with --name-column, or say --whole if these are all units there were"
    )
    with_names = replace(GIVEN, name_column="name", whole=True)
    boundaries.add(settings, path, with_names)
    assert quality(settings, JULY) == {"KZ-land-of-the-dawn": "surveyed", "KZ-sunset-land": "surveyed"}
    assert placed(settings)["July"] == "KZ-land-of-the-dawn"
    assert len(quality(settings, dt.date(2022, 6, 7))) == 17


def test_days_across_a_change_of_units_are_refused(settings: Settings, tmp_path: Path):
    path = written(tmp_path / "kz.geojson", units())
    assert refused(settings, path, valid_from=dt.date(2020, 1, 1)) == (
        "--valid-from 2020-01-01: KZ got other units on 2022-06-08, and the days given reach across; end "
        "them with --valid-to 2022-06-07, or begin them with --valid-from 2022-06-08"
    )
    ended = replace(GIVEN, valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2022, 6, 7))
    assert boundaries.add(settings, path, ended).row["rows"] == 17


def square(**more: object) -> gpd.GeoDataFrame:
    """One unit that could be Abai."""
    return gpd.GeoDataFrame(
        {"name": ["Abai Region"], "geometry": [box(77, 47, 81, 51)]} | more,
        crs=None if "crs" in more else 4326,
    )


BAD: dict[str, tuple[str, gpd.GeoDataFrame, dict[str, object], str]] = {
    "no-system": (
        "kz.shp",
        gpd.GeoDataFrame({"name": ["Abai Region"], "geometry": [box(77, 47, 81, 51)]}),
        {},
        "kz.shp: it does not say in which coordinate system it is; add its .prj file, or say --crs EPSG:4326 "
        "if it is in degrees",
    ),
    "metres": (
        "kz.geojson",
        square(geometry=[box(770_000, 470_000, 810_000, 510_000)]),
        {},
        "kz.geojson: it says that it is in degrees, and its coordinates are beyond 180 and 90; say its true "
        "system with --crs, or add its .prj file",
    ),
    "wrong-country": (
        "uz.geojson",
        square(geometry=[box(61, 41.5, 65, 42.5)]),
        {},
        "uz.geojson: 0% of it lies in KZ, most in UZ; check --admin0 and the file",
    ),
    "swapped": (
        "kz.geojson",
        square(geometry=[box(47, 77, 51, 81)]),
        {},
        "kz.geojson: longitude and latitude are swapped: 0% of it lies in KZ; save it with x = longitude, "
        "y = latitude",
    ),
    "empty": (
        "kz.gpkg",
        square(geometry=[Polygon()]),
        {},
        "kz.gpkg: Abai Region has no geometry, or one that cannot be read; draw it, or leave the feature "
        "out and say --part",
    ),
    "null": (
        "kz.geojson",
        square(geometry=[None]),
        {},
        "kz.geojson: Abai Region has no geometry, or one that cannot be read; draw it, or leave the feature "
        "out and say --part",
    ),
    "line": (
        "kz.geojson",
        square(geometry=[LineString([(77, 47), (81, 51)])]),
        {},
        "kz.geojson: Abai Region is a line, and a boundary is a polygon; send the units as polygons",
    ),
    "no-area": (
        "kz.geojson",
        square(geometry=[Polygon([(77, 47), (81, 51), (77, 47)])]),
        {},
        "kz.geojson: the outline of Abai Region holds no land (too few points in geometry component); draw "
        "it anew",
    ),
    "no-names": (
        "kz.geojson",
        square(name=["Q7"]),
        {},
        "kz.geojson: no column holds names of units of KZ that are known on 2022-06-08; say which with "
        "--name-column: name",
    ),
    "no-column": (
        "kz.geojson",
        square(),
        {"name_column": "NAME_1"},
        "--name-column: no column is called 'NAME_1'; choose from: name",
    ),
    "no-country": (
        "kz.geojson",
        square(),
        {"admin0": "kazakhstan"},
        "--admin0: no country has the code 'KAZAKHSTAN'; write it as two letters of ISO 3166-1, such as KZ",
    ),
    "reversed": (
        "kz.geojson",
        square(),
        {"valid_to": dt.date(2022, 6, 1)},
        "--valid-to 2022-06-01: is before --valid-from 2022-06-08; swap or correct them",
    ),
    "level-2": (
        "kz.geojson",
        square(),
        {"level": 2},
        "--level 2: only units of level 1 are known so far; send the first-level units (regions, oblasts, "
        "states)",
    ),
    "wrong-crs": (
        "kz.geojson",
        square(),
        {"crs": "EPSG:123456"},
        "--crs: no coordinate system is called 'EPSG:123456'; write it as EPSG:32642",
    ),
    "wrong-layer": (
        "kz.gpkg",
        square(),
        {"layer": "adm9"},
        "--layer: no layer is called 'adm9'; choose from: kz",
    ),
    "ending": (
        "kz.geojson.exe",
        square(),
        {},
        "kz.geojson.exe: no outlines are read from '.exe'; save it as one of these: .geojson, .json, "
        ".topojson, .gpkg, .fgb, .parquet, .geoparquet, .kml, .gml, .shp, .tab, .mif, or .zip of one",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_or_call_is_one_clear_line(settings: Settings, tmp_path: Path, case: str):
    name, frame, said, line = BAD[case]
    path = tmp_path / name
    if path.suffix == ".exe":
        written(tmp_path / "kz.geojson", frame).rename(path)
    else:
        written(path, frame)
    assert refused(settings, path, **({"whole": False} | said)) == line


def test_two_levels_in_one_file_are_refused(settings: Settings, tmp_path: Path, split: gpd.GeoDataFrame):
    both = pd.concat([split, split.iloc[:3].assign(name=["x", "y", "z"])])
    told = refused(settings, written(tmp_path / "kz.gpkg", both), whole=True)
    assert told.startswith("kz.gpkg: its units overlap by")
    assert told.endswith("send the units of one level and one time")


def test_a_multipolygon_may_touch_itself(settings: Settings, tmp_path: Path):
    frame = square(geometry=[MultiPolygon([box(77, 47, 79, 51), box(79, 47, 81, 51)])])
    done = boundaries.add(settings, written(tmp_path / "kz.geojson", frame), replace(GIVEN, whole=False))
    assert isinstance(done, Added)
    assert drawn(settings, "KZ-abai", JULY).equals(box(77, 47, 81, 51))


def test_errors_are_of_the_kind_that_exit_codes_tell():
    assert (BoundaryError("x").exit_code, TableError("x").exit_code, Undecided("x").exit_code) == (1, 1, 2)
