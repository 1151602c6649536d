"""The one map of the page: built anew at every rerun, and always the same to the last byte.

folium gives each element a random id; here they are fixed, because st_folium loads the whole frame
again when the script differs. Every address is our own: no content delivery network, no tiles.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import folium

from geo.maps import assets, palette
from geo.maps.layer import IncidentLayer
from geo.query import BBox

MIN_ZOOM, MAX_ZOOM = 3.0, 13.0


class LocalMap(folium.Map):
    """A folium map that loads Leaflet from our own address and nothing else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.default_js = [("leaflet", f"{assets.ROOT}/leaflet/leaflet.js")]
        self.default_css = [("leaflet_css", f"{assets.ROOT}/leaflet/leaflet.css")]


def build_map(home: BBox, *, on: dt.date | None = None, api: str = "/api") -> folium.Map:
    """The map, framed on `home`, with the live layer and no data.

    home: west, south, east, north in degrees, EPSG:4326; what the "whole country" button shows.
    on: the day whose boundaries are drawn, unless a pushed state names another.
    api: where the API answers, from the root of this origin.
    """
    built = LocalMap(
        location=[(home.south + home.north) / 2, (home.west + home.east) / 2],
        zoom_start=5,
        tiles=None,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=90,
    )
    # folium hands these to a tile layer, and there is none.
    built.options |= {"minZoom": MIN_ZOOM, "maxZoom": MAX_ZOOM}
    built._id = "eventmap"
    built.get_root()._id = "eventfigure"
    options = {"home": list(home), "on": on and str(on), "api": api, **palette.as_options()}
    IncidentLayer(options).add_to(built)
    return built
