"""XLSX: sheets Incidents, Reports and About, with real dates and numbers, written row by row.

Text is text: a cell that begins like a formula is marked as quoted, an address is no link. A sheet
holds 1,048,576 rows; more of them go on in "Incidents 2". A date before 1900, which a spreadsheet
does not know, is written as text.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from geo.exports import scratch
from geo.exports.archive import EPOCH
from geo.exports.context import Context
from geo.exports.tables import REPORTS, Tally, flat, incident_schema, peek, reports_of
from geo.exports.text import about, printable
from geo.schema import meta

Row = dict[str, Any]

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
_FIRST_DAY = dt.date(1900, 3, 1)  # before it, spreadsheets differ by a day
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDE = {"summary": 60, "title": 48, "urls": 40, "url": 48, "publishers": 32, "place_note": 40}
_BOLD = Font(bold=True)
_TOP = Alignment(vertical="top", wrap_text=True)


def write(rows: Iterable[Row], context: Context) -> Iterator[bytes]:
    """Incidents and their reports as a workbook."""
    return scratch.written("eventmap.xlsx", partial(_fill, rows, context))


class _Table:
    """A table over one sheet, or several where it is longer than one can be."""

    def __init__(self, book: Workbook, title: str, schema: pa.Schema) -> None:
        self.book, self.title, self.names, self.sheets = book, title, schema.names, 0
        self.widths = [_width(column) for column in schema]
        self._open()

    def _open(self) -> None:
        self.sheets += 1
        name = self.title if self.sheets == 1 else f"{self.title} {self.sheets}"
        self.sheet = self.book.create_sheet(name)
        self.sheet.freeze_panes = "B2"
        for at, width in enumerate(self.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(at)].width = width
        self.sheet.append([_cell(self.sheet, name, bold=True) for name in self.names])
        self.left = MOST_ROWS - 1

    def append(self, row: Row) -> None:
        if not self.left:
            self._open()
        self.sheet.append([_cell(self.sheet, row[name]) for name in self.names])
        self.left -= 1


def _fill(rows: Iterable[Row], context: Context, path: Path) -> None:
    tally = Tally()
    figures, every = peek(rows)
    schema = incident_schema(figures)
    book = Workbook(write_only=True)
    incidents, reports = _Table(book, "Incidents", schema), _Table(book, "Reports", REPORTS)
    for row in tally.over(every):
        incidents.append(flat(row))
        for report in reports_of(row):
            reports.append(report)
    sheet = book.create_sheet("About")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 40, 110
    tables = {"Incidents": schema, "Reports": REPORTS}
    columns = [(f"{name}: {column.name}", _told(column)) for name in tables for column in tables[name]]
    for name, text in [*about(context, tally), (None, None), *columns]:
        sheet.append([_cell(sheet, name, bold=True), _cell(sheet, text, wrap=True)])
    book.properties.title, book.properties.creator = printable(context.title), "eventmap"
    book.properties.description = printable(context.citation)
    raw = path.with_suffix(".raw")
    book.save(raw)
    _repack(raw, path, book, dt.datetime.fromisoformat(context.generated_at).replace(tzinfo=None))


def _told(column: pa.Field) -> str:
    unit = meta(column, "unit")
    return meta(column, "title") + (f" ({unit})" if unit else "")


def _width(column: pa.Field) -> float:
    kind = {pa.date32(): 12, pa.string(): 20}.get(column.type, 10)
    return max(_WIDE.get(column.name, kind), min(len(column.name) + 2, 24))


def _cell(sheet: Any, value: Any, *, bold: bool = False, wrap: bool = False) -> Any:
    """What a sheet is given: most values as they are, for that is ten times as fast as a cell."""
    if isinstance(value, dt.date) and value < _FIRST_DAY:
        value = value.isoformat()
    if not isinstance(value, str):
        return value
    value = printable(value)[:MOST_CHARACTERS]
    runs = value.startswith(_RUN) or value.lstrip().startswith(_RUN)
    if not (runs or bold or wrap):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.quotePrefix = runs
    if bold:
        cell.font = _BOLD
    if wrap:
        cell.alignment = _TOP
    return cell


def _repack(raw: Path, path: Path, book: Workbook, at: dt.datetime) -> None:
    """The same workbook with the time of the export in place of the time of the clock."""
    book.properties.created = book.properties.modified = at
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with new.open(entry, "w", force_zip64=True) as into:
                if name == "docProps/core.xml":
                    into.write(tostring(book.properties.to_tree()))
                    continue
                with old.open(name) as part:
                    into.writelines(scratch.pieces(part))
