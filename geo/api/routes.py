"""Every address that we answer besides the page."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from geo.api.assets import AssetRoutes, Find
from geo.api.download import DownloadRoutes
from geo.api.map import MapRoutes
from geo.api.problems import answering, not_found
from geo.settings import Settings


def routes(settings: Settings, find_asset: Find) -> list[BaseRoute]:
    """The routes to serve beside Streamlit's own. Endpoints run in a pool of threads."""
    views, downloads, files = MapRoutes(settings), DownloadRoutes(settings), AssetRoutes(find_asset)
    return [
        Route("/api/cells", answering(views.cells)),
        Route("/api/details", answering(views.details)),
        Route("/api/basemap", answering(views.basemap)),
        Route("/api/regions/{key}", answering(views.region)),
        Route("/api/download/{format}", answering(downloads.download)),
        Route("/api/{rest:path}", not_found),
        Route("/api", not_found),
        Route("/assets/{path:path}", files.asset),
    ]
