"""A time within which a query must be done, or it is interrupted where it runs.

While a deadline is held, every cursor that a store opens in this thread belongs to it. It may be held
again and again, piece by piece of a long reply: each piece has the whole time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import duckdb

from geo.errors import GeoError, Unfinished

_held: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


class Deadline:
    """seconds: how long each piece of work may take."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._cursors: list[duckdb.DuckDBPyConnection] = []
        self._over = False

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Work under the deadline. Raises Unfinished in place of whatever an interrupted query raises."""
        before = _held.set(self)
        clock = threading.Timer(self.seconds, self._end)
        clock.daemon = True
        clock.start()
        try:
            yield
        except GeoError:
            raise
        except Exception:
            if not self._over:
                raise
            what = f"this took longer than {self.seconds:g} seconds and was ended"
            raise Unfinished(what, todo="ask for less at once") from None
        finally:
            clock.cancel()
            _held.reset(before)

    def close(self) -> None:
        """Interrupt what still runs and let go of it."""
        for cursor in self._cursors:
            cursor.interrupt()
            cursor.close()
        self._cursors.clear()

    def _end(self) -> None:
        self._over = True
        for cursor in list(self._cursors):
            cursor.interrupt()


def watched(cursor: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The same cursor; it belongs to the deadline that is held, if any."""
    deadline = _held.get()
    if deadline is not None:
        deadline._cursors.append(cursor)
    return cursor
