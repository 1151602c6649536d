"""Claims with their bounds, the day they count as known, and the day their status took hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from geo.schema import CLAIM, ClaimStatus, Qualifier
from geo.sources.known import reported_on

Row = dict[str, Any]

_ONE_DAY = dt.timedelta(days=1)


def ledger(claims: pa.Table, dataset: str) -> pa.Table:
    """Fill in what a data package leaves to be derived, except the place's region.

    Bounds: an exact number has both, "at least" and "at most" one, "about" none.
    Known: from the day stated, of a month or year its last. A claim of no stated day is known today
    and on no earlier day: the days it is about say nothing of when it was made.
    Status: superseded from the day the successor is known, retracted from the day of the
    withdrawal; but on the day it was made public a claim stands, whatever came later that day.
    Where the day of a change is not known, the status holds from the start.
    """
    rows = {row["id"]: row | _known(row) for row in claims.to_pylist()}
    return pa.Table.from_pylist(
        [
            row | _bounds(row) | {"dataset": dataset, "status_from": _status_from(row, rows)}
            for row in rows.values()
        ],
        schema=CLAIM,
    )


def _known(row: Row) -> Row:
    if not row["reported"]:
        return {"reported_on": None, "reported_basis": "unknown"}
    day, basis = reported_on(row["reported"], dt.date.max)
    return {"reported_on": day, "reported_basis": basis}


def _bounds(row: Row) -> Row:
    value, qualifier = row["value"], row["qualifier"]
    return {
        "low": value if qualifier in (Qualifier.EXACT, Qualifier.AT_LEAST) else None,
        "high": value if qualifier in (Qualifier.EXACT, Qualifier.AT_MOST) else None,
    }


def _status_from(row: Row, rows: dict[str, Row]) -> dt.date | None:
    known: dt.date | None = row["reported_on"]
    changed: dt.date | None = None
    if row["status"] == ClaimStatus.RETRACTED and row["withdrawn_on"]:
        changed = row["withdrawn_on"]
    elif row["status"] in (ClaimStatus.SUPERSEDED, ClaimStatus.RETRACTED) and row["superseded_by"]:
        changed = rows[row["superseded_by"]]["reported_on"]
    return max(changed, known + _ONE_DAY) if changed and known else known
