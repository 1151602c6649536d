"""What is written down of a request: a line of JSON, and counts for Prometheus. No addresses of readers."""

from __future__ import annotations

import datetime as dt
import logging
import sys

import orjson
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request

LOG = logging.getLogger("eventmap.access")
LONGEST = 500
"""Characters of a query that are written down."""


class Journal:
    """Counts of one application, and its log."""

    def __init__(self) -> None:
        _to_stderr()
        self.registry = CollectorRegistry()
        by = ["endpoint", "method", "status"]
        self.requests = Counter("eventmap_requests_total", "Requests answered", by, registry=self.registry)
        self.bytes = Counter("eventmap_sent_bytes_total", "Bytes sent", ["endpoint"], registry=self.registry)
        self.seconds = Histogram(
            "eventmap_request_seconds",
            "Seconds until the end of a reply",
            ["endpoint"],
            registry=self.registry,
        )
        self.busy = Gauge("eventmap_requests_in_progress", "Requests being answered", registry=self.registry)

    def note(self, request: Request, name: str, status: int, seconds: float, size: int) -> None:
        """Write a reply down."""
        self.requests.labels(name, request.method, str(status)).inc()
        self.seconds.labels(name).observe(seconds)
        self.bytes.labels(name).inc(size)
        line = {
            "at": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
            "method": request.method,
            "path": request.url.path[:LONGEST],
            "query": request.url.query[:LONGEST],
            "endpoint": name,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "bytes": size,
        }
        LOG.info(orjson.dumps(line).decode())

    def metrics(self) -> tuple[bytes, str]:
        """The counts as Prometheus reads them, and their media type."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST


def _to_stderr() -> None:
    if not LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        LOG.addHandler(handler)
        LOG.setLevel(logging.INFO)
        LOG.propagate = False
