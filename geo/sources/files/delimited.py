"""CSV and TSV: delimiter, header and rows, read as a stream by Arrow's parser.

https://www.rfc-editor.org/rfc/rfc4180 and what spreadsheets make of it: any delimiter, blank lines,
delimiters at the end of a line. A row that does not fit the header is broken, and says so.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from geo.errors import TableError
from geo.sources.files import encoding, header, limits
from geo.sources.files.sheet import Batch, Sheet, different, texts, without_blanks
from geo.sources.rejects import Reject

DELIMITERS = ",;\t|"
_LOOK_ROWS = 60
_LOOK_BYTES = 1 << 18


@dataclass(frozen=True)
class Layout:
    """How a text file is cut: its encoding, its delimiter and the rows above the data."""

    encoding: encoding.Encoding
    delimiter: str
    rows: list[list[str]]
    lines: list[int]
    """Lines of text up to the end of each of `rows`."""


def open_sheet(path: Path, *, asked: str = "", known: frozenset[str] = frozenset()) -> Sheet:
    """A delimited text file with a header. asked: its encoding, if known. Raises TableError."""
    size = limits.of_size(path, limits.TEXT_BYTES)
    layout = look(path, asked)
    top = header.find(layout.rows[: _LOOK_ROWS // 2], known)
    if len(top.names) > limits.COLUMNS:
        todo = f"leave at most {limits.COLUMNS:,}"
        raise TableError(f"it has {len(top.names):,} columns", where=path.name, todo=todo)
    names = different(top.names)
    notes = tuple(filter(None, (layout.encoding.note, *top.notes)))
    lines = layout.lines[top.above - 1]
    return Sheet(
        path.name,
        names,
        lambda: _batches(path, layout, names, lines, top.above),
        tags=tuple(top.tags),
        under=top.under,
        notes=notes,
        size=size,
        found={"encoding": layout.encoding.name, "delimiter": layout.delimiter},
    )


def open_bare(path: Path, names: tuple[str, ...], delimiter: str) -> Sheet:
    """A delimited file in UTF-8 without a header, such as GDELT's. Raises TableError."""
    size = limits.of_size(path, limits.TEXT_BYTES)
    found = encoding.detect(path)
    layout = Layout(found, delimiter, [], [])
    return Sheet(path.name, names, lambda: _batches(path, layout, names, 0, 0), size=size, named=False)


def look(path: Path, asked: str = "") -> Layout:
    """How a text file is cut, seen from its beginning. Raises TableError."""
    csv.field_size_limit(max(limits.BATCH_BYTES, csv.field_size_limit()))  # one for the whole process
    found = encoding.detect(path, asked)
    with encoding.utf8(path, found) as stream:
        raw = stream.read(_LOOK_BYTES)
    text = raw.decode("utf-8", errors="replace")
    if not text.strip():
        raise TableError("the file is empty", where=path.name, todo="give it a header and rows")
    whole = len(raw) < _LOOK_BYTES
    delimiter = max(DELIMITERS, key=lambda sign: _agreement(_rows(text, sign, whole)[0]))
    rows, lines = _rows(text, delimiter, whole)
    return Layout(found, delimiter, rows, lines)


def _rows(text: str, delimiter: str, whole: bool) -> tuple[list[list[str]], list[int]]:
    """The first rows, without the last one where the text was cut there, and the lines they take."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, lines = [], []
    try:
        for row in reader:
            rows.append(row)
            lines.append(reader.line_num)
            if len(rows) == _LOOK_ROWS:
                return rows, lines
    except csv.Error:
        return rows, lines
    return (rows, lines) if whole or len(rows) < 2 else (rows[:-1], lines[:-1])


def _agreement(rows: list[list[str]]) -> tuple[bool, int, int]:
    """How well a delimiter cuts rows: most rows have one and the same number of cells, and many."""
    widths = Counter(len(row) for row in rows if any(map(str.strip, row)))
    width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1] * pair[0]), default=(0, 0))
    return width > 1, count * 2 > sum(widths.values()), count * width


def _batches(path: Path, layout: Layout, names: tuple[str, ...], lines: int, above: int) -> Iterator[Batch]:
    """The rows below the header."""
    bad: list[tuple[int, str]] = []

    def broken(row: pa.csv.InvalidRow) -> str:
        bad.append((row.number - lines + above, row.text))
        return "skip"

    size = path.stat().st_size
    text = pa.string()
    with encoding.utf8(path, layout.encoding) as stream:
        try:
            reader = pa.csv.open_csv(
                pa.PythonFile(stream, mode="r"),
                read_options=pa.csv.ReadOptions(
                    use_threads=False,
                    column_names=list(names),
                    skip_rows=lines,
                    block_size=limits.BATCH_BYTES,
                ),
                parse_options=pa.csv.ParseOptions(
                    delimiter=layout.delimiter,
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=broken,
                    quote_char='"' if above else False,
                ),
                convert_options=pa.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, text), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid as error:
            if "Empty CSV" in str(error):
                return
            raise _unreadable(path, error) from None
        at = above + 1
        while True:
            try:
                cells = pa.Table.from_batches([reader.read_next_batch()])
            except StopIteration:
                break
            except pa.ArrowInvalid as error:
                raise _unreadable(path, error) from None
            numbers, last = _numbers(at, len(cells), [number for number, _ in bad])
            mended, rejects = _mended(
                path.name, names, layout.delimiter, bad, last if stream.tell() >= size else 0
            )
            if mended:
                cells = pa.concat_tables([cells, texts([row for _, row in mended], names)])
                numbers = np.append(numbers, [number for number, _ in mended])
                order = np.argsort(numbers, kind="stable")
                cells, numbers = cells.take(pa.array(order)), numbers[order]
            at = last + 1
            bad.clear()
            yield without_blanks(Batch(cells, numbers, tuple(rejects), done=min(stream.tell(), size)))
        mended, rejects = _mended(path.name, names, layout.delimiter, bad, bad[-1][0] if bad else 0)
        if mended or rejects:
            yield Batch(
                texts([row for _, row in mended], names),
                np.array([number for number, _ in mended], dtype=np.int64),
                tuple(rejects),
                done=size,
            )


def _unreadable(path: Path, error: pa.ArrowInvalid) -> TableError:
    if "straddling" in str(error):
        what = (
            f"one row is longer than {limits.BATCH_BYTES >> 20} MB: a quotation mark is probably not closed"
        )
        return TableError(what, where=path.name, todo="close the quotation mark")
    what = f"it cannot be read as a table of text ({str(error).splitlines()[0]})"
    return TableError(what, where=path.name, todo="save it as CSV again")


def _numbers(
    first: int, count: int, skipped: list[int]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], int]:
    """Numbers of `count` rows from `first` on, which leave out the skipped ones; and the last one seen."""
    every = np.arange(first, first + count + len(skipped), dtype=np.int64)
    last = first + count + len(skipped) - 1
    return every[~np.isin(every, skipped)][:count], last


def _mended(
    name: str, names: tuple[str, ...], delimiter: str, bad: list[tuple[int, str]], end: int
) -> tuple[list[tuple[int, list[str]]], list[Reject]]:
    """Rows that only have blank cells too many; and the rejects. Lines without any cell are passed over.

    end: number of the last row of the file, where that has been read.
    """
    good, rejects = [], []
    for number, text in bad:
        row = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        if not any(map(str.strip, row)):
            continue
        if len(row) > len(names) and not any(map(str.strip, row[len(names) :])):
            good.append((number, row[: len(names)]))
            continue
        what = f"has {len(row)} cells where the header has {len(names)}"
        todo = "check its delimiters and quotation marks"
        if number == end and len(row) < len(names):
            what, todo = f"{what}, and the file ends there: it may have been cut", "send the whole file again"
        rejects.append(Reject(name, number, "*", text[:500], what, todo))
    return good, rejects
