"""Where boundaries are published: geoBoundaries, and the common operational datasets of OCHA (COD-AB).

geoBoundaries answers `BASE/KAZ/ADM1/` with the address of a GeoJSON file, its licence and its source
(https://www.geoboundaries.org/api.html). COD-AB are packages of the Humanitarian Data Exchange, whose CKAN
answers `BASE/package_show?id=cod-ab-kaz` with files of all levels and the licence of the package.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from geo.errors import CallError, FetchError
from geo.sources import web

Row = dict[str, Any]

PROVIDERS = ("geoboundaries", "cod-ab")
_FORMATS = ("geojson", "shp", "geopackage", "kml")
"""Formats of a package, the best first."""


def fetch(
    provider: str, base: str, iso3: str, level: int, cache: Path, *, anew: bool = False
) -> tuple[Path, Row]:
    """The file of a country's boundaries in the cache, and what is known of it.

    base: address of the provider's interface. anew: ask again for what is in the cache. The second value has
    url, sha256, source, licence, year and fetched_on. Raises CallError, FetchError.
    """
    if not re.fullmatch(r"[A-Z]{3}", iso3):
        todo = "write it as three letters of ISO 3166-1, such as KAZ"
        raise CallError(f"{iso3!r} is no code of a country", where="COUNTRY", todo=todo)
    folder = cache / "boundaries" / f"{provider}-{iso3}-{level}"
    if not anew:
        for path in sorted(folder.glob("*")):
            if about := web.noted(path):
                return path, about
    url, about = _FOUND[provider](base.rstrip("/"), iso3, level)
    name = re.sub(r"[^\w.-]+", "-", unquote(url.split("?")[0]).rpartition("/")[2])[-100:].lstrip(".-")
    about |= {"provider": provider, "fetched_on": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"}
    path = web.download(url, folder, name or "boundaries.geojson", about=about, after=base)
    return path, web.noted(path)


def _geoboundaries(base: str, iso3: str, level: int) -> tuple[str, Row]:
    asked = f"{base}/{iso3}/ADM{level}/"
    reply = web.read_json(asked)
    url = _text(reply, "gjDownloadURL")
    if not url:
        raise FetchError("the reply names no file", where=asked, todo="try --provider cod-ab")
    source = (
        f"geoBoundaries, after {_text(reply, 'boundarySource')}"
        if _text(reply, "boundarySource")
        else "geoBoundaries"
    )
    return url, {
        "source": source,
        "licence": _text(reply, "boundaryLicense"),
        "year": _text(reply, "boundaryYearRepresented"),
    }


def _cod_ab(base: str, iso3: str, level: int) -> tuple[str, Row]:  # noqa: ARG001 -- one file holds all levels
    asked = f"{base}/package_show?id=cod-ab-{iso3.lower()}"
    package = web.read_json(asked).get("result")
    package = package if isinstance(package, dict) else {}
    files = package.get("resources")
    ranked = sorted(
        (_FORMATS.index(kind), at, url)
        for at, one in enumerate(files if isinstance(files, list) else [])
        if isinstance(one, dict)
        and (kind := _text(one, "format").lower().removeprefix("zipped ")) in _FORMATS
        and (url := _text(one, "download_url") or _text(one, "url"))
    )
    if not ranked:
        raise FetchError(
            "the package holds no file that is read here", where=asked, todo="try --provider geoboundaries"
        )
    maker = _text(package, "dataset_source")
    return ranked[0][2], {
        "source": f"OCHA COD-AB, after {maker}" if maker else "OCHA COD-AB",
        "licence": _text(package, "license_title") or _text(package, "license_id"),
        "year": _text(package, "dataset_date"),
    }


def _text(row: Row, key: str) -> str:
    """A text of a reply, on one line and of bounded length."""
    value = row.get(key)
    return " ".join(str(value).split())[:300] if isinstance(value, str | int) else ""


_FOUND: dict[str, Callable[[str, str, int], tuple[str, Row]]] = {
    "geoboundaries": _geoboundaries,
    "cod-ab": _cod_ab,
}
