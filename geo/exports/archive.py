"""CSV in a ZIP: data.csv, reports.csv, README.txt and datapackage.json (a Frictionless Data Package).

The descriptor's columns derive from the schema. https://specs.frictionlessdata.io/data-package/
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo.exports import csv, scratch
from geo.exports.context import CAVEAT, Context
from geo.exports.tables import REPORTS, Tally, flat, incident_schema, peek, reports_of
from geo.exports.text import readme
from geo.schema import meta, values

Row = dict[str, Any]

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that entries of an archive carry: the first that the format knows."""

_TYPES = {pa.date32(): "date", pa.int64(): "integer", pa.float64(): "number", pa.bool_(): "boolean"}
_CONTENTS = """data.csv          one line per incident, UTF-8
reports.csv       one line per report of an incident, by incident_id
datapackage.json  columns and terms of both, for programs (Frictionless Data Package)"""


def write(rows: Iterable[Row], context: Context) -> Iterator[bytes]:
    """Incidents and reports as CSV, with a descriptor and a README, in one archive."""
    return scratch.written("eventmap.zip", partial(_fill, rows, context))


def _fill(rows: Iterable[Row], context: Context, path: Path) -> None:
    tally = Tally()
    figures, every = peek(rows)
    schema = incident_schema(figures)
    with tempfile.TemporaryFile() as aside, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        reports = csv.Lines(REPORTS.names)

        def incidents() -> Iterator[list[Any]]:
            for row in tally.over(every):
                for report in reports_of(row):
                    aside.write(reports.add([report[name] for name in REPORTS.names]))
                cells = flat(row)
                yield [cells[name] for name in schema.names]

        _entry(archive, "data.csv", csv.table(schema.names, incidents()))
        aside.write(reports.rest())
        aside.seek(0)
        _entry(archive, "reports.csv", scratch.pieces(aside))
        package = json.dumps(_descriptor(schema, context, tally), ensure_ascii=False, indent=2)
        _entry(archive, "datapackage.json", [package.encode() + b"\n"])
        _entry(archive, "README.txt", [readme(context, tally, _CONTENTS).encode()])


def _entry(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with archive.open(entry, "w", force_zip64=True) as into:
        into.writelines(chunks)


def _descriptor(schema: pa.Schema, context: Context, tally: Tally) -> Row:
    licences = [licence for licence in context.licences if licence.get("name") or licence.get("path")]
    return {
        "profile": "tabular-data-package",
        "name": "eventmap-export",
        "title": context.title,
        "description": f"{CAVEAT} Cite as: {context.citation}",
        "created": context.generated_at,
        **({"licenses": licences} if licences else {}),
        **({"sources": [{"title": name} for name in sorted(tally.publishers)]} if tally.publishers else {}),
        "eventmap": {"query": context.query, "make_again": context.command}
        | {"attribution": context.attribution, "incidents": tally.incidents, "reports": tally.reports},
        "resources": [
            _resource("data", schema, {"primaryKey": ["dataset", "id"]}),
            _resource("reports", REPORTS, {"primaryKey": ["dataset", "incident_id", "id"]}),
        ],
    }


def _resource(name: str, schema: pa.Schema, more: Row) -> Row:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": {"fields": [_field(column) for column in schema], **more},
    }


def _field(column: pa.Field) -> Row:
    found: Row = {"name": column.name, "title": meta(column, "title")}
    found["type"] = _TYPES.get(column.type, "string")
    if found["type"] == "boolean":
        found |= {"trueValues": ["True"], "falseValues": ["False"]}
    if unit := meta(column, "unit"):
        found["unit"] = unit
    if words := values(column):
        found["constraints"] = {"enum": list(words)}
    return found
