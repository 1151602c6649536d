"""CSV: one line per incident, in UTF-8 with a mark that spreadsheets know it by.

Cells that a spreadsheet would run as a formula are defused with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from geo.exports.context import Context
from geo.exports.tables import flat, incident_schema, peek

Row = dict[str, Any]

_CHUNK = 1 << 16
_RUN = ("=", "+", "-", "@")


def write(rows: Iterable[Row], context: Context) -> Iterator[bytes]:  # noqa: ARG001 -- CSV has no room for it
    """Incidents as CSV: identifier, coordinates, properties, publishers and addresses, figures."""
    figures, every = peek(rows)
    header = incident_schema(figures).names
    return table(header, ([cells[name] for name in header] for cells in map(flat, every)))


class Lines:
    """Lines of CSV as a spreadsheet reads them without being asked and without being fooled."""

    def __init__(self, header: list[str]) -> None:
        self._held = io.StringIO()
        self._held.write("\ufeff")
        self._lines = csv.writer(self._held, lineterminator="\r\n")
        self._lines.writerow(header)

    def add(self, row: Iterable[Any]) -> bytes:
        """Take a row; give what is ready to be written, mostly nothing."""
        self._lines.writerow([_safe(cell) for cell in row])
        return self.rest() if self._held.tell() > _CHUNK else b""

    def rest(self) -> bytes:
        """What has not been given yet."""
        text = self._held.getvalue()
        self._held.seek(0)
        self._held.truncate()
        return text.encode()


def table(header: list[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """Any table as CSV."""
    lines = Lines(header)
    yield from filter(None, map(lines.add, rows))
    yield lines.rest()


def _safe(cell: Any) -> Any:
    """Numbers keep their sign; text that would run as a formula gets an apostrophe.

    Source: https://owasp.org/www-community/attacks/CSV_Injection
    """
    if isinstance(cell, str) and (cell.startswith(("\t", "\r", "\n")) or cell.lstrip().startswith(_RUN)):
        return f"'{cell}"
    return cell
