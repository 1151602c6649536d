"""A visit to the served page in a real browser that keeps account of what it asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Route

WITHOUT_HOST = ("about", "blob", "data")


def same_origin(url: str, origin: str) -> bool:
    """Whether an address is served by `origin` (by scheme http or ws), or by nobody."""
    parts = urlsplit(url)
    return parts.scheme in WITHOUT_HOST or parts.netloc == urlsplit(origin).netloc


@dataclass
class Visit:
    """One browser context at `origin`; every other address is blocked and written down.

    requests: the address of every request and web socket, in order, those of frames included.
    faults: what the page complained about: uncaught exceptions and errors on its console.
    """

    context: BrowserContext
    origin: str
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("weberror", lambda fault: self.faults.append(str(fault.error)))
        self.context.on("console", lambda said: said.type == "error" and self.faults.append(said.text))
        self.context.route("**/*", self._only_own)
        self.page: Page = self.context.new_page()
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))

    def _only_own(self, route: Route) -> None:
        if same_origin(route.request.url, self.origin):
            route.continue_()
        else:
            route.abort("blockedbyclient")

    @property
    def foreign(self) -> list[str]:
        """Requests to anybody else. A test asserts that there are none."""
        return [url for url in self.requests if not same_origin(url, self.origin)]

    def goto(self, path: str = "/") -> Page:
        """Open a path of the app."""
        self.page.goto(self.origin + path)
        return self.page
