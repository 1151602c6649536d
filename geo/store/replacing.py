"""A store file is replaced by a whole one, by one program at a time; if that is killed, the old one stands.

The new file is written under another name in the same folder, put on disk, and renamed. A lock keeps
other writers out and is let go by the system when its holder dies; what a dead writer left is removed.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from geo.errors import StoreError


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Be the only one that writes a store. Raises StoreError while somebody else does."""
    lock = path.with_name(f".{path.name}.lock")
    with _made(lock) as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = os.path.samestat(lock.stat(), os.fstat(held.fileno()))
        except OSError:
            mine = False
        if not mine:
            todo = "wait until it is done"
            raise StoreError("another program is writing to it", where=str(path), todo=todo)
        try:
            for left in [*path.parent.glob(f".{path.name}.*.new*")]:
                shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
            yield
        finally:
            lock.unlink(missing_ok=True)


def _made(lock: Path) -> TextIO:
    try:
        return lock.open("w")
    except OSError:
        todo = "choose another path with --store"
        raise StoreError("no file can be made here", where=str(lock.parent), todo=todo) from None


@contextmanager
def fresh(path: Path) -> Iterator[Path]:
    """A name for the new file, which takes the place of `path` when the block ends without an error."""
    new = beside(path, "store")
    try:
        yield new
        _to_disk(new)
        os.replace(new, path)
        _to_disk(path.parent)
    finally:
        remove(new)


@contextmanager
def spill(path: Path) -> Iterator[Path]:
    """A folder for what does not fit into memory, beside the store."""
    folder = beside(path, "spill")
    folder.mkdir(exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def beside(path: Path, what: str) -> Path:
    """A name for a file that only this process uses, in the folder of the store."""
    return path.with_name(f".{path.name}.{what}-{os.getpid()}.new")


def remove(path: Path) -> None:
    """Remove a database file and its log."""
    for left in (path, path.with_name(path.name + ".wal")):
        left.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
