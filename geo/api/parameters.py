"""What requests have in common: their query, and numbers within bounds."""

from __future__ import annotations

import math

from starlette.requests import Request

from geo.errors import BadQuery
from geo.query import PARAMETERS, IncidentQuery


def query(request: Request, *, without: str = "") -> IncidentQuery:
    """The incident query of a request. Raises BadQuery."""
    wanted = [name for name in PARAMETERS if name != without]
    return IncidentQuery.from_params({name: request.query_params.getlist(name) for name in wanted})


def number(request: Request, name: str, default: float, least: float, most: float) -> float:
    """A number within bounds. Raises BadQuery."""
    text = request.query_params.get(name, "")
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        todo = f"give a number from {least:g} to {most:g}"
        raise BadQuery(f"{text!r} is out of range", where=name, todo=todo)
    return value
