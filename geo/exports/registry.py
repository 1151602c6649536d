"""The formats that can be downloaded. A new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from geo.errors import UnknownFormat
from geo.exports import archive, csv, flatgeobuf, geojson, geopackage, geoparquet, kml, page, picture, xlsx
from geo.exports.context import Context

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """name: as in addresses and options. write: rows and context in, bytes out.

    drawn: it shows a map, and wants the outlines in its context.
    """

    name: str
    title: str
    media_type: str
    suffix: str
    write: Callable[[Iterable[dict[str, Any]], Context], Iterator[bytes]]
    drawn: bool = False


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("geojson", "GeoJSON", "application/geo+json", ".geojson", geojson.write),
        Format("csv", "CSV", "text/csv; charset=utf-8", ".csv", csv.write),
        Format("csv-zip", "CSV with README", "application/zip", ".zip", archive.write),
        Format("xlsx", "Excel", _SHEET, ".xlsx", xlsx.write),
        Format("gpkg", "GeoPackage", "application/geopackage+sqlite3", ".gpkg", geopackage.write),
        Format("geoparquet", "GeoParquet", "application/vnd.apache.parquet", ".parquet", geoparquet.write),
        Format("fgb", "FlatGeobuf", "application/flatgeobuf", ".fgb", flatgeobuf.write),
        Format("kml", "KML", "application/vnd.google-earth.kml+xml", ".kml", kml.write),
        Format("html", "Web page", "text/html; charset=utf-8", ".html", page.write, drawn=True),
        Format("png", "PNG", "image/png", ".png", picture.write_png, drawn=True),
        Format("svg", "SVG", "image/svg+xml", ".svg", picture.write_svg, drawn=True),
        Format("pdf", "PDF", "application/pdf", ".pdf", picture.write_pdf, drawn=True),
    )
}


def find(name: str) -> Format:
    """A format by name. Raises UnknownFormat."""
    if name not in FORMATS:
        raise UnknownFormat(
            f"{name!r} is no format", where="format", todo=f"choose from: {', '.join(FORMATS)}"
        )
    return FORMATS[name]
