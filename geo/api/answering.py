"""An endpoint becomes an ASGI application: within limits, counted, logged, and its failures told.

Endpoints are plain functions that run in a pool of threads, each under a deadline. A reply that is
streamed holds its query only while a piece is computed: a client that reads slowly costs a socket, and
one that goes away ends the query.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.api import problems
from geo.api.journal import Journal
from geo.errors import Busy, GeoError, TooLong
from geo.settings import Settings
from geo.store import Deadline

LONGEST_QUERY = 32_000
"""Bytes of a query string."""

Endpoint = Callable[[Request], Response]


class Stream(Response):
    """A reply in pieces; the first is made before the status is sent, so that its failure can be told."""

    def __init__(self, pieces: Iterator[bytes], media_type: str, headers: dict[str, str]) -> None:
        super().__init__(b"", media_type=media_type, headers=headers)
        del self.headers["content-length"]
        self.pieces = pieces
        self.first = next(pieces, b"")


class Answering:
    """What all endpoints of one application share: limits, counts, the log."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.journal = Journal()
        self.busy = 0

    def __call__(self, endpoint: Endpoint, name: str) -> ASGIApp:
        """The endpoint as an application; `name` stands for it in counts and log."""
        return _Application(self, endpoint, name)

    async def answer(self, endpoint: Endpoint, request: Request, send: Send) -> None:
        """Send what the endpoint replies, or why it cannot."""
        deadline = Deadline(self.settings.max_seconds)
        try:
            response = await anyio.to_thread.run_sync(self._response, endpoint, request, deadline)
            if not isinstance(response, Stream):
                await response(request.scope, request.receive, send)
                return
            with anyio.move_on_after(self.settings.max_stream_seconds):
                await self._stream(response, request, deadline, send)
        finally:
            deadline.close()

    def _response(self, endpoint: Endpoint, request: Request, deadline: Deadline) -> Response:
        try:
            if self.busy > self.settings.max_requests:
                raise Busy("too many requests at once", todo="try again in a moment")
            if len(request.scope["query_string"]) > LONGEST_QUERY:
                raise TooLong(f"the query is longer than {LONGEST_QUERY} bytes", todo="ask for less at once")
            if request.method == "OPTIONS":
                return Response(status_code=204, headers={"Allow": "GET, HEAD, OPTIONS"})
            with deadline.hold():
                return endpoint(request)
        except GeoError as error:
            return problems.told(error)

    async def _stream(self, response: Stream, request: Request, deadline: Deadline, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": response.raw_headers}
        await send(start)
        piece = b"" if request.method == "HEAD" else response.first
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(_until_gone, request.receive, group.cancel_scope)
                while piece:
                    piece = await self._sent(piece, response.pieces, deadline, send)
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                group.cancel_scope.cancel()
        finally:
            with contextlib.suppress(ValueError, AttributeError):
                response.pieces.close()  # type: ignore[attr-defined]

    async def _sent(self, piece: bytes, pieces: Iterator[bytes], deadline: Deadline, send: Send) -> bytes:
        """Send a piece while the next is made, and return that."""
        following = b""

        async def follow() -> None:
            nonlocal following
            following = await anyio.to_thread.run_sync(self._piece, pieces, deadline)

        async with anyio.create_task_group() as group:
            group.start_soon(follow)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        return following

    @staticmethod
    def _piece(pieces: Iterator[bytes], deadline: Deadline) -> bytes:
        """The next piece, empty at the end. A failure now cuts the reply short: its status is long gone."""
        with deadline.hold():
            return next(filter(None, pieces), b"")


class _Application:
    """One endpoint, its replies counted and written down."""

    def __init__(self, shared: Answering, endpoint: Endpoint, name: str) -> None:
        self.shared, self.endpoint, self.name = shared, endpoint, name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        began, status, size = time.perf_counter(), 500, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        self.shared.busy += 1
        self.shared.journal.busy.inc()
        try:
            await self.shared.answer(self.endpoint, request, counted)
        except OSError:
            status = 499  # the client has gone
        finally:
            self.shared.busy -= 1
            self.shared.journal.busy.dec()
            self.shared.journal.note(request, self.name, status, time.perf_counter() - began, size)


async def _until_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    """Ends the reply when the client goes away."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
