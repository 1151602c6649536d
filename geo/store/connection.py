"""A connection to a store file, and what can be wrong with that file."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import duckdb

from geo.errors import NotAStore, StoreError, StoreMissing, StoreTooNew
from geo.schema import SCHEMA_VERSION

_REBUILD = "build it with `eventmap build`"


def connect(path: Path, threads: int) -> duckdb.DuckDBPyConnection:
    """Open a store for reading. Raises StoreMissing, NotAStore or StoreTooNew."""
    if not path.is_file():
        raise StoreMissing("there is no store here", where=str(path), todo=_REBUILD)
    try:
        connection = duckdb.connect(str(path), read_only=True, config=_config(threads))
    except duckdb.Error as error:
        if "newer" in str(error).lower() or "storage version" in str(error).lower():
            todo = "upgrade eventmap, or build the store again"
            raise StoreTooNew("written by a newer DuckDB", where=str(path), todo=todo) from None
        todo = "name another file, or move this one away and build"
        raise NotAStore("this file is no store", where=str(path), todo=todo) from None
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    except duckdb.CatalogException:
        found = None
    if found is None:
        connection.close()
        todo = "name another file, or move this one away and build"
        raise NotAStore("this DuckDB file is no store of eventmap", where=str(path), todo=todo)
    version = int(found[0])
    if version != SCHEMA_VERSION:
        connection.close()
        if version > SCHEMA_VERSION:
            what = f"the store has format {version}, this program reads {SCHEMA_VERSION}"
            raise StoreTooNew(what, where=str(path), todo="upgrade eventmap, or build the store again")
        raise StoreError(f"the store has the older format {version}", where=str(path), todo=_REBUILD)
    return connection


def create(path: Path, threads: int) -> duckdb.DuckDBPyConnection:
    """Open a new, empty file for writing, with the spatial extension."""
    connection = duckdb.connect(str(path), config=_config(threads))
    connection.load_extension(str(_spatial()))
    return connection


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
