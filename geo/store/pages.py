"""Features of a collection, page by page or all at once, as GeoJSON text or as rows.

The database writes the GeoJSON itself and hands it over in batches, so that a million features need no
memory of their own. What is ordered by day is read some days at a time: a day is a narrow part of the
file, the first features are there at once, and nothing is sorted as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import duckdb
import pyarrow as pa

from geo.errors import BadQuery
from geo.store import asking, connection, filters, rows
from geo.store.asking import Ask
from geo.store.collections import Collection
from geo.store.crs import CRS84, point_sql, surface
from geo.store.filters import Condition
from geo.store.result import Row, stream

WINDOW = 50_000
"""About how many features are ordered at a time."""

Days = list[tuple[Any, int]]
"""Days, and how many features begin on each."""


@dataclass
class Page:
    """matched: features on all pages. features: GeoJSON features, joined by commas, in pieces.

    returned, next: how many features this page has held, and a token for the next page, empty where there
    is none; both are known only after the last piece.
    """

    matched: int
    features: Iterator[bytes] = field(default_factory=lambda: iter(()))
    returned: int = 0
    next: str = ""


def page(db: duckdb.DuckDBPyConnection, ask: Ask, crs: str = CRS84) -> Page:
    """The features that match, from where the ask goes on, each in `crs`."""
    condition, days, matched = _counted(db, ask)
    found = Page(matched)
    found.features = _features(db, ask, condition, days, crs, found)
    return found


def read(db: duckdb.DuckDBPyConnection, ask: Ask) -> Iterator[Row]:
    """The same incidents as rows, for the formats of exports: as `rows.export` gives them."""
    condition, days, _ = _counted(db, ask)
    left = ask.limit
    for window in _windows(ask, days):
        inner, values = _inner(ask, condition, window, left)
        found = db.execute(
            f"""
            WITH i AS ({inner}) SELECT {rows.COLUMNS}, reports, f.* EXCLUDE (admin1_id, valid_from, valid_to)
            FROM i {rows.REPORTS} {rows.FIGURES} ORDER BY {asking.order_by(ask, "i.")}
            """,
            [*values, *filters.told_on(ask.query)],
        )
        for row in stream(found):
            left = None if left is None else left - 1
            yield row
        if left == 0:
            return


def _counted(db: duckdb.DuckDBPyConnection, ask: Ask) -> tuple[Condition, Days, int]:
    """What matches; how much begins on each day, where the order is by day; and how much in all."""
    condition, spatial = asking.where(ask)
    if spatial:
        connection.spatial(db)
    relation, known = ask.collection.source(ask.query.known_on)
    day = "date_start" if ask.by_day else "NULL"
    text = f"SELECT {day}, count(*) FROM {relation} WHERE {condition[0]} GROUP BY 1 ORDER BY 1"
    try:
        found = db.execute(text, [*known, *condition[1]]).fetchall()
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        if ask.tree is None:
            raise
        what = f"it cannot be worked out ({str(error).splitlines()[0]})"
        raise BadQuery(what, where="filter", todo="correct the filter") from None
    return condition, found[:: -1 if ask.keys[0].descending else 1], sum(n for _, n in found)


def _windows(ask: Ask, days: Days) -> Iterator[Condition]:
    """Conditions that part what is left into runs of days, in order; a single one where there are no days."""
    if not ask.by_day:
        yield asking.after(ask)
        return
    left = [day for day in days if ask.after is None or _reached(ask, day[0])]
    seen = 0 if ask.after is None else left[0][1] if left else 0  # of the first day, at most
    size = WINDOW if ask.limit is None else min(WINDOW, ask.limit + 1 + seen)
    edges, held = [0], 0
    for at, (_, n) in enumerate(left):
        if held >= size:  # only then: a page that just fits must not ask twice
            edges.append(at)
            held, size = 0, WINDOW
        held += n
    go_on = asking.after(ask)
    for start, end in pairwise([*edges, len(left)]):
        days_of = sorted(day for day, _ in left[start:end])
        if days_of:
            term, values = go_on if start == 0 else ("true", [])
            yield f"date_start BETWEEN ? AND ? AND {term}", [days_of[0], days_of[-1], *values]


def _reached(ask: Ask, day: Any) -> bool:
    """Whether a day is not before the one on which the last page ended."""
    last = (ask.after or (day,))[0]
    return bool(day <= last if ask.keys[0].descending else day >= last)


def _inner(ask: Ask, condition: Condition, window: Condition, limit: int | None) -> Condition:
    """The rows of one window, in order."""
    relation, known = ask.collection.source(ask.query.known_on)
    text = f"SELECT * FROM {relation} WHERE {condition[0]} AND {window[0]} ORDER BY {asking.order_by(ask)}"
    values = [*known, *condition[1], *window[1]]
    return (text, values) if limit is None else (f"{text} LIMIT ?", [*values, limit])


def _features(
    db: duckdb.DuckDBPyConnection, ask: Ask, condition: Condition, days: Days, crs: str, told: Page
) -> Iterator[bytes]:
    for window in _windows(ask, days):
        left = None if ask.limit is None else ask.limit - told.returned
        inner, values = _inner(ask, condition, window, None if left is None else left + 1)
        joins, bound = _joins(ask)
        found = db.execute(
            f"""
            WITH i AS ({inner})
            SELECT ',' || {_feature(db, ask.collection, crs)} AS text, {_geometry(ask.collection)},
                   {_keys(ask)}
            FROM i {joins} ORDER BY {asking.order_by(ask, "i.")}
            """,
            [*values, *bound],
        )
        for batch in found.to_arrow_reader(8192):
            if not batch.num_rows:
                continue
            room = batch.num_rows if ask.limit is None else min(batch.num_rows, ask.limit - told.returned)
            if room:
                last = batch.slice(room - 1, 1)
                token = asking.token(tuple(column[0].as_py() for column in last.columns[2:]))
                text = _text(batch.slice(0, room), crs)
                yield text if told.returned else text[1:]
                told.returned += room
            if room < batch.num_rows:
                told.next = token
                return


def _text(batch: pa.RecordBatch, crs: str) -> bytes:
    """Features, a comma before each."""
    texts, shapes = batch.column(0), batch.column(1)
    if not pa.types.is_binary(shapes.type):
        return "".join(texts.to_pylist()).encode()
    drawn = (b"null" if wkb is None else surface(wkb, crs) for wkb in shapes.to_pylist())
    return b"".join(
        text[:-1].encode() + b',"geometry":' + shape + b"}"
        for text, shape in zip(texts.to_pylist(), drawn, strict=True)
    )


def _feature(db: duckdb.DuckDBPyConnection, collection: Collection, crs: str) -> str:
    """SQL: one feature as JSON; a surface is added afterwards, for it is wound and moved outside."""
    members = [f'{_quoted(column.name)}: i."{column.name}"' for column in collection.properties]
    if collection.relation == "incidents":
        members.append("'reports': coalesce(reports, [])")
        names = [row[0] for row in db.execute("DESCRIBE figures_by_region").fetchall()]
        members += [f'{_quoted(name)}: f."{name}"' for name in names if name.startswith("region_")]
    geometry = ""
    if collection.geometry != "surface":
        placed = f"{{'type': 'Point', 'coordinates': {point_sql(crs)}}}" if collection.geometry else "NULL"
        geometry = (
            f"'geometry': CASE WHEN lon IS NOT NULL THEN {placed} END, "
            if collection.geometry
            else ("'geometry': NULL, ")
        )
    return (
        f"to_json({{'type': 'Feature', 'id': i.\"{collection.key}\", {geometry}"
        f"'properties': {{{', '.join(members)}}}}})"
    )


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _geometry(collection: Collection) -> str:
    return 'i."geometry" AS shape' if collection.geometry == "surface" else "NULL AS shape"


def _keys(ask: Ask) -> str:
    return ", ".join(f'i."{key.name}"{asking.text(ask, key)}' for key in ask.keys)


def _joins(ask: Ask) -> Condition:
    if ask.collection.relation != "incidents":
        return "", []
    return f"{rows.REPORTS} {rows.FIGURES}", filters.told_on(ask.query)


def days_of(db: duckdb.DuckDBPyConnection, collection: Collection) -> tuple[Any, Any]:
    """The first and the last day of all features; None where there is none, or where any is open."""
    relation, known = collection.source(None)
    row = db.execute(
        f"""
        SELECT CASE WHEN count(a) = count(*) OR NOT ? THEN min(a) END,
               CASE WHEN count(z) = count(*) OR NOT ? THEN max(z) END
        FROM (SELECT {collection.first} AS a, {collection.last} AS z FROM {relation})
        """,
        [collection.open_ended, collection.open_ended, *known],
    ).fetchone()
    return row or (None, None)
