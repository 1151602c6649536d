"""A row we could not take: where it stands, what is wrong with it, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass


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
