"""A connection to a store file, and what can be wrong with that file."""

from __future__ import annotations

import contextlib
import importlib.util
from pathlib import Path

import duckdb

from geo.errors import NotAStore, StoreError, StoreMissing, StoreTooNew
from geo.schema import SCHEMA_VERSION

_REBUILD = "build it with `eventmap build`"
_UPGRADE = "upgrade eventmap, or build the store again"
_ELSEWHERE = "name another file, or move this one away and build"


def connect(
    path: Path, threads: int, *, memory: str = "", temporary: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a store for reading, as the database `store`. Raises StoreMissing, NotAStore or StoreTooNew.

    memory: the most that queries may use, such as `1GB`; what needs more goes to the folder `temporary`.

    The file is attached to a database in memory: opened by its path alone, DuckDB would hand out the
    file that this process opened there before, though a build has replaced it since.
    """
    if not path.is_file():
        raise StoreMissing("there is no store here", where=str(path), todo=_REBUILD)
    bounds = {"temp_directory": str(temporary or f"{path}.tmp")} | (
        {"memory_limit": memory} if memory else {}
    )
    connection = duckdb.connect(config=_config(threads) | bounds)
    quoted = str(path).replace("'", "''")
    try:
        connection.execute(f"ATTACH '{quoted}' AS store (TYPE duckdb, READ_ONLY)")
    except duckdb.Error as error:
        connection.close()
        raise _refused(path, str(error).replace(str(path), "")) from None
    connection.execute("USE store")
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
        version = int(found[0]) if found else 0
    except (duckdb.Error, TypeError, ValueError):
        version = 0
    if version == SCHEMA_VERSION:
        return connection
    connection.close()
    if version == 0:
        raise NotAStore("this DuckDB file is no store of eventmap", where=str(path), todo=_ELSEWHERE)
    if version > SCHEMA_VERSION:
        what = f"the store has format {version}, this program reads {SCHEMA_VERSION}"
        raise StoreTooNew(what, where=str(path), todo=_UPGRADE)
    raise StoreError(f"the store has the older format {version}", where=str(path), todo=_REBUILD)


def _refused(path: Path, said: str) -> StoreError:
    """What it means when DuckDB cannot open a file; `said`: its words, without the path."""
    where = str(path)
    if "newer version" in said:
        return StoreTooNew("written by a newer DuckDB", where=where, todo=_UPGRADE)
    if "set lock" in said:
        return StoreError("another program is writing to it", where=where, todo="close that program")
    return NotAStore("this file is no store", where=where, todo=_ELSEWHERE)


def create(path: Path, threads: int) -> duckdb.DuckDBPyConnection:
    """Open a new, empty file for writing, with the spatial extension. Raises StoreError."""
    try:
        config = _config(threads) | {"storage_compatibility_version": FORMAT}
        connection = duckdb.connect(str(path), config=config)
    except duckdb.IOException:
        todo = "choose another path with --store"
        raise StoreError("no file can be made here", where=str(path.parent), todo=todo) from None
    spatial(connection)
    return connection


FORMAT = "v1.2.0"
"""The oldest DuckDB that reads our files: the first that compresses texts with zstd."""

ALONE = "2GB"
"""The most that one long reply may take; what needs more goes to a folder."""


def let_go(db: duckdb.DuckDBPyConnection) -> None:
    """Forget blocks of files that were read, as far as nothing uses them: DuckDB would keep them all.

    For a database that was opened with memory ALONE, and has no other cursors: the limit holds for all.
    """
    with contextlib.suppress(duckdb.OutOfMemoryException):
        db.execute("SET memory_limit = '16MB'")
    db.execute(f"SET memory_limit = '{ALONE}'")


def spatial(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the spatial extension for this connection and its cursors, once. Raises StoreError."""
    connection.load_extension(str(_spatial()))


def _config(threads: int) -> dict[str, str | bool | int | float | list[str]]:
    """No extension is ever fetched from a network."""
    return {
        "threads": threads,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
    }


def _spatial() -> Path:
    """The extension that the installed package carries, of the same version as DuckDB."""
    found = importlib.util.find_spec("duckdb_extension_spatial")
    folders = list(found.submodule_search_locations or []) if found else []
    for folder in folders:
        path = Path(folder, "extensions", f"v{duckdb.__version__}", "spatial.duckdb_extension")
        if path.is_file():
            return path
    todo = f"install duckdb-extension-spatial=={duckdb.__version__}"
    raise StoreError("the spatial extension of DuckDB is not installed", todo=todo)
