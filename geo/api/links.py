"""Addresses of our own resources, and links between them as the OGC wants them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request

JSON = "application/json"
GEOJSON = "application/geo+json"
HTML = "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
TILE = "application/vnd.mapbox-vector-tile"

Link = dict[str, Any]


class Addresses:
    """Of one request. base: without a slash at its end."""

    def __init__(self, request: Request, url: str = "") -> None:
        self.base = (url or str(request.base_url)).rstrip("/")
        self.path = request.url.path
        self.given = list(request.query_params.multi_items())

    def of(self, *parts: str, **params: Any) -> str:
        """The address of a resource below /api; parts may hold any text."""
        path = "/".join(["/api", *(quote(part, safe="") for part in parts)])
        return f"{self.base}{path}" + (f"?{urlencode(params)}" if params else "")

    def again(self, changed: Mapping[str, str]) -> str:
        """This address, with some parameters changed; an empty one is left out."""
        kept = [(name, value) for name, value in self.given if name not in changed]
        params = [*kept, *((name, value) for name, value in changed.items() if value)]
        path = quote(self.path, safe="/:@!$&'()*+,;=~")
        return f"{self.base}{path}" + (f"?{urlencode(params)}" if params else "")

    def itself(self, kind: str, kinds: Mapping[str, str]) -> list[Link]:
        """The links `self` and `alternate`: this resource in each of its formats. kinds: type by name."""
        return [
            link(self.again({"f": name}), "self" if name == kind else "alternate", media, f"as {name}")
            for name, media in sorted(kinds.items(), key=lambda found: found[0] != kind)
        ]


def link(href: str, rel: str, media: str = JSON, title: str = "") -> Link:
    """A link."""
    return {"href": href, "rel": rel, "type": media} | ({"title": title} if title else {})
