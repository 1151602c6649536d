"""Since when something was known: the day from which a report or a claim counts as public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from geo.schema import DatePrecision
from geo.sources.cells import last_day

Row = dict[str, Any]


def reported_on(reported: str | None, event_last_day: dt.date) -> tuple[dt.date, str]:
    """The day from which it counts as known, and how that day is known.

    A stated day is taken as it is. A month or year counts from its last day, so that nothing is
    shown as known too early. Where no day is stated, the last day of the event counts, and every
    output says so.
    """
    if not reported:
        return event_last_day, "event"
    basis = {len("2022"): "year", len("2022-01"): "month"}.get(len(reported), "stated")
    return last_day(reported), basis


def latest_day(start: dt.date, end: dt.date | None, precision: str) -> dt.date:
    """The last day that an event can touch.

    A week or a month without a last day runs from its first day for seven days, or to the end of
    the month; any other event without a last day is taken as one day.
    """
    if end:
        return end
    if precision == DatePrecision.WEEK:
        return start + dt.timedelta(days=6)
    if precision == DatePrecision.MONTH:
        return last_day(f"{start:%Y-%m}")
    return start


def with_reported_on(rows: Iterable[Row], schema: pa.Schema, dataset: str) -> pa.Table:
    """Reports with `dataset`, `reported_on` and `reported_basis` filled in."""
    done = []
    for row in rows:
        latest = latest_day(row["date_start"], row["date_end"], row["date_precision"])
        day, basis = reported_on(row["reported"], latest)
        done.append(row | {"dataset": dataset, "reported_on": day, "reported_basis": basis})
    return pa.Table.from_pylist(done, schema=schema)
