"""eventmap: incidents from the news, placed, dated, sourced and drawn.

The rooms of this package, and which may import which, are listed in docs/architecture.md. In a notebook,
`import geo` gives `open_store`, `incidents`, `claims`, `regions_on` and `explore` (docs/service.md).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_FOR_NOTEBOOKS = ("claims", "explore", "incidents", "open_store", "regions_on")


def __getattr__(name: str) -> Any:
    """What notebooks use, loaded when it is first asked for: a command line has no need of it."""
    if name in _FOR_NOTEBOOKS:
        return getattr(import_module("geo.notebook"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
