"""What can be asked of a collection: an incident query, a CQL2 filter, an order, and where to go on.

`where` turns it into SQL text and bound values. Incidents are asked by `filters.where`, as everywhere.
"""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import orjson
import pyarrow as pa

from geo.errors import BadQuery
from geo.query import WORLD, IncidentQuery
from geo.store import filters
from geo.store.collections import Collection
from geo.store.crs import CRS84
from geo.store.filters import Condition
from geo.store.predicates import Translator

_CAST = {pa.string(): "VARCHAR", pa.date32(): "DATE", pa.int64(): "BIGINT", pa.float64(): "DOUBLE"}


class Key(NamedTuple):
    """A column to order by; nulls come last either way."""

    name: str
    descending: bool = False


@dataclass(frozen=True)
class Ask:
    """query: of which a collection other than incidents takes interval, bbox, known_on and dataset.

    tree: a filter as `cql.parse` gives it; positions in it are in `crs`.
    order: columns to order by before the usual order. after: values of the order's columns of the last
    feature seen. limit: how many features; None is all of them. identifier: of one feature.
    """

    collection: Collection
    query: IncidentQuery = IncidentQuery()
    tree: Any = None
    crs: str = CRS84
    order: tuple[Key, ...] = ()
    after: tuple[Any, ...] | None = None
    limit: int | None = None
    identifier: str = ""

    @property
    def keys(self) -> tuple[Key, ...]:
        """The whole order: unique, so that no two features share a place in it."""
        named = {key.name for key in self.order}
        return (*self.order, *(Key(name) for name in self.collection.order if name not in named))

    @property
    def by_day(self) -> bool:
        """Whether the order begins with the first day, which is never null."""
        return self.keys[0].name == "date_start"

    def on_from(self, token: str) -> Ask:
        """The same, after the feature that a token names. Raises BadQuery."""
        try:
            found = orjson.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
            values = [
                _read(self.column(key.name), value) for key, value in zip(self.keys, found, strict=True)
            ]
        except (ValueError, TypeError):
            what = "this is not where a page ends"
            raise BadQuery(what, where="cursor", todo="follow the link `next` of a page") from None
        return replace(self, after=tuple(values))

    def column(self, name: str) -> pa.Field:
        """The column of this name; the key of a relation is text."""
        return next(
            (one for one in [*self.collection.table, *self.collection.more] if one.name == name),
            pa.field(name, pa.string(), nullable=False),
        )


def token(values: tuple[Any, ...]) -> str:
    """A token for the place after a feature with these values of the order's columns."""
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def _read(column: pa.Field, value: Any) -> Any:
    """A value of a token. Raises TypeError or ValueError where a column cannot hold it."""
    if value is None and column.nullable:
        return None
    if column.type == pa.date32():
        return dt.date.fromisoformat(value)
    if not isinstance(value, {pa.string(): str, pa.bool_(): bool}.get(column.type, int | float)):
        raise TypeError
    return value


def order_by(ask: Ask, prefix: str = "") -> str:
    """The text after ORDER BY."""
    return ", ".join(
        f'{prefix}"{key.name}"{text(ask, key)}{" DESC" if key.descending else ""} NULLS LAST'
        for key in ask.keys
    )


def text(ask: Ask, key: Key) -> str:
    """A cast for words that the database holds as numbers, which would else be ordered by their position."""
    return "::VARCHAR" if ask.column(key.name).type == pa.string() else ""


def where(ask: Ask, *, areas: bool = True) -> tuple[Condition, bool]:
    """What matches, wherever a page begins; and whether the spatial extension is needed.

    areas: as in `filters.where`.
    """
    collection = ask.collection
    if collection.relation == "incidents":
        condition = filters.where(ask.query, areas=areas)
    else:
        condition = _where(collection, ask.query)
    spatial = collection.geometry == "surface" and bool(ask.query.bbox)
    if ask.identifier:
        condition = _and(condition, (f'"{collection.key}" = ?', [ask.identifier]))
    if ask.tree is not None:
        translator = Translator(collection.queryables, _shape(collection), ask.crs)
        condition = _and(condition, translator.condition(ask.tree))
        spatial = spatial or translator.spatial
    return condition, spatial


def after(ask: Ask) -> Condition:
    """What comes after the last feature seen."""
    if ask.after is None:
        return "true", []
    terms: list[str] = []
    values: list[Any] = []
    for at, key in enumerate(ask.keys):
        later = _later(ask, key, ask.after[at])
        if later is None:
            continue
        same = [_same(ask, one, value) for one, value in zip(ask.keys[:at], ask.after, strict=False)]
        terms.append("(" + " AND ".join([*(one for one, _ in same), later[0]]) + ")")
        values += [value for _, bound in same for value in bound] + later[1]
    if not terms:
        return "false", []
    return "(" + " OR ".join(terms) + ")", values


def _later(ask: Ask, key: Key, value: Any) -> Condition | None:
    """What a column holds after `value`; nothing comes after null."""
    if value is None:
        return None
    sign = "<" if key.descending else ">"
    column = ask.column(key.name)
    term = f'"{key.name}"{text(ask, key)} {sign} ?{_cast(column)}'
    return (f'({term} OR "{key.name}" IS NULL)' if column.nullable else term), [value]


def _same(ask: Ask, key: Key, value: Any) -> Condition:
    if value is None:
        return f'"{key.name}" IS NULL', []
    return f'"{key.name}"{text(ask, key)} = ?{_cast(ask.column(key.name))}', [value]


def _cast(column: pa.Field) -> str:
    return f"::{_CAST[column.type]}" if column.type in _CAST else ""


def _shape(collection: Collection) -> str:
    return {"point": "ST_Point(lon, lat)", "surface": "ST_GeomFromWKB(geometry)"}.get(collection.geometry, "")


def _where(collection: Collection, query: IncidentQuery) -> Condition:
    """A query's interval, box and data set, of a collection other than incidents."""
    condition: Condition = ("true", [])
    first, last = collection.first, collection.last
    if collection.open_ended:
        first, last = f"coalesce({first}, DATE '0001-01-01')", f"coalesce({last}, DATE '9999-12-31')"
    if query.interval.start:
        condition = _and(condition, (f"{last} >= ?", [query.interval.start]))
    if query.interval.end:
        condition = _and(condition, (f"{first} <= ?", [query.interval.end]))
    if query.dataset and "dataset" in collection.table.names:
        condition = _and(condition, ("dataset = ?", [query.dataset]))
    if query.bbox and query.bbox != WORLD:
        condition = _and(condition, _in_box(collection, query))
    elif query.bbox and not collection.geometry:
        condition = _and(condition, ("false", []))
    return condition


def _in_box(collection: Collection, query: IncidentQuery) -> Condition:
    box = query.bbox
    if not box or not collection.geometry:
        return "false", []
    if collection.geometry == "point":
        return filters.in_box(box)
    touch = "ST_Intersects(ST_GeomFromWKB(geometry), ST_MakeEnvelope(?, ?, ?, ?))"
    parts = box.parts()
    return "(" + " OR ".join([touch] * len(parts)) + ")", [side for part in parts for side in part]


def _and(one: Condition, other: Condition) -> Condition:
    return f"{one[0]} AND {other[0]}", [*one[1], *other[1]]
