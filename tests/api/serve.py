"""`python -m tests.api.serve STORE PORT`: our routes alone, in a process of their own, for other programs."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from geo.api import routes
from geo.settings import Settings


def application(store: Path) -> Starlette:
    """Our routes over a store, without assets."""
    settings = replace(Settings.from_environment(), store=store)
    return Starlette(routes=routes(settings, lambda _: None))


if __name__ == "__main__":
    uvicorn.run(application(Path(sys.argv[1])), port=int(sys.argv[2]), log_level="error")
