"""What tests share: the data package, a store built from it, the served page, a browser.

Nothing here stands in for anything: the store is built and the page served by the same commands
that a user types, each in a folder of its own.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import hypothesis
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.chromium import find
from tests.visit import Visit

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "test-results"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
START_SECONDS = 120
FAILED = pytest.StashKey[bool]()

expect.set_options(timeout=20_000)  # a busy machine is no failure
hypothesis.settings.register_profile("eventmap", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("eventmap")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they need, so that `-m "not browser"` leaves the slow ones out."""
    for item in items:
        for need in {"browser", "shared"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(need)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember whether the test itself failed; fixtures ask when they clean up."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def package() -> Path:
    """The data package that the default store is built from."""
    return ROOT / "data" / "kazakhstan-2022"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development corpora beside the checkout; a clone without them skips these tests."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the development corpora (../shared) are not here")
    return folder


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a user who has set nothing, with the place index in a folder of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("EVENTMAP_")}
    return inherited | {"EVENTMAP_CACHE": str(tmp_path_factory.mktemp("cache"))}


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """The default store, built once; read only."""
    return build_store(tmp_path_factory.mktemp("store") / "eventmap.duckdb", environment)


def build_store(path: Path, environment: dict[str, str], *packages: Path) -> Path:
    """Build a store as a user does."""
    command = [sys.executable, "-m", "geo", "build", *map(str, packages), "--store", str(path)]
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert built.returncode == 0, f"eventmap build failed\n{built.stdout}{built.stderr}"
    return path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(store: Path, environment: dict[str, str], name: str) -> Iterator[str]:
    """The address of the app, served from a store; its log is test-results/<name>.log."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    RESULTS.mkdir(exist_ok=True)
    log = RESULTS / f"{name}.log"
    command = [sys.executable, "-m", "geo", "serve", "--port", str(port), "--store", str(store)]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            wait_for(address, process, log)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def server(store: Path, environment: dict[str, str]) -> Iterator[str]:
    """The address of the app, served from the default store."""
    with serving(store, environment, "server") as address:
        yield address


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the app answers; fail with the end of its log if it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(address, timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    ended = f"ended with {process.returncode}" if process.poll() is not None else "does not answer"
    pytest.fail(f"the server {ended}:\n{log.read_text()[-4000:]}", pytrace=False)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium or Chrome. Without one, browser tests are skipped, but fail under CI."""
    path = find()
    if not path:
        missing = "no Chromium runs here; `make test` installs one"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One headless browser for all tests; it asks nobody for anything by itself."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visit]]:
    """Start visits: `visit(color_scheme="dark", viewport=…)`, options as of Playwright's contexts.

    A failed test leaves a picture of each page in test-results/.
    """
    visits: list[Visit] = []

    def start(**options: object) -> Visit:
        visits.append(Visit(browser.new_context(**options), server))
        return visits[-1]

    yield start
    for number, made in enumerate(visits):
        if request.node.stash.get(FAILED, False):
            name = re.sub(r"\W+", "-", request.node.nodeid)
            made.page.screenshot(path=RESULTS / f"{name}-{number}.png")
        made.context.close()
