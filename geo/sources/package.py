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

    A row is rejected for a bad cell, for dates in the wrong order, for an identifier used twice, for
    a reference to a row that is not there, and an incident also where no report tells of it; a row
    that leaned on a rejected one is rejected too.
    """
    descriptor = _descriptor(folder)
    tables: dict[str, pa.Table] = {}
    numbers: dict[str, list[int]] = {}
    rejects: list[Reject] = []
    for name, wanted in schema.PACKAGE_TABLES.items():
        tables[name], numbers[name], faults = table.read(folder / f"{name}.csv", wanted, _RULES.get(name, ()))
        rejects += faults
    while unsupported := [fault for name in tables for fault in _unsupported(name, tables, numbers)]:
        rejects += unsupported
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
    if not _well_formed(found.get("eventmap", {})):
        todo = "give it admin0 as a list, and each of macro_regions an id, a place and a list admin1_ids"
        raise PackageError("its member eventmap is not as we know it", where=str(path), todo=todo)
    return found


def _well_formed(own: Any) -> bool:
    if not isinstance(own, dict):
        return False
    macros = own.get("macro_regions", [])
    return (
        isinstance(own.get("admin0", []), list)
        and isinstance(macros, list)
        and all(isinstance(macro, dict) and {"id", "place", "admin1_ids"} <= macro.keys() for macro in macros)
    )


def _unsupported(name: str, tables: dict[str, pa.Table], numbers: dict[str, list[int]]) -> list[Reject]:
    """Take out the rows of one table that lean on rows which are not there."""
    here = tables[name]
    faults: dict[int, tuple[str, Fault]] = {}
    for column in here.schema:
        if target := schema.meta(column, "references"):
            fault = Fault(f"is the id of no good row in {target}.csv", "correct the id, or add the row")
            for at in _absent(here[column.name], tables[target]["id"]):
                faults[at] = (column.name, fault)
    if name == "incidents":
        reports = tables["reports"]
        told = [*reports["incident_id"].chunks, *reports["also_incident_id"].chunks]
        fault = Fault("is told of by no good row of reports.csv", "add a report of it, or mend the one there")
        for at in _absent(here["id"], pa.chunked_array(told, pa.string())):
            faults[at] = ("id", fault)
    rejects = [
        Reject(f"{name}.csv", numbers[name][at], column, here[column][at].as_py(), fault.reason, fault.todo)
        for at, (column, fault) in sorted(faults.items())
    ]
    kept = [at for at in range(len(here)) if at not in faults]
    tables[name] = here.take(pa.array(kept, pa.int64()))
    numbers[name] = [numbers[name][at] for at in kept]
    return rejects


def _absent(values: pa.ChunkedArray, known: pa.ChunkedArray) -> list[int]:
    """Where a value stands that is not among the known ones."""
    strange = pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, value_set=known)))
    found: list[int] = pc.indices_nonzero(strange).to_pylist()
    return found


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
