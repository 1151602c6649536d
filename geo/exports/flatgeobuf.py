"""FlatGeobuf: incidents as one layer; title and description say what it is and how to cite it.

The reports of an incident are a text of JSON: the format has one table and no lists. All of it
is held in memory, as a table, for the description comes first and counts what follows. There is no
spatial index, for an index has no room for an incident without a point.
https://flatgeobuf.org
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyogrio

from geo.exports import scratch
from geo.exports.context import Context
from geo.exports.tables import Tally, batches, incident_schema, peek, points
from geo.exports.text import about
from geo.schema import CRS

Row = dict[str, Any]


def write(rows: Iterable[Row], context: Context) -> Iterator[bytes]:
    """Incidents as FlatGeobuf."""
    return scratch.written("eventmap.fgb", partial(_fill, rows, context))


def _fill(rows: Iterable[Row], context: Context, path: Path) -> None:
    tally = Tally()
    figures, every = peek(rows)
    schema = incident_schema(figures)
    tables = [_table(batch, schema) for batch in batches(tally.over(every))]
    whole = pa.concat_tables(tables or [_table([], schema)])
    described = "\n\n".join(f"{name}: {text}" for name, text in about(context, tally))
    pyogrio.write_arrow(
        whole,
        path,
        layer="incidents",
        driver="FlatGeobuf",
        geometry_name="geometry",
        geometry_type="Point",
        crs=CRS,
        layer_options={"SPATIAL_INDEX": "NO", "TITLE": context.title, "DESCRIPTION": described},
    )


def _table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    told = [orjson.dumps(row["reports"] or []).decode() for row in rows]
    return points(rows, schema).append_column("reports", pa.array(told, pa.string()))
