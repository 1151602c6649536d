"""How the data of a store are made up, in numbers, for whoever explains the method."""

from __future__ import annotations

import duckdb

from geo.store.result import Row

STANDS = """NOT EXISTS (
    SELECT 1 FROM incident_reports l
    WHERE l.report_dataset = r.dataset AND l.report_id = r.id AND l.known_to IS NOT NULL
      AND NOT l.linked)"""
"""SQL: whether no later delivery has replaced a report `r`."""


def makeup(db: duckdb.DuckDBPyConnection) -> Row:
    """Numbers of today's knowledge.

    incidents, reports, claims: how many; several: incidents told of by more than one report;
    totals: reports that belong to no incident; undated_reports, undated_incidents: without a stated
    day, month or year of publication; undated_claims: the same, known today only; places, days: how
    many incidents are known to each precision; statuses: how many claims have each status.
    """
    row = db.execute(
        """
        SELECT count(*), count(*) FILTER (report_count > 1), count(*) FILTER (first_reported_basis = 'event')
        FROM incidents WHERE known_to IS NULL
        """
    ).fetchone()
    incidents, several, undated = row or (0, 0, 0)
    row = db.execute(
        f"""
        SELECT count(*), count(*) FILTER (incident_id IS NULL), count(*) FILTER (reported_basis = 'event')
        FROM reports r WHERE {STANDS}
        """
    ).fetchone()
    reports, totals, undated_reports = row or (0, 0, 0)
    row = db.execute("SELECT count(*), count(*) FILTER (reported_on IS NULL) FROM claims").fetchone()
    claims, undated_claims = row or (0, 0)
    return {
        "incidents": incidents,
        "several": several,
        "undated_incidents": undated,
        "reports": reports,
        "totals": totals,
        "undated_reports": undated_reports,
        "claims": claims,
        "undated_claims": undated_claims,
        "places": _counts(db, "location_precision", "incidents WHERE known_to IS NULL"),
        "days": _counts(db, "date_precision", "incidents WHERE known_to IS NULL"),
        "statuses": _counts(db, "status", "claims"),
    }


def _counts(db: duckdb.DuckDBPyConnection, column: str, rows: str) -> dict[str, int]:
    found = db.execute(f"SELECT {column}::VARCHAR, count(*) FROM {rows} GROUP BY {column} ORDER BY {column}")
    return dict(found.fetchall())
