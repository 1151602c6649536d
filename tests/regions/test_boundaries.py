from __future__ import annotations

import datetime as dt
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import box

from geo.errors import BoundaryError
from geo.regions.boundaries import Boundaries, load_countries, load_lakes
from tests.regions.conftest import unit

JANUARY, JULY = dt.date(2022, 1, 5), dt.date(2022, 7, 1)
SEMEY, AKTAU, SHYMKENT, KENTAU = (80.26, 50.41), (51.155, 43.655), (69.600, 42.310), (68.506, 43.517)


def ids(units: gpd.GeoDataFrame) -> list[str]:
    return units["id"].tolist()


def only(frame: pd.DataFrame) -> tuple[str | None, str | None, str | None]:
    row = frame.iloc[0]
    return row["admin0"], row["admin1_id"], row["admin1_name"]


def test_january_2022_has_17_units_of_kazakhstan(boundaries: Boundaries) -> None:
    assert ids(boundaries.on(JANUARY, "KZ")) == [
        "KZ-akmola", "KZ-aktobe", "KZ-almaty-city", "KZ-almaty-region", "KZ-atyrau", "KZ-east-kazakhstan",
        "KZ-jambyl", "KZ-karaganda", "KZ-kostanay", "KZ-kyzylorda", "KZ-mangystau", "KZ-north-kazakhstan",
        "KZ-nur-sultan", "KZ-pavlodar", "KZ-shymkent", "KZ-turkistan", "KZ-west-kazakhstan",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "count", "has", "lacks"),
    [
        (dt.date(2018, 6, 18), 16, "KZ-south-kazakhstan", "KZ-shymkent"),
        (dt.date(2018, 6, 19), 17, "KZ-turkistan", "KZ-south-kazakhstan"),
        (dt.date(2022, 6, 7), 17, "KZ-east-kazakhstan", "KZ-abai"),
        (dt.date(2022, 6, 8), 20, "KZ-abai", "KZ-east-kazakhstan"),
    ],
)
def test_units_change_on_their_day(
    boundaries: Boundaries, day: dt.date, count: int, has: str, lacks: str
) -> None:
    found = ids(boundaries.on(day, ["KZ"]))
    assert len(found) == count
    assert has in found
    assert lacks not in found


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2019, 3, 22), "Astana"),
        (dt.date(2019, 3, 23), "Nur-Sultan"),
        (dt.date(2022, 9, 16), "Nur-Sultan"),
        (dt.date(2022, 9, 17), "Astana"),
    ],
)
def test_the_capital_has_the_name_of_its_day(boundaries: Boundaries, day: dt.date, name: str) -> None:
    units = boundaries.on(day, "KZ").set_index("id")
    assert units.loc["KZ-nur-sultan", "name"] == name
    assert only(boundaries.assign([71.446], [51.18], day)) == ("KZ", "KZ-nur-sultan", name)


def test_absent_cells_are_none(boundaries: Boundaries) -> None:
    pavlodar = boundaries.on(JANUARY, "KZ").set_index("id").loc["KZ-pavlodar"]
    assert pavlodar["note"] is None
    assert pavlodar["valid_from"] is None


def test_semey_moves_to_abai_by_its_geonames_code(boundaries: Boundaries) -> None:
    lon, lat = [SEMEY[0]], [SEMEY[1]]
    before = boundaries.assign(lon, lat, JANUARY, "KZ", "12510143")
    after = boundaries.assign(lon, lat, JULY, "KZ", "12510143")
    assert only(before) == ("KZ", "KZ-east-kazakhstan", "East Kazakhstan")
    assert only(after) == ("KZ", "KZ-abai", "Abai")


def test_without_a_code_a_unit_without_outline_is_not_guessed(boundaries: Boundaries) -> None:
    assert only(boundaries.assign([SEMEY[0]], [SEMEY[1]], JULY)) == ("KZ", None, None)
    assert only(boundaries.assign([SEMEY[0]], [SEMEY[1]], JULY, "KZ", "99")) == ("KZ", None, None)


def test_shymkent_is_cut_out_of_turkistan(boundaries: Boundaries) -> None:
    units = boundaries.on(JANUARY, "KZ").set_index("id").geometry
    assert shapely.area(shapely.intersection(units["KZ-shymkent"], units["KZ-turkistan"])) == 0
    assert only(boundaries.assign([SHYMKENT[0]], [SHYMKENT[1]], JANUARY))[1] == "KZ-shymkent"
    assert only(boundaries.assign([KENTAU[0]], [KENTAU[1]], JANUARY))[1] == "KZ-turkistan"
    assert (
        only(boundaries.assign([SHYMKENT[0]], [SHYMKENT[1]], dt.date(2018, 1, 1)))[1] == "KZ-south-kazakhstan"
    )


def test_a_point_off_the_shore_belongs_to_the_coast(boundaries: Boundaries) -> None:
    assert only(boundaries.assign([AKTAU[0] - 0.05], [AKTAU[1]], JANUARY, "KZ"))[1] == "KZ-mangystau"
    far = boundaries.assign([AKTAU[0] - 0.5], [AKTAU[1]], JANUARY, "KZ")
    assert only(far) == ("KZ", None, None)


def test_baikonur_lies_in_kyzylorda(boundaries: Boundaries) -> None:
    assert only(boundaries.assign([63.305], [45.965], JANUARY, "KZ", "08"))[1] == "KZ-kyzylorda"


def test_many_points_keep_their_order_and_their_days(squares: Boundaries) -> None:
    days = [dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2020, 1, 1), dt.date(2020, 1, 1)]
    found = squares.assign([1.5, 1.5, 0.5, 9.0], [0.5, 0.5, 0.5, 9.0], days, None, ["03", "03", "03", None])
    assert found["admin1_id"].tolist() == ["east", "east-a", "west", None]
    assert found["admin0"].tolist() == ["XA", "XA", "XA", None]


def test_a_known_country_beats_a_neighbours_outline(squares: Boundaries) -> None:
    just_north = ([0.5], [1.01], dt.date(2019, 1, 1))
    assert only(squares.assign(*just_north))[1] == "north"
    assert only(squares.assign(*just_north, "XA"))[1] == "west"
    assert only(squares.assign([0.5], [1.5], dt.date(2019, 1, 1), "XA")) == ("XA", None, None)


def test_a_point_on_a_border_goes_by_its_code(squares: Boundaries) -> None:
    on_border = ([1.0], [0.5], dt.date(2019, 1, 1), "XA")
    assert only(squares.assign(*on_border, "01"))[1] == "west"
    assert only(squares.assign(*on_border, "02"))[1] == "east"


def test_points_without_coordinates_find_nothing(squares: Boundaries) -> None:
    found = squares.assign([np.nan], [np.nan], JANUARY, "XA")
    assert only(found) == ("XA", None, None)
    assert squares.assign([], [], JANUARY).empty


def test_days_may_come_as_numpy_keeps_them(squares: Boundaries) -> None:
    days = np.array(["2019-06-01", "2021-06-01"], dtype="datetime64[D]")
    assert squares.assign([1.5, 1.5], [0.5, 0.5], days, "XA", "02")["admin1_id"].tolist() == [
        "east",
        "east-b",
    ]


def test_points_on_a_plane_are_refused() -> None:
    plane = gpd.GeoDataFrame([unit("a", box(0, 0, 1, 1))], crs="EPSG:3857")
    with pytest.raises(BoundaryError, match="EPSG:3857, not in longitude and latitude; convert"):
        Boundaries(plane)


def test_an_unnamed_system_is_refused() -> None:
    with pytest.raises(BoundaryError, match="an unnamed system"):
        Boundaries(gpd.GeoDataFrame([unit("a", box(0, 0, 1, 1))]))


def test_absent_and_broken_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"admin1\.parquet: there is no such file"):
        Boundaries.load(tmp_path)
    (tmp_path / "admin0.parquet").write_bytes(b"not parquet")
    with pytest.raises(BoundaryError, match="cannot be read as GeoParquet"):
        load_countries(tmp_path)
    assert load_lakes(tmp_path) is None


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BoundaryError, match="lacks split_from"):
        Boundaries(gpd.GeoDataFrame([unit("a", box(0, 0, 1, 1))], crs="EPSG:4326").drop(columns="split_from"))
