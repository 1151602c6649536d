"""CSV: one line per incident, in UTF-8 with a mark that spreadsheets know it by.

Cells that a spreadsheet would run as a formula are defused with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from geo.exports.context import Context
from geo.exports.feature import COLUMNS

Row = dict[str, Any]

_EVERY = 500


def write(rows: Iterable[Row], context: Context) -> Iterator[bytes]:  # noqa: ARG001 -- CSV has no room for it
    """Incidents as CSV: identifier, coordinates, properties, publishers and addresses, figures."""
    held = io.StringIO()
    table = csv.writer(held, lineterminator="\r\n")
    figures: list[str] = []
    held.write("\ufeff")
    for count, row in enumerate(rows):
        if not count:
            figures = [name for name in row if name.startswith("region_")]
            table.writerow(["id", "lon", "lat", *COLUMNS, "publishers", "urls", *figures])
        reports = row["reports"] or []
        cells = [row[name] for name in ("id", "lon", "lat", *COLUMNS)]
        cells.append("; ".join(dict.fromkeys(report["publisher"] for report in reports)))
        cells.append(" ".join(report["url"] for report in reports if report["url"]))
        table.writerow([_safe(cell) for cell in [*cells, *(row[name] for name in figures)]])
        if count % _EVERY == _EVERY - 1:
            yield held.getvalue().encode()
            held.seek(0)
            held.truncate()
    if not figures and held.tell() <= 1:
        table.writerow(["id", "lon", "lat", *COLUMNS, "publishers", "urls"])
    yield held.getvalue().encode()


def _safe(cell: Any) -> Any:
    """https://owasp.org/www-community/attacks/CSV_Injection -- text only, so numbers keep their sign."""
    if isinstance(cell, str) and cell.lstrip()[:1] in ("=", "+", "-", "@") or str(cell)[:1] in ("\t", "\r"):
        return f"'{cell}"
    return cell
