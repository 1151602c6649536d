"""What was known of one incident, version by version, and which delivery changed it."""

from __future__ import annotations

from typing import Any

import duckdb

from geo.schema import INCIDENT
from geo.store.events import own
from geo.store.result import Row, dicts

_BOOKKEEPING = {"id", "dataset", "known_from", "known_to", "first_reported_on", "first_reported_basis"}


def history(db: duckdb.DuckDBPyConnection, key: str, dataset: str = "") -> list[Row]:
    """The versions of an incident, oldest first, of each data set that holds one of this identifier.

    Each has `dataset`, `title`, `known_from`, `known_to`, `changes` (column to its value before and
    since; empty for the first version), `withdrawn` (no later version follows), and `delivery` and
    `withdrawn_by`, the files that brought and withdrew it, where they are on record.
    """
    versions = dicts(
        db.execute(
            f"""
            SELECT {", ".join(f'"{name}"' for name in INCIDENT.names)} FROM {own()}
            WHERE id = $id AND ($name = '' OR dataset = $name)
            ORDER BY dataset, known_from, known_to NULLS LAST
            """,
            {"id": key, "name": dataset},
        )
    )
    files = {
        (row["dataset"], row["delivered"]): row["file"]
        for row in dicts(db.execute("SELECT dataset, delivered, file FROM deliveries ORDER BY imported_at"))
    }
    told: list[Row] = []
    before: Row = {}
    for at, row in enumerate(versions):
        same = before.get("dataset") == row["dataset"]
        following = versions[at + 1] if at + 1 < len(versions) else {}
        told.append(
            {
                **{name: row[name] for name in ("dataset", "title", "known_from", "known_to")},
                "changes": changes(before, row) if same else {},
                "withdrawn": row["known_to"] is not None
                and (following.get("dataset"), following.get("known_from"))
                != (row["dataset"], row["known_to"]),
                "delivery": files.get((row["dataset"], row["known_from"])),
                "withdrawn_by": files.get((row["dataset"], row["known_to"])),
            }
        )
        before = row
    return told


def changes(before: Row, after: Row) -> dict[str, tuple[Any, Any]]:
    """The columns that differ, each with its value before and after."""
    return {
        name: (before[name], after[name])
        for name in INCIDENT.names
        if name not in _BOOKKEEPING and before[name] != after[name]
    }
