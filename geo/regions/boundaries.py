"""Outlines of regions, each with the days on which it was valid.

Reads the GeoParquet files of `data/reference`. A unit is valid from its `valid_from` to its
`valid_to`, both days included; an empty day is open. Everything is in EPSG:4326, x = longitude,
and is refused otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import BoundaryError
from geo.regions.lookup import Carriers, look_up, taken
from geo.schema import CRS, REGION

Days = npt.NDArray[np.datetime64]
_OPEN_START, _OPEN_END = np.datetime64("0001-01-01"), np.datetime64("9999-12-30")


@dataclass(frozen=True, eq=False)
class Boundaries:
    """First-level units of any number of countries, sorted by id.

    units: columns of schema.REGION and `geometry` (EPSG:4326, empty where there is no outline). Cells
    without a value hold None; days are datetime.date.
    """

    units: gpd.GeoDataFrame

    def __post_init__(self) -> None:
        units = checked(self.units, REGION.names, "boundaries")
        object.__setattr__(self, "units", units.sort_values("id", kind="stable", ignore_index=True))

    @classmethod
    def load(cls, folder: Path) -> Boundaries:
        """Read `admin1.parquet` of a folder. Raises BoundaryError."""
        return cls(_read(folder / "admin1.parquet"))

    def on(self, day: dt.date, admin0: Sequence[str] | str | None = None) -> gpd.GeoDataFrame:
        """The units valid on a day, sorted by id, of all countries or of those named (ISO alpha-2)."""
        chosen = self.valid(day)
        if admin0 is not None:
            chosen &= (
                self.units["admin0"].isin([admin0] if isinstance(admin0, str) else list(admin0)).to_numpy()
            )
        return self.units[chosen].reset_index(drop=True)

    def assign(
        self,
        lon: Any,
        lat: Any,
        day: Any,
        admin0: Any = None,
        geonames_admin1: Any = None,
    ) -> pd.DataFrame:
        """The unit in which each point lay on its day.

        lon, lat: arrays of degrees, EPSG:4326; NaN finds nothing. day: one date or one per point.
        admin0, geonames_admin1: the place's country (ISO alpha-2) and GeoNames code, one or one per point.

        Returns columns admin0, admin1_id, admin1_name in the order of the points, None where not known.
        How a point is decided is told in `lookup.look_up`, which is asked once for each set of units
        that were valid together, with each distinct place once.
        """
        lons = np.atleast_1d(np.asarray(lon, dtype=float))
        asked = pd.DataFrame({"lon": lons, "lat": np.asarray(lat, dtype=float)})
        asked["set"] = np.searchsorted(self._turns, _days(day), side="right")
        asked["admin0"], asked["code"] = _texts(admin0, len(asked)), _texts(geonames_admin1, len(asked))
        nth = asked.groupby([*asked.columns], sort=False, dropna=False).ngroup().to_numpy()
        places = asked.iloc[np.unique(nth, return_index=True)[1]].reset_index(drop=True)
        found = pd.DataFrame({"unit": np.full(len(places), -1), "admin0": places["admin0"]})
        for number in sorted(set(places["set"])):
            some = places[places["set"] == number]
            found.loc[some.index] = look_up(some, self._carriers(number), self.units)
        unit = found["unit"].to_numpy()[nth]
        columns = {"admin0": found["admin0"].to_numpy(dtype=object)[nth]}
        for column, source in (("admin1_id", "id"), ("admin1_name", "name")):
            columns[column] = taken(self.units[source], unit)
        return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})

    def valid(self, day: dt.date | np.datetime64) -> npt.NDArray[np.bool_]:
        """For each of `units`, whether it was valid on a day."""
        start, end = self._bounds
        on = np.asarray(day, dtype="datetime64[D]")
        valid: npt.NDArray[np.bool_] = (start <= on) & (on <= end)
        return valid

    @cached_property
    def _bounds(self) -> tuple[Days, Days]:
        """First and last day of each unit."""
        units = self.units
        start = [_OPEN_START if day is None else np.datetime64(day, "D") for day in units["valid_from"]]
        end = [_OPEN_END if day is None else np.datetime64(day, "D") for day in units["valid_to"]]
        return np.array(start, dtype="datetime64[D]"), np.array(end, dtype="datetime64[D]")

    @cached_property
    def _turns(self) -> Days:
        """The days on which the set of valid units changes."""
        start, end = self._bounds
        return np.unique(np.append(start, end + 1))

    @cached_property
    def _held(self) -> dict[int, Carriers]:
        return {}

    def _carriers(self, number: int) -> Carriers:
        """The carriers of one set of units that were valid together, made when first asked for."""
        if number not in self._held:
            day = np.append(_OPEN_START - 1, self._turns)[number]
            self._held[number] = Carriers.of(self.units, self.valid(day))
        return self._held[number]


def load_countries(folder: Path) -> gpd.GeoDataFrame:
    """Outlines of countries: id (ISO alpha-2), name, geometry. Raises BoundaryError."""
    path = folder / "admin0.parquet"
    return checked(_read(path), ["id", "name"], path.name)


def load_lakes(folder: Path) -> gpd.GeoDataFrame | None:
    """Outlines of lakes: name (mostly None), geometry; None if there is no such file. Same errors."""
    path = folder / "lakes.parquet"
    return checked(_read(path), ["name"], path.name) if path.exists() else None


def checked(frame: gpd.GeoDataFrame, columns: Sequence[str], where: str) -> gpd.GeoDataFrame:
    """The frame with None for absent values, if it is in longitude and latitude. Raises BoundaryError."""
    missing = [name for name in columns if name not in frame]
    if missing:
        raise BoundaryError(
            f"lacks {', '.join(missing)}", where=where, todo="rebuild it with data/reference/build.py"
        )
    if frame.crs is None or not frame.crs.equals(CRS, ignore_axis_order=True):
        name = frame.crs.to_string() if frame.crs else "an unnamed system"
        what = f"coordinates are in {name}, not in longitude and latitude"
        raise BoundaryError(what, where=where, todo=f"convert the file to {CRS}")
    plain = {name: frame[name].astype(object).where(frame[name].notna(), None) for name in columns}
    return frame.assign(**plain)[[*columns, "geometry"]]


def _read(path: Path) -> gpd.GeoDataFrame:
    try:
        return gpd.read_parquet(path)
    except FileNotFoundError:
        todo = "set EVENTMAP_DATA to the folder that holds reference/, or run data/reference/build.py"
        raise BoundaryError("there is no such file", where=str(path), todo=todo) from None
    except (OSError, ValueError) as problem:
        what = f"cannot be read as GeoParquet ({problem})"
        raise BoundaryError(what, where=str(path), todo="run data/reference/build.py") from None


def _days(day: Any) -> Days:
    """Days as numpy keeps them: parsed once for each distinct value, as many rows share a day."""
    if isinstance(day, dt.date | str | np.datetime64):
        return np.asarray(day, dtype="datetime64[D]")
    codes, distinct = pd.factorize(np.asarray(day))
    return np.asarray(distinct, dtype="datetime64[D]")[codes]


def _texts(value: Any, length: int) -> pd.Series[Any]:
    """One text or one per row, None where absent."""
    alone = value is None or isinstance(value, str)
    cells = pd.Series([value] * length if alone else np.asarray(value, dtype=object), dtype=object)
    return cells.where(cells.notna(), None)
