"""Events meet the gazetteer and the boundaries: each gets a place as exact as its source, or a told miss.

Coordinates of the source decide the unit of that day; a row with a place and no coordinates is sought in the
gazetteer, which abstains rather than guess. What is only known to a region or wider loses its point.
Coordinates far from where the named place lies are kept, and pointed out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from geo.gazetteer.match import Lookup, Match, great_circle_km
from geo.ingest.packages import Atlas
from geo.schema import Precision
from geo.sources.known import latest_day
from geo.sources.rejects import Reject
from geo.store import STAGED

FAR_KM = 50.0
"""How far coordinates may lie from the settlement named, beside the radius of their own precision."""

_POINTS = [str(one) for one in Precision if one.is_point]
_RADII = {str(one): one.uncertainty_km for one in Precision}

Texts = npt.NDArray[np.object_]
Degrees = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Unplaced:
    """A row whose place was not found: why none was taken, and the best two candidates."""

    row: int
    place: str
    reason: str
    candidates: tuple[str, ...]


@dataclass
class _Rows:
    """A batch on its way to its places: what it says (`told`, by column) and what is found."""

    told: dict[str, list[Any]]
    nation: Texts
    lon: Degrees
    lat: Degrees
    admin0: Texts
    admin1_id: Texts
    admin1_name: Texts
    area_id: Texts
    precision: Texts
    note: Texts


@dataclass
class Placer:
    """Places batches of events of a file of this name. It points out `flags`, and misses in `unplaced`."""

    atlas: Atlas
    name: str
    unplaced: list[Unplaced] = field(default_factory=list)
    flags: list[Reject] = field(default_factory=list)
    _lookups: dict[tuple[str, str | None], Lookup] = field(default_factory=dict)
    _countries: dict[str, str | None] = field(default_factory=dict)

    def place(self, events: pa.Table) -> pa.Table:
        """EVENT in, STAGED out, row by row."""
        rows = self._rows(events)
        given = ~np.isnan(rows.lon)
        self._assign(rows, np.flatnonzero(given))
        self._check(rows, np.flatnonzero(given & np.isin(rows.precision, _POINTS)))
        for at in np.flatnonzero(~given):
            self._seek(rows, int(at))
        self._widen(rows)
        return _staged(events, rows)

    def _rows(self, events: pa.Table) -> _Rows:
        names = ["row", "date_start", "date_end", "date_precision", "place", "country", "region", "area"]
        told = {name: events[name].to_pylist() for name in names}
        length = len(events)
        lon, lat = (
            events[name].to_pandas().to_numpy(dtype=float, na_value=np.nan).copy() for name in ("lon", "lat")
        )
        admin0, admin1_id, admin1_name, area_id = (np.full(length, None, dtype=object) for _ in range(4))
        note = np.array(events["place_note"].to_pylist(), dtype=object)
        note[[one is None for one in note]] = "coordinates given with the data"
        precision = np.array(events["location_precision"].to_pylist(), dtype=object)
        nation = np.array([self._country(name) for name in told["country"]], dtype=object)
        return _Rows(told, nation, lon, lat, admin0, admin1_id, admin1_name, area_id, precision, note)

    def _country(self, name: str | None) -> str | None:
        """The ISO code of a country by its code or name, None where not known."""
        if name is None:
            return None
        if name not in self._countries:
            self._countries[name] = name.upper() if name.upper() in self.atlas.nations else None
            for text in dict.fromkeys((name, name.split(" (")[0])):
                match = self.atlas.gazetteer.geocode(text).match
                if self._countries[name] is None and match and match.precision == Precision.COUNTRY:
                    self._countries[name] = match.country
        return self._countries[name]

    def _assign(self, rows: _Rows, these: npt.NDArray[np.intp]) -> None:
        """The units of the day in which coordinates lie; one that the file names by its identifier stands."""
        if len(these):
            days = np.array([rows.told["date_start"][at] for at in these], dtype="datetime64[D]")
            lon, lat, nation = rows.lon[these], rows.lat[these], rows.nation[these]
            found = self.atlas.boundaries.assign(lon, lat, days, nation)
            lost = np.flatnonzero(found["admin1_id"].isna() & pd.Series(nation, dtype=object).notna())
            if len(lost):  # not in the country named, so wherever it is
                else_ = self.atlas.boundaries.assign(lon[lost], lat[lost], days[lost])
                for at, other, *_ in zip(these[lost], else_["admin0"], strict=True):
                    if other not in (None, rows.nation[at]):
                        what = f"lies in {other}, and the row names {rows.told['country'][at]}"
                        self._point_out(rows, int(at), what, "check both")
                here = lost[else_["admin0"].notna().to_numpy()]
                found.loc[here] = else_[else_["admin0"].notna()].to_numpy()
            for name in ("admin0", "admin1_id", "admin1_name"):
                getattr(rows, name)[these] = found[name].to_numpy(dtype=object)
        for at, key in enumerate(rows.told["region"]):
            if unit := self.atlas.unit(key, rows.told["date_start"][at]):
                rows.admin1_id[at] = key
                rows.admin0[at], rows.admin1_name[at] = unit
        unknown = np.array([one is None for one in rows.admin0], dtype=bool)
        rows.admin0[unknown] = rows.nation[unknown]

    def _check(self, rows: _Rows, these: npt.NDArray[np.intp]) -> None:
        """Point out coordinates that lie far from every settlement of the name given."""
        stated = [rows.nation[at] or rows.admin0[at] for at in these]
        near = self._nearest(rows, these, stated)
        away = np.flatnonzero(near > self._reach(rows, these))
        nameless = [number for number in away if rows.nation[these[number]] is None]
        anywhere = self._nearest(rows, these[nameless], [None] * len(nameless))
        fine = {number for number, km in zip(nameless, anywhere, strict=True) if km <= FAR_KM}
        for number in away:
            if number not in fine:
                self._tell(rows, int(these[number]), None if number in nameless else stated[number])

    def _reach(self, rows: _Rows, these: npt.NDArray[np.intp]) -> Degrees:
        """How far from its settlement each point may lie."""
        return FAR_KM + np.array([_RADII[one] for one in rows.precision[these]], dtype=float)

    def _nearest(self, rows: _Rows, these: npt.NDArray[np.intp], countries: list[str | None]) -> Degrees:
        """Distance in km of each point to the nearest settlement of its name; NaN where no place is named."""
        found = np.full(len(these), np.nan)
        groups: dict[tuple[str, str | None], list[int]] = {}
        for number, (at, country) in enumerate(zip(these, countries, strict=True)):
            if name := rows.told["place"][at]:
                groups.setdefault((name, country), []).append(number)
        for (name, country), numbers in groups.items():
            spots = self._settlements(name, country, rows.told["date_start"][these[numbers[0]]])
            some = these[numbers]
            known = [_km(rows.lon[some], rows.lat[some], *spot) for spot in spots]
            found[numbers] = np.min(known, axis=0) if known else np.inf
        return found

    def _settlements(self, name: str, country: str | None, day: dt.date) -> list[tuple[float, float]]:
        """Longitude and latitude of the settlements of this very name; sought on the first day it is met."""
        if (name, country) not in self._lookups:
            self._lookups[name, country] = self.atlas.gazetteer.geocode(name, on=day, country=country)
        exact = (one for one in self._lookups[name, country].candidates if one.likeness == 100)
        return [(one.lon, one.lat) for one in exact if one.lon is not None and one.lat is not None]

    def _tell(self, rows: _Rows, at: int, country: str | None) -> None:
        """Point out a point that is far from the settlement meant, if it is sure which that is."""
        lookup = self._lookups.get((rows.told["place"][at], country))
        match = lookup.match if lookup else None
        if match is None or match.lon is None or match.lat is None or match.likeness < 100:
            return
        lon, lat, there = rows.lon[at], rows.lat[at], (match.lon, match.lat)
        what = f"lies {great_circle_km((lon, lat), there):,.0f} km from {match.name}, the place named"
        if abs(lon) <= 90 and great_circle_km((lat, lon), there) <= FAR_KM:
            what += ", and near it once latitude and longitude are swapped"
        self._point_out(rows, at, what, "check the coordinates and the name")

    def _point_out(self, rows: _Rows, at: int, what: str, todo: str) -> None:
        value = f"{rows.lat[at]:g}, {rows.lon[at]:g}"
        self.flags.append(Reject(self.name, rows.told["row"][at], "coordinates", value, what, todo))

    def _seek(self, rows: _Rows, at: int) -> None:
        """Find a row without coordinates by the name of its place."""
        if rows.told["area"][at]:
            return
        name, day, nation = rows.told["place"][at], rows.told["date_start"][at], rows.nation[at]
        if not name:
            rows.note[at], rows.precision[at] = "no place is named", str(Precision.COUNTRY)
            return
        lookup = self.atlas.gazetteer.geocode(name, on=day, country=nation)
        rows.note[at] = lookup.reason
        if lookup.match is None:
            best = tuple(self._told(one) for one in lookup.candidates[:2])
            self.unplaced.append(Unplaced(rows.told["row"][at], name, lookup.reason, best))
            return
        spot = self.atlas.spot(lookup.match, day)
        if spot["lon"] is not None:
            rows.lon[at], rows.lat[at] = spot["lon"], spot["lat"]
        for column in ("admin0", "admin1_id", "admin1_name", "area_id"):
            getattr(rows, column)[at] = spot[column]
        stated = Precision(rows.precision[at])
        rows.precision[at] = str(max(stated, spot["precision"], key=lambda one: one.rank))

    def _told(self, one: Match) -> str:
        """A candidate on one line."""
        spot = "" if one.lat is None else f", {one.lat:.4f}, {one.lon:.4f}"
        return f"{one.name} ({self.atlas.gazetteer.country_name(one.country)}{spot})"

    def _widen(self, rows: _Rows) -> None:
        """What is known to a region or wider has an area and no point; a vague area is its country."""
        for at in np.flatnonzero(~np.isin(rows.precision, _POINTS)):
            found = not np.isnan(rows.lon[at]) or rows.area_id[at] is not None
            rows.lon[at] = rows.lat[at] = np.nan
            if rows.told["area"][at]:
                rows.area_id[at] = rows.told["area"][at]
            elif found and rows.precision[at] == Precision.REGION:
                rows.area_id[at] = rows.admin1_id[at]
            elif found:
                rows.area_id[at], rows.admin1_id[at], rows.admin1_name[at] = rows.admin0[at], None, None


def _km(lon: Degrees, lat: Degrees, to_lon: float, to_lat: float) -> Degrees:
    """Great-circle distances, as match.great_circle_km gives one."""
    x0, y0, x1, y1 = (np.radians(axis) for axis in (lon, lat, to_lon, to_lat))
    half = np.sin((y1 - y0) / 2) ** 2 + np.cos(y0) * np.cos(y1) * np.sin((x1 - x0) / 2) ** 2
    found: Degrees = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return found


_EARTH_KM = great_circle_km((0, 0), (180, 0)) / np.pi


def _staged(events: pa.Table, rows: _Rows) -> pa.Table:
    spans = zip(*(rows.told[name] for name in ("date_start", "date_end", "date_precision")), strict=True)
    placed = ~np.isnan(rows.lon)
    kilometres = [_RADII[one] if has else None for one, has in zip(rows.precision, placed, strict=True)]
    derived = {
        "lon": pa.array(rows.lon, mask=~placed),
        "lat": pa.array(rows.lat, mask=~placed),
        "place_note": pa.array(rows.note, pa.string()),
        "location_precision": pa.array(rows.precision, pa.string()),
        "boundary_valid_on": events["date_start"],
        "date_latest": pa.array([latest_day(*span) for span in spans], pa.date32()),
        "uncertainty_km": pa.array(kilometres, pa.float64()),
    }
    for name in ("admin0", "admin1_id", "admin1_name", "area_id"):
        derived[name] = pa.array(getattr(rows, name), pa.string())
    columns = [derived[name] if name in derived else events[name] for name in STAGED.names]
    return pa.Table.from_arrays(columns, schema=STAGED)
