"""A Frictionless data package of ours: `datapackage.json` and the tables that schema.py defines.

https://specs.frictionlessdata.io/data-package/ (the descriptor); the member `eventmap` of the
descriptor is ours: `admin0` (countries it is about), `citation`, `coverage_note` and
`macro_regions` (areas drawn from several regions).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geo import schema
from geo.errors import PackageError
from geo.sources import table
from geo.sources.cells import Fault
from geo.sources.rejects import Reject


@dataclass(frozen=True)
class Package:
    """The good rows of a data package (its `given` columns only), what was rejected, and its descriptor."""

    name: str
    descriptor: dict[str, Any]
    tables: dict[str, pa.Table]
    rejects: tuple[Reject, ...]


def read(folder: Path) -> Package:
    """Read a data package. Raises PackageError or TableError when it cannot be read as a whole.

    A row is rejected for a bad cell, for dates in the wrong order, for an identifier used twice and
    for a reference to a row that is not there; a row that leaned on a rejected one is rejected too.
    """
    descriptor = _descriptor(folder)
    tables: dict[str, pa.Table] = {}
    numbers: dict[str, list[int]] = {}
    rejects: list[Reject] = []
    for name, wanted in schema.PACKAGE_TABLES.items():
        tables[name], numbers[name], faults = table.read(folder / f"{name}.csv", wanted, _RULES.get(name, ()))
        rejects += faults
    while dangling := [fault for name in tables for fault in _dangling(name, tables, numbers)]:
        rejects += dangling
    return Package(descriptor["name"], descriptor, tables, tuple(rejects))


def _descriptor(folder: Path) -> dict[str, Any]:
    path = folder / "datapackage.json"
    if not path.is_file():
        todo = "name a folder that holds a data package, such as data/kazakhstan-2022"
        raise PackageError("there is no datapackage.json", where=str(folder), todo=todo)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise PackageError(f"it is not JSON ({error})", where=str(path), todo="mend it") from None
    if not isinstance(found, dict) or not isinstance(found.get("name"), str) or not found["name"]:
        raise PackageError("the descriptor has no name", where=str(path), todo='add "name": "my-data"')
    return found


def _dangling(name: str, tables: dict[str, pa.Table], numbers: dict[str, list[int]]) -> list[Reject]:
    """Take out the rows of one table that refer to rows which are not there."""
    here = tables[name]
    faults: dict[int, Reject] = {}
    for column in here.schema:
        target = schema.meta(column, "references")
        if not target:
            continue
        known = tables[target]["id"]
        missing = pc.and_(
            pc.is_valid(here[column.name]), pc.invert(pc.is_in(here[column.name], value_set=known))
        )
        for at in pc.indices_nonzero(missing).to_pylist():
            value = here[column.name][at].as_py()
            reason = f"is the id of no good row in {target}.csv"
            faults[at] = Reject(
                f"{name}.csv", numbers[name][at], column.name, value, reason, "correct the id, or add the row"
            )
    if faults:
        kept = [at for at in range(len(here)) if at not in faults]
        tables[name] = here.take(pa.array(kept, pa.int64()))
        numbers[name] = [numbers[name][at] for at in kept]
    return list(faults.values())


def _ordered(first: str, last: str) -> table.Rule:
    def rule(row: table.Row) -> tuple[str, Fault] | None:
        if row[first] and row[last] and row[last] < row[first]:
            return last, Fault(f"is before {first}, {row[first]}", "swap or correct them")
        return None

    return rule


def _sub_type(row: table.Row) -> tuple[str, Fault] | None:
    kind, sub = row["event_type"], row["sub_event_type"]
    if sub and sub not in schema.EVENT_TYPES[kind]:
        return "sub_event_type", Fault(
            f"is no kind of {kind!r}", f"use one of: {', '.join(schema.EVENT_TYPES[kind])}"
        )
    return None


def _both_coordinates(row: table.Row) -> tuple[str, Fault] | None:
    lon, lat = row.get("lon"), row.get("lat")
    if (lon is None) == (lat is None):
        return None
    return "lon" if lat is None else "lat", Fault("stands alone", "give both lon and lat, or neither")


_RULES: dict[str, tuple[table.Rule, ...]] = {
    "incidents": (_ordered("date_start", "date_end"), _sub_type, _both_coordinates),
    "reports": (_ordered("date_start", "date_end"), _sub_type),
    "claims": (_ordered("about_start", "about_end"),),
}
