"""The table `features`: incidents as known now, by day, each with its feature as text.

The map reads `incidents`, which lie along a curve; who reads all of them, or page after page, reads
`features`: a page is one place of the file, nothing is sorted as a whole, and no text is made. It has the
columns of `incidents` and `feature`: a comma, then GeoJSON in CRS84 of the schema's columns and `reports`.
Figures change by themselves, and other systems are asked for seldom: `told` puts both into the text. What
was known on a day is made from the same SQL when it is asked for. Whoever changes incidents renews their
features in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from geo.store.collections import COLLECTIONS
from geo.store.crs import CRS84, point_sql
from geo.store.rows import FIGURES, REPORTS_NOW

_MEMBERS = ", ".join(
    f"'{column.name}': i.\"{column.name}\"" for column in COLLECTIONS["incidents"].properties
)


def _begun(crs: str) -> str:
    """SQL: the text up to the properties."""
    point = f"to_json({{'type': 'Point', 'coordinates': {point_sql(crs)}}})::VARCHAR"
    return (
        """',{"type":"Feature","id":', to_json(i.id)::VARCHAR, ',"geometry":', """
        f"CASE WHEN lon IS NULL THEN 'null' ELSE {point} END"
    )


_PROPERTIES = ',"properties":{'
"""Where the properties begin: nowhere before, for a quotation mark in an identifier is escaped."""

FEATURE = f"""concat(
    {_begun(CRS84)},
    ',"properties":', to_json({{{_MEMBERS}, 'reports': coalesce(reports, [])}})::VARCHAR, '}}'
)"""
"""SQL: the text, from the columns of an incident `i` and the list `reports`."""


def told(crs: str, figures: list[str]) -> str:
    """SQL: the text of a row `i` that has `feature`, in another system, and with its `figures` as text."""
    text = "i.feature"
    if crs != CRS84:
        text = f"concat({_begun(crs)}, substr({text}, strpos({text}, '{_PROPERTIES}')))"
    if figures:
        text = f"concat(left({text}, -2), coalesce(i.figures, {_nothing(figures)}), '}}}}')"
    return text


SLICE = 200_000
"""Features that are made at a time: their reports are gathered in memory, which imports have little of."""


def create(db: duckdb.DuckDBPyConnection) -> None:
    """Make the table from the incidents and reports of the open store.

    The texts are much alike: zstd makes a tenth of them, and is read faster than what DuckDB would choose.
    """
    columns = db.execute(f"DESCRIBE {_made('false')}").fetchall()
    lines = [f'"{name}" {kind}' for name, kind, *_rest in columns if name != "feature"]
    db.execute(f"CREATE TABLE features ({', '.join(lines)}, feature VARCHAR USING COMPRESSION zstd)")
    _fill(db, "true", {})


def renew(db: duckdb.DuckDBPyConnection, condition: str, values: Mapping[str, Any] | None = None) -> None:
    """Make features anew. condition: SQL over columns that incidents and features share."""
    db.execute(f"DELETE FROM features WHERE {condition}", values or {})
    _fill(db, condition, values or {})


def _fill(db: duckdb.DuckDBPyConnection, condition: str, values: Mapping[str, Any]) -> None:
    """Make those features that a condition asks for, some days after the other."""
    db.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE renewed AS
        SELECT rowid AS row, date_start AS day FROM incidents WHERE known_to IS NULL AND {condition}
        """,
        values,
    )
    for first, last in db.execute(_SLICES, [SLICE]).fetchall():
        days = "day BETWEEN $first AND $last" if first else "day IS NULL"
        rows = f"rowid IN (SELECT row FROM temp.renewed WHERE {days})"
        bounds = {"first": first, "last": last} if first else {}
        db.execute(f"INSERT INTO features BY NAME {_made(rows)}", bounds)
    db.execute("DROP TABLE temp.renewed")


_SLICES = """
    WITH days AS (SELECT day, count(*) AS n FROM temp.renewed GROUP BY day),
         sums AS (SELECT day, sum(n) OVER (ORDER BY day NULLS LAST) - n AS before FROM days)
    SELECT min(day), max(day) FROM sums GROUP BY day IS NULL, before // ? ORDER BY min(day) NULLS LAST
"""
"""First and last days of the slices; none for incidents without a first day."""


def _made(condition: str) -> str:
    """SQL: features by day. The text is made after ordering: ordering it too would take much memory."""
    return f"""
        SELECT i.* EXCLUDE (reports), {FEATURE} AS feature FROM (
            SELECT * FROM (
                WITH i AS (SELECT * FROM incidents WHERE known_to IS NULL AND {condition})
                SELECT i.*, reports FROM i {REPORTS_NOW}
            ) ORDER BY date_start, id, dataset
        ) i
    """


def figure_names(db: duckdb.DuckDBPyConnection) -> list[str]:
    """The members of a feature that are figures of its region."""
    found = db.execute("DESCRIBE figures_by_region").fetchall()
    return [row[0] for row in found if row[0].startswith("region_")]


def figures(names: list[str]) -> str:
    """SQL: a join that gives the incidents `i` their figures as text, `f.figures`: commas and members."""
    members = ", ".join(f'{_quoted(name)}: "{name}"' for name in names)
    text = f"concat(',', (to_json({{{members}}})::VARCHAR)[2:-2]) AS figures"
    made = f"(SELECT admin1_id, valid_from, valid_to, {text} FROM figures_by_region)"
    return FIGURES.replace("figures_by_region", made)


def _nothing(names: list[str]) -> str:
    """The same text, quoted for SQL, where a region has no figures."""
    return _quoted("".join(f',"{name}":null' for name in names))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
