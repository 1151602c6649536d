"""Our routes over the default store, asked by a client in the same process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.api import routes
from geo.api.assets import Found
from geo.settings import Settings
from tests.conftest import ROOT, free_port

FILES: dict[str, Found] = {
    "map/0123/boot.js": (b"let a;", "text/javascript; charset=utf-8", True),
    "fonts.css": (b"", "text/css", False),
}


@pytest.fixture(scope="session")
def client_of() -> Callable[[Settings], TestClient]:
    """A client of our routes under some settings, with two assets."""
    return lambda settings: TestClient(Starlette(routes=routes(settings, FILES.get)))


@pytest.fixture(scope="session")
def client(store: Path, client_of: Callable[[Settings], TestClient]) -> TestClient:
    """A client of the default store."""
    return client_of(Settings(store=store))


@contextmanager
def listening(store: Path, **settings: str) -> Iterator[str]:
    """The address of our routes, in a process of their own: GDAL waits for replies without letting go."""
    port = free_port()
    environment = os.environ | {f"EVENTMAP_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "tests.api.serve", str(store), str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            assert process.poll() is None
            with suppress(httpx.TransportError):
                httpx.get(f"{address}/api/health", timeout=5)
                break
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(15)


@pytest.fixture(scope="session")
def served(store: Path) -> Iterator[str]:
    """The address of the routes of the default store."""
    with listening(store) as address:
        yield address


@pytest.fixture(scope="session")
def ask(client: TestClient) -> Callable[..., Any]:
    """The JSON of an address that must answer: `ask("/api/cells", q="x")`."""

    def of(path: str, **params: str | list[str]) -> Any:
        reply = client.get(path, params={name.replace("_", "-"): value for name, value in params.items()})
        assert reply.status_code == 200, reply.text
        return reply.json()

    return of


@pytest.fixture(scope="session")
def refusal(client: TestClient) -> Callable[..., dict[str, Any]]:
    """The problem document of an address that must not answer, its status included."""

    def of(path: str, **params: str | list[str]) -> dict[str, Any]:
        return problem(
            client.get(path, params={name.replace("_", "-"): value for name, value in params.items()})
        )

    return of


def problem(reply: Response) -> dict[str, Any]:
    """A reply that is a problem document (RFC 9457)."""
    assert reply.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = reply.json()
    assert set(found) == {"title", "status", "detail"}
    assert found["status"] == reply.status_code >= 400
    assert "\n" not in found["detail"]
    return found
