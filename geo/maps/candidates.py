"""The map of candidates: a folium map that holds everything it draws, and asks the server for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import folium
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from geo.maps import assets, palette
from geo.maps.view import MAX_ZOOM, LocalMap
from geo.schema import EVENT_TYPES, Precision

Row = dict[str, Any]
Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

_MARGIN = 0.35
"""Degrees around a single point that are shown at least."""


@dataclass(frozen=True)
class Candidate:
    """What the map must know of one candidate.

    lat, lon: degrees, EPSG:4326, None where no point is known. area: identifier of the region or wider area
    where no point is. told: one line on it, as text; blank where it is only counted.
    """

    event_type: str
    place: str
    lat: float | None
    lon: float | None
    precision: Precision
    area: str | None
    harm: int
    told: str

    @property
    def has_point(self) -> bool:
        """Whether an honest map may draw it as a dot."""
        return self.precision.is_point and self.lat is not None and self.lon is not None


class CandidateLayer(JSCSSMixin, Layer):
    """Draws what `static/candidates.js` is given."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.layerGroup();
            import({{ this.module|tojson }}).then(
                ({ show }) => show({{ this._parent.get_name() }}, {{ this.options|tojson }}));
        {% endmacro %}
        """
    )

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(name="candidates", control=False)
        self._name = "CandidateLayer"
        self._id = "candidates"
        self.module = assets.url("candidates.js")
        self.options = dict(options)
        styles = ("frame.css", "candidates.css")
        self.default_js: list[tuple[str, str]] = []
        self.default_css = [("eventmap_fonts", f"{assets.ROOT}/fonts.css")]
        self.default_css += [(f"eventmap_{name}", assets.url(name)) for name in styles]


def build_candidates(
    ground: Mapping[str, Any],
    candidates: Iterable[Candidate],
    language: str,
    bounds: Mapping[str, Box] | None = None,
) -> folium.Map:
    """The map, framed on the candidates.

    ground: outlines as /api/basemap gives them, of the countries in question. language: of its words.
    bounds: of areas, where they are known.
    """
    rows = list(candidates)
    spots, areas = marks(rows), hatched(rows)
    told: dict[str, list[str]] = {}
    for row in rows:
        if row.told and (key := _key(row)):
            told.setdefault(key, []).append(row.told)
    built = LocalMap(location=[0, 0], zoom_start=4, tiles=None, zoom_snap=0.25, zoom_delta=0.5)
    built.options |= {"minZoom": 2.0, "maxZoom": MAX_ZOOM}
    built._id = "candidatesmap"
    built.get_root()._id = "candidatesfigure"
    options = {"outlines": dict(ground), "marks": spots, "areas": areas, "told": told, "language": language}
    CandidateLayer(options | {"box": frame(rows, bounds)} | palette.as_options()).add_to(built)
    return built


def marks(rows: Iterable[Candidate]) -> list[Row]:
    """Candidates with a point, together where they are at one place: marks as /api/cells gives them."""
    found: dict[str, Row] = {}
    for row in rows:
        if not row.has_point:
            continue
        mark = found.setdefault(_key(row), _mark(row))
        mark["n"] += 1
        mark["harm"] += row.harm
        mark["types"][list(EVENT_TYPES).index(row.event_type)] += 1
    return list(found.values())


def hatched(rows: Iterable[Candidate]) -> list[Row]:
    """Candidates known to a region or a wider area only, together by area: as /api/cells gives them."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.has_point or not row.area or row.precision is Precision.COUNTRY:
            continue
        precision = str(row.precision if row.precision is Precision.MACRO_REGION else Precision.REGION)
        plain = {"id": row.area, "name": row.place, "precision": precision, "regions": [], "n": 0}
        area = found.setdefault(row.area, plain | {"types": [0] * len(EVENT_TYPES)})
        area["n"] += 1
        area["types"][list(EVENT_TYPES).index(row.event_type)] += 1
    return list(found.values())


def frame(rows: Iterable[Candidate], bounds: Mapping[str, Box] | None = None) -> list[float] | None:
    """West, south, east, north of the points, and of the areas, with a margin; None where all is to be shown.

    bounds: of areas. Where those of an area are not known, all is to be shown.
    """
    rows = list(rows)
    points = [
        (row.lon, row.lat) for row in rows if row.has_point and row.lon is not None and row.lat is not None
    ]
    for area in {row.area for row in rows if row.area and not row.has_point}:
        if area not in (bounds or {}):
            return None
        west, south, east, north = (bounds or {})[area]
        points += [(west, south), (east, north)]
    if not points:
        return None
    lons, lats = zip(*points, strict=True)
    wide = max(_MARGIN, 0.1 * (max(lons) - min(lons)), 0.1 * (max(lats) - min(lats)))
    return [min(lons) - wide, min(lats) - wide, max(lons) + wide, max(lats) + wide]


def _mark(row: Candidate) -> Row:
    plain = {"lon": row.lon, "lat": row.lat, "n": 0, "harm": 0, "places": 1, "cell": _key(row)}
    return plain | {"types": [0] * len(EVENT_TYPES), "place": row.place, "km": row.precision.uncertainty_km}


def _key(row: Candidate) -> str:
    return f"{row.lon:.4f} {row.lat:.4f}" if row.has_point else row.area or ""
