"""What a feature of an incident tells besides its geometry and figures: JSON text, written when it is stored.

The text is a column of `incidents`, so that a million features are read and not made. It has the columns of
the schema, in their order, then `reports`; the closing brace is missing, for figures follow, which change by
themselves. It tells what is known now: of versions that ended there is none, and what was known on a day
is made from the same SQL when it is asked for.
"""

from __future__ import annotations

import duckdb

from geo.store.collections import COLLECTIONS
from geo.store.rows import FIGURES, REPORTS_NOW

_MEMBERS = ", ".join(f"'{column.name}': i.\"{column.name}\"" for column in COLLECTIONS["incidents"].properties)

TEXT = f"left(to_json({{{_MEMBERS}, 'reports': coalesce(reports, [])}})::VARCHAR, -1)"
"""SQL: the text, from the columns of an incident `i` and the list `reports`."""


def told(rows: str, order: str = "") -> str:
    """SQL: rows of `incidents`, given by a SELECT, with their `properties` as the last column, in an order.

    The text is made after the rows are ordered: ordering it too would take many times the memory.
    """
    return f"""
        SELECT i.* EXCLUDE (reports), CASE WHEN i.known_to IS NULL THEN {TEXT} END AS properties FROM (
            SELECT * FROM (WITH i AS ({rows}) SELECT i.*, reports FROM i {REPORTS_NOW}) {order}
        ) i
    """


def retold(condition: str) -> str:
    """SQL: write the text anew for the incidents that a condition names."""
    return f"""
        UPDATE incidents SET properties = t.properties FROM (
            WITH i AS (SELECT rowid AS row, * FROM incidents WHERE known_to IS NULL AND {condition})
            SELECT row, {TEXT} AS properties FROM i {REPORTS_NOW}
        ) t WHERE incidents.rowid = t.row
    """


def figure_names(db: duckdb.DuckDBPyConnection) -> list[str]:
    """The members of a feature that are figures of its region."""
    found = db.execute("DESCRIBE figures_by_region").fetchall()
    return [row[0] for row in found if row[0].startswith("region_")]


def figures(names: list[str]) -> str:
    """SQL: a join that gives the incidents `i` their figures as text, `f.figures`: members, a comma before."""
    members = ", ".join(f"{_quoted(name)}: \"{name}\"" for name in names)
    text = f"concat(',', (to_json({{{members}}})::VARCHAR)[2:-2]) AS figures"
    made = f"(SELECT admin1_id, valid_from, valid_to, {text} FROM figures_by_region)"
    return FIGURES.replace("figures_by_region", made)


def nothing(names: list[str]) -> str:
    """The same text, quoted for SQL, where a region has no figures."""
    return _quoted("".join(f',"{name}":null' for name in names))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
