"""GeoPackage: a layer `incidents`, tables `reports` and `about`.

An incident known to an area only is a row without a geometry. Written by GDAL, a batch at a time.
https://www.geopackage.org/spec131/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio

from geo.exports import scratch
from geo.exports.context import Context
from geo.exports.tables import REPORTS, Tally, batches, incident_schema, peek, points, reports_of
from geo.exports.text import about
from geo.schema import CRS

Row = dict[str, Any]

_ABOUT = pa.schema([("name", pa.string()), ("value", pa.string())])


def write(rows: Iterable[Row], context: Context) -> Iterator[bytes]:
    """Incidents as a layer of points, their reports and what the export says of itself as tables."""
    return scratch.written(
        "eventmap.gpkg", scratch.dated(partial(_fill, rows, context), context.generated_at)
    )


def _fill(rows: Iterable[Row], context: Context, path: Path) -> None:
    tally = Tally()
    figures, every = peek(rows)
    schema = incident_schema(figures)
    _layer(path, "incidents", points([], schema), context.citation)
    _layer(path, "reports", REPORTS.empty_table())
    for batch in batches(tally.over(every)):
        _layer(path, "incidents", points(batch, schema))
        told = [report for row in batch for report in reports_of(row)]
        _layer(path, "reports", pa.Table.from_pylist(told, schema=REPORTS))
    said = [{"name": name, "value": value} for name, value in about(context, tally)]
    _layer(path, "about", pa.Table.from_pylist(said, schema=_ABOUT))


def _layer(path: Path, name: str, table: pa.Table, description: str = "") -> None:
    placed = "geometry" in table.column_names
    pyogrio.write_arrow(
        table,
        path,
        layer=name,
        driver="GPKG",
        geometry_name="geometry" if placed else None,
        geometry_type="Point" if placed else None,
        crs=CRS if placed else None,
        append=path.exists(),
        layer_options={"FID": "fid"} | ({"DESCRIPTION": description} if description else {}),
    )
