"""Claims as they stood on a day, figures, sources, and regions with their outlines."""

from __future__ import annotations

import datetime as dt

import duckdb
import pandas as pd
import shapely

from geo.query import IncidentQuery
from geo.store import filters
from geo.store.result import Row, dicts

CLAIMS = """(
    SELECT c.* EXCLUDE (qualifier, reported_basis, status, superseded_by, withdrawn_on, status_from),
           qualifier::VARCHAR AS qualifier, reported_basis::VARCHAR AS reported_basis,
           CASE WHEN k.day IS NULL OR status_from <= k.day THEN status::VARCHAR ELSE 'stands' END AS status,
           CASE WHEN k.day IS NULL OR status_from <= k.day THEN status_from END AS status_from,
           CASE WHEN k.day IS NULL OR (
               status_from <= k.day AND k.day >= (
                   SELECT n.reported_on FROM claims n
                   WHERE n.id = c.superseded_by AND n.dataset = c.dataset
               )
           ) THEN superseded_by END AS superseded_by,
           CASE WHEN k.day IS NULL OR status_from <= k.day THEN withdrawn_on END AS withdrawn_on,
           s.publisher, s.weak
    FROM claims c JOIN sources s ON s.id = c.source_id AND s.dataset = c.dataset, (SELECT ?::DATE AS day) k
    WHERE k.day IS NULL OR reported_on <= k.day
)"""
"""The claims public by the end of a day, each with the status it then had; the day is its one value.

A null day is today's knowledge. A claim that was later replaced, withdrawn or disputed stands until its
`status_from`. A claim whose day is not known is known today only.
"""


def claims(
    db: duckdb.DuckDBPyConnection, *, metric: str = "", place: str = "", known_on: dt.date | None = None
) -> list[Row]:
    """Claims as they stood on a day (see CLAIMS), oldest first; those whose day is not known come last."""
    found = db.execute(
        f"""
        SELECT id, metric, value, qualifier, low, high, unit, place, admin0, admin1_id, about_start,
               about_end, claimed_by, reported, reported_on, reported_basis, status, superseded_by,
               withdrawn_on, note, publisher, weak, url
        FROM {CLAIMS}
        WHERE (? = '' OR metric = ?) AND (? = '' OR lower(place) = lower(?))
        ORDER BY reported_on, id
        """,
        [known_on, metric, metric, place, place],
    )
    return dicts(found)


def counted(db: duckdb.DuckDBPyConnection) -> frozenset[tuple[str, str]]:
    """What there are claims of: each metric with the name of a place, in lower case."""
    return frozenset(db.execute("SELECT DISTINCT metric, lower(place) FROM claims").fetchall())


def figures(db: duckdb.DuckDBPyConnection, admin1_id: str = "") -> pd.DataFrame:
    """All figures of one region, or of every region, with their publishers."""
    return db.execute(
        """
        SELECT f.admin1_id, figure, value, unit, reference, preferred, publisher, f.url, f.licence, f.note
        FROM figures f JOIN sources s ON s.id = f.source_id AND s.dataset = f.dataset
        LEFT JOIN additions a ON a.id = f.dataset
        WHERE f.admin1_id = $key OR ($key = '' AND f.admin1_id IS NOT NULL)
        ORDER BY f.admin1_id, figure, unit, reference, a.added_at NULLS FIRST, a.id
        """,
        {"key": admin1_id},
    ).df()


def additions(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Boundaries and figures that were added, the oldest first."""
    return dicts(db.execute("SELECT * FROM additions ORDER BY added_at, id"))


def joined_figures(db: duckdb.DuckDBPyConnection, on: dt.date) -> pd.DataFrame:
    """One row per region with the figures that are joined to an incident of that day."""
    return db.execute(
        """
        SELECT * EXCLUDE (valid_from, valid_to) FROM figures_by_region
        WHERE valid_from <= $on AND (valid_to IS NULL OR valid_to > $on)
        """,
        {"on": on},
    ).df()


def regions(
    db: duckdb.DuckDBPyConnection, on: dt.date | None, admin0: list[str] | None = None
) -> pd.DataFrame:
    """The units valid on a day, or ever, by identifier: the columns of schema.REGION, `geometry` as WKB."""
    found = db.execute(
        """
        SELECT * FROM regions
        WHERE ($on IS NULL OR (coalesce(valid_from <= $on, true) AND coalesce(valid_to >= $on, true)))
          AND ($admin0 IS NULL OR list_contains($admin0, admin0))
        ORDER BY id, valid_from
        """,
        {"on": on, "admin0": admin0},
    )
    units: pd.DataFrame = found.to_arrow_table().to_pandas()
    return units


def cities(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Names, coordinates and population of the cities that label the map, largest first."""
    return dicts(db.execute("SELECT * FROM cities ORDER BY population DESC, name"))


def sources(db: duckdb.DuckDBPyConnection, query: IncidentQuery) -> list[Row]:
    """Publishers of what is shown, those of most reports first.

    publisher, weak, note, url (of one report), reports, incidents (that rest on it) and alone (that
    rest on it and nobody else).
    """
    condition, values = filters.where(query)
    return dicts(
        db.execute(
            f"""
            WITH i AS (SELECT id, dataset FROM incidents WHERE {condition}),
            told AS (
                SELECT DISTINCT i.dataset, i.id AS incident, r.dataset AS origin, r.id AS report,
                       r.source_id, r.url
                FROM i JOIN incident_reports l ON l.dataset = i.dataset AND l.incident_id = i.id
                JOIN reports r ON r.dataset = l.report_dataset AND r.id = l.report_id
                WHERE {filters.TOLD}
            ),
            voices AS (
                SELECT dataset, incident, count(DISTINCT (origin, source_id)) AS n FROM told GROUP BY ALL
            )
            SELECT s.publisher, s.weak, s.note,
                   min(t.url) FILTER (t.url LIKE 'http%') AS url,
                   count(DISTINCT (t.origin, t.report)) AS reports,
                   count(DISTINCT (t.dataset, t.incident)) AS incidents,
                   count(DISTINCT (t.dataset, t.incident)) FILTER (v.n = 1) AS alone
            FROM told t JOIN voices v USING (dataset, incident)
            JOIN sources s ON s.dataset = t.origin AND s.id = t.source_id
            GROUP BY s.dataset, s.id, s.publisher, s.weak, s.note ORDER BY reports DESC, s.publisher
            """,
            [*values, *filters.told_on(query)],
        )
    )


def weakly_told(db: duckdb.DuckDBPyConnection, query: IncidentQuery, limit: int) -> Row:
    """What rests on weak sources alone: `{"total", "incidents"}`.

    incidents: the first `limit` by date: id, title, date_start, and publishers by name.
    """
    condition, values = filters.where(query)
    found = dicts(
        db.execute(
            f"""
            WITH i AS (SELECT id, dataset, title, date_start FROM incidents WHERE {condition})
            SELECT i.id, i.title, i.date_start, count(*) OVER () AS total,
                   list(DISTINCT s.publisher ORDER BY s.publisher) AS publishers
            FROM i JOIN incident_reports l ON l.dataset = i.dataset AND l.incident_id = i.id
            JOIN reports r ON r.dataset = l.report_dataset AND r.id = l.report_id
            JOIN sources s ON s.dataset = r.dataset AND s.id = r.source_id
            WHERE {filters.TOLD}
            GROUP BY i.dataset, i.id, i.title, i.date_start HAVING bool_and(s.weak)
            ORDER BY i.date_start, i.id, i.dataset LIMIT ?
            """,
            [*values, *filters.told_on(query), limit],
        )
    )
    total = found[0]["total"] if found else 0
    for row in found:
        del row["total"]
    return {"total": total, "incidents": found}


def home(db: duckdb.DuckDBPyConnection, admin0: list[str]) -> tuple[float, float, float, float]:
    """West, south, east, north of these countries' regions; without any, of the points."""
    found = db.execute(
        "SELECT geometry FROM regions WHERE list_contains(?, admin0)", [admin0]
    ).to_arrow_table()
    shapes = shapely.from_wkb([shape for shape in found["geometry"].to_pylist() if shape])
    if len(shapes):
        west, south, east, north = (float(side) for side in shapely.total_bounds(shapes))
        return west, south, east, north
    row = db.execute("SELECT min(lon), min(lat), max(lon), max(lat) FROM incidents").fetchone()
    return row if row and row[0] is not None else (-180.0, -60.0, 180.0, 75.0)
