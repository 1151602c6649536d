"""GeoParquet 1.1: incidents with their reports in a nested column, written in row groups.

The file's key-value metadata holds `geo` (the specification's own), and `eventmap` as JSON: query,
data sets, licence, citation. Coordinates are OGC:CRS84, longitude first, as WKB.
https://geoparquet.org/releases/v1.1.0/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from geo.exports import scratch
from geo.exports.context import Context
from geo.exports.tables import REPORTS, Tally, batches, incident_schema, peek, points

Row = dict[str, Any]

_OF_INCIDENT = {"dataset", "incident_id"}
_NESTED = pa.list_(pa.struct([column for column in REPORTS if column.name not in _OF_INCIDENT]))
_FLAT = {"publishers", "urls"}


def write(rows: Iterable[Row], context: Context) -> Iterator[bytes]:
    """Incidents as GeoParquet."""
    return scratch.written("eventmap.parquet", partial(_fill, rows, context))


def _fill(rows: Iterable[Row], context: Context, path: Path) -> None:
    tally = Tally()
    figures, every = peek(rows)
    own = [column for column in incident_schema(figures) if column.name not in _FLAT]
    schema = pa.schema([*own, pa.field("reports", _NESTED)])
    with pq.ParquetWriter(path, points([], schema).schema, compression="zstd") as file:
        for batch in batches(tally.over(every)):
            file.write_table(points(batch, schema))
        file.add_key_value_metadata({"geo": json.dumps(_geo(tally)), "eventmap": _about(context, tally)})


def _geo(tally: Tally) -> Row:
    column: Row = {"encoding": "WKB", "geometry_types": ["Point"]}
    if tally.bounds:
        column["bbox"] = list(tally.bounds)
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def _about(context: Context, tally: Tally) -> str:
    member = context.member(features=tally.incidents, sha256="", publishers=sorted(tally.publishers))
    del member["sha256"]
    return orjson.dumps(member).decode()
