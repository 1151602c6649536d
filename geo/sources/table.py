"""One CSV file becomes an Arrow table of good rows and a list of rejects."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo import schema
from geo.errors import TableError
from geo.sources import cells
from geo.sources.rejects import Reject

Row = dict[str, Any]
Rule = Callable[[Row], tuple[str, cells.Fault] | None]
"""Looks at a whole row; names the column at fault and the fault, or None."""


def read(
    path: Path, wanted: pa.Schema, rules: tuple[Rule, ...] = ()
) -> tuple[pa.Table, list[int], list[Reject]]:
    """Read the columns of a table that a data package supplies.

    Returns the good rows, the row number in the file of each, and the rejects, in file order.
    A row with a fault in any cell is left out whole. Columns we do not know are passed over.
    Raises TableError when the file as a whole cannot be read.
    """
    needed = schema.given(wanted)
    header, records = _records(path, needed)
    columns = list(needed) + [column for column in schema.optional(wanted) if column.name in header]
    at = {column.name: header.index(column.name) for column in columns}
    good: list[Row] = []
    numbers: list[int] = []
    rejects: list[Reject] = []
    seen: set[str] = set()
    for number, record in records:
        faults: list[tuple[str, str, cells.Fault]] = []
        row: Row = {}
        if len(record) != len(header):
            what = f"has {len(record)} cells where the header has {len(header)}"
            faults.append(("*", ",".join(record), cells.Fault(what, "check its commas and quotes")))
        else:
            for column in columns:
                text = record[at[column.name]]
                try:
                    row[column.name] = cells.read(text, column)
                except cells.Fault as fault:
                    faults.append((column.name, text, fault))
        if not faults:
            for found in filter(None, (rule(row) for rule in rules)):
                faults.append((found[0], record[at[found[0]]], found[1]))
            if row.get("id") in seen:
                faults.append(
                    ("id", row["id"], cells.Fault("stands in an earlier row too", "give each row its own"))
                )
        if faults:
            rejects += [Reject(path.name, number, name, text, f.reason, f.todo) for name, text, f in faults]
            continue
        if "id" in row:
            seen.add(row["id"])
        good.append(row)
        numbers.append(number)
    return pa.Table.from_pylist(good, schema=pa.schema(columns)), numbers, rejects


def _records(path: Path, needed: pa.Schema) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header, and the rows that hold anything with their spreadsheet row numbers."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise TableError(what, where=str(path), todo="add it to the package") from None
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not UTF-8"
        raise TableError(what, where=path.name, todo="save the file as UTF-8") from None
    if not text.strip():
        raise TableError("the file is empty", where=path.name, todo="give it a header and rows")
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # one for the process; cells.py has ours
    try:
        rows = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        todo = "save it as CSV with commas and double quotes"
        raise TableError(f"it cannot be read as CSV ({error})", where=path.name, todo=todo) from None
    header = [name.strip() for name in rows[0]]
    lacking = [name for name in needed.names if name not in header]
    if len(lacking) == len(needed.names):
        todo = "save it as CSV with commas, column names in row 1"
        raise TableError("it is no CSV with our column names in row 1", where=path.name, todo=todo)
    if lacking:
        todo = "add the column; its cells may be blank" if len(lacking) == 1 else "add them"
        raise TableError(f"it lacks column {', '.join(lacking)}", where=f"{path.name}, row 1", todo=todo)
    if twice := sorted({name for name in needed.names if header.count(name) > 1}):
        todo = "leave one of each"
        raise TableError(f"it has column {', '.join(twice)} twice", where=f"{path.name}, row 1", todo=todo)
    return header, ((number, row) for number, row in enumerate(rows[1:], start=2) if any(map(str.strip, row)))
