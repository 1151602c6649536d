"""How places are called in the reader's language."""

from __future__ import annotations

import datetime as dt

import duckdb


def names(db: duckdb.DuckDBPyConnection, language: str, on: dt.date) -> dict[str, str]:
    """Names on a day, by the English name or the identifier that tables use; empty for English."""
    found = db.execute(
        """
        SELECT key, name FROM names
        WHERE language = $language AND (valid_from IS NULL OR valid_from <= $on)
          AND (valid_to IS NULL OR valid_to > $on)
        ORDER BY key
        """,
        {"language": language, "on": on},
    )
    return dict(found.fetchall())
