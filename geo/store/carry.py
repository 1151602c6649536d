"""What was imported, added or decided outlives a build: taken over from the store that the build replaces."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow as pa

from geo.errors import StoreError
from geo.schema import field
from geo.store import connection, events, kept
from geo.store.result import dicts

DELIVERY = pa.schema(
    [
        field("dataset", pa.string(), "Data set", required=True),
        field("delivered", pa.date32(), "Day of delivery", required=True),
        field("imported_at", pa.string(), "When it was imported, UTC", required=True),
        field("file", pa.string(), "Name of the file", required=True),
        field("sha256", pa.string(), "Checksum of the file", required=True),
        field("kind", pa.string(), "What it was read as", required=True),
        field(
            "whole", pa.bool_(), "It replaces what was delivered before; else it adds to it", required=True
        ),
        field("added", pa.int64(), "Incidents that were new", required=True),
        field("changed", pa.int64(), "Incidents told differently than before", required=True),
        field("dropped", pa.int64(), "Incidents that it no longer holds", required=True),
        field("rejected", pa.int64(), "Rows that could not be taken", required=True),
    ]
)
"""One file that was imported and changed something."""

_TABLES = (
    "incidents",
    "reports",
    "claims",
    "sources",
    "figures",
    "incident_reports",
    "deliveries",
    "features",
)
_ROWS = {
    "incidents": events.own("before."),
    "incident_reports": "(SELECT * FROM before.incident_reports WHERE NOT linked)",
}
"""Where those rows are that the data sets themselves tell."""

_NAMES = """
    SELECT dataset FROM deliveries UNION SELECT id FROM additions WHERE kind = 'figures' ORDER BY 1
"""
"""Data sets that no build makes."""


def carry_over(
    db: duckdb.DuckDBPyConnection, path: Path, built: set[str], laid: tuple[str, ...] = ()
) -> None:
    """Copy what was imported and added from the store at `path`, if there is one of this format.

    built: data sets that the open store holds already. laid: additions that it was built with. Raises
    StoreError where an imported data set has the name of a built one, or something was added meanwhile.
    """
    try:
        old = connection.connect(path, 1)
    except StoreError:
        return
    names = [row["dataset"] for row in dicts(old.execute(_NAMES))]
    added = [row["id"] for row in dicts(old.execute("SELECT id FROM additions ORDER BY added_at, id"))]
    found = old.execute("SELECT value FROM meta WHERE key = 'datasets'").fetchone()
    old.close()
    if twice := sorted(built & set(names)):
        todo = "give the package another name, or build into another store with --store"
        raise StoreError(f"data set {twice[0]} was imported into it", where=str(path), todo=todo)
    if added != list(laid):
        what = "boundaries or figures were added or removed meanwhile"
        raise StoreError(what, where=str(path), todo="build again")
    quoted = str(path).replace("'", "''")
    db.execute(f"ATTACH '{quoted}' AS before (READ_ONLY)")
    events.remember(db, "before.")
    for table in _TABLES:
        rows = _ROWS.get(table, f'before."{table}"')
        db.execute(
            f'INSERT INTO "{table}" BY NAME SELECT * FROM {rows} WHERE list_contains(?, dataset)', [names]
        )
    for table in kept.TABLES:
        db.execute(f"INSERT INTO {table} BY NAME SELECT * FROM before.{table} ORDER BY rowid")
    db.execute("INSERT INTO decisions BY NAME SELECT * FROM before.decisions ORDER BY before.decisions.rowid")
    db.execute(
        "INSERT INTO areas BY NAME SELECT * FROM before.areas o WHERE o.id NOT IN (SELECT id FROM areas)"
    )
    db.execute("DETACH before")
    held = json.loads(found[0]) if found else {}
    describe(db, {name: held[name] for name in names if name in held})


def describe(db: duckdb.DuckDBPyConnection, more: dict[str, dict[str, object]]) -> None:
    """Add descriptors of data sets to those that the open store holds."""
    found = db.execute("SELECT value FROM meta WHERE key = 'datasets'").fetchone()
    held = json.loads(found[0]) if found else {}
    db.execute("UPDATE meta SET value = ? WHERE key = 'datasets'", [json.dumps(held | more)])
