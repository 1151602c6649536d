"""From a step of the slider to the settled map, in a real browser, over stores of several sizes.

Time runs from the moment the page sends the slider's new value to the server, to the first frame
after the map has drawn the reply. Servers run side by side and take turns, so that whatever else
the machine does falls on all of them alike.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Error, Frame, Page

_WATCH_SOCKET = """
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
      window.sentAt = performance.timeOrigin + performance.now();
      return send.call(this, data);
    };
"""
_WATCH_MAP = """
    new MutationObserver(() => requestAnimationFrame(() => {
      window.drawnAt = performance.timeOrigin + performance.now();
    })).observe(document.documentElement, { attributeFilter: ['data-settled'] });
"""


@dataclass
class Server:
    """One served store, the page open on it, and what was measured there."""

    label: str
    store: Path
    times: list[float] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Serve on a free port."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "geo", "serve", "--port", port, "--store", str(self.store)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ)
        for _ in range(300):
            try:
                httpx.get(self.address)
                return
            except httpx.TransportError:
                time.sleep(0.1)
        raise TimeoutError(f"{self.address} does not answer")

    def open(self, browser: Browser) -> None:
        """Open the page and wait for its map."""
        self.page: Page = browser.new_page(viewport={"width": 1440, "height": 900})
        self.page.on("request", lambda request: self._note(request.url))
        self.page.add_init_script(_WATCH_SOCKET)
        self.page.goto(self.address)
        self.frame = self._map()
        self.frame.evaluate(_WATCH_MAP)

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(url)

    def _map(self) -> Frame:
        for _ in range(600):
            for frame in self.page.frames[1:]:
                try:
                    if frame.evaluate("document.documentElement.dataset.settled"):
                        return frame
                except Error:
                    continue
            self.page.wait_for_timeout(100)
        raise TimeoutError("the map drew nothing")

    def step(self, key: str) -> None:
        """Move the first handle by one day; note the milliseconds until the map has settled."""
        before = self.frame.evaluate("document.documentElement.dataset.query")
        self.page.locator(".stSlider input[type=range]").first.focus()
        self.page.keyboard.press(key)
        self.frame.wait_for_function(
            "before => document.documentElement.dataset.query !== before", arg=before, polling=20
        )
        self.page.wait_for_timeout(900)  # the rest of the page follows; the next step starts in quiet
        sent = self.page.evaluate("window.sentAt")
        self.times.append(self.frame.evaluate("window.drawnAt") - sent)

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait()


def measure(browser: Browser, servers: list[Server], steps: int) -> None:
    """Let the servers take turns. Steps go to and fro near the start: nearly all incidents stay."""
    for server in servers:
        server.open(browser)
    for number in range(steps + 2):
        for server in servers:
            server.step("ArrowRight" if number % 4 < 2 else "ArrowLeft")
    for server in servers:
        del server.times[:2]  # the first steps load code


def report(servers: list[Server]) -> None:
    """Print medians, their ratio to the first, and how many requests went elsewhere."""
    base = statistics.median(servers[0].times)
    print(f"{'incidents':>12} {'median ms':>10} {'90 % ms':>8} {'ratio':>6} {'elsewhere':>9}")
    for server in servers:
        middle = statistics.median(server.times)
        high = statistics.quantiles(server.times, n=10)[-1]
        print(f"{server.label:>12} {middle:10.0f} {high:8.0f} {middle / base:6.2f} {len(server.foreign):9d}")
