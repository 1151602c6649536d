"""A row we could not take: where it stands, what is wrong with it, and what to do next."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Reject:
    """One fault of one row. `row` counts as a spreadsheet does: the header is row 1."""

    file: str
    row: int
    column: str
    value: str
    reason: str
    todo: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "..."
        return f"{self.file}, row {self.row}, column {self.column}: {shown!r} {self.reason}; {self.todo}"


def write(rejects: Iterable[Reject], path: Path) -> None:
    """Write the rejects as CSV, in UTF-8 with a header, so that a spreadsheet opens them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream)
        table.writerow([column.name for column in fields(Reject)])
        table.writerows([_plain(cell) for cell in astuple(reject)] for reject in rejects)


def _plain(cell: str | int) -> str | int:
    """A spreadsheet runs a cell that begins like a formula; a leading apostrophe stops it."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell
