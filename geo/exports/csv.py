"""CSV: one line per incident, in UTF-8 with a mark that spreadsheets know it by.

Cells that a spreadsheet would run as a formula are defused with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from geo.exports.context import Context
from geo.exports.feature import COLUMNS

Row = dict[str, Any]

_BASE = ["id", "lon", "lat", *COLUMNS, "publishers", "urls"]
_CHUNK = 1 << 16
_RUN = ("=", "+", "-", "@")


def write(rows: Iterable[Row], context: Context) -> Iterator[bytes]:  # noqa: ARG001 -- CSV has no room for it
    """Incidents as CSV: identifier, coordinates, properties, publishers and addresses, figures."""
    found = iter(rows)
    first = next(found, None)
    figures = [name for name in first or {} if name.startswith("region_")]
    every = chain([first] if first else [], found)
    return table([*_BASE, *figures], (_cells(row, figures) for row in every))


def table(header: list[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """Any table as CSV, as a spreadsheet reads it without being asked and without being fooled."""
    held = io.StringIO()
    lines = csv.writer(held, lineterminator="\r\n")
    held.write("\ufeff")
    lines.writerow(header)
    for row in rows:
        lines.writerow([_safe(cell) for cell in row])
        if held.tell() > _CHUNK:
            yield held.getvalue().encode()
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode()


def _cells(row: Row, figures: list[str]) -> Iterator[Any]:
    reports = row["reports"] or []
    shown = row | {
        "publishers": "; ".join(dict.fromkeys(report["publisher"] for report in reports)),
        "urls": " ".join(report["url"] for report in reports if report["url"]),
    }
    return (shown[name] for name in [*_BASE, *figures])


def _safe(cell: Any) -> Any:
    """Numbers keep their sign; text that would run as a formula gets an apostrophe.

    Source: https://owasp.org/www-community/attacks/CSV_Injection
    """
    if isinstance(cell, str) and (cell.startswith(("\t", "\r", "\n")) or cell.lstrip().startswith(_RUN)):
        return f"'{cell}"
    return cell
