"""Rows of incidents with their reports, for lists and downloads; and the counts above a map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa

from geo.query import IncidentQuery
from geo.schema import INCIDENT
from geo.store import cells, filters
from geo.store.result import Row, stream

COLUMNS = ", ".join(f"i.{name}" for name in INCIDENT.names)

_NUMBERS = [
    name for name in INCIDENT.names if name.startswith(("fatalities", "injured", "arrested", "participants"))
]

_TODAY = f"""
    LEFT JOIN LATERAL (
        SELECT struct_pack({", ".join(f"{name} := n.{name}" for name in _NUMBERS)}) AS today
        FROM incidents n
        WHERE n.dataset = i.dataset AND n.id = i.id AND n.known_to IS NULL AND i.known_to IS NOT NULL
          AND ({", ".join(f"n.{name}" for name in _NUMBERS)})
              IS DISTINCT FROM ({", ".join(f"i.{name}" for name in _NUMBERS)})
    ) ON true
"""
"""The numbers of today's version, where they differ from those of the version that was known then."""

_REPORTS = """
    LEFT JOIN (
        SELECT k.dataset, k.id,
               list_sort(list({also: l.also, weak: s.weak, id: r.id, publisher: s.publisher, url: r.url,
                               reported_on: r.reported_on, reported_basis: r.reported_basis::VARCHAR,
                               scope: r.scope::VARCHAR, summary: r.summary})) AS reports
        FROM i k
        JOIN incident_reports l ON l.dataset = k.dataset AND l.incident_id = k.id
        JOIN reports r ON r.dataset = l.report_dataset AND r.id = l.report_id
        JOIN sources s ON s.dataset = r.dataset AND s.id = r.source_id
        WHERE <known>
        GROUP BY k.dataset, k.id
    ) told ON told.dataset = i.dataset AND told.id = i.id
"""
REPORTS = _REPORTS.replace("<known>", filters.TOLD)
"""The reports of the incidents in `i`, those known on a day; the values are filters.told_on's.

Sorted as structures, so by their first members; ordering inside `list` takes five times as long.
"""

REPORTS_NOW = _REPORTS.replace("<known>", "k.known_to IS NULL AND l.known_to IS NULL")
"""The reports of those incidents in `i` that stand, as known now; without values."""

FIGURES = """
    LEFT JOIN figures_by_region f ON f.admin1_id = i.admin1_id AND i.date_start >= f.valid_from
         AND (f.valid_to IS NULL OR i.date_start < f.valid_to)
"""


def details(
    db: duckdb.DuckDBPyConnection,
    query: IncidentQuery,
    *,
    keys: list[str],
    area: str,
    unplaced: bool,
    limit: int,
    offset: int,
) -> Row:
    """The incidents of some marks, of one area, or without a place, by date: `{"total", "incidents"}`.

    Where the query asks what was known on a day, each row also has `today`: its numbers as they are now
    where those differ, else None.
    """
    condition, values = filters.unplaced(query) if unplaced else filters.where(query)
    if keys:
        term, bound = cells.selector(keys)
        condition, values = f"{condition} AND {term}", [*values, *bound]
    if area:
        condition, values = f"{condition} AND px IS NULL AND area_id = ?", [*values, area]
    total = db.execute(f"SELECT count(*) FROM incidents WHERE {condition}", values).fetchone()
    found = db.execute(
        f"""
        WITH i AS (
            SELECT * FROM incidents WHERE {condition} ORDER BY date_start, id, dataset LIMIT ? OFFSET ?
        )
        SELECT {COLUMNS}, reports{", today" if query.known_on else ""}
        FROM i {REPORTS} {_TODAY if query.known_on else ""} ORDER BY i.date_start, i.id, i.dataset
        """,
        [*values, limit, offset, *filters.told_on(query)],
    )
    return {"total": total[0] if total else 0, "incidents": list(stream(found))}


def export(db: duckdb.DuckDBPyConnection, query: IncidentQuery) -> Iterator[Row]:
    """Every incident that matches, by date and identifier, with its reports and regional figures.

    Figures are those whose reference date is the closest on or before the incident's first day.
    Streams: no more than some thousand rows are held at a time.
    """
    condition, values = filters.where(query)
    found = db.execute(
        f"""
        WITH i AS (SELECT * FROM incidents WHERE {condition})
        SELECT {COLUMNS}, reports, f.* EXCLUDE (admin1_id, valid_from, valid_to)
        FROM i {REPORTS} {FIGURES}
        ORDER BY i.date_start, i.id, i.dataset
        """,
        [*values, *filters.told_on(query)],
    )
    return stream(found)


def summary(db: duckdb.DuckDBPyConnection, query: IncidentQuery) -> Row:
    """What is shown, in numbers: incidents, regions, reports, sources, unplaced, undated.

    undated: incidents of which the first report does not state the day it was published.
    """
    condition, values = filters.where(query)
    found = db.execute(
        f"""
        WITH i AS (SELECT * FROM incidents WHERE {condition}),
        told AS (
            SELECT DISTINCT r.dataset, r.id, r.source_id FROM i
            JOIN incident_reports l ON l.dataset = i.dataset AND l.incident_id = i.id
            JOIN reports r ON r.dataset = l.report_dataset AND r.id = l.report_id
            WHERE {filters.TOLD}
        )
        SELECT count(*) AS incidents, count(DISTINCT admin1_id) AS regions,
               count(*) FILTER (px IS NULL AND area_id IS NULL) AS unplaced,
               count(*) FILTER (first_reported_basis = 'event') AS undated,
               (SELECT count(*) FROM told) AS reports,
               (SELECT count(DISTINCT (dataset, source_id)) FROM told) AS sources
        FROM i
        """,
        [*values, *filters.told_on(query)],
    )
    return next(stream(found))


def type_counts(db: duckdb.DuckDBPyConnection, query: IncidentQuery) -> dict[str, int]:
    """How many incidents of each event type match; types with none are left out."""
    condition, values = filters.where(query)
    found = db.execute(
        f"SELECT event_type::VARCHAR, count(*) FROM incidents WHERE {condition} GROUP BY ALL", values
    )
    return dict(found.fetchall())


def region_counts(db: duckdb.DuckDBPyConnection, query: IncidentQuery) -> dict[str, int]:
    """How many incidents match in each region of their own day; regions with none are left out."""
    condition, values = filters.where(query)
    found = db.execute(
        f"""
        SELECT admin1_id, count(*) FROM incidents WHERE {condition} AND admin1_id IS NOT NULL GROUP BY ALL
        """,
        values,
    )
    return dict(found.fetchall())


def days(db: duckdb.DuckDBPyConnection, query: IncidentQuery) -> pa.Table:
    """How many incidents touch each day, by event type: day, event_type, n. Days with none are left out.

    An incident counts on every day from its first to the last it can touch, which is what a filter
    of that one day shows. Computed from how many begin and how many end, so that long incidents
    cost no more than short ones.
    """
    condition, values = filters.where(query)
    return db.execute(
        f"""
        WITH i AS (SELECT date_start, date_latest, event_type FROM incidents WHERE {condition}),
        steps AS (
            SELECT day, event_type, sum(step) AS step FROM (
                SELECT date_start AS day, event_type, count(*) AS step FROM i GROUP BY ALL
                UNION ALL
                SELECT date_latest + 1, event_type, -count(*) FROM i GROUP BY ALL
            ) GROUP BY ALL
        ),
        calendar AS (
            SELECT unnest(generate_series(min(day), max(day), INTERVAL 1 DAY))::DATE AS day FROM steps
        ),
        counts AS (
            SELECT c.day, t.event_type,
                   sum(coalesce(step, 0)) OVER (PARTITION BY t.event_type ORDER BY c.day)::BIGINT AS n
            FROM calendar c CROSS JOIN (SELECT DISTINCT event_type FROM steps) t
            LEFT JOIN steps s ON s.day = c.day AND s.event_type = t.event_type
        )
        SELECT day, event_type::VARCHAR AS event_type, n FROM counts
        WHERE n > 0 ORDER BY day, counts.event_type
        """,
        values,
    ).to_arrow_table()


def spans(db: duckdb.DuckDBPyConnection, query: IncidentQuery, most: int) -> list[tuple[Any, Any, int]]:
    """First and last possible day of incidents whose day is not known, and how many; the commonest first."""
    condition, values = filters.where(query)
    return db.execute(
        f"""
        SELECT date_start, date_latest, count(*) AS n FROM incidents
        WHERE {condition} AND date_precision <> 'day' AND date_latest > date_start
        GROUP BY ALL ORDER BY n DESC, date_start, date_latest LIMIT {int(most)}
        """,
        values,
    ).fetchall()


def extent(db: duckdb.DuckDBPyConnection) -> tuple[Any, Any]:
    """The first day on which any incident begins, and the last; None, None where there is none."""
    row = db.execute(
        "SELECT min(date_start), max(date_start) FROM incidents WHERE known_to IS NULL"
    ).fetchone()
    return row or (None, None)
