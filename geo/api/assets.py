"""Scripts, styles and fonts of the page, from this origin and from installed packages only."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from geo.api.problems import not_found

Found = tuple[bytes, str, bool]
"""Content, media type, and whether its address changes when its content does."""

Find = Callable[[str], Found | None]
"""Looks up a path below `/assets/`: only what it knows, so that no path can lead elsewhere."""


class AssetRoutes:
    """`/assets/...`."""

    def __init__(self, find: Find) -> None:
        self.find = find

    def asset(self, request: Request) -> Response:
        """One file."""
        found = self.find(request.path_params["path"])
        if found is None:
            return not_found(request)
        body, kind, lasting = found
        caching = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return Response(body, media_type=kind, headers={"Cache-Control": caching})
