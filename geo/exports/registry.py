"""The formats that can be downloaded. A new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from geo.errors import UnknownFormat
from geo.exports import csv, geojson
from geo.exports.context import Context


@dataclass(frozen=True)
class Format:
    """name: as in addresses and options. write: rows and context in, bytes out."""

    name: str
    title: str
    media_type: str
    suffix: str
    write: Callable[[Iterable[dict[str, Any]], Context], Iterator[bytes]]


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("geojson", "GeoJSON", "application/geo+json", ".geojson", geojson.write),
        Format("csv", "CSV", "text/csv; charset=utf-8", ".csv", csv.write),
    )
}


def find(name: str) -> Format:
    """A format by name. Raises UnknownFormat."""
    if name not in FORMATS:
        raise UnknownFormat(
            f"{name!r} is no format", where="format", todo=f"choose from: {', '.join(FORMATS)}"
        )
    return FORMATS[name]
