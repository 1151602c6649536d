"""`python -m bench [SIZE ...] [--steps N]`: how long until the map has settled, over stores of several sizes.

A step of the slider (a Streamlit rerun) and a step of the play control (none) in one run; the smallest
store is the measure.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import play, slider, synthetic
from tests.chromium import find
from tests.conftest import QUIET


def main() -> None:
    """Build the stores, serve them side by side, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 1_000_000])
    parser.add_argument("--steps", type=int, default=16)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        servers = []
        for size in asked.sizes:
            path = Path(folder) / f"{size}.duckdb"
            synthetic.build(path, size)
            servers.append(slider.Server(f"{size:,}", path))
            print(f"built {size:,} incidents, {path.stat().st_size / 1e6:,.0f} MB", flush=True)
        try:
            for server in servers:
                server.start()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find(), args=list(QUIET))
                slider.measure(browser, servers, asked.steps)
                played = {mode: play.measure(servers, mode, asked.steps) for mode in play.MODES}
                browser.close()
            slider.report(servers)
            play.report(servers, played)
        finally:
            for server in servers:
                server.stop()


if __name__ == "__main__":
    main()
