"""A delivery is added to a store: what is new, what changed and what is gone become versions.

Nothing is overwritten. A row that is told differently closes its version on the day of delivery and opens
another; a row that is gone closes its version; a row that is the same changes nothing, so the same file
twice is the same as once. Rows are staged in bounded memory and beyond it on disk, compared, and applied to
a copy of the store, which then takes its place: killed at any moment, the store is as it was or will be.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from geo import schema
from geo.errors import CallError, Undecided
from geo.schema import INCIDENT
from geo.store import apply, connection, events, replacing
from geo.store.build import with_pixels
from geo.store.result import Row, dicts

_BY_STORE = ("report_count", "first_reported_on", "first_reported_basis", "known_from", "known_to", "dataset")
_DERIVED = ("id", "admin0", "admin1_id", "admin1_name", "place_note", "uncertainty_km", "boundary_valid_on")
_OWN = [column for column in INCIDENT if column.name not in _BY_STORE]
_TOLD = [column.name for column in _OWN if column.name not in (*_DERIVED, "date_latest")]
"""What a delivery says of an incident: a difference in one of these is a new version."""

STAGED = pa.schema([pa.field("row", pa.int64()), *[pa.field(column.name, column.type) for column in _OWN]])
"""Incidents as they are staged: the columns of schema.INCIDENT that the store does not derive itself."""

TOLD = pa.schema(
    [
        *[pa.field("row", pa.int64()), pa.field("incident_id", pa.string()), pa.field("key", pa.string())],
        *[pa.field(name, pa.string()) for name in ("publisher", "url", "reported", "summary")],
        *[pa.field("reported_on", pa.date32()), pa.field("reported_basis", pa.string())],
    ]
)
"""Who told of the staged incidents."""


_MEMORY = "800MB"
"""What DuckDB may hold at a time; with what Python holds, an import stays below 2 GB."""


@dataclass(frozen=True)
class Delivery:
    """One file of one data set.

    whole: it replaces what was delivered before (True), adds to it (False), or nobody has said (None).
    adds_up: several rows tell of one incident, and reports of earlier files remain.
    """

    dataset: str
    delivered: dt.date
    file: str
    sha256: str
    kind: str
    whole: bool | None = None
    adds_up: bool = False
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a delivery did, in incidents. same: told as before."""

    added: int
    changed: int
    dropped: int
    same: int


@contextmanager
def appending(path: Path, delivery: Delivery, *, threads: int = 2) -> Iterator[Staging]:
    """Stage a delivery for the store at `path`; nobody else may write to it meanwhile.

    Raises StoreMissing, NotAStore, StoreTooNew, StoreError; CallError for a data set that is built from
    a package, or a day before the last delivery.
    """
    connection.connect(path, threads).close()
    with replacing.exclusive(path), replacing.spill(path) as folder:
        db = connection.connect(path, threads, memory=_MEMORY, temporary=folder)
        try:
            connection.spatial(db)
            db.execute("ATTACH ':memory:' AS staging")
            with ThreadPoolExecutor(1) as beside:
                yield Staging(db, path, delivery, beside)
        finally:
            db.close()


class Staging:
    """A delivery on its way in: `add` its rows, take out `repeated` ones, `compare`, then `apply`."""

    def __init__(
        self, db: duckdb.DuckDBPyConnection, path: Path, delivery: Delivery, beside: ThreadPoolExecutor
    ) -> None:
        """beside: one thread, which stages some rows while the caller reads the next."""
        self._db, self._path, self._delivery = db, path, delivery
        self._beside, self._staged = beside, list[Future[None]]()
        self._last = self._last_delivery()
        for name, columns in (("incidents", STAGED), ("told", TOLD)):
            rows = columns.empty_table()
            if name == "incidents":
                rows = with_pixels(rows)
            db.execute(f"CREATE TABLE staging.{name} AS SELECT * FROM rows")

    def _last_delivery(self) -> dt.date | None:
        name, day = self._delivery.dataset, self._delivery.delivered
        last = self._one("SELECT max(delivered) FROM deliveries WHERE dataset = ?", [name])
        if last is None and self._one(f"SELECT count(*) FROM {events.own()} WHERE dataset = ?", [name]):
            todo = "choose another name with --dataset"
            raise CallError(f"data set {name} is built from a package", where=str(self._path), todo=todo)
        if last and day < last:
            todo = "import deliveries in their order, or name another data set with --dataset"
            raise CallError(f"{name} was last delivered on {last}", where=f"--delivered {day}", todo=todo)
        return last  # type: ignore[no-any-return]

    def add(self, incidents: pa.Table, told: pa.Table) -> None:
        """Stage some rows: tables of STAGED and TOLD."""
        self._settle()
        self._staged.append(self._beside.submit(self._stage, incidents, told))

    def _settle(self) -> None:
        """Wait until all that was added is staged. Raises what went wrong there."""
        while self._staged:
            self._staged.pop().result()

    def _stage(self, incidents: pa.Table, told: pa.Table) -> None:  # noqa: ARG002 -- DuckDB reads it by name
        rows = with_pixels(incidents)  # noqa: F841 -- likewise
        self._db.execute("INSERT INTO staging.incidents BY NAME SELECT * FROM rows")
        self._db.execute("INSERT INTO staging.told BY NAME SELECT * FROM told")

    def repeated(self) -> list[Row]:
        """Take out rows whose identifier an earlier row has: row, id, first; none where rows add up."""
        self._settle()
        self._db.execute(
            """
            CREATE OR REPLACE TEMP TABLE twice AS
            SELECT id, min(row) AS first FROM staging.incidents GROUP BY id HAVING count(*) > 1
            """
        )
        gone = "FROM staging.incidents i JOIN twice t ON i.id = t.id AND i.row > t.first"
        found: list[Row] = []
        if not self._delivery.adds_up:
            found = dicts(self._db.execute(f"SELECT i.row, i.id, t.first {gone} ORDER BY i.row"))
            self._db.execute(f"DELETE FROM staging.told WHERE row IN (SELECT i.row {gone})")
        self._db.execute(f"DELETE FROM staging.incidents WHERE row IN (SELECT i.row {gone})")
        return found

    def areas(self) -> list[str]:
        """Areas that staged incidents refer to and the store does not know."""
        found = self._db.execute(
            """
            SELECT DISTINCT area_id FROM staging.incidents
            WHERE area_id IS NOT NULL AND area_id NOT IN (SELECT id FROM areas) ORDER BY 1
            """
        )
        return [row[0] for row in found.fetchall()]

    def compare(self) -> Outcome:
        """What the delivery changes. Raises Undecided where rows are missing and nobody said why."""
        self._settle()
        differs = _TOLD_ANEW if self._delivery.adds_up else "t.told IS DISTINCT FROM n.told"
        name = {"name": self._delivery.dataset}
        if self._delivery.adds_up:
            self._db.execute(_ONLY_NEW_REPORTS, name)
        self._db.execute(_FATES.format(differs=differs, one=_content("i"), other=_content("o")), name)
        counted = dict(self._db.execute("SELECT fate, count(*) FROM fates GROUP BY fate").fetchall())
        missing = counted.get("missing", 0)
        if missing and self._delivery.whole is None and not self._delivery.adds_up:
            held = missing + counted.get("changed", 0) + counted.get("same", 0)
            what = f"{missing:,} of the {held:,} incidents of {self._delivery.dataset} are not in this file"
            todo = "say --whole if it replaces them, or --part if it adds to them"
            raise Undecided(what, where=self._delivery.file, todo=todo)
        dropped = missing if self._delivery.whole else 0
        return Outcome(counted.get("added", 0), counted.get("changed", 0), dropped, counted.get("same", 0))

    def apply(self, outcome: Outcome, areas: pa.Table, now: dt.datetime, rejected: int) -> None:
        """Put the delivery into a copy of the store, which then takes the place of the store.

        areas: those the store does not know, as in Tables. rejected: rows that were not taken.
        """
        descriptor = self._descriptor()
        with replacing.fresh(self._path) as new:
            shutil.copyfile(self._path, new)
            apply.versions(self._db, new, self._delivery, self._last, areas)
            given = self._delivery
            row = [given.dataset, given.delivered, f"{now:%Y-%m-%dT%H:%M:%SZ}", given.file, given.sha256]
            row += [given.kind, bool(given.whole), outcome.added, outcome.changed, outcome.dropped, rejected]
            apply.finish(self._db, new, row, descriptor)

    def _descriptor(self) -> Row:
        """What describes the data set from now on, with every country it has touched."""
        given = self._delivery
        found = self._one("SELECT value FROM meta WHERE key = 'datasets'")
        held = json.loads(found).get(given.dataset, {}) if found else {}
        own = held.get("eventmap", {}) | dict(given.about.get("eventmap", {}))
        own["admin0"] = sorted({*own.get("admin0", []), *self._countries()})
        described = {"name": given.dataset, "title": given.dataset} | held | dict(given.about)
        return described | {"version": str(given.delivered), "eventmap": own}

    def _countries(self) -> list[str]:
        found = self._db.execute("SELECT DISTINCT admin0 FROM staging.incidents WHERE admin0 IS NOT NULL")
        return [row[0] for row in found.fetchall()]

    def _one(self, sql: str, values: list[Any] | None = None) -> Any:
        row = self._db.execute(sql, values or []).fetchone()
        return row[0] if row else None


def _content(of: str) -> str:
    """What a delivery says of an incident, as columns of a row."""
    words = {column.name for column in INCIDENT if schema.values(column)}
    return ", ".join(f"{of}.{name}{'::VARCHAR' if name in words else ''}" for name in _TOLD)


_NOW = """
    told_now AS (
        SELECT l.incident_id, r.id, s.publisher, r.url, r.reported, r.summary
        FROM incident_reports l
        JOIN reports r ON r.dataset = l.dataset AND r.id = l.report_id
        JOIN sources s ON s.dataset = r.dataset AND s.id = r.source_id
        WHERE l.dataset = $name AND l.known_to IS NULL AND NOT l.linked
    )
"""
"""What is told today of the data set."""

_ONLY_NEW_REPORTS = f"""
    DELETE FROM staging.told WHERE incident_id || '/' || key IN (WITH {_NOW} SELECT id FROM told_now)
"""
_TOLD_ANEW = "t.told IS NOT NULL"

_DIGEST = "sum(hash(publisher, coalesce(url, ''), coalesce(reported, ''), coalesce(summary, '')))"

_FATES = f"""
    CREATE OR REPLACE TEMP TABLE fates AS
    WITH {_NOW},
    t AS (SELECT incident_id, {_DIGEST} AS told FROM staging.told GROUP BY incident_id),
    n AS (SELECT incident_id, {_DIGEST} AS told FROM told_now GROUP BY incident_id),
    o AS (SELECT * FROM {events.own()} WHERE dataset = $name AND known_to IS NULL)
    SELECT i.id, CASE WHEN o.id IS NULL THEN 'added'
                      WHEN ({{one}}) IS DISTINCT FROM ({{other}}) OR {{differs}} THEN 'changed'
                      ELSE 'same' END AS fate
    FROM staging.incidents i LEFT JOIN o ON o.id = i.id
    LEFT JOIN t ON t.incident_id = i.id LEFT JOIN n ON n.incident_id = i.id
    UNION ALL
    SELECT id, 'missing' FROM o WHERE id NOT IN (SELECT id FROM staging.incidents)
"""
"""Per incident whether it is added, changed, the same, or missing from the delivery."""
