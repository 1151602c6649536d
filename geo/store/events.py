"""Incidents that a person has found to be one event are shown as one; what each of them says is kept.

`members` holds the versions of such incidents as their data sets tell them. In their place, `incidents` has
one row for each stretch of days on which the same of them were known: as the first of them tells it,
with the reports of all. Numbers are never added: `low` and `high` are the smallest and largest that any
of them gives. All of that is worked out anew from `members` and `decisions` whenever either changes.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from geo.errors import CallError, StoreError
from geo.schema import INCIDENT
from geo.store import connection, decisions, replacing
from geo.store.decisions import Decision, Key

HARM = "coalesce(fatalities_best, 0) + coalesce(injured, 0) AS harm"
"""How much an incident weighs on the map, as a column."""

_ALL = ", ".join(f'"{name}"' for name in (*INCIDENT.names, "harm", "px", "py"))


def own(store: str = "") -> str:
    """SQL: a relation of every version of every incident as its own data set tells it.

    store: the name of an attached store, with its dot; the current one without.
    """
    event = f"SELECT (event_dataset, event_id) FROM {store}members"
    return f"""(
        SELECT {_ALL} FROM {store}incidents WHERE (dataset, id) NOT IN ({event})
        UNION ALL SELECT {_ALL} FROM {store}members
    )"""


def create(db: duckdb.DuckDBPyConnection) -> None:
    """The table of members, in a store that has none yet."""
    db.execute(
        """
        CREATE TABLE members AS
        SELECT id AS event_id, dataset AS event_dataset, 0::BIGINT AS place_in, * FROM incidents LIMIT 0
        """
    )


def part(db: duckdb.DuckDBPyConnection) -> None:
    """Put every incident back as its data set tells it."""
    db.execute(
        f"""
        DELETE FROM incidents WHERE (dataset, id) IN (SELECT (event_dataset, event_id) FROM members);
        INSERT INTO incidents BY NAME SELECT {_ALL} FROM members;
        DELETE FROM members;
        DELETE FROM incident_reports WHERE linked
        """
    )


def join(db: duckdb.DuckDBPyConnection) -> None:
    """Make one event of the incidents that decisions say are one. They must be parted before."""
    linked = _linked(decisions.events(decisions.in_force(db)))
    if len(linked):
        db.execute(_MEMBERS)
        db.execute("DELETE FROM incidents WHERE (dataset, id) IN (SELECT (dataset, id) FROM members)")
        db.execute(_EVENTS)
        db.execute(_LINKS)


def _linked(events: Sequence[Sequence[Key]]) -> pa.Table:
    rows = [
        {"event_dataset": event[0][0], "event_id": event[0][1], "dataset": dataset, "id": key, "place_in": at}
        for event in events
        for at, (dataset, key) in enumerate(event)
    ]
    texts = [(name, pa.string()) for name in ("event_dataset", "event_id", "dataset", "id")]
    return pa.Table.from_pylist(rows, schema=pa.schema([*texts, ("place_in", pa.int64())]))


def named(db: duckdb.DuckDBPyConnection, key: str) -> list[Key]:
    """The incidents that `id` or `dataset:id` may mean, withdrawn ones included."""
    dataset, _, name = key.partition(":")
    found = db.execute(
        f"""
        SELECT DISTINCT dataset, id FROM {own()} WHERE id = $key OR (dataset = $dataset AND id = $name)
        ORDER BY ALL
        """,
        {"key": key, "dataset": dataset, "name": name},
    )
    return found.fetchall()


def record(path: Path, made: Sequence[Decision], now: dt.datetime, *, threads: int = 2) -> int:
    """Write decisions into the store at `path`, all or none; how many of them were new.

    What is already in force is left as it is. Raises CallError for an incident that is not there, a pair
    of one incident, or decisions that contradict each other; StoreError and what connection.connect does.
    """
    connection.connect(path, threads).close()
    with replacing.exclusive(path):
        db = connection.connect(path, threads, memory="1GB")
        try:
            if new := _news(db, made):
                with replacing.fresh(path) as file:
                    shutil.copyfile(path, file)
                    _write(db, file, decisions.rows(new, now))
        finally:
            db.close()
    return len(new)


def _news(db: duckdb.DuckDBPyConnection, made: Sequence[Decision]) -> list[Decision]:
    """Those that change what is in force."""
    keys = {key for one in made for key in one.pair}
    asked = _linked([[key] for key in keys])  # noqa: F841 -- DuckDB reads it by name
    found = db.execute(f"SELECT DISTINCT dataset, id FROM {own()} SEMI JOIN asked USING (dataset, id)")
    if lost := sorted(keys - set(found.fetchall())):
        todo = "take data set and identifier from `eventmap duplicates`"
        raise CallError("no incident has this identifier", where=decisions.written(lost[0]), todo=todo)
    held = decisions.in_force(db)
    new = []
    for one in made:
        if one.one == one.other:
            todo = "name two incidents"
            raise CallError("an incident is no pair", where=decisions.written(one.one), todo=todo)
        before = held.get((one.one, one.other), held.get((one.other, one.one)))
        if before is not one.same:
            new.append(one)
            decisions.settle(held, one.one, one.other, one.same)
    decisions.check(held)
    return new


def _write(db: duckdb.DuckDBPyConnection, file: Path, rows: pa.Table) -> None:  # noqa: ARG001 -- read by name
    quoted = str(file).replace("'", "''")
    db.execute(f"ATTACH '{quoted}' AS fresh")
    db.execute("USE fresh")
    db.execute("BEGIN")
    db.execute("INSERT INTO decisions BY NAME SELECT * FROM rows")
    part(db)
    join(db)
    db.execute("COMMIT")
    db.execute("CHECKPOINT fresh")
    db.execute("USE store")
    db.execute("DETACH fresh")
    if file.with_name(file.name + ".wal").exists():
        raise StoreError("the new store is not whole", where=str(file), todo="decide again")


_MEMBERS = f"""
    INSERT INTO members BY NAME
    SELECT l.event_dataset, l.event_id, l.place_in, {_ALL}
    FROM incidents JOIN linked l USING (dataset, id)
"""

_RANGES = {
    name: f"{name}_best" if name == "fatalities" else name
    for name in ("fatalities", "injured", "arrested", "participants")
}
_WIDEST = ", ".join(
    f"min({name}_low) OVER known AS {name}_low, max({name}_high) OVER known AS {name}_high, "
    f"first_value({best} IGNORE NULLS) OVER known AS {best}"
    for name, best in _RANGES.items()
)

_EVENTS = f"""
    INSERT INTO incidents BY NAME
    WITH turns AS (
        SELECT event_dataset, event_id, known_from AS day FROM members
        UNION SELECT event_dataset, event_id, known_to FROM members WHERE known_to IS NOT NULL
    ),
    stretches AS (
        SELECT *, lead(day) OVER (PARTITION BY event_dataset, event_id ORDER BY day) AS until FROM turns
    ),
    told AS (
        SELECT s.event_dataset AS dataset, s.event_id AS id, day AS known_from, until AS known_to,
               {_WIDEST}, sum(report_count) OVER known AS report_count,
               min(first_reported_on) OVER known AS first_reported_on,
               first_value(first_reported_basis) OVER earliest AS first_reported_basis,
               m.* EXCLUDE (event_dataset, event_id, dataset, id, known_from, known_to, report_count,
                            first_reported_on, first_reported_basis, harm,
                            {", ".join(f"{n}_low, {n}_high, {best}" for n, best in _RANGES.items())})
        FROM stretches s JOIN members m USING (event_dataset, event_id)
        WHERE m.known_from <= day AND (m.known_to IS NULL OR m.known_to > day)
        WINDOW known AS (PARTITION BY event_dataset, event_id, day ORDER BY place_in
                         ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
               earliest AS (PARTITION BY event_dataset, event_id, day
                            ORDER BY first_reported_on, first_reported_basis <> 'stated'
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        QUALIFY place_in = min(place_in) OVER known
    )
    SELECT * EXCLUDE (place_in), {HARM} FROM told
"""

_LINKS = """
    INSERT INTO incident_reports BY NAME
    SELECT m.event_dataset AS dataset, m.event_id AS incident_id, l.report_dataset, l.report_id,
           bool_and(l.also) AS also, min(l.known_from) AS known_from,
           if(bool_or(l.known_to IS NULL), NULL, max(l.known_to)) AS known_to,
           true AS linked
    FROM incident_reports l
    JOIN (SELECT DISTINCT event_dataset, event_id, dataset, id FROM members) m
      ON m.dataset = l.dataset AND m.id = l.incident_id
    WHERE (m.event_dataset, m.event_id, l.report_dataset, l.report_id)
          NOT IN (SELECT (dataset, incident_id, report_dataset, report_id) FROM incident_reports)
    GROUP BY ALL
"""
