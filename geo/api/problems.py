"""One table from error to HTTP status, and the body that says what to do (RFC 9457)."""

from __future__ import annotations

import orjson
from starlette.requests import Request
from starlette.responses import Response

from geo.errors import (
    Busy,
    CallError,
    GeoError,
    NoSuchCollection,
    NoSuchFeature,
    NotAcceptable,
    StoreError,
    TooLong,
    Unfinished,
    UnknownFormat,
)

STATUS: dict[type[GeoError], int] = {
    UnknownFormat: 404,
    NoSuchCollection: 404,
    NoSuchFeature: 404,
    NotAcceptable: 406,
    TooLong: 414,
    Busy: 503,
    Unfinished: 503,
    CallError: 400,
    StoreError: 503,
    GeoError: 500,
}
"""The first class that an error is an instance of decides."""

TYPE = "application/problem+json"


def problem(status: int, title: str, detail: str) -> Response:
    """A problem document."""
    body = orjson.dumps({"title": title, "status": status, "detail": detail})
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "2"} if status == 503 else {})
    return Response(body, status, media_type=TYPE, headers=headers)


def told(error: GeoError) -> Response:
    """The problem document of an expected failure."""
    return problem(
        next(code for kind, code in STATUS.items() if isinstance(error, kind)), error.what, str(error)
    )


def not_found(request: Request) -> Response:
    """Anything else under our prefix: never the page."""
    return problem(404, "there is nothing at this address", request.url.path)
