"""How large a file may be: what is larger is refused before it can fill a disk or the memory."""

from __future__ import annotations

from pathlib import Path

from geo.errors import TableError

GB = 1 << 30
MB = 1 << 20

TEXT_BYTES = 8 * GB
"""CSV and TSV stream, so this bounds time and disk, not memory."""

WHOLE_BYTES = 512 * MB
"""Workbooks, GeoJSON and KML are read into memory by their libraries."""

UNPACKED_BYTES = 2 * GB
"""What an archive or a workbook may unpack to."""

RATIO = 200
"""How many times its packed size one member may unpack to, once it is larger than SUSPECT_BYTES."""

SUSPECT_BYTES = 64 * MB

MEMBERS = 1000
"""Files in one archive."""

COLUMNS = 2000
"""Columns of one table."""

BATCH_BYTES = 16 * MB
"""Text that is parsed at a time; no single row may be longer."""

BATCH_ROWS = 50_000


def of_size(path: Path, most: int) -> int:
    """The size of a file in bytes. Raises TableError when it is absent, empty or beyond `most`."""
    try:
        size = path.stat().st_size
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise TableError(what, where=str(path), todo="check the path") from None
    if path.is_dir():
        raise TableError("it is a folder", where=str(path), todo="name one file, or use `eventmap build`")
    if not size:
        raise TableError("the file is empty", where=path.name, todo="send the file again")
    if size > most:
        what = f"the file has {size / GB:,.1f} GB, and at most {most / GB:,.1f} GB of its kind are taken"
        raise TableError(what, where=path.name, todo="part it into several files, or save it as CSV")
    return size
