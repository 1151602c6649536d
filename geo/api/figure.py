"""What shades the regions of the map: one figure, in classes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from starlette.requests import Request

from geo.api import parameters
from geo.errors import BadQuery
from geo.query import IncidentQuery
from geo.regions.classes import classify
from geo.regions.shades import NAMES, Value, shading
from geo.store import Store


def figure(request: Request, store: Store, on: dt.date) -> dict[str, Any]:
    """The reply of `/api/figure?name=…&on=…` and an incident query. Raises BadQuery.

    `{name, title, unit, reference, population, source, classes, values}`. population: what the people of
    a rate refer to. classes: the least value, then the greatest of each class. values: `{value, class,
    low?, high?}` by the id of every region valid on the day, null where there is no figure; low and high
    only where they differ.
    """
    name = request.query_params.get("name", "")
    if name not in NAMES:
        raise BadQuery(f"{name!r} shades no map", where="name", todo=f"choose from: {', '.join(NAMES)}")
    query = parameters.query(request)
    first, last = store.extent
    start, end = query.interval.start or first, query.interval.end or last
    units = store.regions(on, store.countries or None)
    found = shading(
        name,
        on,
        list(units["id"]),
        store.figures(),
        counts=_counts(store, query, units, start, end) if name.startswith("incidents") else {},
        period=f"{start}/{end}" if start and end and start != end else str(start or ""),
        claims=store.claims(metric="killed", known_on=query.known_on) if name == "deaths_per_100k" else (),
    )
    told = {key: value for key, value in found.values.items() if value is not None}
    classes = classify([value.value for value in told.values()])
    class_of = dict(zip(told, classes.members, strict=True))
    return {
        "name": name,
        "title": NAMES[name],
        "unit": found.unit,
        "reference": found.reference,
        "population": found.population,
        "source": found.source,
        "classes": classes.limits,
        "values": {
            key: None if value is None else _shaped(value, class_of[key])
            for key, value in found.values.items()
        },
    }


def _counts(
    store: Store, query: IncidentQuery, units: Any, start: dt.date | None, end: dt.date | None
) -> dict[str, int]:
    """Incidents by region; a unit that was not there on any of the days asked for is left out."""
    counted = store.region_counts(query)
    known: dict[str, int] = {}
    for key, since, until in zip(units["id"], units["valid_from"], units["valid_to"], strict=True):
        too_late = isinstance(since, dt.date) and end is not None and since > end
        too_early = isinstance(until, dt.date) and start is not None and until < start
        if not (too_late or too_early):
            known[key] = counted.get(key, 0)
    return known


def _shaped(value: Value, number: int) -> dict[str, float]:
    shaped = {"value": value.value, "class": number}
    return shaped if value.low == value.high else shaped | {"low": value.low, "high": value.high}
