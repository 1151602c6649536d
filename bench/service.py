"""`python -m bench.service [--size N] [--pygeoapi PYTHON] [--stream N]`: pages of the API, beside pygeoapi's.

The same incidents are served by eventmap and, from a GeoPackage and from a Parquet file, by pygeoapi, side
by side; each in one process. A request is a page of 1,000 features in a random box, the same boxes for all,
and the servers take turns. pygeoapi is the extra `beside`, or whatever Python is named; a GeoPackage needs
mod_spatialite as well. What streams is measured from the first byte to the last of one reply.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import geopandas as gpd
import httpx
import numpy as np
import pandas as pd
import yaml

from bench import synthetic
from geo.query import IncidentQuery
from geo.schema import INCIDENT
from geo.store import Store
from tests.conftest import free_port

PAGE = 1000
ROUNDS, CLIENTS = 120, (1, 20)
TURN = 40
"""Pages after which the next server has its turn: what else the machine does then hinders all alike."""

PLAIN = {"Accept-Encoding": "identity"}


def main() -> None:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.service", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--pygeoapi", default=sys.executable, help="a Python that has pygeoapi")
    parser.add_argument("--stream", type=int, default=0, help="features of one reply to stream as well")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "eventmap.duckdb"
        synthetic.build(store, asked.size)
        with eventmap(store) as ours, pygeoapi(asked.pygeoapi, folder, store) as theirs:
            beside({"eventmap": f"{ours}/api/collections/incidents/items"} | theirs)
        if asked.stream:
            large = folder / "large.duckdb"
            synthetic.build(large, asked.stream)
            with eventmap(large) as address:
                stream(address, asked.stream)


@contextmanager
def eventmap(store: Path) -> Iterator[str]:
    """Our address; the process id is in its last part."""
    port = free_port()
    command = [sys.executable, "-m", "geo", "serve", "--port", str(port), "--store", str(store)]
    with running(command, f"http://127.0.0.1:{port}/api/health", {"EVENTMAP_MAX_FEATURES": "100000000"}):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def pygeoapi(python: str, folder: Path, store: Path) -> Iterator[dict[str, str]]:
    """Addresses of items by the name of their provider; none where there is no pygeoapi."""
    if subprocess.run([python, "-c", "import pygeoapi"], capture_output=True).returncode:
        print("pygeoapi is not installed: measuring eventmap alone")
        yield {}
        return
    frame = flat(store)
    frame.to_file(folder / "incidents.gpkg", layer="incidents", engine="pyogrio")
    frame.assign(lon=frame.geometry.x, lat=frame.geometry.y).to_parquet(folder / "incidents.parquet")
    kinds = ["GeoPackage", "Parquet"]
    if subprocess.run([python, "-c", _SPATIALITE], capture_output=True).returncode:
        print("this Python cannot load mod_spatialite: no GeoPackage")
        kinds.remove("GeoPackage")
    with ExitStack() as stack:
        yield {f"pygeoapi, {kind}": stack.enter_context(provider(python, folder, kind)) for kind in kinds}


@contextmanager
def provider(python: str, folder: Path, kind: str) -> Iterator[str]:
    """The address of items of one provider of pygeoapi, in a process of its own, for one may break."""
    port, config = free_port(), folder / f"{kind}.yml"
    config.write_text(yaml.safe_dump(described(folder, port, kind)), encoding="utf-8")
    description = folder / f"{kind}-openapi.yml"
    environment = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(description)}
    generate = ["openapi", "generate", str(config), "--output-file", str(description)]
    run = "import sys; from pygeoapi import cli; sys.argv[0] = 'pygeoapi'; cli()"
    subprocess.run(
        [python, "-c", run, *generate], check=True, env=os.environ | environment, capture_output=True
    )
    serve = [
        python,
        "-m",
        "uvicorn",
        "pygeoapi.starlette_app:APP",
        "--port",
        str(port),
        "--log-level",
        "error",
    ]
    with running(serve, f"http://127.0.0.1:{port}/", environment):
        yield f"http://127.0.0.1:{port}/collections/{kind}/items"


_SPATIALITE = (
    "import sqlite3; c = sqlite3.connect(':memory:'); c.enable_load_extension(True); "
    "c.load_extension('mod_spatialite')"
)


def flat(store: Path) -> gpd.GeoDataFrame:
    """The incidents without lists."""
    opened = Store(store)
    rows = pd.DataFrame(opened.export(IncidentQuery()), columns=INCIDENT.names)
    opened.close()
    points = gpd.points_from_xy(rows.pop("lon"), rows.pop("lat"))
    for column in INCIDENT:
        if column.name in rows:
            kind = {"int64": "Int64", "double": "float64"}.get(str(column.type), "string")
            rows[column.name] = rows[column.name].astype(kind)
    return gpd.GeoDataFrame(rows, geometry=points, crs="EPSG:4326")


def described(folder: Path, port: int, kind: str) -> dict[str, Any]:
    """The configuration of pygeoapi."""
    about = {"title": "incidents", "description": "incidents", "keywords": ["incidents"]}
    common = {"type": "collection", **about, "links": []}
    extents = {
        "spatial": {"bbox": [-180, -90, 180, 90], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}
    }
    packed = {"type": "feature", "name": "SQLiteGPKG", "data": str(folder / "incidents.gpkg")}
    table = {"type": "feature", "name": "Parquet", "data": {"source": str(folder / "incidents.parquet")}}
    providers = {
        "GeoPackage": packed | {"id_field": "id", "table": "incidents"},
        "Parquet": table | {"id_field": "id", "x_field": "lon", "y_field": "lat"},
    }
    contact = {"name": "nobody"}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": f"http://127.0.0.1:{port}",
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "gzip": False,
            "map": {"url": "", "attribution": ""},
            "limits": {"default_items": 10, "max_items": 10_000},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                **about,
                "keywords_type": "theme",
                "terms_of_service": "",
                "url": "http://localhost",
            },
            "license": {"name": "none", "url": "http://localhost"},
            "provider": contact | {"url": "http://localhost"},
            "contact": contact,
        },
        "resources": {kind: {**common, "extents": extents, "providers": [providers[kind]]}},
    }


@contextmanager
def running(command: list[str], address: str, environment: dict[str, str]) -> Iterator[None]:
    """A server while it is needed."""
    process = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            try:
                httpx.get(address, timeout=60)
                break
            except httpx.TransportError:
                if process.poll() is not None:
                    raise RuntimeError(f"{command[:4]} ended with {process.returncode}") from None
                time.sleep(0.1)
        _pids[address] = process.pid
        yield
    finally:
        process.terminate()
        process.wait(30)


_pids: dict[str, int] = {}


def beside(servers: dict[str, str]) -> None:
    """A table of times, the servers taking turns. Replies are read by the clients and parsed afterwards."""
    boxes = list(random_boxes(ROUNDS))
    print(f"{'':24}{'clients':>8}{'p50 ms':>9}{'p95 ms':>9}{'pages/s':>9}{'features':>10}")
    for clients in CLIENTS:
        asks = {name: Client(address) for name, address in servers.items()}
        replies: dict[str, list[tuple[float, bytes]]] = {name: [] for name in servers}
        took = dict.fromkeys(servers, 0.0)
        for ask in asks.values():
            ask(boxes[0])
        with ThreadPoolExecutor(clients) as pool:
            for at in range(0, ROUNDS, TURN):
                for name, ask in asks.items():
                    began = time.perf_counter()
                    replies[name] += pool.map(ask, boxes[at : at + TURN])
                    took[name] += time.perf_counter() - began
        for name in servers:
            print(line(name, clients, replies[name], took[name]), flush=True)


def line(name: str, clients: int, replies: list[tuple[float, bytes]], took: float) -> str:
    """A line of the table."""
    counts = [len(json.loads(body)["features"]) if body else -1 for _, body in replies]
    times = sorted(seconds * 1000 for seconds, _ in replies)
    middle, late = statistics.median(times), times[int(len(times) * 0.95) - 1]
    features, failed = sum(count for count in counts if count > 0), counts.count(-1)
    row = f"{name:24}{clients:>8}{middle:>9.0f}{late:>9.0f}{len(replies) / took:>9.1f}{features:>10,}"
    return row + (f"  {failed} of {len(replies)} failed" if failed else "")


class Client:
    """Asks for pages, each thread over a connection of its own, with as little work as a client can do."""

    def __init__(self, address: str) -> None:
        self.address = urlsplit(address)
        self.own = threading.local()

    def __call__(self, box: str) -> tuple[float, bytes]:
        """Seconds until a page of 1,000 in the box is there, and its body; empty where it fails."""
        asked = urlencode({"bbox": box, "limit": PAGE, "f": "json"})
        began, body = time.perf_counter(), b""
        for line in (getattr(self.own, "line", None), http.client.HTTPConnection(self.address.netloc)):
            try:  # a server may have closed the connection while others had their turn
                if line:
                    line.request("GET", f"{self.address.path}?{asked}", headers=PLAIN)
                    reply = line.getresponse()
                    body = reply.read() if reply.status == 200 else b""
                    self.own.line = line
                    break
            except (OSError, http.client.HTTPException):
                continue
        return time.perf_counter() - began, body


def random_boxes(count: int) -> Iterator[str]:
    """Boxes of 8 by 6 degrees in Kazakhstan, the same every time."""
    dice = np.random.default_rng(5)
    for west, south in zip(dice.uniform(47, 78, count), dice.uniform(42, 48, count), strict=True):
        yield f"{west:.3f},{south:.3f},{west + 8:.3f},{south + 6:.3f}"


def stream(address: str, size: int) -> None:
    """One reply that holds everything, read by a client that does nothing else."""
    before, host = resident(address), urlsplit(address)
    asked = f"GET /api/collections/incidents/items?limit={size} HTTP/1.1\r\nHost: {host.netloc}\r\n"
    began, first, total, buffer = time.perf_counter(), 0.0, 0, bytearray(1 << 20)
    with socket.create_connection((host.hostname, host.port)) as line:
        line.sendall(f"{asked}Accept-Encoding: identity\r\nConnection: close\r\n\r\n".encode())
        while number := line.recv_into(buffer):
            if not total:
                first = time.perf_counter() - began
                assert buffer.startswith(b"HTTP/1.1 200")
            total += number
            end = bytes(buffer[max(0, number - 5) : number])
    assert end == b"0\r\n\r\n"[-len(end) :], "the reply ended early"
    took = time.perf_counter() - began
    print(f"{size:,} features as GeoJSON, {total / 1e6:,.0f} MB: first byte after {first:.2f} s,")
    print(f"{took:.1f} s in all, {size / took:,.0f} features/s;")
    print(f"memory {before:,.0f} MB before, {resident(address):,.0f} MB at its peak")


def resident(address: str) -> float:
    """The most memory that our server has held, in MB; 0 where the system does not tell."""
    pid = _pids[f"{address}/api/health"]
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
