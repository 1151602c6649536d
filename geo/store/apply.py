"""What a staged delivery does to a store file: versions end, others begin, and reports go with them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from geo.errors import StoreError
from geo.schema import INCIDENT, REPORT
from geo.store import carry, events, features
from geo.store.build import ORDER
from geo.store.events import HARM

if TYPE_CHECKING:
    from geo.store.append import Delivery

_EVENT = [
    name for name in REPORT.names if name in INCIDENT.names and name not in ("id", "dataset", "summary")
]
_NUMBERS = [
    ("fatalities", "fatalities_best"),
    *[(name, name) for name in ("participants", "injured", "arrested")],
]


def versions(
    db: duckdb.DuckDBPyConnection, new: Path, delivery: Delivery, last: dt.date | None, areas: pa.Table
) -> None:
    """Open the store file `new` for writing and, in a transaction that stays open, bring its rows up to date.

    last: day of the last delivery of the data set, None before the first. areas: those to add. What was
    staged is gone then.
    """
    begin(db, new)
    about = {"name": delivery.dataset, "day": delivery.delivered}
    row = db.execute("SELECT count(*) FROM deliveries WHERE dataset = ?", [delivery.dataset]).fetchone()
    again = "" if not row or not row[0] or delivery.adds_up else f"@{row[0] + 1}"
    ended = ["changed", "missing"] if delivery.whole else ["changed"]
    db.execute(_END.format(table="incidents", key="id"), about | {"fates": ended})
    replaced = [fate for fate in ended if fate != "changed" or not delivery.adds_up]
    db.execute(_END.format(table="incident_reports", key="incident_id"), about | {"fates": replaced})
    wider = areas  # noqa: F841 -- DuckDB reads it by name; `areas` is the table itself
    db.execute("INSERT INTO areas BY NAME SELECT * FROM wider")
    db.execute(_SOURCES, {"name": delivery.dataset})
    db.execute(_INCIDENTS, about | {"last": last})
    db.execute(_REPORTS, {"name": delivery.dataset, "again": again})
    db.execute(_LINKS, about | {"again": again})
    db.execute("COMMIT")  # the file is nobody's yet; what was staged takes the memory that features need
    db.execute("DROP TABLE staging.incidents; DROP TABLE staging.told")
    db.execute("BEGIN")
    touched = "dataset = $name AND id IN (SELECT id FROM fates WHERE list_contains($fates, fate))"
    features.renew(db, touched, {"name": delivery.dataset, "fates": ["added", *ended]})


def finish(db: duckdb.DuckDBPyConnection, new: Path, row: list[Any], descriptor: dict[str, Any]) -> None:
    """Note the delivery, close the transaction and the file. row: as carry.DELIVERY. Raises StoreError."""
    db.execute(f"INSERT INTO deliveries VALUES ({', '.join('?' * len(row))})", row)
    carry.describe(db, {row[0]: descriptor})
    end(db, new)


def begin(db: duckdb.DuckDBPyConnection, new: Path) -> None:
    """Open the store file `new` for writing, in a transaction that stays open.

    Every incident is as its own data set tells it, until `end` makes events of them again.
    """
    quoted = str(new).replace("'", "''")
    db.execute(f"ATTACH '{quoted}' AS fresh")
    db.execute("USE fresh")
    db.execute("BEGIN")
    events.part(db)


def end(db: duckdb.DuckDBPyConnection, new: Path) -> None:
    """Close the transaction and the file. Raises StoreError."""
    events.join(db)
    features.renew(db, events.CHANGED)
    db.execute("COMMIT")
    db.execute("CHECKPOINT fresh")
    db.execute("USE store")
    db.execute("DETACH fresh")
    if new.with_name(new.name + ".wal").exists():
        raise StoreError("the new store is not whole", where=str(new), todo="try again")


_SOURCE = "'s-' || left(md5(publisher), 16)"

_END = """
    UPDATE {table} SET known_to = $day
    WHERE dataset = $name AND known_to IS NULL
      AND {key} IN (SELECT id FROM fates WHERE list_contains($fates, fate))
"""

_SOURCES = f"""
    INSERT INTO sources BY NAME
    SELECT DISTINCT $name AS dataset, {_SOURCE} AS id, publisher, false AS weak FROM staging.told
    WHERE {_SOURCE} NOT IN (SELECT id FROM sources WHERE dataset = $name)
"""

_RANK = "date_diff('day', DATE '0001-01-01', reported_on) * 2 + (reported_basis <> 'stated')::INTEGER"

_INCIDENTS = f"""
    INSERT INTO incidents BY NAME
    WITH reported AS (
        SELECT incident_id, reported_on, reported_basis FROM staging.told
        UNION ALL
        SELECT l.incident_id, r.reported_on, r.reported_basis::VARCHAR
        FROM incident_reports l JOIN reports r ON r.dataset = l.dataset AND r.id = l.report_id
        WHERE l.dataset = $name AND l.known_to IS NULL
    ),
    counted AS (
        SELECT incident_id, count(*) AS report_count, min(reported_on) AS first_reported_on,
               arg_min(reported_basis, {_RANK}) AS first_reported_basis
        FROM reported GROUP BY incident_id
    )
    SELECT i.* EXCLUDE (row) REPLACE (coalesce(i.uncertainty_km, a.radius_km) AS uncertainty_km),
           $name AS dataset, {HARM}, c.* EXCLUDE (incident_id),
           CASE WHEN fate = 'added' AND first_reported_on <= $day
                     AND ($last IS NULL OR first_reported_on > $last)
                     AND i.id NOT IN (SELECT id FROM incidents WHERE dataset = $name)
                THEN first_reported_on ELSE $day END AS known_from
    FROM staging.incidents i JOIN fates f ON f.id = i.id JOIN counted c ON c.incident_id = i.id
    LEFT JOIN areas a ON a.id = i.area_id
    WHERE fate IN ('added', 'changed') {ORDER}
"""
"""New versions. An incident is known since its first report, but not before a delivery that lacked it."""

_REPORTS = f"""
    INSERT INTO reports BY NAME
    WITH single AS (SELECT incident_id FROM staging.told GROUP BY incident_id HAVING count(*) = 1)
    SELECT t.incident_id || '/' || t.key || $again AS id, $name AS dataset, t.incident_id, 'event' AS scope,
           {", ".join(f"i.{name}" for name in _EVENT if name not in dict(_NUMBERS))},
           {", ".join(f"if(s.incident_id IS NULL, NULL, i.{own}) AS {name}" for name, own in _NUMBERS)},
           t.summary, {_SOURCE} AS source_id, t.url, t.reported, t.reported_on, t.reported_basis
    FROM staging.told t JOIN staging.incidents i ON i.id = t.incident_id
    JOIN fates f ON f.id = t.incident_id LEFT JOIN single s ON s.incident_id = t.incident_id
    WHERE fate IN ('added', 'changed')
"""
"""What was told of them. Where several told, nobody knows whose numbers the provider took."""

_LINKS = """
    INSERT INTO incident_reports BY NAME
    SELECT $name AS dataset, t.incident_id, $name AS report_dataset,
           t.incident_id || '/' || t.key || $again AS report_id,
           false AS also, CASE WHEN fate = 'changed' THEN $day END AS known_from, false AS linked
    FROM staging.told t JOIN fates f ON f.id = t.incident_id WHERE fate IN ('added', 'changed')
"""
