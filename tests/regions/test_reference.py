from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.regions.areas import area_km2
from geo.regions.boundaries import Boundaries
from geo.schema import REGION

JANUARY = dt.date(2022, 1, 5)


def test_columns_are_those_of_the_schema(reference: Path) -> None:
    units = gpd.read_parquet(reference / "admin1.parquet")
    assert list(units.columns) == [*REGION.names, "geometry"]
    assert units.crs.to_epsg() == 4326
    for column in REGION:
        if not column.nullable:
            assert units[column.name].notna().all(), column.name


def test_files_are_small(reference: Path) -> None:
    assert (reference / "admin1.parquet").stat().st_size < 5.5e6


def test_ids_are_unique_on_every_day_and_begin_with_the_country(boundaries: Boundaries) -> None:
    units = boundaries.on(JANUARY)
    assert units["id"].is_unique
    assert all(unit.startswith(f"{code}-") for unit, code in zip(units["id"], units["admin0"], strict=True))


def test_no_two_units_of_a_day_overlap(boundaries: Boundaries) -> None:
    for day in (dt.date(2018, 1, 1), JANUARY, dt.date(2022, 7, 1)):
        assert shapely.coverage_is_valid(boundaries.on(day).geometry.to_numpy())


def test_areas_are_the_official_ones_or_explained(boundaries: Boundaries, reference: Path) -> None:
    with (reference / "admin1_changes.csv").open(encoding="utf-8") as file:
        official = {
            row["id"]: row["official_area_km2"] for row in csv.DictReader(file) if row["official_area_km2"]
        }
    units = boundaries.on(JANUARY, "KZ").set_index("id")
    assert set(official) == set(units.index)
    off = {unit: units.loc[unit, "area_km2"] / float(official[unit]) - 1 for unit in official}
    wide = {unit for unit, share in off.items() if abs(share) > 0.03}
    assert wide == {"KZ-almaty-city", "KZ-nur-sultan", "KZ-atyrau"}
    assert all(len(units.loc[unit, "note"]) > 40 for unit in wide)
    assert units.loc["KZ-shymkent", "area_km2"] == pytest.approx(1170, abs=0.5)
    assert units["area_km2"].astype(float).to_numpy() == pytest.approx(area_km2(units.geometry), abs=0.01)


def test_no_outline_means_no_area(boundaries: Boundaries) -> None:
    units = boundaries.on(dt.date(2022, 7, 1), "KZ")
    empty = units[units["geometry_quality"] == "none"]
    assert len(empty) == 6
    assert empty.geometry.is_empty.all()
    assert empty["area_km2"].isna().all()
    assert set(empty["split_from"]) == {"KZ-east-kazakhstan", "KZ-almaty-region", "KZ-karaganda"}


def test_crimea_is_filed_as_iso_has_it(boundaries: Boundaries) -> None:
    found = boundaries.assign([34.10], [44.95], JANUARY)
    assert found["admin1_id"].tolist() == ["UA-crimea"]
    assert "ISO 3166-2" in boundaries.on(JANUARY, "UA").set_index("id").loc["UA-crimea", "note"]


def test_official_areas_are_the_preferred_ones_of_the_facts(reference: Path, shared: Path) -> None:
    with (shared / "facts" / "regional_figures.csv").open(encoding="utf-8") as file:
        rows = [
            row for row in csv.DictReader(file) if row["figure"] == "area_km2" and row["kind"] != "country"
        ]
    preferred = sorted(float(row["value"]) for row in rows if "preferred" in row["licence_note"])
    with (reference / "admin1_changes.csv").open(encoding="utf-8") as file:
        ours = sorted(
            float(row["official_area_km2"]) for row in csv.DictReader(file) if row["official_area_km2"]
        )
    assert ours == preferred
