"""Features of a collection, page by page or all at once, as GeoJSON text or as rows.

The database hands GeoJSON over in batches, so that a million features need no memory of their own; what
incidents tell is text already (`features`). What is ordered by day is read some days at a time: a day is a
narrow part of the file, the first features are there at once, and nothing is sorted as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import duckdb
import pyarrow as pa

from geo.store import asking, connection, features, filters, rows
from geo.store.asking import Ask
from geo.store.collections import Collection
from geo.store.crs import CRS84, point_sql, surface
from geo.store.filters import Condition
from geo.store.ordering import ordered
from geo.store.result import Row, stream
from geo.store.tally import Days, Tally

FIRST, WINDOW = 2_000, 10_000
"""About how many features are ordered at a time; the first of many are few, for they are waited for."""

MOST = 50_000
"""Features that may be held at a time, to put them in order here."""

BATCH = 1024
"""Features that are handed over at a time: about a megabyte."""

HELD = 50_000
"""Features after which the blocks that they came from are let go of."""


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


def page(
    db: duckdb.DuckDBPyConnection, ask: Ask, tally: Tally, crs: str = CRS84, *, alone: bool = False
) -> Page:
    """The features that match, from where the ask goes on, each in `crs`. tally: of this ask.

    alone: the connection is to a database that nobody else uses; it keeps little in memory.
    """
    found = Page(tally.matched)
    found.features = _features(db, ask, tally, crs, found, alone)
    return found


def read(db: duckdb.DuckDBPyConnection, ask: Ask, tally: Tally) -> Iterator[Row]:
    """The same incidents as rows, for the formats of exports: as `rows.export` gives them."""
    left = ask.limit
    for window, most in _windows(ask, tally.days):
        few = None if left is None or left >= most else left
        inner, values = _inner(ask, tally.condition, window, few)
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


def _windows(ask: Ask, days: Days) -> Iterator[tuple[Condition, int]]:
    """Conditions that part what is left into runs of days, in order, and the most features that each has.

    A single one where the order is not by day.
    """
    if not ask.by_day:
        yield asking.after(ask), sum(n for _, n in days)
        return
    left = [day for day in days if ask.after is None or _reached(ask, day[0])]
    seen = 0 if ask.after is None else left[0][1] if left else 0  # of the first day, at most
    many = ask.limit is None or ask.limit > WINDOW
    size = FIRST if many else (ask.limit or 0) + 1 + seen
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
            condition = f"date_start BETWEEN ? AND ? AND {term}", [days_of[0], days_of[-1], *values]
            yield condition, sum(n for _, n in left[start:end])


def _reached(ask: Ask, day: Any) -> bool:
    """Whether a day is not before the one on which the last page ended."""
    last = (ask.after or (day,))[0]
    return bool(day <= last if ask.keys[0].descending else day >= last)


def _inner(ask: Ask, condition: Condition, window: Condition, limit: int | None) -> Condition:
    """The rows of one window: of a page, the first in the order."""
    relation, known = ask.collection.source(ask.query.known_on)
    text = f"SELECT * FROM {relation} WHERE {condition[0]} AND {window[0]}"
    values = [*known, *condition[1], *window[1]]
    if limit is None:
        return text, values
    return f"{text} ORDER BY {asking.order_by(ask)} LIMIT {int(limit)}", values


def _features(
    db: duckdb.DuckDBPyConnection,
    ask: Ask,
    tally: Tally,
    crs: str,
    told: Page,
    alone: bool,
) -> Iterator[bytes]:
    figures = features.figure_names(db) if ask.collection.relation == "incidents" else []
    text, let_go_at = _feature(ask.collection, crs, figures), 0
    for window, most in _windows(ask, tally.days):
        if alone and told.returned - let_go_at >= HELD:
            connection.let_go(db)
            let_go_at = told.returned
        left = None if ask.limit is None else ask.limit - told.returned
        few = None if left is None or left >= most else left + 1
        inner = _inner(ask, tally.condition, window, few)
        ours = few is None and _lies_in_order(ask, figures) and most <= MOST
        some, values = _rows(ask, inner, figures, in_order=ours or few is not None)
        found = db.execute(
            f"SELECT {text} AS text, {_geometry(ask.collection)}, {_keys(ask)} FROM ({some}) i", values
        )
        for batch in _batches(found, few=not alone, keys=[key.name for key in ask.keys] if ours else []):
            if not batch.num_rows:
                continue
            room = batch.num_rows if ask.limit is None else min(batch.num_rows, ask.limit - told.returned)
            if room:
                last = batch.slice(room - 1, 1)
                token = asking.token(tuple(column[0].as_py() for column in last.columns[2:]))
                piece = _text(batch.slice(0, room), crs)
                yield piece if told.returned else piece[1:]
                told.returned += room
            if room < batch.num_rows:
                told.next = token
                return


def _lies_in_order(ask: Ask, figures: list[str]) -> bool:
    """Whether rows come from `features` as they lie there, by day, and are wanted like that."""
    return ask.collection.relation == "incidents" and not (ask.query.known_on or figures or ask.order)


def _batches(found: duckdb.DuckDBPyConnection, *, few: bool, keys: list[str]) -> Iterable[pa.RecordBatch]:
    """What was found; all at once where it is little, for to stop and go on takes longer than a page.

    keys: columns by which it has to be put in order; none where it is.
    """
    if few:
        table = found.to_arrow_table()
        whole: list[pa.RecordBatch] = (ordered(table, keys) if keys else table).to_batches()
        return whole
    reader = found.to_arrow_reader(BATCH)
    some: Iterable[pa.RecordBatch] = ordered(reader.read_all(), keys).to_batches(BATCH) if keys else reader
    return some


def _rows(ask: Ask, inner: Condition, figures: list[str], *, in_order: bool) -> Condition:
    """The rows of one window, with all that their features tell; ordered, unless that is so or done later.

    To sort long texts would take as long as to read them.
    """
    text, values = inner
    known_then = ask.collection.relation == "incidents" and ask.query.known_on
    if known_then:
        text = f"WITH i AS ({text}) SELECT i.*, {features.FEATURE} AS feature FROM i {rows.REPORTS}"
        values = [*values, *filters.told_on(ask.query)]
    if figures:
        text = f"SELECT i.*, f.figures FROM ({text}) i {features.figures(figures)}"
    if in_order and not known_then and not figures:
        return text, values
    return f"SELECT * FROM ({text}) i ORDER BY {asking.order_by(ask, 'i.')}", values


def _text(batch: pa.RecordBatch, crs: str) -> bytes:
    """Features, a comma before each."""
    texts, shapes = batch.column(0), batch.column(1)
    if not pa.types.is_binary(shapes.type):
        return _joined(texts)
    drawn = (b"null" if wkb is None else surface(wkb, crs) for wkb in shapes.to_pylist())
    return b"".join(
        text[:-1].encode() + b',"geometry":' + shape + b"}"
        for text, shape in zip(texts.to_pylist(), drawn, strict=True)
    )


def _joined(texts: pa.StringArray) -> bytes:
    """All texts, one behind the other: as they lie in memory."""
    _, offsets, letters = texts.buffers()
    if letters is None:
        return b""
    at = memoryview(offsets).cast("i")
    first, last = at[texts.offset], at[texts.offset + len(texts)]
    found: bytes = letters.slice(first, last - first).to_pybytes()
    return found


def _feature(collection: Collection, crs: str, figures: list[str]) -> str:
    """SQL: one feature of `i` as JSON, a comma before it; a surface is added afterwards, outside."""
    if collection.relation == "incidents":
        return features.told(crs, figures)
    members = ", ".join(f"'{column.name}': i.\"{column.name}\"" for column in collection.properties)
    geometry = {"point": f"CASE WHEN lon IS NOT NULL THEN {_point(crs)} END", "": "NULL"}
    told = f"'geometry': {geometry[collection.geometry]}, " if collection.geometry in geometry else ""
    return (
        f"',' || to_json({{'type': 'Feature', 'id': i.\"{collection.key}\", {told}"
        f"'properties': {{{members}}}}})"
    )


def _point(crs: str) -> str:
    return f"{{'type': 'Point', 'coordinates': {point_sql(crs)}}}"


def _geometry(collection: Collection) -> str:
    return 'i."geometry" AS shape' if collection.geometry == "surface" else "NULL AS shape"


def _keys(ask: Ask) -> str:
    return ", ".join(f'i."{key.name}"{asking.text(ask, key)} AS "{key.name}"' for key in ask.keys)


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
