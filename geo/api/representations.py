"""Replies in the formats that a resource has: JSON for programs, HTML for people; kept as long as the store.

Pages are small, ours, and load nothing from elsewhere: their styles, scripts and map come from this
origin, and a content security policy lets nothing else in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import orjson
from starlette.requests import Request
from starlette.responses import Response

from geo import __version__, exports
from geo.api.links import GEOJSON, HTML, JSON
from geo.store import Collection, Store

KINDS = {"json": JSON, "html": HTML}

_STATIC = Path(__file__).parent / "static"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
VARY = "Accept, Accept-Encoding"


def formats(collection: Collection) -> dict[str, str]:
    """Media types by name of the formats of a collection's items; `html` is the page for people."""
    found = {"json": GEOJSON, "html": f"{HTML}; charset=utf-8"}
    if collection.name == "incidents":
        named = {form.name: form.media_type for form in exports.FORMATS.values() if form.name != "html"}
        return found | named
    return found | {"geojson": GEOJSON}


def tag(request: Request, store: Store, kind: str) -> str:
    """Changes when the store, the program, the address or the format does."""
    told = "\n".join([store.version, __version__, str(request.url), kind])
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:20]}"'


def unchanged(request: Request, mark: str) -> Response | None:
    """The reply to a client that has it already."""
    held = request.headers.get("if-none-match", "")
    if mark.removeprefix("W/") in {one.strip().removeprefix("W/") for one in held.split(",")}:
        return Response(status_code=304, headers=lasting(mark))
    return None


def lasting(mark: str) -> dict[str, str]:
    """Headers of what may be kept, if asked for again each time."""
    return {"ETag": mark, "Cache-Control": "no-cache", "Vary": VARY}


def reply(
    request: Request, store: Store | None, kind: str, body: Mapping[str, Any], template: str, media: str = ""
) -> Response:
    """A resource in one of its formats. Without a store it is not kept."""
    headers = {"Cache-Control": "no-store"}
    if store is not None:
        mark = tag(request, store, kind)
        if same := unchanged(request, mark):
            return same
        headers = lasting(mark)
    if kind == "html":
        return page(request, template, headers, told=body)
    return Response(orjson.dumps(body), media_type=media or JSON, headers=headers)


def page(request: Request, template: str, headers: Mapping[str, str], **told: Any) -> Response:
    """A page for people."""
    json_address = str(request.url.include_query_params(f="json"))
    text = (
        _templates().get_template(template).render(path=request.url.path, json_address=json_address, **told)
    )
    return Response(text, media_type=HTML, headers={**headers, "Content-Security-Policy": _POLICY})


def static(request: Request) -> Response:
    """A script or style of these pages."""
    name = request.path_params["name"]
    kinds = {".css": "text/css", ".js": "text/javascript"}
    file = _STATIC / name
    if not re.fullmatch(r"[a-z]+\.(css|js)", name) or not file.is_file():
        return Response(status_code=404)
    return Response(file.read_bytes(), media_type=kinds[file.suffix], headers={"Cache-Control": "no-cache"})


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
