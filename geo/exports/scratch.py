"""A folder for formats that can only be written to a file: made, read out in pieces, removed."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pyogrio

_CHUNK = 1 << 16
_gdal = threading.Lock()


def written(name: str, write: Callable[[Path], None]) -> Iterator[bytes]:
    """The bytes of the file that `write` puts at the path it is given; `name` ends as the format wants."""
    with tempfile.TemporaryDirectory(prefix="eventmap-") as folder:
        path = Path(folder) / name
        write(path)
        with path.open("rb") as stream:
            yield from pieces(stream)


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """What is left of a file, in pieces."""
    while piece := stream.read(_CHUNK):
        yield piece


def dated(write: Callable[[Path], None], at: str) -> Callable[[Path], None]:
    """`write`, while GDAL takes the time `at` (2022-02-01T12:30:15Z) for now.

    The setting holds for the whole process, hence one writer at a time.
    """

    def inner(path: Path) -> None:
        with _gdal:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": at.replace("Z", ".000Z")})
            try:
                write(path)
            finally:
                pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})

    return inner
