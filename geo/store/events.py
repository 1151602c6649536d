"""Incidents that a person has found to be one event are shown as one; what each of them says is kept.

`events` tells which incidents were one event from which day on: a decision holds from its own day, so the map
as known on a day before still has them apart. `members` holds all versions of such incidents as their data
sets tell them. `incidents` has what is shown instead: on days before a decision (and after one that was
taken back) the same versions, on days of an event one row for each stretch on which the same members were
known, as the first of them tells it, with the reports of all. Numbers are never added: `low` and `high` are
the smallest and largest that any of them gives. All of that is worked out anew whenever the store changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from geo.schema import INCIDENT
from geo.store import decisions
from geo.store.decisions import Event, Key

HARM = "coalesce(fatalities_best, 0) + coalesce(injured, 0) AS harm"
"""How much an incident weighs on the map, as a column."""

_ALL = ", ".join(f'"{name}"' for name in (*INCIDENT.names, "harm", "px", "py"))

_DAYS = [("since", pa.date32()), ("until", pa.date32())]
_NAMES = [(name, pa.string()) for name in ("event_dataset", "event_id", "dataset", "id")]
_EVENT = pa.schema([*_NAMES, ("place_in", pa.int64()), *_DAYS])
_FREE = pa.schema([*_NAMES[2:], *_DAYS])


def own(store: str = "") -> str:
    """SQL: a relation of every version of every incident as its own data set tells it.

    store: the name of an attached store, with its dot; the current one without.
    """
    return f"""(
        SELECT {_ALL} FROM {store}incidents
        WHERE (dataset, id) NOT IN (SELECT (dataset, id) FROM {store}events)
        UNION ALL SELECT {_ALL} FROM {store}members
    )"""


CHANGED = "(dataset, id) IN (SELECT (dataset, id) FROM events UNION SELECT (dataset, id) FROM temp.parted)"
"""SQL: incidents that are told otherwise once `join` has run, being in an event, or having been in one."""


def create(db: duckdb.DuckDBPyConnection) -> None:
    """The tables of events and members, in a store that has none yet."""
    empty = _EVENT.empty_table()  # noqa: F841 -- DuckDB reads it by name
    db.execute("CREATE TABLE events AS SELECT * FROM empty")
    db.execute(f"CREATE TABLE members AS SELECT {_ALL} FROM incidents LIMIT 0")
    remember(db)


def remember(db: duckdb.DuckDBPyConnection, store: str = "") -> None:
    """Note which incidents are in events of a store now; see CHANGED."""
    db.execute(f"CREATE OR REPLACE TEMP TABLE parted AS SELECT DISTINCT dataset, id FROM {store}events")


def part(db: duckdb.DuckDBPyConnection) -> None:
    """Put every incident back as its data set tells it."""
    remember(db)
    if db.execute("SELECT count(*) FROM events").fetchone() != (0,):
        db.execute(
            f"""
            DELETE FROM incidents WHERE (dataset, id) IN (SELECT (dataset, id) FROM events);
            INSERT INTO incidents BY NAME SELECT {_ALL} FROM members;
            DELETE FROM members; DELETE FROM events;
            DELETE FROM incident_reports WHERE linked
            """
        )


def join(db: duckdb.DuckDBPyConnection) -> None:
    """Make one event of the incidents that decisions say are one. They must be parted before."""
    every = decisions.made(db)
    held = decisions.over_time(every, present(db, {key for one in every for key in one.pair}))
    if held:
        linked, free = _linked(held), _free(held)  # noqa: F841 -- DuckDB reads them by name
        for statement in (
            "INSERT INTO events SELECT * FROM linked",
            _MEMBERS,
            _PARTED,
            _APART,
            _EVENTS,
            _LINKS,
        ):
            db.execute(statement)


def present(db: duckdb.DuckDBPyConnection, keys: Iterable[Key]) -> set[Key]:
    """Those of some incidents that the store has, withdrawn ones included."""
    texts = pa.schema(_NAMES[2:])
    rows = [dict(zip(texts.names, key, strict=True)) for key in keys]
    asked = pa.Table.from_pylist(rows, schema=texts)  # noqa: F841 -- DuckDB reads it by name
    found = db.execute(f"SELECT DISTINCT dataset, id FROM {own()} SEMI JOIN asked USING (dataset, id)")
    return set(found.fetchall())


def _linked(held: list[Event]) -> pa.Table:
    """Rows of `events`, one for each member of each."""
    rows = [
        (*event.members[0], *key, at, event.since, event.until)
        for event in held
        for at, key in enumerate(event.members)
    ]
    return pa.Table.from_pylist([dict(zip(_EVENT.names, row, strict=True)) for row in rows], schema=_EVENT)


def _free(held: list[Event]) -> pa.Table:
    """The days on which each member is in no event: dataset, id, since, until (excluded); None is open."""
    days: dict[Key, list[tuple[dt.date, dt.date | None]]] = {}
    for event in sorted(held, key=lambda event: event.since):
        for key in event.members:
            days.setdefault(key, []).append((event.since, event.until))
    rows = []
    for (dataset, name), spans in days.items():
        since: dt.date | None = None
        for start, end in spans:
            if since is None or since < start:
                rows.append({"dataset": dataset, "id": name, "since": since, "until": start})
            since = end
        if since is not None:
            rows.append({"dataset": dataset, "id": name, "since": since, "until": None})
    return pa.Table.from_pylist(rows, schema=_FREE)


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


_MEMBERS = f"""
    INSERT INTO members BY NAME
    SELECT {_ALL} FROM incidents WHERE (dataset, id) IN (SELECT (dataset, id) FROM events)
"""
_PARTED = "DELETE FROM incidents WHERE (dataset, id) IN (SELECT (dataset, id) FROM events)"

_APART = f"""
    INSERT INTO incidents BY NAME
    SELECT m.* REPLACE (greatest(m.known_from, since) AS known_from, least(m.known_to, until) AS known_to)
    FROM (SELECT {_ALL} FROM members) m JOIN free f USING (dataset, id)
    WHERE coalesce(m.known_from < f.until, true) AND coalesce(m.known_to > f.since, true)
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
        SELECT DISTINCT event_dataset, event_id, since, until,
               unnest([since, m.known_from, m.known_to]) AS day
        FROM events JOIN members m USING (dataset, id)
    ),
    stretches AS (
        SELECT event_dataset, event_id, since, day, coalesce(lead(day) OVER turn, until) AS ends
        FROM turns WHERE day >= since AND coalesce(day < until, true)
        WINDOW turn AS (PARTITION BY event_dataset, event_id, since ORDER BY day)
    ),
    twice AS (
        SELECT e.event_dataset, e.event_id, s.day, count(*) - count(DISTINCT (report_dataset, report_id)) AS n
        FROM stretches s JOIN events e USING (event_dataset, event_id, since)
        JOIN incident_reports l ON l.dataset = e.dataset AND l.incident_id = e.id AND NOT l.linked
        JOIN reports r ON r.dataset = l.report_dataset AND r.id = l.report_id
        WHERE r.reported_on <= day AND coalesce(l.known_from <= day, true)
          AND coalesce(l.known_to > day, true)
        GROUP BY ALL HAVING n > 0
    ),
    told AS (
        SELECT s.event_dataset, s.event_id, day, ends, place_in,
               {_WIDEST}, sum(report_count) OVER known AS report_count,
               min(first_reported_on) OVER known AS first_reported_on,
               first_value(first_reported_basis) OVER earliest AS first_reported_basis,
               m.* EXCLUDE (dataset, id, known_from, known_to, report_count, first_reported_on,
                            first_reported_basis, harm,
                            {", ".join(f"{n}_low, {n}_high, {best}" for n, best in _RANGES.items())})
        FROM stretches s JOIN events e USING (event_dataset, event_id, since)
        JOIN members m ON m.dataset = e.dataset AND m.id = e.id
        WHERE m.known_from <= day AND coalesce(m.known_to > day, true)
        WINDOW known AS (PARTITION BY s.event_dataset, s.event_id, day ORDER BY place_in
                         ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
               earliest AS (PARTITION BY s.event_dataset, s.event_id, day
                            ORDER BY first_reported_on, first_reported_basis <> 'stated'
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        QUALIFY place_in = min(place_in) OVER known
    )
    SELECT t.* EXCLUDE (event_dataset, event_id, day, ends, place_in, report_count),
           event_dataset AS dataset, event_id AS id, day AS known_from, ends AS known_to,
           report_count - coalesce(n, 0) AS report_count, {HARM}
    FROM told t LEFT JOIN twice USING (event_dataset, event_id, day)
"""
"""`twice`: how many reports tell of several members, and are counted with each of them."""

_LINKS = """
    INSERT INTO incident_reports BY NAME
    SELECT e.event_dataset AS dataset, e.event_id AS incident_id, l.report_dataset, l.report_id,
           bool_and(l.also) AS also, min(greatest(l.known_from, since)) AS known_from,
           if(bool_or(l.known_to IS NULL AND until IS NULL), NULL, max(least(l.known_to, until))) AS known_to,
           true AS linked
    FROM events e JOIN incident_reports l ON l.dataset = e.dataset AND l.incident_id = e.id AND NOT l.linked
    WHERE (e.event_dataset, e.event_id, l.report_dataset, l.report_id)
          NOT IN (SELECT (dataset, incident_id, report_dataset, report_id) FROM incident_reports)
      AND coalesce(l.known_from < until, true) AND coalesce(l.known_to > since, true)
    GROUP BY e.event_dataset, e.event_id, since, l.report_dataset, l.report_id
"""
