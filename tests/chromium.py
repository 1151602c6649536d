"""Find a Chromium or Chrome that really runs; `python -m tests.chromium` installs one if need be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = ("Google Chrome", "Chromium")


def _runs(path: str) -> bool:
    # Ubuntu's chromium-browser may be a stub that only asks for a snap.
    command = [path, "--version", "--no-sandbox"]
    try:
        return subprocess.run(command, capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    yield from (f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ON_MACOS)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def find() -> str | None:
    """The path of the first browser that runs, or None."""
    return next((path for path in _candidates() if Path(path).exists() and _runs(path)), None)


def _installers() -> Iterator[list[list[str]]]:
    if shutil.which("apt-get") and os.geteuid() == 0:
        yield [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]]
    playwright = [sys.executable, "-m", "playwright", "install"]
    yield [[*playwright, "--with-deps", "chromium"]]
    yield [[*playwright, "chromium"]]  # without root its system libraries may be there all the same


def install() -> str | None:
    """Try each way to install a browser until one is found."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for commands in _installers():
        for command in commands:
            print("$", *command, flush=True)
            if subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL).returncode:
                break
        if path := find():
            return path
    return None


if __name__ == "__main__":
    path = find() or install()
    print(f"browser tests use {path}" if path else "no Chromium runs here: browser tests are skipped")
    sys.exit(path is None and os.environ.get("CI") == "true")
