"""In which unit a point lies, among units that were valid together.

Pure. A unit without an outline of its own is reached through the outline of the unit it was split
from: the *carrier*. Points are EPSG:4326, x = longitude.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

NEAR_KM = 10.0
"""How far outside all outlines a point may lie: harbours, piers and coarse shores."""

_EARTH_KM = 6371.0088
_STEPS_BACK = 10  # splits to walk back for an outline; a guard against units split from each other

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Carriers:
    """Outlines that decide, and the units each may stand for.

    outlines: geometries, EPSG:4326. admin0: their countries. members: for each, row numbers in the
    table of units.
    """

    outlines: npt.NDArray[np.object_]
    admin0: npt.NDArray[np.object_]
    members: list[Rows]

    @cached_property
    def sheet(self) -> npt.NDArray[np.object_]:
        """The outlines on a Mercator sheet, in km at the equator."""
        drawn: npt.NDArray[np.object_] = shapely.transform(self.outlines, _mercator)
        return drawn

    @cached_property
    def only(self) -> Rows:
        """For each outline the one unit it stands for, or -1 where there are several."""
        return np.array([rows[0] if len(rows) == 1 else -1 for rows in self.members], dtype=np.intp)

    def choices(self, codes: npt.NDArray[np.object_]) -> dict[tuple[int, str], int]:
        """The unit for an outline and a GeoNames code, where the outline stands for several units."""
        several = [number for number, rows in enumerate(self.members) if len(rows) > 1]
        coded = [(number, codes[row], int(row)) for number in several for row in self.members[number]]
        return {(number, code): row for number, code, row in coded if code is not None}

    @classmethod
    def of(cls, units: gpd.GeoDataFrame, valid: npt.NDArray[np.bool_]) -> Carriers:
        """The carriers of the units marked as valid. A unit with no outline on its way back has none."""
        shapes = units.geometry.to_numpy()
        drawn = ~(shapely.is_empty(shapes) | shapely.is_missing(shapes))
        ids, origins = units["id"].to_numpy(), units["split_from"].to_numpy()
        row_of = {ids[row]: int(row) for row in np.flatnonzero(drawn)}
        parent_of = {
            ids[row]: origins[row] for row in np.flatnonzero([origin is not None for origin in origins])
        }
        members: dict[int, list[int]] = {}
        for row in np.flatnonzero(valid):
            carrier = row if drawn[row] else _ancestor(ids[row], row_of, parent_of)
            if carrier is not None:
                members.setdefault(int(carrier), []).append(int(row))
        rows = np.array(list(members), dtype=np.intp)
        return cls(
            shapes[rows], units["admin0"].to_numpy()[rows], [np.array(some) for some in members.values()]
        )


def look_up(places: pd.DataFrame, carriers: Carriers, units: gpd.GeoDataFrame) -> pd.DataFrame:
    """The unit of each place.

    places: columns lon, lat, admin0, code (None where not known). Returns `unit`, a row number in
    `units` or -1, and `admin0`, with the index of `places`.

    Outlines that hold the point count; where the place's country is known and none of them is of that
    country, and where there are none, those within NEAR_KM do. Of several (a point on a border) the one
    in which the place's GeoNames code is found wins, then the nearest, then the smallest. An outline
    that stands for several units is decided by that code or not at all: no guess.
    """
    hits = _inside(places, carriers)
    settled = hits.loc[_fits(hits, places), "place"]
    missed = places.loc[~places.index.isin(settled) & places["lon"].notna() & places["lat"].notna()]
    hits = pd.concat([hits, _near(missed, carriers)], ignore_index=True)
    hits = hits[_fits(hits, places)]

    hits["area"] = shapely.area(carriers.outlines)[hits["carrier"]]
    codes = units["geonames_admin1"].to_numpy()
    wanted = places["code"].reindex(hits["place"]).to_numpy()
    choice = carriers.choices(codes)
    hits["unit"] = carriers.only[hits["carrier"]]
    open_ones = np.flatnonzero(hits["unit"] < 0)
    asked = zip(hits["carrier"].to_numpy()[open_ones], wanted[open_ones], strict=True)
    hits.iloc[open_ones, hits.columns.get_loc("unit")] = [choice.get(pair, -1) for pair in asked]
    same = taken(units["geonames_admin1"], hits["unit"].to_numpy()) == wanted
    hits["other"] = ~same | pd.isna(wanted)
    best = (
        hits.sort_values(["other", "km", "area"], kind="stable").drop_duplicates("place").set_index("place")
    )

    found = pd.DataFrame({"unit": -1, "admin0": places["admin0"].astype(object)}, index=places.index)
    found.loc[best.index, "unit"] = best["unit"]
    found.loc[best.index, "admin0"] = best["admin0"]
    return found


def _inside(places: pd.DataFrame, carriers: Carriers) -> pd.DataFrame:
    """Pairs of place and carrier that holds it, or has it on its border."""
    known = places[places["lon"].notna() & places["lat"].notna()]
    tree = shapely.STRtree(shapely.points(known["lon"], known["lat"]))
    carrier, point = tree.query(carriers.outlines, predicate="intersects")
    return _pairs(known.index.to_numpy()[point], carrier, 0.0, carriers)


def _near(places: pd.DataFrame, carriers: Carriers) -> pd.DataFrame:
    """Pairs of place and carrier within NEAR_KM, measured on a Mercator sheet at the place's own scale.

    Mercator is conformal: over a few km it is a plain plan of the ground, enlarged by 1 / cos(latitude).
    """
    if places.empty:
        none = np.array([], dtype=np.intp)
        return _pairs(none, none, 0.0, carriers)
    sheet = carriers.sheet
    points = shapely.transform(shapely.points(places["lon"], places["lat"]), _mercator)
    scale = np.cos(np.radians(np.clip(places["lat"].to_numpy(), -89, 89)))
    point, carrier = shapely.STRtree(sheet).query(points, predicate="dwithin", distance=NEAR_KM / scale)
    km = shapely.distance(points[point], sheet[carrier]) * scale[point]
    return _pairs(places.index.to_numpy()[point], carrier, km, carriers)


def _pairs(place: Rows, carrier: Rows, km: Any, carriers: Carriers) -> pd.DataFrame:
    return pd.DataFrame({"place": place, "carrier": carrier, "km": km, "admin0": carriers.admin0[carrier]})


def _mercator(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    lon, lat = np.radians(lonlat[:, 0]), np.radians(np.clip(lonlat[:, 1], -89, 89))
    return np.column_stack([lon, np.arctanh(np.sin(lat))]) * _EARTH_KM


def _fits(hits: pd.DataFrame, places: pd.DataFrame) -> Any:
    """Whether a hit is of the country that is known for the place, if one is."""
    known = places["admin0"].reindex(hits["place"]).to_numpy()
    return pd.isna(known) | (hits["admin0"].to_numpy() == known)


def taken(column: pd.Series[Any], rows: Rows) -> npt.NDArray[np.object_]:
    """The cells of a column in these rows, None for row -1."""
    cells = np.empty(len(column) + 1, dtype=object)
    cells[:-1], cells[-1] = column.to_numpy(dtype=object), None
    return cells[rows]


def _ancestor(unit: str, row_of: dict[str, int], parent_of: dict[str, str]) -> int | None:
    for _ in range(_STEPS_BACK):
        unit = parent_of.get(unit, "")
        if unit in row_of:
            return row_of[unit]
    return None
