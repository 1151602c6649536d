"""A frame on a folium map for a notebook, whole in itself: Leaflet is written into it, nothing is fetched."""

from __future__ import annotations

import base64
from typing import Any

import folium
import geopandas as gpd
import pandas as pd

from geo.maps import assets
from geo.maps.palette import EVENT_TONES, GROUND

_TOLD = ("title", "name", "date_start", "event_type", "place", "fatalities_best", "admin1_name")


def explore(frame: gpd.GeoDataFrame, under: gpd.GeoDataFrame) -> folium.Map:
    """Points and areas of `frame` over the outlines `under`, both EPSG:4326; no geometry, no mark."""
    shown = _plain(frame[frame.geometry.notna()])
    ground = _plain(under[under.geometry.notna()])
    drawn = folium.Map(tiles=None, control_scale=True, attribution_control=False)
    drawn.default_js = [("leaflet", _inline("leaflet.js", "text/javascript"))]
    drawn.default_css = [("leaflet_css", _inline("leaflet.css", "text/css"))]
    if len(ground):
        style = {
            "color": GROUND["border-region"].light,
            "weight": 1,
            "fillColor": GROUND["home"].light,
            "fillOpacity": 1,
        }
        folium.GeoJson(ground[["geometry"]].to_json(), style_function=lambda _: style).add_to(drawn)
    if len(shown):
        told = [name for name in _TOLD if name in shown.columns]
        marks = folium.GeoJson(
            shown[[*told, "geometry"]].to_json(),
            marker=folium.CircleMarker(radius=6, fill=True, weight=1.5),
            style_function=_style,
            tooltip=folium.GeoJsonTooltip(told) if told else None,
        )
        marks.add_to(drawn)
    if len(shown) or len(ground):
        west, south, east, north = (shown if len(shown) else ground).total_bounds
        drawn.fit_bounds([[south, west], [north, east]], max_zoom=9)
    return drawn


def _style(feature: dict[str, Any]) -> dict[str, Any]:
    tone = EVENT_TONES.get(feature["properties"].get("event_type", ""), GROUND["ink"]).light
    return {"color": GROUND["paper"].light, "fillColor": tone, "fillOpacity": 0.85}


def _plain(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Days as text, for JSON has none."""
    frame = frame.copy()
    for name in frame.columns:
        if pd.api.types.is_datetime64_any_dtype(frame[name]):
            frame[name] = frame[name].dt.strftime("%Y-%m-%d")
    return frame


def _inline(name: str, media: str) -> str:
    found = assets.find(f"leaflet/{name}")
    if found is None:
        raise FileNotFoundError(name)
    return f"data:{media};base64,{base64.b64encode(found.file.read_bytes()).decode()}"
