"""An `IncidentQuery` becomes SQL text and bound parameters, in one pure function.

What the map shows, what the API returns and what a download holds are the same rows because all of
them use this text. A box around the whole world restricts nothing, so that incidents which could
not be placed are counted too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.query import WORLD, BBox, IncidentQuery
from geo.schema import Precision
from geo.store import mercator

Condition = tuple[str, list[Any]]
"""SQL text with placeholders, and the values for them in order."""


def where(query: IncidentQuery, *, areas: bool = True) -> Condition:
    """Every incident that matches: those at a point in the box, those of an area that touches it.

    areas: False where no area touches the box: then nothing is said of them, and the answer is the same.
    """
    term, values = matching(query)
    if not query.bbox or query.bbox == WORLD:
        return term, values
    if not areas:
        return _and((term, values), in_box(query.bbox))
    point, area = in_box(query.bbox), touching(query.bbox)
    return f"{term} AND ({point[0]} OR {area[0]})", [*values, *point[1], *area[1]]


def points(query: IncidentQuery) -> Condition:
    """Incidents at a point in the box. Kept apart from `areas` so that a view reads few blocks."""
    return _and(matching(query), in_box(query.bbox) if query.bbox else ("px IS NOT NULL", []))


def areas(query: IncidentQuery) -> Condition:
    """Incidents known to an area only, when the area touches the box."""
    return _and(
        matching(query), touching(query.bbox) if query.bbox else ("px IS NULL AND area_id IS NOT NULL", [])
    )


def unplaced(query: IncidentQuery) -> Condition:
    """Incidents whose place could not be found."""
    return _and(matching(query), ("px IS NULL AND area_id IS NULL", []))


def matching(query: IncidentQuery) -> Condition:
    """Everything a query asks but its box."""
    terms: list[str] = []
    values: list[Any] = []

    def add(term: str, *bound: Any) -> None:
        terms.append(term)
        values.extend(bound)

    if query.known_on is None:
        add("known_to IS NULL")
    else:
        add("known_from <= ? AND (known_to IS NULL OR known_to > ?)", query.known_on, query.known_on)
    if query.interval.start:
        add("date_latest >= ?", query.interval.start)
    if query.interval.end:
        add("date_start <= ?", query.interval.end)
    if query.event_types is not None:
        add(_in("event_type", query.event_types), *query.event_types)
    if query.admin1:
        add(_in("admin1_id", query.admin1), *query.admin1)
    if query.min_precision:
        wanted = [p.value for p in Precision if p.rank <= query.min_precision.rank]
        add(_in("location_precision", wanted), *wanted)
    for word in query.text.split():
        add("contains(lower(concat_ws(' ', title, summary, place, place_text, actors)), lower(?))", word)
    if query.dataset:
        add(_OF_DATASET, query.dataset, query.dataset, query.known_on, query.known_on, query.known_on)
    return " AND ".join(terms), values


_OF_DATASET = """(
    dataset = ? OR (dataset, id) IN (
        SELECT (event_dataset, event_id) FROM events e
        WHERE e.dataset = ? AND CASE WHEN ?::DATE IS NULL THEN e.until IS NULL
                                     ELSE e.since <= ? AND coalesce(e.until > ?, true) END))"""
"""SQL: whether a data set tells of an incident, or of another that is the same event."""

TOLD = """(
    CASE WHEN ?::DATE IS NULL THEN l.known_to IS NULL
         ELSE r.reported_on <= ? AND coalesce(l.known_from <= ?, true) AND coalesce(l.known_to > ?, true)
    END)"""
"""SQL: whether a report `r`, linked by `l`, was known on a day; see `told_on` for its values."""


def told_on(query: IncidentQuery) -> list[Any]:
    """The values that TOLD takes."""
    return [query.known_on] * 4


def in_box(box: BBox) -> Condition:
    """Points in a box, to the pixel of zoom 20 (15 cm at the equator)."""
    values: list[Any] = []
    for part in box.parts():
        left, top = mercator.pixel(part.west, part.north)
        right, bottom = mercator.pixel(part.east, part.south)
        values += [left, right, top, bottom]
    return _or("(px BETWEEN ? AND ? AND py BETWEEN ? AND ?)", len(box.parts())), values


def touching(box: BBox) -> Condition:
    """Incidents known to an area only, whose area touches a box."""
    touch, values = areas_in(box)
    return f"(px IS NULL AND area_id IN (SELECT id FROM areas WHERE {touch}))", values


def areas_in(box: BBox) -> Condition:
    """Areas that touch a box."""
    touch = _or("(west <= ? AND east >= ? AND south <= ? AND north >= ?)", len(box.parts()))
    return touch, [v for part in box.parts() for v in (part.east, part.west, part.north, part.south)]


def _in(column: str, words: Sequence[str]) -> str:
    return f"{column} IN ({', '.join('?' * len(words))})" if words else "false"


def _and(one: Condition, other: Condition) -> Condition:
    return f"{one[0]} AND {other[0]}", [*one[1], *other[1]]


def _or(term: str, times: int) -> str:
    return "(" + " OR ".join([term] * times) + ")"
