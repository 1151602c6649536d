"""OGC API - Tiles: vector tiles of incidents and regions, their tile sets and TileJSON."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from geo.api import declared
from geo.api.links import JSON, TILE, Addresses, link
from geo.api.openapi import TILE_PARAMETERS
from geo.api.representations import lasting, reply, tag, unchanged
from geo.errors import BadQuery, NoSuchCollection
from geo.query import IncidentQuery
from geo.settings import Settings
from geo.store import Collection, Store
from geo.store.collections import find
from geo.store.crs import CRS84, EPSG3857
from geo.store.tiles import COUNTED_BELOW, DEEPEST

SCHEME = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
_ITEM = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"


class TileRoutes:
    """`/api/collections/{collection}/tiles` and below."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def store(self) -> Store:
        """The store that is current now. Raises StoreError."""
        return Store.current(self.settings.store, threads=self.settings.threads)

    def sets(self, request: Request) -> Response:
        """The tile sets of a collection: one."""
        collection, at = _tiled(request), Addresses(request, self.settings.url)
        declared.only(request, [])
        body = {"tilesets": [self._set(collection, at)], "links": [link(at.again({}), "self")]}
        return reply(request, self.store, "json", body, "")

    def one_set(self, request: Request) -> Response:
        """The tile set in WebMercatorQuad."""
        collection, at = _tiled(request), Addresses(request, self.settings.url)
        declared.only(request, [])
        return reply(request, self.store, "json", self._set(collection, at), "")

    def tilejson(self, request: Request) -> Response:
        """The tile set as TileJSON 3.0; tiles take the same query."""
        collection, at = _tiled(request), Addresses(request, self.settings.url)
        _query(request, collection)
        template = self._template(collection, at).replace("{tileMatrix}/{tileRow}/{tileCol}", "{z}/{y}/{x}")
        query = f"?{request.url.query}" if request.url.query else ""
        body = {
            "tilejson": "3.0.0",
            "name": collection.title,
            "description": collection.about,
            "tiles": [template + query],
            "minzoom": 0,
            "maxzoom": 16,
            "bounds": list(self.store.home),
            "vector_layers": [{"id": collection.name, "fields": {}, "minzoom": 0, "maxzoom": 16}],
        }
        return reply(request, self.store, "json", body, "")

    def tile(self, request: Request) -> Response:
        """A tile; an empty one is 204."""
        collection = _tiled(request)
        query, store = _query(request, collection), self.store
        z, row, col = (_whole(request.path_params[name]) for name in ("z", "row", "col"))
        mark = tag(request, store, "tile")
        if same := unchanged(request, mark):
            return same
        body = store.tile(collection.name, query, z, row, col)
        headers = lasting(mark) | {"Cache-Control": "public, max-age=60, stale-while-revalidate=600"}
        if not body:
            return Response(status_code=204, headers=headers)
        return Response(body, media_type=TILE, headers=headers)

    def _template(self, collection: Collection, at: Addresses) -> str:
        root = at.of("collections", collection.name, "tiles", "WebMercatorQuad")
        return f"{root}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"

    def _set(self, collection: Collection, at: Addresses) -> dict[str, Any]:
        root = at.of("collections", collection.name, "tiles", "WebMercatorQuad")
        west, south, east, north = self.store.home
        return {
            "title": collection.title,
            "description": f"Counted by cell below zoom {COUNTED_BELOW}."
            if collection.name == "incidents"
            else "",
            "dataType": "vector",
            "crs": EPSG3857,
            "tileMatrixSetURI": SCHEME,
            "boundingBox": {"lowerLeft": [west, south], "upperRight": [east, north], "crs": CRS84},
            "layers": [{"id": collection.name, "dataType": "vector"}],
            "links": [
                link(root, "self", JSON),
                link(SCHEME, _ITEM, JSON),
                link(self._template(collection, at), "item", TILE) | {"templated": True},
                link(f"{root}/tilejson", "describedby", JSON, "TileJSON"),
            ],
        }


def _tiled(request: Request) -> Collection:
    found = find(request.path_params["collection"])
    if found.name not in ("incidents", "regions"):
        raise NoSuchCollection(
            f"{found.name!r} has no tiles", where="collection", todo="incidents and regions have"
        )
    return found


def _query(request: Request, collection: Collection) -> IncidentQuery:
    declared.only(request, TILE_PARAMETERS if collection.name == "incidents" else ("datetime",))
    return declared.incident_query(request, find("incidents"), CRS84)


def _whole(text: str) -> int:
    """A number of a tile. Raises BadQuery."""
    text = text.removesuffix(".mvt").removesuffix(".pbf")
    if not text.isdecimal() or len(text) > 9:
        raise BadQuery(f"{text[:40]!r} is no number of a tile", where="tile", todo=f"zoom is 0 to {DEEPEST}")
    return int(text)
