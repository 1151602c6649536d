"""Stretches of time that are part of longer ones, or reach up to now: halves, quarters, ends, "since"."""

from __future__ import annotations

import calendar
import datetime as dt

from geo.extract.dates import WRITTEN, Meaning, Values, named_month
from geo.extract.days import (
    ONE_DAY,
    ONE_WEEK,
    UNKNOWN,
    Days,
    end_of_month,
    month_of,
    one_day,
    span_of_days,
    third_of,
    year_of,
)

_SOON = {"day": 7, "week": 30, "month": 180}
"""Days within which what is to come "in the coming days" lies, by the unit named."""


def _since(published: dt.date, values: Values, _future: bool) -> Days:
    """From the beginning of a month that has begun to the day of publication."""
    year = values.get("year") or published.year - (values["month"] > published.month)
    return span_of_days(dt.date(year, values["month"], 1), published)


def _since_day(published: dt.date, values: Values, _future: bool) -> Days:
    """From a day that is past to the day of publication."""
    if "third" in values:
        start = named_month(published, values, False).start
    elif "day" in values:
        start = WRITTEN["date"](published, values, False).start
    else:
        start = published - ONE_DAY * ((published.weekday() - values["weekday"]) % 7)
    return span_of_days(start, published) if start and start <= published else UNKNOWN


def _half_of_month(published: dt.date, values: Values, future: bool) -> Days:
    month = named_month(published, values, future)
    if month.start is None or month.end is None or values["nth_word"] not in (1, 2):
        return UNKNOWN
    middle = month.start.replace(day=15)
    if values["nth_word"] == 1:
        return span_of_days(month.start, middle)
    return span_of_days(middle + ONE_DAY, month.end)


def _quarter(published: dt.date, values: Values, future: bool) -> Days:
    """Three months: without a year of the last that has begun, or the next."""
    nth = values["nth_word"]
    if nth not in (1, 2, 3, 4):
        return UNKNOWN
    first = 3 * nth - 2
    year = values.get("year")
    if year is None:
        begun = dt.date(published.year, first, 1) <= published
        ended = end_of_month(published.year, first + 2) < published
        year = published.year + (1 if future and ended else 0 if future or begun else -1)
    return span_of_days(dt.date(year, first, 1), end_of_month(year, first + 2))


def _end_of(published: dt.date, values: Values, future: bool) -> Days:
    """The last day of a unit or month, by which something is to be done; of what has been, nothing."""
    if not future:
        return UNKNOWN
    if "month" in values:
        end = named_month(published, values, True).end
        return one_day(end) if end else UNKNOWN
    if "year" in values:
        return one_day(dt.date(values["year"], 12, 31))
    unit = values.get("unit")
    if unit == "week":
        return one_day(published + ONE_DAY * (6 - published.weekday()))
    if unit == "month":
        return one_day(published.replace(day=calendar.monthrange(published.year, published.month)[1]))
    return one_day(dt.date(published.year, 12, 31)) if unit == "year" else UNKNOWN


def _third_of_unit(published: dt.date, values: Values, _future: bool) -> Days:
    """As in "at the beginning of the month", as far as it has begun."""
    unit = values["unit"]
    whole = {
        "month": month_of(published.year, published.month),
        "year": year_of(published.year),
    }.get(unit)
    return third_of(whole, values["third"]) if whole is not None else UNKNOWN


def _early_in_month(published: dt.date, values: Values, future: bool) -> Days:
    return third_of(named_month(published, values, future), 1)


def _night_into(published: dt.date, values: Values, future: bool) -> Days:
    """The night that a weekday begins with: from the day before."""
    away = (values["weekday"] - published.weekday()) % 7
    day = published + ONE_DAY * away - (ONE_WEEK if away and not future else 0 * ONE_DAY)
    return span_of_days(day - ONE_DAY, day)


def _soon(published: dt.date, values: Values, _future: bool) -> Days:
    """As in "within days", "in the coming weeks"."""
    length = _SOON.get(values.get("unit", "day"))
    return span_of_days(published, published + ONE_DAY * length) if length else UNKNOWN


def _running_day(published: dt.date, values: Values, _future: bool) -> Days:
    """As in "for the third day", told of what still goes on."""
    nth = values["nth_word"]
    return span_of_days(published - ONE_DAY * (nth - 1), published) if nth > 1 else UNKNOWN


SPELLS: dict[str, Meaning] = {
    "since": _since,
    "since_day": _since_day,
    "half_of_month": _half_of_month,
    "quarter": _quarter,
    "end_of": _end_of,
    "third_of_unit": _third_of_unit,
    "early_in_month": _early_in_month,
    "night_into": _night_into,
    "running_day": _running_day,
    "soon": _soon,
}
"""By meaning."""
