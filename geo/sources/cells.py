"""One cell of text becomes a value of its column's type, or a reason why it cannot."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Callable
from typing import Any

import pyarrow as pa

from geo import schema

LONGEST = 20_000
"""Characters that one cell may hold."""

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Fault(ValueError):
    """Why a cell cannot be read, and what to do about it."""

    def __init__(self, reason: str, todo: str) -> None:
        super().__init__(reason)
        self.reason, self.todo = reason, todo


def read(text: str, column: pa.Field) -> Any:
    """The value of a cell, or None when it is blank. Raises Fault."""
    text = text.strip()
    if not text:
        if not column.nullable:
            raise Fault("is empty", "fill it in")
        return None
    if len(text) > LONGEST:
        raise Fault(f"is longer than {LONGEST:,} characters", "shorten it")
    value = _READ[column.type](text)
    allowed = schema.values(column)
    if allowed and value not in allowed:
        raise Fault("is not a word this column knows", f"use one of: {', '.join(allowed)}")
    for key, beyond in (("minimum", float.__lt__), ("maximum", float.__gt__)):
        limit = schema.meta(column, key)
        if limit and beyond(float(value), float(limit)):
            raise Fault(f"is beyond the {key} of {limit}", "correct it")
    if schema.meta(column, "pattern") == "partial date":
        first_day(value)
    return value


def first_day(partial: str) -> dt.date:
    """The first day of a day, month or year written as 2022-01-05, 2022-01 or 2022. Raises Fault."""
    found = PARTIAL_DATE.fullmatch(partial)
    try:
        day = dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None
    except ValueError:
        day = None
    if day is None:
        raise Fault("is no day, month or year", "write it as 2022-01-05, 2022-01 or 2022")
    return plausible(day)


def last_day(partial: str) -> dt.date:
    """The last day of a day, month or year. Raises Fault."""
    first = first_day(partial)
    if len(partial) == len("2022"):
        return first.replace(month=12, day=31)
    if len(partial) == len("2022-01"):
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first


def _text(text: str) -> str:
    if "\0" in text:
        raise Fault("holds a NUL character", "remove it")
    return text


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Fault("is not a day of the calendar", "write it as 2022-01-05") from None
    return plausible(day)


def plausible(day: dt.date) -> dt.date:
    """Any other year is a slip of the pen, and would stretch every timeline."""
    if not 1000 <= day.year < 3000:
        raise Fault("is not in the years 1000 to 2999", "correct the year")
    return day


def _count(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,18}", text):
        raise Fault("is not a whole number", "write digits only, or leave it blank")
    return int(text)


def _real(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Fault("is not a number", "write it with digits and a decimal point, or leave it blank")
    return value


def _flag(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise Fault("is neither true nor false", "write true or false")
    return text.lower() == "true"


_READ: dict[pa.DataType, Callable[[str], Any]] = {
    pa.string(): _text,
    pa.date32(): _day,
    pa.int64(): _count,
    pa.float64(): _real,
    pa.bool_(): _flag,
}
