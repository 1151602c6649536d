"""The table `features`: incidents as known now, by day, each with what a feature tells of it as text.

The map reads `incidents`, which lie along a curve; who reads all of them, or page after page, reads
`features`: a page is one place of the file, nothing is sorted as a whole, and no text is made. It has the
columns of `incidents` and `properties`: JSON of the schema's columns, then `reports`; the closing brace is
missing, for figures follow, which change by themselves. What was known on a day is made from the same SQL
when it is asked for. Whoever changes incidents renews their features in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from geo.store.collections import COLLECTIONS
from geo.store.rows import FIGURES, REPORTS_NOW

_MEMBERS = ", ".join(
    f"'{column.name}': i.\"{column.name}\"" for column in COLLECTIONS["incidents"].properties
)

PROPERTIES = f"left(to_json({{{_MEMBERS}, 'reports': coalesce(reports, [])}})::VARCHAR, -1)"
"""SQL: the text, from the columns of an incident `i` and the list `reports`."""


def create(db: duckdb.DuckDBPyConnection) -> None:
    """Make the table from the incidents and reports of the open store."""
    db.execute(f"CREATE TABLE features AS {_made('true')}")


def renew(db: duckdb.DuckDBPyConnection, condition: str, values: Mapping[str, Any] | None = None) -> None:
    """Make features anew. condition: SQL over columns that incidents and features share."""
    db.execute(f"DELETE FROM features WHERE {condition}", values or {})
    db.execute(f"INSERT INTO features BY NAME {_made(condition)}", values or {})


def _made(condition: str) -> str:
    """SQL: features by day. The text is made after ordering: ordering it too would take much memory."""
    return f"""
        SELECT i.* EXCLUDE (reports), {PROPERTIES} AS properties FROM (
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


def nothing(names: list[str]) -> str:
    """The same text, quoted for SQL, where a region has no figures."""
    return _quoted("".join(f',"{name}":null' for name in names))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
