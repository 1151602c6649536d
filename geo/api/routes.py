"""Every address that we answer besides the page."""

from __future__ import annotations

from collections.abc import Callable

from starlette.convertors import PathConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.api.answering import Answering, Endpoint
from geo.api.assets import AssetRoutes, Find
from geo.api.download import DownloadRoutes
from geo.api.items import ItemRoutes
from geo.api.map import MapRoutes
from geo.api.ogc import OgcRoutes
from geo.api.problems import not_found
from geo.api.representations import static
from geo.api.tiles import TileRoutes
from geo.settings import Settings


class Rest(PathConvertor):
    """The rest of a path, whatever it holds: `path` ends at the first new line, and lets nobody answer."""

    regex = "(?s:.*)"


register_url_convertor("rest", Rest())

_COLLECTION = "/api/collections/{collection}"
_TILES = f"{_COLLECTION}/tiles"


def routes(settings: Settings, find_asset: Find) -> list[BaseRoute]:
    """The routes to serve beside Streamlit's own. Endpoints run in a pool of threads."""
    answering = Answering(settings)
    ogc, items, tiles = OgcRoutes(settings), ItemRoutes(settings), TileRoutes(settings)
    views, downloads, files = MapRoutes(settings), DownloadRoutes(settings), AssetRoutes(find_asset)
    answers: dict[str, Endpoint] = {
        "/api": ogc.landing,
        "/api/": ogc.landing,
        "/api/conformance": ogc.conformance,
        "/api/openapi": ogc.openapi,
        "/api/docs": ogc.docs,
        "/api/health": ogc.health,
        "/api/metrics": _metrics(answering),
        "/api/static/{name}": static,
        "/api/collections": ogc.collections,
        _COLLECTION: ogc.collection,
        f"{_COLLECTION}/queryables": ogc.queryables,
        f"{_COLLECTION}/items": items.items,
        f"{_COLLECTION}/items/{{id:rest}}": items.item,
        _TILES: tiles.sets,
        f"{_TILES}/WebMercatorQuad": tiles.one_set,
        f"{_TILES}/WebMercatorQuad/tilejson": tiles.tilejson,
        f"{_TILES}/WebMercatorQuad/{{z}}/{{row}}/{{col}}": tiles.tile,
        "/api/cells": views.cells,
        "/api/details": views.details,
        "/api/days": views.days,
        "/api/figure": views.figure,
        "/api/basemap": views.basemap,
        "/api/names": views.names,
        "/api/regions/{key}": views.region,
        "/api/download/{format}": downloads.download,
        "/api/{path:rest}": not_found,
    }
    shared = [
        Middleware(
            CORSMiddleware,
            allow_origins=settings.cors.split(),
            allow_methods=["GET", "HEAD"],
            expose_headers=["Content-Crs", "ETag", "Link", "Content-Disposition"],
        ),
        _GZIP,
    ]
    found: list[BaseRoute] = [
        Route(path, answering(endpoint, path), methods=["GET", "HEAD", "OPTIONS"], middleware=shared)
        for path, endpoint in answers.items()
    ]
    return [*found, Route("/assets/{path:path}", files.asset, middleware=[_GZIP])]


def _metrics(answering: Answering) -> Callable[[Request], Response]:
    def metrics(_request: Request) -> Response:
        body, media = answering.journal.metrics()
        return Response(body, headers={"Content-Type": media, "Cache-Control": "no-store"})

    return metrics


_GZIP = Middleware(GZipMiddleware, minimum_size=1000, compresslevel=2)
