"""Whose file it is, told from its columns; and the reader that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from geo.errors import CallError, TableError
from geo.sources import acled, gdelt, own, roles, spreadsheet, ucdp
from geo.sources.dates import Evidence, Order
from geo.sources.draft import Events
from geo.sources.files import delimited, files, header
from geo.sources.files.limits import BATCH_ROWS
from geo.sources.files.sheet import Batch, Sheet, parted
from geo.sources.roles import Roles

Read = Callable[[str, Batch], Events]

KINDS = ("auto", "incidents", "acled", "ucdp", "gdelt", "table")
"""What a file can be read as; `incidents` is what eventmap itself exports."""

_LOOK = 200
_KNOWN = roles.KNOWN | {header.fold(name) for name in (*acled.MARKS, *ucdp.MARKS, *own.MARKS)}


@dataclass(frozen=True)
class Options:
    """What the caller says of a file. columns: role to column. fixed: what holds for every row, by role.

    layer: a worksheet or layer. order: which comes first where days are written as numbers.
    """

    kind: str = "auto"
    encoding: str = ""
    layer: str = ""
    order: Order | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A file that is ready to be read.

    kind: one of KINDS. about: what the provider's data are to be described by. adds_up: several rows
    may tell of one event, and files follow on each other. roles: of the columns of a table. order: in
    which its days are read, where they are written as numbers. fault: why it cannot be read yet.
    """

    kind: str
    sheet: Sheet
    read: Read
    about: Mapping[str, Any] = field(default_factory=dict)
    adds_up: bool = False
    roles: Roles | None = None
    notes: tuple[str, ...] = ()
    order: Order | None = None
    fault: CallError | None = None

    def batches(self, most: int = BATCH_ROWS) -> Iterator[tuple[Batch, Events]]:
        """The rows and what became of them, at most so many at a time. Raises TableError, and `fault`."""
        if self.fault:
            raise self.fault
        for batch in parted(self.sheet.read(), most):
            yield batch, self.read(self.sheet.name, batch)


def open_source(path: Path, options: Options | None = None) -> Source:
    """Find out how a file is to be read; it must be no archive (see files.unpacked).

    Raises TableError for a file that cannot be used, CallError for options that do not fit it, and
    DayOrMonth where day and month cannot be told apart.
    """
    source = look(path, options)
    if source.fault:
        raise source.fault
    return source


def look(path: Path, options: Options | None = None) -> Source:
    """What can be told of a file without reading it; its `fault` is what the caller still has to say.

    Raises TableError for a file that cannot be used, and CallError for options that do not fit it.
    """
    options = options or Options()
    if options.kind not in KINDS:
        todo = f"choose from: {', '.join(KINDS)}"
        raise CallError(f"nothing is read as {options.kind!r}", where="--as", todo=todo)
    if options.kind in ("auto", "gdelt") and (found := _gdelt(path, options)):
        return found
    sheet = files.open_sheet(path, encoding=options.encoding, layer=options.layer, known=_KNOWN)
    for kind, marks, read, about in _NAMED:
        there = marks <= set(sheet.header)
        if options.kind == kind and not there:
            lacking = ", ".join(sorted(marks - set(sheet.header)))
            raise TableError(
                f"it lacks {lacking}, which {kind} files have", where=path.name, todo="use --as table"
            )
        if options.kind == kind or (options.kind == "auto" and there):
            return Source(kind, sheet, read, about)
    return _table(sheet, options)


_NAMED: tuple[tuple[str, frozenset[str], Read, Mapping[str, Any]], ...] = (
    ("acled", acled.MARKS, acled.read, acled.ABOUT),
    ("ucdp", ucdp.MARKS, ucdp.read, ucdp.ABOUT),
    ("incidents", own.MARKS, own.read, {}),
)


def _gdelt(path: Path, options: Options) -> Source | None:
    if path.suffix.lower() not in files.TEXT:
        rows = []
    else:
        layout = delimited.look(path, options.encoding)
        rows = layout.rows if layout.delimiter == "\t" else []
    if gdelt.looks_so(rows):
        sheet = delimited.open_bare(path, gdelt.COLUMNS, "\t")
        return Source("gdelt", sheet, gdelt.read, gdelt.ABOUT, adds_up=True)
    if options.kind == "gdelt":
        width = len(rows[0]) if rows else 0
        what = f"its rows have {width} cells cut at tabs, where GDELT 2.0 events have {len(gdelt.COLUMNS)}"
        raise TableError(what, where=path.name, todo="send an .export.CSV file of GDELT 2.0")
    return None


def _table(sheet: Sheet, options: Options) -> Source:
    first = _first(sheet)
    guessed = roles.guess(sheet, first, options.columns)
    fixed = {roles.ALIASES.get(role, role): value for role, value in options.fixed.items()}
    if strange := sorted(fixed.keys() - roles.NAMES.keys()):
        todo = f"choose from: {', '.join(roles.NAMES)}"
        raise CallError(f"no role is called {strange[0]!r}", where="--set", todo=todo)
    notes = list(guessed.told())
    order, fault = options.order, None
    try:
        roles.needed(guessed, sheet, fixed)
        for role in ("date", "end", "reported"):
            if column := guessed.by.get(role):
                evidence = _evidence(sheet, column)
                order = order or evidence.order(column)
                if evidence.serial:
                    notes.append(
                        f"{column!r} holds day numbers of a spreadsheet: read as days since 30 December 1899"
                    )
    except CallError as open_yet:
        fault = open_yet
    if order:
        notes.append(f"days read {order}")
    reader = spreadsheet.Reader(guessed, order, fixed)
    return Source("table", sheet, reader.read, roles=guessed, notes=tuple(notes), order=order, fault=fault)


def _first(sheet: Sheet) -> dict[str, list[str]]:
    """Some cells of each column."""
    for batch in islice(sheet.read(), 1):
        some = batch.cells.slice(0, _LOOK)
        return {name: some[name].to_pylist() for name in sheet.header}
    raise TableError("it has a header and no rows", where=sheet.name, todo="add rows")


def _evidence(sheet: Sheet, column: str) -> Evidence:
    """What all cells of a column say of the order of day and month."""
    evidence = Evidence()
    for batch in sheet.read():
        evidence.see(batch.cells[column].unique().to_pylist())
    return evidence
