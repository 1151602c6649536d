"""Boundaries and figures that somebody added: kept in the store, and carried over when it is built anew.

`additions` has one row for each file that was added. `added_units` holds the outlines of boundaries as they
were brought, so that every build can lay them over the reference again; added figures are rows of
`figures`, whose data set is the addition. An addition is put into a copy of the store, which then takes its
place: killed at any moment, the store is as it was or as it will be.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from geo.errors import StoreError
from geo.schema import FIGURE
from geo.store import apply, connection, events, features, ledger, replacing
from geo.store.kept import ADDITION
from geo.store.result import Row, dicts


def held(path: Path) -> list[Row]:
    """The additions of the store at `path`, the oldest first; none where there is no store of this format."""
    try:
        db = connection.connect(path, 1)
    except StoreError:
        return []
    with closing(db):
        return ledger.additions(db)


def units(path: Path) -> dict[str, list[Row]]:
    """The outlines of each addition: rows of UNIT, by its identifier."""
    found: dict[str, list[Row]] = {}
    for row in _asked(path, "SELECT * FROM added_units ORDER BY addition, id"):
        found.setdefault(row["addition"], []).append(row)
    return found


def figures(path: Path) -> pa.Table:
    """The figures that were added, with the columns of schema.FIGURE, the oldest first."""
    names = ", ".join(f"f.{name}" for name in FIGURE.names)
    rows = _asked(
        path, f"SELECT {names} FROM figures f JOIN additions a ON a.id = f.dataset ORDER BY a.added_at, a.id"
    )
    return pa.Table.from_pylist(rows, schema=FIGURE)


def _asked(path: Path, sql: str) -> list[Row]:
    try:
        db = connection.connect(path, 1)
    except StoreError:
        return []
    with closing(db):
        return dicts(db.execute(sql))


@contextmanager
def changing(path: Path, *, threads: int = 2) -> Iterator[Change]:
    """Change what was added to the store at `path`; nobody else may write to it meanwhile.

    Raises StoreMissing, NotAStore, StoreTooNew, StoreError.
    """
    connection.connect(path, threads).close()
    with replacing.exclusive(path), closing(connection.connect(path, threads)) as db:
        yield Change(db, path)


class Change:
    """The store as it is, and what takes its place."""

    def __init__(self, db: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._db, self._path = db, path

    def next_id(self, kind: str) -> str:
        """An identifier that no addition has."""
        taken = {row["id"] for row in dicts(self._db.execute("SELECT id FROM additions"))}
        return next(name for number in range(1, len(taken) + 2) if (name := f"{kind}-{number}") not in taken)

    def points(self, admin0: str, first: dt.date, last: dt.date | None) -> pa.Table:
        """Incidents with a point in a country, or in none that is known, whose borders are of those days.

        Columns row (which names the version in `put`), lon, lat, day, admin0, admin1_id, admin1_name.
        """
        self._db.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE pointed AS
            SELECT row_number() OVER () AS row, dataset, id, known_from,
                   lon, lat, boundary_valid_on AS day, admin0, admin1_id, admin1_name
            FROM {events.own()}
            WHERE lon IS NOT NULL AND (admin0 = $country OR admin0 IS NULL)
              AND boundary_valid_on >= $first AND ($last IS NULL OR boundary_valid_on <= $last)
            """,
            {"country": admin0, "first": first, "last": last},
        )
        return self._db.execute(
            "SELECT * EXCLUDE (dataset, id, known_from) FROM pointed ORDER BY row"
        ).to_arrow_table()

    def areas(self) -> list[str]:
        """Regions that incidents without a point refer to."""
        return [
            row["id"] for row in dicts(self._db.execute("SELECT id FROM areas WHERE precision = 'region'"))
        ]

    def figures(self) -> pa.Table:
        """All figures, those of packages first, then as they were added: the columns of schema.FIGURE."""
        names = ", ".join(f"f.{name}" for name in FIGURE.names)
        return self._db.execute(
            f"""
            SELECT {names} FROM figures f LEFT JOIN additions a ON a.id = f.dataset
            ORDER BY a.added_at NULLS FIRST, a.id, f.dataset, f.rowid
            """
        ).to_arrow_table()

    def put(self, *, gone: str = "", addition: Row | None = None, **tables: pa.Table) -> None:
        """Write the changed store. gone: an addition to take out. addition: a row of ADDITION to put in.

        tables: rows of `added_units`, `figures` and `sources` to put in; `regions` and `figures_by_region`
        that take the place of those there are; `areas` to correct; and `moved` incidents: row, admin0,
        admin1_id, admin1_name.
        """
        db = self._db
        with replacing.fresh(self._path) as new:
            shutil.copyfile(self._path, new)
            apply.begin(db, new)
            if gone:
                db.execute("DELETE FROM additions WHERE id = ?", [gone])
                for table, column in (
                    ("added_units", "addition"),
                    ("figures", "dataset"),
                    ("sources", "dataset"),
                ):
                    db.execute(f"DELETE FROM {table} WHERE {column} = ?", [gone])
            if addition:
                tables["additions"] = pa.Table.from_pylist([addition], schema=ADDITION)
            for name in ("additions", "added_units", "figures", "sources"):
                if name in tables:
                    rows: Any = tables[name]
                    db.execute(f"INSERT INTO {name} BY NAME SELECT * FROM rows")
            for name in ("regions", "figures_by_region"):
                if name in tables:
                    rows = tables[name]
                    db.execute(f"DROP TABLE {name}")
                    db.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")
            if "areas" in tables:
                rows = tables["areas"]
                db.execute(_AREAS)
                db.execute(_RADII)
                db.register("changed", rows)
                features.renew(db, "lon IS NULL AND area_id IN (SELECT id FROM changed)")
            if "moved" in tables:
                rows = tables["moved"]
                db.execute(_MOVED)
                db.register("changed", rows)
                features.renew(db, _OF_MOVED)
            apply.end(db, new)


_AREAS = """
    UPDATE areas SET radius_km = r.radius_km, west = r.west, south = r.south, east = r.east, north = r.north
    FROM rows r WHERE r.id = areas.id
"""
_RADII = """
    UPDATE incidents SET uncertainty_km = r.radius_km FROM rows r
    WHERE incidents.area_id = r.id AND incidents.lon IS NULL
"""
_MOVED = """
    UPDATE incidents SET admin0 = r.admin0, admin1_id = r.admin1_id, admin1_name = r.admin1_name
    FROM rows r JOIN temp.pointed p USING (row)
    WHERE (incidents.dataset, incidents.id, incidents.known_from) = (p.dataset, p.id, p.known_from)
"""
_OF_MOVED = """
    (dataset, id) IN (SELECT (p.dataset, p.id) FROM temp.pointed p WHERE p.row IN (SELECT row FROM changed))
"""
