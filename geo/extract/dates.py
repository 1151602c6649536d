"""Dates that are written out: with a month, a year or a season, and a day if it is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from geo.extract.days import (
    ONE_DAY,
    UNKNOWN,
    Days,
    end_of_month,
    month_of,
    one_day,
    span_of_days,
    third_of,
    year_of,
)
from geo.schema import DatePrecision

Values = Mapping[str, Any]
Meaning = Callable[[dt.date, Values, bool], Days]


def _nearest_year(published: dt.date, month: int, day: int, future: bool) -> int:
    """The year of a day given without one: the last such day, or the next in what is to come."""
    if published == dt.date.min:
        raise ValueError("no day to reckon from")
    there = dt.date(published.year, month, min(day, 28))
    if future:
        return published.year if there >= published - 31 * ONE_DAY else published.year + 1
    return published.year if there <= published + 31 * ONE_DAY else published.year - 1


def _date(published: dt.date, values: Values, future: bool) -> Days:
    if "month" not in values:  # "Friday the 7th"
        return _day_of_month(published, values["day"], future)
    month, day = values["month"], values["day"]
    year = values.get("year") or _nearest_year(published, month, day, future)
    return one_day(dt.date(year, month, day))


def _day_of_month(published: dt.date, day: int, future: bool) -> Days:
    here = published.replace(day=day)
    if here > published and not future:
        before = published.replace(day=1) - ONE_DAY
        here = before.replace(day=day)
    return one_day(here)


def _dates(published: dt.date, values: Values, future: bool) -> Days:
    month = values["month"]
    last = values.get("month2", month)
    year = values.get("year") or _nearest_year(published, last, values["day2"], future)
    start = dt.date(year - 1 if last < month else year, month, values["day"])
    return span_of_days(start, dt.date(year, last, values["day2"]))


def _iso(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    text = values["iso"]
    if "-" in text:
        return one_day(dt.date.fromisoformat(text))
    day, month, year = (int(part) for part in text.replace("/", ".").split("."))
    if month > 12:
        day, month = month, day
    return one_day(dt.date(year, month, day))


def named_month(published: dt.date, values: Values, future: bool) -> Days:
    """A month, of the last or next year it can be where none is given."""
    month = values["month"]
    year = values.get("year")
    if year is None:
        if published == dt.date.min:
            return UNKNOWN
        if future:
            year = published.year if month >= published.month else published.year + 1
        else:
            year = published.year if month <= published.month else published.year - 1
    found = month_of(year, month)
    return third_of(found, values["third"]) if "third" in values else found


def _named_year(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    found = year_of(values["year"])
    return third_of(found, values["third"]) if "third" in values else found


def _season(published: dt.date, values: Values, future: bool) -> Days:
    first, last = (int(month) for month in values["season"].split("-"))
    year = values.get("year")
    if year is None:
        if published == dt.date.min:
            return UNKNOWN
        year = published.year if published.month >= first or future else published.year - 1
    end = year + 1 if last < first else year
    return Days(dt.date(year, first, 1), end_of_month(end, last), DatePrecision.RANGE)


WRITTEN: dict[str, Meaning] = {
    "iso": _iso,
    "date": _date,
    "date_ahead": _date,
    "dates": _dates,
    "month": named_month,
    "year": _named_year,
    "season": _season,
}
"""By meaning. Without a day of publication they get the earliest day there is."""
