"""Writing a store: a new file, renamed into place when it is whole.

Layout of the file: one table per schema of schema.py. Incidents are ordered by quarter and then
along a Hilbert curve, and carry their zoom-20 pixel (`px`, `py`), so that a map view of a season
reads few blocks and a screen cell is a shift; `features` are the same by day, for whoever reads them all.
`areas` are what incidents without a point refer to.
`deliveries` tells what was imported when, `additions` and `added_units` which boundaries and figures were
added, `decisions` what people have found to be one event; `events` and `members` follow from it (see
events.py). `meta` holds the format and the descriptor of every data set.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from geo import schema
from geo.errors import NotAStore, StoreError
from geo.store import carry, connection, events, features, kept, mercator, replacing
from geo.store.decisions import DECISION
from geo.store.events import HARM

_SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.date32(): "DATE",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.binary(): "BLOB",
}


@dataclass(frozen=True)
class Tables:
    """Everything a store holds.

    incidents, reports, claims, sources, figures: tables with the columns of schema.py.
    areas: id, name, precision, regions (list of admin1 ids), radius_km, west, south, east, north.
    regions: the columns of schema.REGION and `geometry` (WKB, EPSG:4326; null where there is none).
    figures_by_region: admin1_id, valid_from, valid_to (excluded), and one column per figure.
    cities: name, lon, lat, population, admin0; for labels of the map.
    names: key, language, name, valid_from, valid_to (excluded); how places are called besides in English.
    datasets: the descriptor of each data set by name.
    additions: what was added before, and is in regions and figures_by_region already.
    """

    incidents: pa.Table
    reports: pa.Table
    claims: pa.Table
    sources: pa.Table
    figures: pa.Table
    areas: pa.Table
    regions: pa.Table
    figures_by_region: pa.Table
    cities: pa.Table
    names: pa.Table
    datasets: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    additions: tuple[str, ...] = ()


def ddl(name: str, columns: pa.Schema) -> str:
    """The statement that creates a table of ours, constraints and word lists included."""
    lines = []
    for column in columns:
        words = schema.values(column)
        kind = "ENUM(" + ", ".join(f"'{word}'" for word in words) + ")" if words else _SQL_TYPES[column.type]
        lines.append(f'"{column.name}" {kind}{"" if column.nullable else " NOT NULL"}')
    return f'CREATE TABLE "{name}" ({", ".join(lines)})'


def write(path: Path, tables: Tables, *, threads: int = 2) -> None:
    """Write a store to `path`. A reader of an older file there never sees half of the new one.

    What was imported into the older file, or added to it, is carried over. Raises NotAStore rather than
    replace a file that is none of ours, StoreError where a data set of the same name was imported.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing.exclusive(path):
        _spare(path, threads)
        with replacing.fresh(path) as new, connection.create(new, threads) as db:
            _fill(db, tables)
            carry.carry_over(db, path, set(tables.datasets), tables.additions)
            events.join(db)
            features.renew(db, events.CHANGED)


def _spare(path: Path, threads: int) -> None:
    """Let only a store of ours be replaced, of whatever format, or an empty file."""
    if path.is_file() and not path.stat().st_size:
        return
    try:
        connection.connect(path, threads).close()
    except NotAStore:
        raise
    except StoreError:
        pass


def _fill(db: duckdb.DuckDBPyConnection, tables: Tables) -> None:
    _incidents(db, tables.incidents)
    for name, columns in (
        ("reports", schema.REPORT),
        ("claims", schema.CLAIM),
        ("sources", schema.SOURCE),
        ("figures", schema.FIGURE),
    ):
        rows = getattr(tables, name)
        db.execute(ddl(name, columns))
        db.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM rows')
    for name in ("areas", "regions", "figures_by_region", "cities", "names"):
        rows = getattr(tables, name)  # noqa: F841 -- DuckDB reads it by name
        db.execute(f'CREATE TABLE "{name}" AS SELECT * FROM rows')
    _links(db)
    features.create(db)
    db.execute(ddl("deliveries", carry.DELIVERY))
    for name, columns in kept.TABLES.items():
        db.execute(ddl(name, columns))
    db.execute(ddl("decisions", DECISION))
    events.create(db)
    db.execute("CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
    meta = {"schema_version": str(schema.SCHEMA_VERSION), "datasets": json.dumps(tables.datasets)}
    db.executemany("INSERT INTO meta VALUES (?, ?)", list(meta.items()))


def with_pixels(rows: pa.Table) -> pa.Table:
    """Incidents with the pixel of their point, null where there is none."""
    lon, lat = (rows[name].to_numpy(zero_copy_only=False).astype(np.float64) for name in ("lon", "lat"))
    placed = ~(np.isnan(lon) | np.isnan(lat))
    x, y = mercator.to_pixels(np.where(placed, lon, 0), np.where(placed, lat, 0))
    for name, pixels in (("px", x), ("py", y)):
        rows = rows.append_column(name, pa.array(pixels, pa.int32(), mask=~placed))
    return rows


ORDER = """
    ORDER BY year(date_start), quarter(date_start),
             CASE WHEN px IS NULL THEN NULL
                  ELSE ST_Hilbert(px, py, ST_Extent(ST_MakeEnvelope(0, 0, 268435456, 268435456)))
             END, date_start, id, known_from
"""
"""How incidents lie in the file."""


def _incidents(db: duckdb.DuckDBPyConnection, rows: pa.Table) -> None:
    rows = with_pixels(rows)
    db.execute(ddl("incidents", schema.INCIDENT))
    db.execute(
        "ALTER TABLE incidents ADD COLUMN harm BIGINT;"
        "ALTER TABLE incidents ADD COLUMN px INTEGER; ALTER TABLE incidents ADD COLUMN py INTEGER"
    )
    db.execute(f"INSERT INTO incidents BY NAME SELECT *, {HARM} FROM rows {ORDER}")


def _links(db: duckdb.DuckDBPyConnection) -> None:
    """Which report tells of which incident, the incident's own reports first.

    A report that a later delivery has replaced told of it from `known_from` until `known_to`. `linked`: it
    tells of another incident, which a person has found to be the same event.
    """
    db.execute(
        """
        CREATE TABLE incident_reports AS
        SELECT dataset, incident_id, dataset AS report_dataset, id AS report_id, false AS also,
               NULL::DATE AS known_from, NULL::DATE AS known_to, false AS linked
        FROM reports WHERE incident_id IS NOT NULL
        UNION ALL
        SELECT dataset, also_incident_id, dataset, id, true, NULL, NULL, false
        FROM reports WHERE also_incident_id IS NOT NULL
        ORDER BY ALL
        """
    )
