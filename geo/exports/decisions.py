"""Decisions on duplicates as CSV, which `eventmap duplicates apply` takes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from geo.exports.csv import table

DECISION_COLUMNS = ("dataset", "id", "other_dataset", "other_id", "decision", "decided_on", "note")
"""Those that tell whether two incidents are one event, and since when that is held."""


def decisions(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """CSV of rows that have these columns; whatever a spreadsheet would run is defused as in csv.py."""
    yield from table(list(DECISION_COLUMNS), ([row[name] for name in DECISION_COLUMNS] for row in rows))


def undefused(cell: str) -> str:
    """A cell as it was before it was defused."""
    defused = cell.startswith("'") and cell[1:].lstrip()[:1] in ("=", "+", "-", "@")
    return cell[1:] if defused or cell.startswith(("'\t", "'\r", "'\n")) else cell
