"""What becomes of the rows of a file, counted; and files of the rejected ones, to be mended."""

from __future__ import annotations

import csv
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.ingest.place import Unplaced
from geo.sources.rejects import Reject
from geo.store import Outcome

LISTED = 1000
"""Rejects, flags and unplaced rows that a report holds one by one; all are counted."""


@dataclass
class Progress:
    """How far an import is. done and total count bytes or rows of the file."""

    rows: int = 0
    rejected: int = 0
    done: int = 0
    total: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / max(time.monotonic() - self.started, 1e-6)

    @property
    def left(self) -> float | None:
        """Seconds that reading will still take; None where that cannot be told."""
        if not self.done or not self.total:
            return None
        return (time.monotonic() - self.started) * max(self.total - self.done, 0) / self.done


@dataclass
class Report:
    """What became of the rows of a file. Lists hold at most LISTED; reasons count all."""

    kind: str = ""
    notes: list[str] = field(default_factory=list)
    rows: int = 0
    good: int = 0
    rejected: int = 0
    rejects: list[Reject] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    flags: list[Reject] = field(default_factory=list)
    flagged: Counter[str] = field(default_factory=Counter)
    unplaced: list[Unplaced] = field(default_factory=list)
    unplaced_count: int = 0
    outcome: Outcome | None = None
    dataset: str = ""

    def take(self, rejects: list[Reject]) -> None:
        """Count rejects, and keep the first ones."""
        self.rejected += len(rejects)
        self.reasons.update(f"{one.column}: {reason_of(one.reason)}" for one in rejects)
        self.rejects += rejects[: LISTED - len(self.rejects)]


Sink = Callable[[list[Reject], list[list[str]], tuple[str, ...]], None]
"""Takes rejects as they come, with their rows whole and the header."""


def reason_of(text: str) -> str:
    """A reason without what differs from row to row, for counting."""
    return re.sub(r"\d[\d.,:-]*", "N", text)


@contextmanager
def rejects_file(path: Path) -> Iterator[Sink]:
    """Writes rejects to a CSV file, and their rows whole beside it, to be mended and imported alone.

    The files are there when there was a reject, and only then. Cells that a spreadsheet would run are
    defused with an apostrophe in the first file; the second holds them as they came.
    """
    rows_path = path.with_suffix(".rows.csv")
    for old in (path, rows_path):
        old.unlink(missing_ok=True)
    with ExitStack() as stack:
        made: dict[str, Any] = {}

        def sheet(where: Path, header: list[str]) -> Any:
            if where.name not in made:
                stream = stack.enter_context(where.open("w", encoding="utf-8-sig", newline=""))
                made[where.name] = csv.writer(stream)
                made[where.name].writerow(header)
            return made[where.name]

        def sink(rejects: list[Reject], rows: list[list[str]], header: tuple[str, ...]) -> None:
            lines = sheet(path, ["row", "column", "value", "reason", "suggestion"])
            lines.writerows(
                [one.row, *map(_defused, (one.column, one.value, one.reason, one.todo))] for one in rejects
            )
            if rows:
                sheet(rows_path, list(header)).writerows(rows)

        yield sink


def _defused(text: str) -> str:
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") and text.strip() else text
