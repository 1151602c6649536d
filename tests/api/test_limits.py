"""Nobody can take the service from the others: time, rows, concurrency, slow readers, and who goes away."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import orjson
import pytest
from starlette.testclient import TestClient

from geo.api.journal import LOG
from geo.errors import Unfinished
from geo.settings import Settings
from geo.store import COLLECTIONS, Ask, Deadline, Store, cql
from tests.api.conftest import listening, problem
from tests.store import small

ITEMS = "/api/collections/incidents/items"
ENDLESS = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b"


@pytest.fixture
def many(store: Path) -> Store:
    """The default store."""
    return Store.current(store)


def test_a_query_that_takes_too_long_is_ended_where_it_runs(many: Store):
    deadline = Deadline(0.3)
    began = time.monotonic()
    with pytest.raises(Unfinished, match=r"longer than 0\.3 seconds"), deadline.hold():
        many._cursor().execute(ENDLESS).fetchall()
    assert time.monotonic() - began < 10
    with deadline.hold():
        assert many.counts()["incidents"] > 0


def test_a_deadline_that_is_kept_leaves_no_trace(many: Store):
    with Deadline(20).hold():
        found = many.page(Ask(COLLECTIONS["incidents"], tree=cql.parse("injured > 0")))
        assert found.matched > 0
    assert threading.active_count() < 50


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose incidents fill many packets."""
    path = tmp_path_factory.mktemp("big") / "big.duckdb"
    rows = [small.incident(f"I{n:05}", lon=5.0, lat=5.0, summary="word " * 200) for n in range(12_000)]
    small.store(path, rows).close()
    return path


@pytest.fixture(scope="module")
def address(big: Path) -> Iterator[str]:
    with listening(big, max_requests="8") as found:
        yield found


def slow_reader(address: str) -> socket.socket:
    """A client that has asked for much and reads nothing."""
    host, port = address.removeprefix("http://").split(":")
    asked = socket.create_connection((host, int(port)))
    asked.sendall(f"GET {ITEMS}?limit=12000 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return asked


def test_slow_readers_and_those_who_leave_do_not_keep_others_waiting(address: str):
    slow = [slow_reader(address) for _ in range(5)]
    try:
        assert all(one.recv(1) for one in slow)
        began = time.monotonic()
        assert httpx.get(f"{address}{ITEMS}?limit=1", timeout=20).json()["numberReturned"] == 1
        assert time.monotonic() - began < 10
    finally:
        leave(slow, address)


def leave(readers: list[socket.socket], address: str) -> None:
    """Go away, and see that the service notices and answers nobody but the one who asks for that."""
    for one in readers:
        one.close()
    held = 0.0
    for _ in range(200):
        reply = httpx.get(f"{address}/api/metrics", timeout=20)
        held = metric(reply.text) if reply.status_code == 200 else len(readers)
        if held <= 1:
            break
        time.sleep(0.1)
    assert held <= 1


def metric(text: str) -> float:
    """How many requests are being answered, this one included."""
    return next(
        float(line.split()[-1])
        for line in text.splitlines()
        if line.startswith("eventmap_requests_in_progress ")
    )


def test_more_at_once_than_there_may_be_are_told_to_come_back(address: str):
    slow = [slow_reader(address) for _ in range(8)]
    try:
        assert all(one.recv(1) for one in slow)
        reply = httpx.get(f"{address}{ITEMS}?limit=1", timeout=20)
        assert problem(reply)["status"] == 503
        assert reply.headers["retry-after"]
    finally:
        leave(slow, address)


def test_a_hundred_kilobytes_of_query_harm_nobody(address: str):
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as asked:
        asked.sendall(
            f"GET {ITEMS}?q={'x' * 100_000} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        )
        status = int(asked.recv(100).split()[1])
    assert 400 <= status < 500
    assert httpx.get(f"{address}/api/health", timeout=20).status_code == 200


def test_a_page_is_never_longer_than_it_may_be(store: Path, client_of: Callable[[Settings], TestClient]):
    client = client_of(Settings(store=store, max_features=10))
    told = client.get(f"{ITEMS}?limit=1000").json()
    assert told["numberReturned"] == 10
    assert any(link["rel"] == "next" for link in told["links"])
    assert client.get(ITEMS).json()["numberReturned"] == 10


def test_every_reply_is_one_line_of_the_log(client: TestClient, caplog: pytest.LogCaptureFixture):
    LOG.addHandler(caplog.handler)
    try:
        client.get(f"{ITEMS}?limit=1&foo=%0A")
    finally:
        LOG.removeHandler(caplog.handler)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "eventmap.access"]
    told = orjson.loads(line)
    assert (told["method"], told["path"], told["status"]) == ("GET", ITEMS, 400)
    assert told["ms"] >= 0
    assert "\n" not in line


def test_counts_are_there_for_prometheus(client: TestClient):
    client.get("/api/health")
    reply = client.get("/api/metrics")
    assert reply.headers["content-type"].startswith("text/plain")
    assert 'eventmap_requests_total{endpoint="/api/health",method="GET",status="200"}' in reply.text
    assert "eventmap_request_seconds_bucket" in reply.text


def test_health_names_the_version_of_the_store(client: TestClient):
    told = client.get("/api/health").json()
    assert told["status"] == "ok"
    assert told["counts"]["incidents"] == 120
    assert told["store"]
