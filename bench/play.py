"""From a step of the play control to the settled map, on the pages that bench/slider.py has opened.

Time runs from the key to the first frame after the map has drawn the day, as the page itself notes it.
Each step is taken from rest, one second after the one before.
"""

from __future__ import annotations

import statistics

from bench.slider import Server

MODES = ("window", "cumulative")
LIMIT_MS = 120
_WATCH = """
    () => { window.sent = 0; const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (data) { window.sent += 1; return send.call(this, data); }; }
"""


def measure(servers: list[Server], mode: str, steps: int) -> list[tuple[list[float], int]]:
    """Per server: milliseconds of each step, and how many messages went to Streamlit meanwhile."""
    for server in servers:
        frame = server.frame
        frame.get_by_role("button", name="Play days").click()
        frame.locator(f"[data-choice={mode}]").click()
        frame.wait_for_function("document.documentElement.dataset.playing")
        if frame.locator(".play-toggle[title='Pause']").count():
            frame.locator(".play-toggle").click()
        frame.locator(".play-step").last.focus()
        server.page.evaluate(_WATCH)
    times: list[list[float]] = [[] for _ in servers]
    for _ in range(steps + 2):
        for server, noted in zip(servers, times, strict=True):
            before = server.frame.evaluate("document.documentElement.dataset.playing")
            server.page.keyboard.press("ArrowRight")
            server.frame.wait_for_function(
                "before => document.documentElement.dataset.playing !== before", arg=before, polling=20
            )
            noted.append(float(server.frame.evaluate("document.documentElement.dataset.step")))
            server.page.wait_for_timeout(1000)
    sent = [server.page.evaluate("window.sent") for server in servers]
    for server in servers:
        server.frame.locator(".play-end").click()
        server.page.wait_for_timeout(500)
    return [(noted[2:], messages) for noted, messages in zip(times, sent, strict=True)]


def report(servers: list[Server], played: dict[str, list[tuple[list[float], int]]]) -> None:
    """Print medians, the worst, their share of a slider's step, and the messages to Streamlit."""
    print(
        f"{'played':>10} {'incidents':>12} {'median ms':>9} {'worst ms':>8} {'of slider':>9} {'messages':>8}"
    )
    for mode, measured in played.items():
        for server, (times, messages) in zip(servers, measured, strict=True):
            middle = statistics.median(times)
            share = middle / statistics.median(server.times)
            print(f"{mode:>10} {server.label:>12} {middle:9.0f} {max(times):8.0f} {share:9.2f} {messages:8d}")
    worst = max(statistics.median(times) for measured in played.values() for times, _ in measured)
    print(f"a played day settles within {LIMIT_MS} ms: {'yes' if worst <= LIMIT_MS else 'no'}")
