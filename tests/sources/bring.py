"""Bring a file: write it, open it as a user does, and see what became of its rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from geo.sources import providers
from geo.sources.files import files
from geo.sources.providers import Options

Row = dict[str, Any]


class Brought(NamedTuple):
    """What a file became. rejects and flags as a person reads them."""

    kind: str
    rows: list[Row]
    rejects: list[str]
    notes: tuple[str, ...]
    flags: list[str]
    passed: Counter[str]

    @property
    def row(self) -> Row:
        """The only row."""
        assert (len(self.rows), self.rejects) == (1, [])
        return self.rows[0]


def bring(path: Path, content: bytes | str | None = None, **options: Any) -> Brought:
    """Read a file, written first where its content is given. options: of providers.Options."""
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with files.unpacked(path) as table:
        source = providers.open_source(table, Options(**options))
        rows: list[Row] = []
        rejects: list[str] = []
        flags: list[str] = []
        passed: Counter[str] = Counter()
        for _, events in source.batches():
            rows += events.table.to_pylist()
            rejects += map(str, events.rejects)
            flags += map(str, events.flags)
            passed.update(events.passed)
        return Brought(source.kind, rows, rejects, (*source.sheet.notes, *source.notes), flags, passed)
