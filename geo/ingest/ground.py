"""The ground for a map of places anywhere: outlines of their countries and regions on a day, and towns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow.compute as pc

from geo.gazetteer.index import Index
from geo.regions.basemap import basemap
from geo.regions.boundaries import Boundaries, load_countries, load_lakes
from geo.settings import Settings

Row = dict[str, Any]

_TOWN = 30_000
"""People in a place that may label the map."""


def ground(
    settings: Settings,
    on: dt.date,
    countries: Iterable[str],
    wider: Sequence[Mapping[str, Any]] = (),
) -> Row:
    """What /api/basemap answers, for any countries (ISO alpha-2) rather than for those of a store.

    wider: areas of several regions: id, name and regions. Raises BoundaryError, GazetteerError.
    """
    codes = tuple(sorted(set(countries)))
    areas = tuple((area["id"], area["name"], tuple(area["regions"])) for area in wider)
    return _ground(settings, on, codes, areas)


@lru_cache(maxsize=8)
def _ground(
    settings: Settings,
    on: dt.date,
    codes: tuple[str, ...],
    wider: tuple[tuple[str, str, tuple[str, ...]], ...],
) -> Row:
    folder = settings.data / "reference"
    areas = [{"id": key, "name": name, "regions": regions} for key, name, regions in wider]
    drawn = basemap(Boundaries.load(folder), load_countries(folder), on, codes, areas, load_lakes(folder))
    west, south, east, north = drawn["home"]
    margin = 0.6 * max(east - west, north - south)
    towns = Index.open(settings.cache).cities(_TOWN)
    within = pc.and_(
        pc.and_(pc.greater(towns["lon"], west - margin), pc.less(towns["lon"], east + margin)),
        pc.and_(pc.greater(towns["lat"], south - margin), pc.less(towns["lat"], north + margin)),
    )
    wanted = towns.filter(within).select(["name", "lon", "lat", "population", "admin0"]).slice(0, 1200)
    return drawn | {"cities": wanted.to_pylist()}
