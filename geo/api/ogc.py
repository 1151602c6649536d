"""OGC API - Features: what there is, and what it conforms to. Features themselves are in `items`."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
from starlette.requests import Request
from starlette.responses import Response

from geo import __version__, exports
from geo.api import declared, negotiation
from geo.api.links import HTML, JSON, OPENAPI, SCHEMA, Addresses, Link, link
from geo.api.openapi import document
from geo.api.representations import KINDS, formats, reply
from geo.schema import meta
from geo.settings import Settings
from geo.store import COLLECTIONS, Collection, Store, crs
from geo.store.collections import find

_FEATURES = "http://www.opengis.net/spec/ogcapi-features"
_CQL = "http://www.opengis.net/spec/cql2/1.0/conf"
_TILES = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf"

CONFORMS = [
    *(
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/" + part
        for part in ("core", "json", "html", "oas30")
    ),
    *(f"{_FEATURES}-1/1.0/conf/{part}" for part in ("core", "oas30", "geojson", "html")),
    f"{_FEATURES}-2/1.0/conf/crs",
    *(
        f"{_FEATURES}-3/1.0/conf/{part}"
        for part in ("queryables", "queryables-query-parameters", "filter", "features-filter")
    ),
    *(
        f"{_CQL}/{part}"
        for part in (
            *("cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators"),
            *("case-insensitive-comparison", "accent-insensitive-comparison", "arithmetic"),
            *("basic-spatial-functions", "basic-spatial-functions-plus", "spatial-functions"),
            *("temporal-functions", "property-property"),
        )
    ),
    *(f"{_TILES}/{part}" for part in ("core", "tileset", "mvt", "geodata-tilesets")),
]
"""Conformance classes that are declared."""


class OgcRoutes:
    """`/api`, `/api/conformance`, `/api/collections`, a collection, its queryables, and the description."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def store(self) -> Store:
        """The store that is current now. Raises StoreError."""
        return Store.current(self.settings.store, threads=self.settings.threads)

    def landing(self, request: Request) -> Response:
        """The way in."""
        declared.only(request, ["f"])
        kind, at = negotiation.choose(request, KINDS), Addresses(request, self.settings.url)
        body = {
            "title": "eventmap",
            "description": self._about(),
            "attribution": " ".join([exports.ATTRIBUTION, *self.store.credits]),
            "links": [
                *at.itself(kind, KINDS),
                link(at.of("openapi"), "service-desc", OPENAPI, "the description of this API (OpenAPI 3.0)"),
                link(at.of("docs"), "service-doc", HTML, "the documentation of this API"),
                link(at.of("conformance"), "conformance", JSON, "standards that it conforms to"),
                link(at.of("collections"), "data", JSON, "the collections"),
                link(f"{at.base}/", "related", HTML, "the map"),
            ],
        }
        return reply(request, self.store, kind, body, "landing.html")

    def conformance(self, request: Request) -> Response:
        """Which parts of which standards hold here."""
        declared.only(request, ["f"])
        kind, at = negotiation.choose(request, KINDS), Addresses(request, self.settings.url)
        body = {"conformsTo": CONFORMS, "links": at.itself(kind, KINDS)}
        return reply(request, self.store, kind, body, "conformance.html")

    def collections(self, request: Request) -> Response:
        """All collections."""
        declared.only(request, ["f"])
        kind, at = negotiation.choose(request, KINDS), Addresses(request, self.settings.url)
        body = {
            "links": at.itself(kind, KINDS),
            "crs": list(crs.KNOWN),
            "collections": [self._described(one, at, kind) for one in COLLECTIONS.values()],
        }
        return reply(request, self.store, kind, body, "collections.html")

    def collection(self, request: Request) -> Response:
        """One collection."""
        declared.only(request, ["f"])
        found = find(request.path_params["collection"])
        kind, at = negotiation.choose(request, KINDS), Addresses(request, self.settings.url)
        body = self._described(found, at, kind)
        body["links"] = [*at.itself(kind, KINDS), *body["links"]]
        return reply(request, self.store, kind, body, "collection.html")

    def queryables(self, request: Request) -> Response:
        """What a filter may name, as JSON Schema."""
        declared.only(request, ["f"])
        found = find(request.path_params["collection"])
        kinds = {"json": SCHEMA, "html": HTML}
        kind, at = negotiation.choose(request, kinds), Addresses(request, self.settings.url)
        properties: dict[str, Any] = {name: _told(column) for name, column in found.queryables.items()}
        if found.geometry:
            what = "point" if found.geometry == "point" else "multipolygon"
            properties["geometry"] = {
                "title": "Where",
                "format": f"geometry-{what}",
                "x-ogc-role": "primary-geometry",
            }
        body = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": at.of("collections", found.name, "queryables"),
            "type": "object",
            "title": found.title,
            "description": found.about,
            "properties": properties,
            "additionalProperties": False,
        }
        return reply(request, self.store, kind, body, "queryables.html", media=kinds[kind])

    def openapi(self, request: Request) -> Response:
        """The description of all this for programs."""
        declared.only(request, ["f"])
        kinds = {"json": OPENAPI, "html": HTML}
        kind, at = negotiation.choose(request, kinds), Addresses(request, self.settings.url)
        body = document(at.base, self.settings.max_features)
        return reply(request, self.store, kind, body, "docs.html", media=kinds[kind])

    def docs(self, request: Request) -> Response:
        """The same for people."""
        declared.only(request, [])
        body = document(Addresses(request, self.settings.url).base, self.settings.max_features)
        return reply(request, self.store, "html", body, "docs.html")

    def health(self, request: Request) -> Response:
        """Whether features can be read, and which version of the store."""
        declared.only(request, [])
        body = {
            "status": "ok",
            "version": __version__,
            "store": self.store.version,
            "counts": self.store.counts(),
        }
        return reply(request, None, "json", body, "")

    def _about(self) -> str:
        titles = "; ".join(found.get("title", name) for name, found in self.store.datasets.items())
        return f"Incidents, reports, claims, regions and figures of: {titles or 'no data set yet'}."

    def _described(self, one: Collection, at: Addresses, kind: str) -> dict[str, Any]:
        extent: dict[str, Any] = {}
        if one.geometry:
            extent["spatial"] = {"bbox": [list(self.store.home)], "crs": crs.CRS84}
        first, last = self.store.days_of(one)
        if first or last:
            ends = [f"{day}T00:00:00Z" if isinstance(day, dt.date) else None for day in (first, last)]
            trs = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
            extent["temporal"] = {"interval": [ends], "trs": trs}
        return (
            {
                "id": one.name,
                "title": one.title,
                "description": one.about,
                "itemType": "feature",
                "links": self._links(one, at, kind),
            }
            | ({"extent": extent} if extent else {})
            | ({"crs": list(crs.KNOWN), "storageCrs": crs.CRS84} if one.geometry else {"crs": [crs.CRS84]})
        )

    def _links(self, one: Collection, at: Addresses, kind: str) -> list[Link]:
        found = [
            link(at.of("collections", one.name, "items", f=name), "items", media, f"{one.title} as {name}")
            for name, media in sorted(formats(one).items(), key=lambda pair: pair[0] != kind)
        ]
        queryables = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
        found.append(
            link(at.of("collections", one.name, "queryables"), queryables, SCHEMA, "what filters may name")
        )
        if one.name in ("incidents", "regions"):
            tiles = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
            found.append(link(at.of("collections", one.name, "tiles"), tiles, JSON, "vector tiles"))
        licences = {
            licence["path"]: licence.get("title", "licence")
            for dataset in self.store.datasets.values()
            for licence in dataset.get("licenses", [])
            if licence.get("path")
        }
        return [*found, *(link(path, "license", HTML, title) for path, title in licences.items())]


def _told(column: pa.Field) -> dict[str, Any]:
    """A column as a queryable."""
    found = declared.json_schema(column) | {"title": meta(column, "title")}
    return found | ({"x-ogc-unit": meta(column, "unit")} if meta(column, "unit") else {})
