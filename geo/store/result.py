"""What a cursor found, as dictionaries by column name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

Row = dict[str, Any]


def stream(found: duckdb.DuckDBPyConnection, batch: int = 5000) -> Iterator[Row]:
    """Row by row, holding no more than a batch."""
    names = [column[0] for column in found.description or []]
    while rows := found.fetchmany(batch):
        for row in rows:
            yield dict(zip(names, row, strict=True))


def dicts(found: duckdb.DuckDBPyConnection) -> list[Row]:
    """All rows at once."""
    return list(stream(found))
