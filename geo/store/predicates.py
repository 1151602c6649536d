"""The tree of a CQL2 filter becomes SQL text and bound values, in one pure function.

Every part has a kind, and only like is compared with like: so the database is never asked what it
cannot answer. An unknown name, operator or kind raises BadQuery. A comparison with what is not there
is neither true nor false, as in SQL.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import pyarrow as pa
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from geo.errors import BadQuery
from geo.store.crs import CRS84, degrees
from geo.store.filters import Condition

_KINDS = {
    pa.string(): "text",
    pa.date32(): "date",
    pa.int64(): "number",
    pa.float64(): "number",
    pa.bool_(): "flag",
}
_COMPARISONS = {"=", "<>", "<", "<=", ">", ">="}
_ARITHMETIC = {"+": "+", "-": "-", "*": "*", "/": "/", "div": "//", "%": "%", "^": "**"}
_SPATIAL = {
    "s_intersects": "ST_Intersects",
    "s_equals": "ST_Equals",
    "s_disjoint": "ST_Disjoint",
    "s_touches": "ST_Touches",
    "s_within": "ST_Within",
    "s_overlaps": "ST_Overlaps",
    "s_crosses": "ST_Crosses",
    "s_contains": "ST_Contains",
}
_TEMPORAL = {
    "t_after": "{a} > {d}",
    "t_before": "{b} < {c}",
    "t_contains": "{a} < {c} AND {b} > {d}",
    "t_disjoint": "({a} > {d} OR {b} < {c})",
    "t_during": "{a} > {c} AND {b} < {d}",
    "t_equals": "{a} = {c} AND {b} = {d}",
    "t_finishedby": "{a} < {c} AND {b} = {d}",
    "t_finishes": "{a} > {c} AND {b} = {d}",
    "t_intersects": "{a} <= {d} AND {b} >= {c}",
    "t_meets": "{b} = {c}",
    "t_metby": "{a} = {d}",
    "t_overlappedby": "{a} > {c} AND {a} < {d} AND {b} > {d}",
    "t_overlaps": "{a} < {c} AND {b} > {c} AND {b} < {d}",
    "t_startedby": "{a} = {c} AND {b} > {d}",
    "t_starts": "{a} = {c} AND {b} < {d}",
}
"""From the first days a, c and the last days b, d of two intervals."""

_TODO = "see the queryables of the collection"
_NO_SHAPE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, ShapelyError)
_FIRST, _LAST = dt.date(1, 1, 1), dt.date(9999, 12, 31)


class Part(NamedTuple):
    """SQL, the values for its placeholders, and the kind of what it gives."""

    sql: str
    values: list[Any]
    kind: str


class Translator:
    """Filters over some columns, and over one geometry in degrees where there is one.

    geometry: SQL of the geometry; empty where there is none. crs: that of positions in the filter.
    """

    def __init__(self, columns: Mapping[str, pa.Field], geometry: str = "", crs: str = CRS84) -> None:
        self.columns, self.geometry, self.crs = columns, geometry, crs
        self.spatial = False
        """Whether a condition made so far needs the spatial extension."""

    def condition(self, tree: Any) -> Condition:
        """The filter as a condition. Raises BadQuery."""
        part = self._part(tree)
        self._expect(part, "flag")
        return f"({part.sql})", part.values

    def _part(self, node: Any) -> Part:
        if isinstance(node, bool):
            return Part("true" if node else "false", [], "flag")
        if isinstance(node, int | float):
            if not math.isfinite(node):
                raise _bad(f"{node!r} is no number")
            return Part("?::DOUBLE", [float(node)], "number")
        if isinstance(node, str):
            return Part("?::VARCHAR", [node], "text")
        if isinstance(node, dict):
            if "op" in node:
                return self._operation(str(node["op"]).lower(), node.get("args") or [])
            if "property" in node:
                return self._column(node["property"])
            if "date" in node:
                return Part("?::DATE", [_day(node["date"])], "date")
            if "timestamp" in node:
                return Part("?::DATE", [_day(node["timestamp"])], "date")
            if "interval" in node:
                return self._interval(node["interval"])
            if "bbox" in node or "type" in node:
                return self._shape(node)
        raise _bad(f"{str(node)[:60]!r} cannot be compared")

    def _column(self, name: str) -> Part:
        if name == "geometry" and self.geometry:
            self.spatial = True
            return Part(self.geometry, [], "geometry")
        if name not in self.columns:
            known = ", ".join([*self.columns, *(["geometry"] if self.geometry else [])])
            raise BadQuery(
                f"{name!r} is no property to filter by", where="filter", todo=f"choose from: {known}"
            )
        kind = _KINDS[self.columns[name].type]
        cast = {"text": "::VARCHAR", "number": "::DOUBLE"}.get(kind, "")
        return Part(f'"{name}"{cast}', [], kind)

    def _operation(self, op: str, args: list[Any]) -> Part:
        if op in ("and", "or"):
            parts = [self._expect(self._part(arg), "flag") for arg in _some(op, args, 1)]
            return _joined(f" {op.upper()} ", parts)
        if op == "not":
            (part,) = [self._expect(self._part(arg), "flag") for arg in _some(op, args, 1, 1)]
            return Part(f"(NOT {part.sql})", part.values, "flag")
        if op == "isnull":
            (part,) = [self._part(arg) for arg in _some(op, args, 1, 1)]
            return Part(f"({part.sql} IS NULL)", part.values, "flag")
        if op in _COMPARISONS:
            one, other = self._alike(*_some(op, args, 2, 2))
            return Part(f"({one.sql} {op} {other.sql})", one.values + other.values, "flag")
        if op == "between":
            value, low, high = self._alike(*_some(op, args, 3, 3))
            text = f"({value.sql} BETWEEN {low.sql} AND {high.sql})"
            return Part(text, value.values + low.values + high.values, "flag")
        if op == "in":
            value, choices = _some(op, args, 2, 2)
            if not isinstance(choices, list) or not choices:
                raise _bad("IN wants a list of values")
            first, *rest = self._alike(value, *choices)
            listed = _joined(", ", rest)
            return Part(f"({first.sql} IN {listed.sql})", first.values + listed.values, "flag")
        if op == "like":
            one, other = (self._expect(self._part(arg), "text") for arg in _some(op, args, 2, 2))
            return Part(f"({one.sql} LIKE {other.sql} ESCAPE '\\')", one.values + other.values, "flag")
        if op in ("casei", "accenti"):
            (part,) = [self._expect(self._part(arg), "text") for arg in _some(op, args, 1, 1)]
            return Part(f"{'lower' if op == 'casei' else 'strip_accents'}({part.sql})", part.values, "text")
        if op in _ARITHMETIC:
            one, other = (self._expect(self._part(arg), "number") for arg in _some(op, args, 2, 2))
            return Part(f"({one.sql} {_ARITHMETIC[op]} {other.sql})", one.values + other.values, "number")
        if op in _SPATIAL:
            one, other = (self._expect(self._part(arg), "geometry") for arg in _some(op, args, 2, 2))
            return Part(f"{_SPATIAL[op]}({one.sql}, {other.sql})", one.values + other.values, "flag")
        if op in _TEMPORAL:
            return self._temporal(op, args)
        raise _bad(f"{op!r} is no operator that we know")

    def _temporal(self, op: str, args: list[Any]) -> Part:
        (a, b), (c, d) = (self._ends(arg) for arg in _some(op, args, 2, 2))
        ends = {"a": a, "b": b, "c": c, "d": d}
        pattern, values, sql = _TEMPORAL[op], [], ""
        for piece in pattern.replace("{", "\0{").replace("}", "}\0").split("\0"):
            end = ends.get(piece.strip("{}")) if piece.startswith("{") else None
            sql += end.sql if end else piece
            values += end.values if end else []
        return Part(f"({sql})", values, "flag")

    def _ends(self, node: Any) -> tuple[Part, Part]:
        """First and last day of an interval, or of a single day."""
        if isinstance(node, dict) and "interval" in node:
            first, last = self._interval_ends(node["interval"])
            return first, last
        part = self._part({"date": node} if isinstance(node, str) else node)
        self._expect(part, "date")
        return part, part

    def _interval(self, ends: Any) -> Part:
        raise _bad(f"the interval {str(ends)[:40]} stands where only T_ operators take one")

    def _interval_ends(self, ends: Any) -> tuple[Part, Part]:
        if not isinstance(ends, list) or len(ends) != 2:
            raise _bad("an interval has two ends")
        parts = []
        for end, open_end in zip(ends, (_FIRST, _LAST), strict=True):
            if isinstance(end, str):
                day = open_end if end in ("..", "") else _day(end)
                parts.append(Part("?::DATE", [day], "date"))
            else:
                part = self._expect(self._part(end), "date")
                parts.append(Part(f"coalesce({part.sql}, ?::DATE)", [*part.values, open_end], "date"))
        bound = [part.values[0] for part in parts if part.sql == "?::DATE"]
        if len(bound) == 2 and bound[0] > bound[1]:
            raise _bad(f"the interval from {bound[0]} to {bound[1]} ends before it begins")
        return parts[0], parts[1]

    def _alike(self, *nodes: Any) -> list[Part]:
        """Parts of one kind; a text beside a date is read as one."""
        parts = [self._part(node) for node in nodes]
        if any(part.kind == "date" for part in parts):
            parts = [
                Part("?::DATE", [_day(node)], "date") if isinstance(node, str) else part
                for node, part in zip(nodes, parts, strict=True)
            ]
        kinds = {part.kind for part in parts}
        if len(kinds) > 1:
            raise _bad(f"a {' cannot be compared with a '.join(sorted(kinds))}")
        if kinds == {"geometry"}:
            raise _bad("a geometry is compared by S_ operators")
        return parts

    def _expect(self, part: Part, kind: str) -> Part:
        if part.kind != kind:
            raise _bad(f"a {part.kind} stands where a {kind} is wanted")
        return part

    def _shape(self, node: Mapping[str, Any]) -> Part:
        self.spatial = True
        try:
            if "bbox" in node:
                found = _box([float(value) for value in node["bbox"]], self.crs)
            else:
                found = shapely.force_2d(shape(node))
                if self.crs != CRS84:
                    found = shapely.transform(found, lambda xy: [degrees(x, y, self.crs) for x, y in xy])
            if found.is_empty or not all(map(math.isfinite, found.bounds)):
                raise ValueError
        except _NO_SHAPE:
            raise _bad(f"{str(dict(node))[:80]} is no geometry") from None
        return Part("ST_GeomFromWKB(?::BLOB)", [shapely.to_wkb(found)], "geometry")


def _box(values: list[float], crs: str) -> Any:
    if len(values) == 6:
        values = [values[0], values[1], values[3], values[4]]
    west, south = degrees(values[0], values[1], crs)
    east, north = degrees(values[2], values[3], crs)
    if len(values) != 4 or south > north:
        raise ValueError
    if west <= east:
        return shapely.box(west, south, east, north)
    return shapely.union(shapely.box(west, south, 180, north), shapely.box(-180, south, east, north))


def _day(text: Any) -> dt.date:
    """The day of a date or a timestamp."""
    try:
        if not isinstance(text, str):
            raise ValueError
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        raise _bad(f"{str(text)[:40]!r} is no day; write it as 2022-01-05") from None


def _some(op: str, args: Any, least: int, most: int | None = None) -> list[Any]:
    if not isinstance(args, list) or len(args) < least or (most is not None and len(args) > most):
        raise _bad(f"{op!r} wants {'at least ' if most is None else ''}{least} operands")
    return args


def _joined(sign: str, parts: list[Part]) -> Part:
    values = [value for part in parts for value in part.values]
    return Part(f"({sign.join(part.sql for part in parts)})", values, "flag")


def _bad(what: str) -> BadQuery:
    return BadQuery(what, where="filter", todo=_TODO)
