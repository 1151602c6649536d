"""What the map asks for while it is open: cells of a view, lists, the base map, one region."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from typing import Any

import geopandas as gpd
import orjson
import pandas as pd
import shapely
from starlette.requests import Request
from starlette.responses import Response

from geo.api import parameters
from geo.api.figure import figure
from geo.api.problems import problem
from geo.query import BBox, parse_day
from geo.regions.basemap import basemap
from geo.regions.boundaries import Boundaries, load_countries, load_lakes
from geo.regions.figures import latest, per_100k
from geo.schema import CRS, EVENT_TYPES
from geo.settings import Settings
from geo.store import Store

TITLES = {
    "population": "Population",
    "area_km2": "Area",
    "gross_regional_product_per_head": "Regional product per head",
    "unemployment_rate": "Unemployment",
    "average_monthly_wage": "Average monthly wage",
    "urban_share": "Living in towns",
}
"""Figures by the words a reader knows them by; any other is shown by its name."""


class MapRoutes:
    """Endpoints of the map over the store that is current when a request comes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def store(self) -> Store:
        """The store that is current now. Raises StoreError."""
        return Store.current(self.settings.store, threads=self.settings.threads)

    def cells(self, request: Request) -> Response:
        """Marks and areas of a view: `bbox`, `z`, and an incident query."""
        query = parameters.query(request, without="bbox")
        text = request.query_params.get("bbox", "")
        zoom = parameters.number(request, "z", 5, 0, 24)
        bbox = BBox.parse(text) if text else None
        return _json(self.store.cells(query, bbox=bbox, zoom=zoom, most=self.settings.max_marks))

    def details(self, request: Request) -> Response:
        """Incidents of the marks named by `cell` or of one `area`, by date."""
        most = self.settings.max_details
        found = self.store.details(
            parameters.query(request),
            keys=request.query_params.getlist("cell")[:most],
            area=request.query_params.get("area", ""),
            limit=int(parameters.number(request, "limit", most, 1, most)),
            offset=int(parameters.number(request, "offset", 0, 0, 1e9)),
        )
        return _json(found)

    def days(self, request: Request) -> Response:
        """How many incidents touch each day of a query, by event type, from the first day to the last.

        The reply is `{types, first, last, counts}`: one list per day without gaps, in the order of `types`.
        Days outside the query's own interval are left out, also where an incident reaches beyond it; without
        one, days after the last on which any incident begins.
        """
        query = parameters.query(request)
        table = self.store.days(query)
        first, last = self.store.extent
        start = query.interval.start or first or dt.date.min
        end = query.interval.end or last or dt.date.max
        place = {kind: at for at, kind in enumerate(EVENT_TYPES)}
        found: dict[dt.date, list[int]] = {}
        for day, kind, n in zip(*(column.to_pylist() for column in table.columns), strict=True):
            if start <= day <= end:
                found.setdefault(day, [0] * len(place))[place[kind]] = n
        if not found:
            return _json({"types": list(EVENT_TYPES), "first": None, "last": None, "counts": []})
        first, last = min(found), max(found)
        every = (first + dt.timedelta(days=at) for at in range((last - first).days + 1))
        none = [0] * len(place)
        counts = [found.get(day, none) for day in every]
        return _json({"types": list(EVENT_TYPES), "first": first, "last": last, "counts": counts})

    def basemap(self, request: Request) -> Response:
        """Outlines, lakes and labels for the data sets at hand, as on a day."""
        on = self._on(request)
        body, tag = _basemap(self.store, self.settings, on)
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/json", headers=headers)

    def names(self, request: Request) -> Response:
        """What places are called in `lang`, by English name or identifier; empty for English."""
        return _json(self.store.names(request.query_params.get("lang", "")))

    def figure(self, request: Request) -> Response:
        """What shades the regions: `name`, `on`, and an incident query."""
        return _json(figure(request, self.store, self._on(request)))

    def region(self, request: Request) -> Response:
        """One region: its figures with their sources, the incidents that match the query, and its claims.

        Claims are those about the region itself, as they stood on the day the query is known on.
        """
        key, on, store = request.path_params["key"], self._on(request), self.store
        units = store.regions(on)
        unit = units[units["id"] == key].drop(columns="geometry")
        if unit.empty:
            return problem(404, f"no region {key!r} was valid on {on}", "take the id from /api/basemap")
        query = replace(parameters.query(request, without="admin1"), admin1=(key,))
        incidents = sum(store.type_counts(query).values())
        figures = latest(store.figures(key), on).assign(title=lambda rows: rows["figure"].replace(TITLES))
        population = figures.loc[figures["figure"] == "population", "value"]
        return _json(
            _plain(unit)[0]
            | {
                "figures": _plain(figures.drop(columns=["admin1_id", "preferred"])),
                "incidents": incidents,
                "claims": [
                    claim for claim in store.claims(known_on=query.known_on) if claim["admin1_id"] == key
                ],
                "per_100k": per_100k(incidents, None if population.empty else population.iloc[0]),
            }
        )

    def _on(self, request: Request) -> dt.date:
        text = request.query_params.get("on", "")
        return parse_day(text, "on") if text else self.store.extent[0] or dt.date.today()


@lru_cache(maxsize=16)
def _basemap(store: Store, settings: Settings, on: dt.date) -> tuple[bytes, str]:
    """The base map of a store on a day; kept, for it is the same for everybody."""
    frame = store.regions_ever()
    outlines = gpd.GeoDataFrame(
        frame.drop(columns="geometry"), geometry=shapely.from_wkb(frame["geometry"]), crs=CRS
    )
    drawn = basemap(
        Boundaries(outlines),
        load_countries(settings.data / "reference"),
        on,
        store.countries,
        store.macro_regions(),
        load_lakes(settings.data / "reference"),
    )
    west, south, east, north = drawn["home"]
    wide, high = (east - west) * 0.6, (north - south) * 0.6
    cities = [
        city
        for city in store.cities()
        if west - wide < city["lon"] < east + wide and south - high < city["lat"] < north + high
    ]
    added = [row for row in store.additions() if row["kind"] == "boundaries"]
    named = dict.fromkeys((row["source"] or row["file"], row["licence"]) for row in added)
    more = {"cities": cities, "credits": [{"source": who, "licence": terms} for who, terms in named]}
    return orjson.dumps(drawn | more), f'"{store.version}-{on}"'


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with null where there is no value."""
    cells = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(cells.columns, row, strict=True)) for row in cells.itertuples(index=False)]


def _json(body: Any) -> Response:
    return Response(
        orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY),
        media_type="application/json",
        headers={"Cache-Control": "no-cache"},
    )
