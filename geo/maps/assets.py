"""Which file stands behind each address under `/assets`: no network, no framework, only a lookup.

Leaflet comes from the installed XStatic package; our own modules lie in `static/`. Addresses of our
own files hold a version, `map/<version>/boot.js`, so that a browser may keep them for good and the
modules' relative imports stay within one version. The fonts, `/assets/fonts.css`, are the page's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

ROOT = "/assets"
STATIC = Path(__file__).parent / "static"
STYLES = ("frame.css", "lists.css", "play.css")
"""Our style sheets, in the order in which they apply."""

_MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".png": "image/png",
}
_VERSIONED = re.compile(r"^map/[0-9a-f]{12}/([^/]+)$")


class Asset(NamedTuple):
    """A file to serve.

    lasting: its address changes whenever its content does, so it may be cached for good.
    """

    file: Path
    media_type: str
    lasting: bool = False


@cache
def known() -> Mapping[str, Path]:
    """Every file, by its address under `/assets/` without a version."""
    leaflet = Path(str(files("xstatic.pkg.leaflet").joinpath("data")))
    found = {f"leaflet/{name}": leaflet / name for name in ("leaflet.js", "leaflet.css")}
    found |= {f"leaflet/images/{image.name}": image for image in sorted(leaflet.glob("images/*.png"))}
    own = sorted(file for file in STATIC.iterdir() if file.suffix in _MEDIA_TYPES)
    return found | {f"map/{file.name}": file for file in own}


@cache
def version() -> str:
    """A short hash of all our own files: it changes when any of them does."""
    digest = hashlib.sha256()
    for name, file in known().items():
        if name.startswith("map/"):
            digest.update(name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def find(path: str) -> Asset | None:
    """The file at `path`, which is what follows `/assets/`; None where there is none."""
    versioned = _VERSIONED.match(path)
    file = known().get(f"map/{versioned[1]}" if versioned else path)
    if file is None:
        return None
    return Asset(file, _MEDIA_TYPES[file.suffix], lasting=f"map/{version()}/" in path)


def url(name: str) -> str:
    """Address of one of our own files, such as `boot.js`."""
    return f"{ROOT}/map/{version()}/{name}"
