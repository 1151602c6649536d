"""Every address that we answer besides the page."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Route

from geo.api.assets import AssetRoutes, Find
from geo.api.download import DownloadRoutes
from geo.api.map import MapRoutes
from geo.api.problems import answering, not_found
from geo.settings import Settings


def routes(settings: Settings, find_asset: Find) -> list[BaseRoute]:
    """The routes to serve beside Streamlit's own. Endpoints run in a pool of threads."""
    views, downloads, files = MapRoutes(settings), DownloadRoutes(settings), AssetRoutes(find_asset)
    answers = {
        "/api/cells": answering(views.cells),
        "/api/details": answering(views.details),
        "/api/days": answering(views.days),
        "/api/figure": answering(views.figure),
        "/api/basemap": answering(views.basemap),
        "/api/names": answering(views.names),
        "/api/regions/{key}": answering(views.region),
        "/api/download/{format}": answering(downloads.download),
        "/api/{rest:path}": not_found,
        "/api": not_found,
        "/assets/{path:path}": files.asset,
    }
    return [Route(path, endpoint, middleware=[_GZIP]) for path, endpoint in answers.items()]


_GZIP = Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
