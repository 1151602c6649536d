"""Days as a time expression means them: from a first to a last one, with how exactly they are known."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

from geo.schema import DatePrecision

ONE_DAY = dt.timedelta(days=1)
ONE_WEEK = dt.timedelta(days=7)


class Days(NamedTuple):
    """First and last day. relative: how many days to add to a day that the text named before."""

    start: dt.date | None
    end: dt.date | None
    precision: DatePrecision
    relative: int | None = None


UNKNOWN = Days(None, None, DatePrecision.UNKNOWN)


def one_day(day: dt.date) -> Days:
    """A single day."""
    return Days(day, day, DatePrecision.DAY)


def span_of_days(start: dt.date, end: dt.date) -> Days:
    """From a day to a day."""
    return Days(start, end, DatePrecision.RANGE if end > start else DatePrecision.DAY)


def week_of(monday: dt.date) -> Days:
    """The week that begins on a Monday."""
    return Days(monday, monday + 6 * ONE_DAY, DatePrecision.WEEK)


def month_of(year: int, month: int) -> Days:
    """A month."""
    return Days(dt.date(year, month, 1), end_of_month(year, month), DatePrecision.MONTH)


def year_of(year: int) -> Days:
    """A year."""
    return Days(dt.date(year, 1, 1), dt.date(year, 12, 31), DatePrecision.RANGE)


def end_of_month(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def third_of(of: Days, third: int) -> Days:
    """Early, mid or late in a month or year."""
    if of.start is None or of.end is None:
        return of
    length = (of.end - of.start).days + 1
    first = of.start + ONE_DAY * (length * (third - 1) // 3)
    last = of.start + ONE_DAY * (length * third // 3 - 1)
    return Days(first, last, DatePrecision.RANGE)
