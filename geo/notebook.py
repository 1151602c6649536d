"""For notebooks: the store as GeoDataFrames (EPSG:4326, x = longitude), and a look at one on a map.

    import geo
    store = geo.open_store()
    riots = geo.incidents(event_type="Riots", start="2022-01-05", end="2022-01-06")
    geo.explore(riots)
    geo.regions_on("2022-01-05").plot("region_population")

Queries are those of map, API and command line, with underscores for dashes.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.errors import BadQuery
from geo.query import PARAMETERS, IncidentQuery, parse_day
from geo.schema import CLAIM, CRS, INCIDENT
from geo.settings import Settings
from geo.store import Store

_current: list[Store] = []
"""The store that was opened last."""


def open_store(path: str | Path | None = None) -> Store:
    """Open a store, by default that of EVENTMAP_STORE; the functions here then read it.

    Raises StoreMissing, NotAStore, StoreTooNew.
    """
    settings = Settings.from_environment()
    store = Store.current(Path(path) if path else settings.store, threads=settings.threads)
    _current[:] = [store]
    return store


def incidents(
    query: IncidentQuery | None = None, /, *, store: Store | None = None, **asked: Any
) -> gpd.GeoDataFrame:
    """The incidents that match, one row each, by date; with their reports and the figures of their region.

    asked: parameters of a query, such as `start="2022-01-05"`, `bbox="76,43,78,44"`, `known_on=…`. An
    incident known to an area only has no geometry. Raises BadQuery.
    """
    wanted = query or _query(asked)
    rows = pd.DataFrame(list(_held(store).export(wanted)))
    if rows.empty:
        rows = pd.DataFrame({name: [] for name in [*INCIDENT.names, "reports"]})
    points = gpd.points_from_xy(rows["lon"].astype(float), rows["lat"].astype(float))
    points[rows["lon"].isna().to_numpy(dtype=bool)] = None
    return _days(gpd.GeoDataFrame(rows.drop(columns=["lon", "lat"]), geometry=points, crs=CRS))


def claims(
    *, store: Store | None = None, metric: str = "", place: str = "", known_on: str = ""
) -> gpd.GeoDataFrame:
    """The claims ledger as it stood on a day, oldest first; a claim has no geometry. Raises BadQuery."""
    on = parse_day(known_on, "known_on") if known_on else None
    found = _held(store).claims(metric=metric, place=place, known_on=on)
    rows = pd.DataFrame(found, columns=None if found else CLAIM.names)
    return _days(
        gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries([None] * len(rows), index=rows.index), crs=CRS)
    )


def regions_on(on: str | dt.date | None = None, *, store: Store | None = None) -> gpd.GeoDataFrame:
    """The regions valid on a day (default: the last day of the data) with the figures of that day.

    Raises BadQuery.
    """
    held = _held(store)
    day = parse_day(on, "on") if isinstance(on, str) else on or held.extent[1] or dt.date.today()
    units = held.regions(day, held.countries)
    joined = units.merge(held.joined_figures(day), how="left", left_on="id", right_on="admin1_id")
    shapes = shapely.from_wkb(joined["geometry"])
    return _days(gpd.GeoDataFrame(joined.drop(columns=["geometry", "admin1_id"]), geometry=shapes, crs=CRS))


def explore(frame: gpd.GeoDataFrame, *, store: Store | None = None) -> Any:
    """A folium map of a frame over the regions of its day; loads nothing from a network."""
    from geo.maps import notebook  # folium is slow to import, and not everybody draws

    first = frame["date_start"].min() if "date_start" in frame and len(frame) else None
    under = regions_on(None if first is None or pd.isna(first) else pd.Timestamp(first).date(), store=store)
    return notebook.explore(frame, under)


def _held(store: Store | None) -> Store:
    return store or (_current[0] if _current else open_store())


def _query(asked: dict[str, Any]) -> IncidentQuery:
    params = {name.replace("_", "-"): value for name, value in asked.items()}
    for name in params:
        if name not in PARAMETERS:
            raise BadQuery(
                "there is no such parameter", where=name, todo=f"choose from: {', '.join(PARAMETERS)}"
            )
    return IncidentQuery.from_params(
        {
            name: [str(one) for one in value] if isinstance(value, list | tuple) else str(value)
            for name, value in params.items()
        }
    )


def _days(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Columns of days as pandas knows them."""
    for name in frame.columns:
        if any(isinstance(value, dt.date) for value in frame[name].dropna().head(1)):
            frame[name] = pd.to_datetime(frame[name])
    return frame
