"""Which kind of file it is, by its first bytes and then its name; and the sheet in it."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from geo.errors import TableError
from geo.sources.files import archive, delimited, geofile, limits, workbook
from geo.sources.files.sheet import Sheet

TEXT = (".csv", ".tsv", ".txt", ".tab")
BOOK = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
GEO = (".geojson", ".json", ".gpkg", ".fgb", ".parquet", ".geoparquet", ".kml", ".shp")
KINDS = (*TEXT, *BOOK, *GEO, ".zip", ".kmz")


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The table itself; out of an archive, in a folder that is removed afterwards. Raises TableError."""
    limits.of_size(path, limits.TEXT_BYTES)
    if not archive.is_zip(path) or path.suffix.lower() in BOOK:
        yield path
        return
    if path.suffix.lower() not in (".zip", ".kmz"):
        raise TableError(
            "it is an archive, and its name does not say so", where=path.name, todo="name it .zip"
        )
    with tempfile.TemporaryDirectory(prefix="eventmap-") as folder:
        yield archive.unpack(path, Path(folder), (*TEXT, *BOOK, *GEO))


def parts(path: Path) -> tuple[str, ...]:
    """Worksheets or layers of a file that is no archive, to choose from. Raises TableError."""
    kind = path.suffix.lower()
    if kind in BOOK:
        return workbook.parts(path)
    return geofile.parts(path) if kind == ".gpkg" else ()


def open_sheet(
    path: Path, *, encoding: str = "", layer: str = "", known: frozenset[str] = frozenset()
) -> Sheet:
    """The sheet in a file that is no archive.

    encoding, layer (a worksheet or layer): where the caller knows them. known: names of columns, folded,
    which tell a header. Raises TableError or CallError.
    """
    kind = path.suffix.lower()
    if kind in BOOK:
        return workbook.open_sheet(path, wanted=layer, known=known)
    if kind in GEO:
        return geofile.open_sheet(path, wanted=layer)
    if kind and kind not in TEXT and not kind[1:].isdigit():
        limits.of_size(path, limits.TEXT_BYTES)
        todo = f"give it one of these: {', '.join(KINDS)}"
        raise TableError(f"no kind of file ends in {kind!r}", where=path.name, todo=todo)
    return delimited.open_sheet(path, asked=encoding, known=known)
