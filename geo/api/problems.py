"""One table from error to HTTP status, and the body that says what to do (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable

import orjson
from starlette.requests import Request
from starlette.responses import Response

from geo.errors import CallError, GeoError, StoreError, UnknownFormat

STATUS: dict[type[GeoError], int] = {UnknownFormat: 404, CallError: 400, StoreError: 503, GeoError: 500}
"""The first class that an error is an instance of decides."""


def problem(status: int, title: str, detail: str) -> Response:
    """A problem document."""
    body = orjson.dumps({"title": title, "status": status, "detail": detail})
    return Response(body, status, media_type="application/problem+json")


def answering(endpoint: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """An endpoint whose expected failures become problem documents."""

    def answer(request: Request) -> Response:
        try:
            return endpoint(request)
        except GeoError as error:
            status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
            return problem(status, error.what, str(error))

    return answer


def not_found(request: Request) -> Response:
    """Anything else under our prefix: never the page."""
    return problem(404, "there is nothing at this address", request.url.path)
