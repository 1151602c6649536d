"""Regional figures that somebody brings become part of the store: checked, matched to units, joined."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo import ingest
from geo.errors import CallError, RejectedRows
from geo.ingest import Atlas, joined
from geo.ingest.report import Sink
from geo.ingest.units import Known
from geo.regions.figures import last_day
from geo.schema import FIGURE, SOURCE
from geo.settings import Settings
from geo.sources import figures
from geo.sources.rejects import Reject
from geo.store import additions

Row = dict[str, Any]


@dataclass(frozen=True)
class Added:
    """What was done. row: of kept.ADDITION, None where there was nothing new. same: figures held already."""

    row: Row | None
    count: int
    same: int
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...]


def add(settings: Settings, path: Path, admin0: str, sink: Sink, *, layer: str = "") -> Added:
    """Add a file of figures of a country's regions to the store, which is made where there is none.

    admin0: ISO alpha-2. sink: takes the rejects. A figure that the store holds already, with the same value
    from the same source, changes nothing. Raises RejectedRows when no row can be used, TableError, CallError,
    StoreError; then nothing is changed.
    """
    admin0 = admin0.upper()
    read = figures.read(path, layer=layer)
    if not settings.store.exists():
        ingest.begin(settings)
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    with additions.changing(settings.store, threads=settings.threads) as change:
        atlas = Atlas.open(settings)
        if admin0 not in set(atlas.countries["id"]):
            todo = "write it as two letters of ISO 3166-1, such as KZ"
            raise CallError(f"no country has the code {admin0!r}", where="--admin0", todo=todo)
        rows, strange = _matched(read.rows, atlas, admin0, path.name)
        rejects = sorted([*read.rejects, *strange], key=lambda one: one.row)
        sink(rejects, read.whole, read.header)
        if not rows:
            what = f"none of {read.count:,} rows can be used" + (
                f"; the first: {rejects[0]}" if rejects else ""
            )
            raise RejectedRows(what, where=path.name, todo="mend the rows and add the file again")
        key = change.next_id("figures")
        sources = {row["source"]: f"s-{hashlib.md5(row['source'].encode()).hexdigest()[:16]}" for row in rows}  # noqa: S324 -- a name
        fresh = [_figure(row, admin0, key, sources[row["source"]]) for row in rows]
        held = change.figures()
        before = {_key(row): row["value"] for row in held.to_pylist()}
        new = [row for row in fresh if before.get(_key(row)) != row["value"]]
        if not new:
            return Added(None, read.count, len(fresh), tuple(rejects), read.notes)
        table = pa.Table.from_pylist(new, schema=FIGURE)
        publishers = [
            {"id": ids, "dataset": key, "publisher": name, "weak": False} for name, ids in sources.items()
        ]
        row = _row(admin0, path.name, sha256, len(new), key, sorted(sources), read.notes)
        change.put(
            addition=row,
            figures=table,
            sources=pa.Table.from_pylist(publishers, schema=SOURCE),
            figures_by_region=joined.by_region([held, table]),
        )
        return Added(row, read.count, len(fresh) - len(new), tuple(rejects), read.notes)


def _matched(rows: list[Row], atlas: Atlas, admin0: str, name: str) -> tuple[list[Row], list[Reject]]:
    """Rows with the unit of their reference date; the others as rejects."""
    known: dict[dt.date, Known] = {}
    good, rejects = [], []
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        day = last_day(row["reference"]) or dt.date.today()
        if day not in known:
            known[day] = Known.on(atlas, admin0, day)
        found = (
            known[day].coded(row["region"]) if row["region"].isdigit() else known[day].named(row["region"])
        )
        if len(found) != 1:
            reason = f"is no unit of {admin0} on {day}"
            todo = "correct the name, or the reference date"
            if found:
                reason, todo = f"can be {' or '.join(sorted(found))}", "write one of these"
            rejects.append(Reject(name, row["row"], "region", row["region"], reason, todo))
            continue
        unit = next(iter(found))
        key = (unit, row["figure"], row["unit"], row["reference"], row["source"])
        if key in first:
            reason = f"is {unit}, as row {first[key]} is"
            rejects.append(Reject(name, row["row"], "region", row["region"], reason, "leave one of them"))
            continue
        first[key] = row["row"]
        good.append(row | {"admin1_id": unit})
    return good, rejects


def _figure(row: Row, admin0: str, dataset: str, source: str) -> Row:
    taken = ("admin1_id", "figure", "value", "unit", "reference", "url", "licence", "note")
    own = {"dataset": dataset, "admin0": admin0, "preferred": True, "source_id": source}
    return own | {name: row[name] for name in taken}


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("admin1_id", "figure", "unit", "reference", "source_id"))


def _row(
    admin0: str, file: str, sha256: str, count: int, key: str, sources: list[str], notes: tuple[str, ...]
) -> Row:
    return {
        "id": key,
        "kind": "figures",
        "admin0": admin0,
        "whole": False,
        "rows": count,
        "file": file,
        "sha256": sha256,
        "source": "; ".join(sources),
        "note": "; ".join(notes) or None,
        "added_at": f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
    }
