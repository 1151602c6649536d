"""XLSX, XLSM, XLSB, XLS and ODS: the values of one worksheet, through python-calamine.

Formulas give the value they had when the file was saved, macros are not run, and a day is read from
the cell's own type. A merged cell below the header counts in each row it covers.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from geo.errors import CallError, TableError
from geo.sources.files import archive, header, limits
from geo.sources.files.sheet import Batch, Sheet, different, texts, without_blanks

_LOOK_ROWS = 30
_FORMULA = re.compile(
    rb"""<c\b(?![^>]*\bt="str")[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"""
)
"""A cell of XLSX with a formula and without a value."""


def open_sheet(path: Path, *, wanted: str = "", known: frozenset[str] = frozenset()) -> Sheet:
    """A worksheet: the one called `wanted`, else the first that is visible and not empty.

    Raises TableError, or CallError for a worksheet that is not there.
    """
    limits.of_size(path, limits.WHOLE_BYTES)
    notes: list[str] = []
    if archive.is_zip(path):
        parts = archive.without_entities(path)
        if any(part.lower().endswith("vbaproject.bin") for part in parts):
            notes.append("it holds macros, which were not run")
        if lacking := _uncomputed(path, parts):
            notes.append(
                f"{lacking:,} formulas have no value and count as empty: open the workbook in a spreadsheet "
                "program, save it, and send it again"
            )
    sheet, held = _choose(path, wanted)
    if others := [name for name in held if name != sheet.name]:
        notes.append(
            f"worksheet {sheet.name!r} was read, of {', '.join(map(repr, others))} nothing (--sheet NAME)"
        )
    first = [_cells(row) for row in islice(_rows(sheet), _LOOK_ROWS)]
    top = header.find(first, known)
    if len(top.names) > limits.COLUMNS:
        what = f"it has {len(top.names):,} columns"
        raise TableError(what, where=path.name, todo=f"leave at most {limits.COLUMNS:,}")
    names = different(top.names)
    merged = [one for one in sheet.merged_cell_ranges or [] if one[1][0] >= top.above]
    if merged:
        notes.append(f"{len(merged)} merged cells: each of their rows has their value")
    return Sheet(
        path.name,
        names,
        lambda: _batches(sheet, names, top.above, merged),
        tags=tuple(top.tags),
        under=top.under,
        notes=(*notes, *top.notes),
        size=max(sheet.total_height, 1),
        layers=tuple(held) if others else (),
        layer=sheet.name,
    )


def _uncomputed(path: Path, parts: list[str]) -> int:
    """How many cells of XLSX hold a formula that nobody has computed, as programs write them."""
    found = 0
    with zipfile.ZipFile(path) as book:
        for part in parts:
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with book.open(part) as stream:
                    rest = b""
                    while piece := stream.read(1 << 20):
                        cells = (rest + piece).rpartition(b"</c>")
                        found += len(_FORMULA.findall(cells[0] + cells[1]))
                        rest = cells[2][-limits.MB :]
    return found


def parts(path: Path) -> tuple[str, ...]:
    """The worksheets that hold anything, in their order. Raises as `open_sheet` does."""
    limits.of_size(path, limits.WHOLE_BYTES)
    if archive.is_zip(path):
        archive.without_entities(path)
    return tuple(_choose(path, "")[1])


def _choose(path: Path, wanted: str) -> tuple[CalamineSheet, list[str]]:
    """The worksheet to read, and the names of all that hold something, in their order."""
    try:
        book = _book(path)
        listed = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        names = [one.name for one in listed]
        if wanted and wanted not in names:
            todo = f"choose from: {', '.join(names)}"
            raise CallError(f"no worksheet is called {wanted!r}", where="--sheet", todo=todo)
        shown = [one.name for one in listed if one.visible == SheetVisibleEnum.Visible]
        held = [
            one for name in [wanted or "", *shown] if name and (one := book.get_sheet_by_name(name)).height
        ]
    except PasswordError:
        raise TableError("it is locked by a password", where=path.name, todo="save it without") from None
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        what = f"the workbook is damaged, or was cut in the middle ({str(error).splitlines()[0][:80]})"
        raise TableError(what, where=path.name, todo="send the whole file again") from None
    if not held:
        raise TableError("no worksheet holds anything", where=path.name, todo="give it a header and rows")
    there = {one.name for one in held}
    return held[0], [name for name in names if name in there]


def _book(path: Path) -> CalamineWorkbook:
    """An open workbook. ODS with white space between its elements, as GDAL writes it, is read without it."""
    try:
        return CalamineWorkbook.from_path(str(path))
    except CalamineError:
        if path.suffix.lower() != ".ods":
            raise
    tight = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(tight, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "content.xml":
                content = re.sub(rb">\s+<", b"><", content)
            target.writestr(member, content)
    tight.seek(0)
    return CalamineWorkbook.from_filelike(tight)


def _rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Every row from the first of the worksheet on, those above its first cell as empty."""
    start = sheet.start or (0, 0)
    for _ in range(start[0]):
        yield []
    left = [""] * start[1]
    for row in sheet.iter_rows():
        yield left + row


def _batches(sheet: CalamineSheet, names: tuple[str, ...], above: int, merged: list[Any]) -> Iterator[Batch]:
    held: dict[tuple[int, int], str] = {}
    covered = {
        (row, column): start
        for start, end in merged
        for row in range(start[0], min(end[0], start[0] + limits.BATCH_ROWS) + 1)
        for column in range(start[1], min(end[1], start[1] + len(names)) + 1)
    }
    rows: list[list[str]] = []
    at = above
    for at, row in enumerate(islice(_rows(sheet), above, None), start=above):
        cells = [*_cells(row), *[""] * len(names)][: len(names)]
        for column in range(len(names)) if covered else ():
            if start := covered.get((at, column)):
                if (at, column) == start:
                    held[start] = cells[column]
                cells[column] = held.get(start, "")
        rows.append(cells)
        if len(rows) == limits.BATCH_ROWS:
            yield _batch(rows, names, at)
            rows = []
    if rows:
        yield _batch(rows, names, at)


def _batch(rows: list[list[str]], names: tuple[str, ...], last: int) -> Batch:
    numbers = np.arange(last - len(rows) + 2, last + 2, dtype=np.int64)
    return without_blanks(Batch(texts(rows, names), numbers, done=last + 1))


def _cells(row: list[Any]) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    """A cell as text: days in ISO, whole numbers without a point."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    return "" if cell is None else str(cell)
