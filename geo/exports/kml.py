"""KML 2.2: one placemark per incident with its days, so that a globe's time slider plays them.

Viewers read descriptions as HTML: text from outside is escaped once for HTML and once for XML.
Written as it comes, which GDAL's drivers cannot; the one that knows time spans is not in every build.
https://docs.ogc.org/is/12-007r2/12-007r2.html
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import pyarrow as pa

from geo.exports.context import Context
from geo.exports.tables import Tally, flat, incident_schema, peek
from geo.exports.text import about, printable
from geo.schema import meta

Row = dict[str, Any]

_CHUNK = 1 << 16
_TYPES = {pa.int64(): "int", pa.float64(): "double", pa.bool_(): "bool"}


def write(rows: Iterable[Row], context: Context) -> Iterator[bytes]:
    """Incidents as placemarks; what the export says of itself is the document's description."""
    tally = Tally()
    figures, every = peek(rows)
    schema = incident_schema(figures)
    page = _Page()
    page.start("kml", xmlns="http://www.opengis.net/kml/2.2")
    page.start("Document")
    page.put("name", context.title)
    styles = {kind: f"type-{at}" for at, kind in enumerate(context.colours)}
    for kind, colour in context.colours.items():
        _style(page, styles[kind], colour)
    page.start("Schema", name="incidents", id="incidents")
    for column in schema:
        page.start("SimpleField", name=column.name, type=_TYPES.get(column.type, "string"))
        page.put("displayName", meta(column, "title"))
        page.end("SimpleField")
    page.end("Schema")
    page.start("Folder")
    page.put("name", "Incidents")
    for row in tally.over(every):
        _placemark(page, row, schema, styles)
        if len(page) > _CHUNK:
            yield page.taken()
    page.end("Folder")
    page.start("Folder")
    page.put("name", "About this file")
    page.put("description", _paragraphs(f"{name}: {text}" for name, text in about(context, tally)))
    page.end("Folder")
    page.end("Document")
    page.end("kml")
    yield page.taken()


class _Page:
    """An XML document on its way out."""

    def __init__(self) -> None:
        self._held = io.StringIO()
        self._xml = XMLGenerator(self._held, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def __len__(self) -> int:
        return self._held.tell()

    def start(self, name: str, /, **attributes: str) -> None:
        self._xml.startElement(
            name, AttributesImpl({key: printable(value) for key, value in attributes.items()})
        )

    def end(self, name: str) -> None:
        self._xml.endElement(name)

    def put(self, name: str, text: str, /, **attributes: str) -> None:
        self.start(name, **attributes)
        self._xml.characters(printable(text))
        self.end(name)

    def taken(self) -> bytes:
        text = self._held.getvalue()
        self._held.seek(0)
        self._held.truncate()
        return text.encode()


def _style(page: _Page, key: str, colour: str) -> None:
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    page.start("Style", id=key)
    page.start("IconStyle")
    page.put("color", f"ff{blue}{green}{red}".lower())
    page.end("IconStyle")
    page.end("Style")


def _placemark(page: _Page, row: Row, schema: pa.Schema, styles: dict[str, str]) -> None:
    page.start("Placemark")
    page.put("name", row["title"])
    page.put("description", _paragraphs(_description(row)))
    page.start("TimeSpan")
    page.put("begin", row["date_start"].isoformat())
    page.put("end", row["date_latest"].isoformat())
    page.end("TimeSpan")
    if row["event_type"] in styles:
        page.put("styleUrl", f"#{styles[row['event_type']]}")
    page.start("ExtendedData")
    page.start("SchemaData", schemaUrl="#incidents")
    cells = flat(row)
    for column in schema:
        if cells[column.name] is not None:
            page.put("SimpleData", str(cells[column.name]), name=column.name)
    page.end("SchemaData")
    page.end("ExtendedData")
    if row["lon"] is not None:
        page.start("Point")
        page.put("coordinates", f"{row['lon']:.6f},{row['lat']:.6f}")
        page.end("Point")
    page.end("Placemark")


def _description(row: Row) -> Iterator[str]:
    yield row["summary"]
    if row["lon"] is None:
        yield f"Known to an area only: {row['place'] or 'place not known'}."
    for report in row["reports"] or []:
        weak = " (weak source)" if report["weak"] else ""
        yield f"{report['publisher']}{weak}, {report['reported_on']}: {report['url'] or 'no address'}"


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in texts)
