"""Long work beside the page: it is watched, ended when it is no longer wanted, and never takes too long."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from geo.errors import GeoError, Unfinished
from geo.ingest.brought import Brought
from geo.ingest.imports import Progress
from geo.ingest.reading import Watch

Work = Callable[[Watch], Brought]

AT_ONCE = 2
"""Files that one server reads at the same time; others wait for their turn."""

_LOG = logging.getLogger("eventmap")
_TURNS = threading.BoundedSemaphore(AT_ONCE)


def of_ours() -> GeoError:
    """What to say of the exception at hand, which nobody expected and the log now has."""
    _LOG.exception("a file could not be read")
    what = "it could not be read because of a fault of ours, which is in the server’s log"
    return GeoError(what, todo="try it as another kind of file")


class _Unwanted(Exception):
    """Nobody waits for it any more."""


class Job:
    """Work in a thread of its own.

    seconds: how long it may take, once its turn has come. progress: how far it is, None before. result and
    fault: one of them is there when it `is_done`; neither where it was cancelled.
    """

    def __init__(self, work: Work, seconds: float) -> None:
        self._work, self._seconds = work, seconds
        self._stop, self._done = threading.Event(), threading.Event()
        self._began = 0.0
        self.progress: Progress | None = None
        self.result: Brought | None = None
        self.fault: GeoError | None = None
        threading.Thread(target=self._run, daemon=True, name="eventmap-file").start()

    def cancel(self) -> None:
        """End it soon; what it has done so far is thrown away."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Whether it is done, at once or within so many seconds."""
        self._done.wait(seconds)
        return self.is_done

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to wait for. Work that takes too long is given up at once."""
        if not self._done.is_set() and self._is_late and self.fault is None:
            self.fault = self._late()
        return self._done.is_set() or self.fault is not None

    @property
    def _is_late(self) -> bool:
        return bool(self._began) and time.monotonic() - self._began > self._seconds

    def _late(self) -> Unfinished:
        what = f"reading took longer than {self._seconds:,.0f} seconds, and was ended"
        return Unfinished(what, todo="part the file, or use eventmap import")

    def _watch(self, progress: Progress) -> None:
        self.progress = progress
        if self._is_late:
            raise self._late()
        if self._stop.is_set():
            raise _Unwanted

    def _run(self) -> None:
        try:
            while not _TURNS.acquire(timeout=0.2):
                if self._stop.is_set():
                    return
            try:
                self._began = time.monotonic()
                self.result = self._work(self._watch)
            finally:
                _TURNS.release()
        except _Unwanted:
            pass
        except GeoError as fault:
            self.fault = fault
        except Exception:
            self.fault = of_ours()
        finally:
            self._done.set()
