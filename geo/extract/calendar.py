"""What a time expression means, reckoned from the day of publication.

Each meaning is a function of (the day of publication, the values of the pattern) to days. A weekday is
the last one up to and with the day of publication, for news tells what has happened; where the sentence
speaks of what is to come, it is the next one. Without a day of publication only full dates are known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from geo.extract.dates import WRITTEN, Meaning, Values, named_month
from geo.extract.days import (
    ONE_DAY,
    ONE_WEEK,
    UNKNOWN,
    Days,
    month_of,
    one_day,
    span_of_days,
    week_of,
    year_of,
)
from geo.extract.spells import SPELLS
from geo.schema import DatePrecision

_LONG = {"year", "decade"}
_LENGTH = {"day": 1, "night": 1, "week": 7, "month": 30}


def days(meaning: str, values: Values, published: dt.date | None, future: bool) -> Days:
    """The days that a pattern means. future: whether the sentence speaks of what is to come."""
    if meaning in WRITTEN:
        try:
            return WRITTEN[meaning](published or dt.date.min, values, future)
        except (ValueError, OverflowError):
            return UNKNOWN  # 30 February
    if meaning in _RELATIVE:
        return Days(None, None, DatePrecision.DAY, _RELATIVE[meaning](values))
    if published is None or meaning not in _RECKONED:
        return UNKNOWN
    try:
        return _RECKONED[meaning](published, values, future)
    except (ValueError, OverflowError):
        return UNKNOWN


def _week_of_month(published: dt.date, values: Values, future: bool) -> Days:
    month = named_month(published, values, future) if "month" in values else _unit_ago(published, "month", 1)
    if month.start is None or month.end is None:
        return UNKNOWN
    nth = values["nth_word"]
    start = month.end - 6 * ONE_DAY if nth < 0 else month.start + (nth - 1) * ONE_WEEK
    return Days(start, min(start + 6 * ONE_DAY, month.end), DatePrecision.WEEK)


def _weekday_of_month(published: dt.date, values: Values, future: bool) -> Days:
    month = named_month(published, values, future)
    if month.start is None or month.end is None:
        return UNKNOWN
    nth, weekday = values["nth_word"], values.get("weekday", 5)
    if nth < 0:
        found = month.end - ONE_DAY * ((month.end.weekday() - weekday) % 7)
    else:
        found = month.start + ONE_DAY * ((weekday - month.start.weekday()) % 7) + (nth - 1) * ONE_WEEK
    return one_day(found) if "weekday" in values else span_of_days(found, found + ONE_DAY)


def _weekday(published: dt.date, values: Values, future: bool) -> Days:
    return one_day(_nearest(published, values["weekday"], future))


def _nearest(published: dt.date, weekday: int, future: bool) -> dt.date:
    """That weekday up to and with the day of publication, or from it on."""
    away = (weekday - published.weekday()) % 7
    return published + ONE_DAY * away if future else published - ONE_DAY * ((7 - away) % 7)


def _weekdays(published: dt.date, values: Values, future: bool) -> Days:
    last = _nearest(published, values["weekday2"], future)
    return span_of_days(last - ONE_DAY * ((values["weekday2"] - values["weekday"]) % 7), last)


def _last_weekday(published: dt.date, values: Values, _future: bool) -> Days:
    return one_day(_before(published, values["weekday"]))


def _before(published: dt.date, weekday: int) -> dt.date:
    """The one before the day of publication: "last Friday" said on a Friday is a week back."""
    return published - ONE_DAY * ((published.weekday() - weekday) % 7 or 7)


def _this_week(published: dt.date, values: Values, _future: bool) -> Days:
    return one_day(published + ONE_DAY * (values["weekday"] - published.weekday()))


def _next_weekday(published: dt.date, values: Values, _future: bool) -> Days:
    return one_day(published + ONE_DAY * (((values["weekday"] - published.weekday()) % 7) or 7))


def _weekday_weeks_ago(published: dt.date, values: Values, _future: bool) -> Days:
    last = _before(published, values["weekday"])
    weeks = values.get("count", 1) if values.get("week_unit", "week") == "week" else 0
    if "count" not in values and "week_unit" not in values:
        return one_day(published - ONE_WEEK - ONE_DAY * ((published.weekday() - values["weekday"]) % 7))
    return one_day(last - weeks * ONE_WEEK)


def _feast(published: dt.date, values: Values, future: bool) -> Days:
    month, day = (int(part) for part in values["feast"].split("-"))
    year = values.get("year")
    if year is None:
        year = (
            published.year
            if dt.date(published.year, month, day) <= published or future
            else published.year - 1
        )
    return one_day(dt.date(year, month, day))


def _ago(published: dt.date, values: Values, _future: bool) -> Days:
    return _unit_ago(published, values.get("unit", "week"), values.get("count", 1))


def _unit_ago(published: dt.date, unit: str, count: int) -> Days:
    """So many units back. Years and decades are history: no day follows from them."""
    if unit in _LONG or count == 0:
        return UNKNOWN
    if unit == "hour":
        return one_day(published - ONE_DAY * (count // 24))
    if unit in ("day", "night"):
        return one_day(published - ONE_DAY * count)
    if unit == "weekend":
        saturday = published - ONE_DAY * ((published.weekday() - 5) % 7) - ONE_WEEK * (count - 1)
        return span_of_days(saturday, saturday + ONE_DAY)
    if unit in ("week", "fortnight"):
        back = published - ONE_WEEK * count * (2 if unit == "fortnight" else 1)
        return one_day(back) if count else UNKNOWN
    index = published.year * 12 + published.month - 1 - count
    return month_of(index // 12, index % 12 + 1)


def _length(unit: str, count: int) -> int:
    """Days; a month is taken as 30."""
    known = {"hour": max(1, count // 24), "day": count, "night": count, "week": 7 * count}
    return known.get(unit, 30 * count)


def _within_last(published: dt.date, values: Values, _future: bool) -> Days:
    unit, count = values.get("unit", "day"), values.get("count", 1)
    if unit in _LONG:
        return UNKNOWN
    length = _length(unit, count)
    if unit == "weekend":
        return _unit_ago(published, "weekend", 1)
    return span_of_days(published - ONE_DAY * length, published)


def _in_future(published: dt.date, values: Values, _future: bool) -> Days:
    unit, count = values.get("unit", "day"), values.get("count", 1)
    if unit in _LONG:
        return UNKNOWN
    length = _length(unit, count)
    return span_of_days(published, published + ONE_DAY * length)


def _last_unit(published: dt.date, values: Values, _future: bool) -> Days:
    unit = values.get("unit", "weekend")
    if unit == "week":
        return week_of(_last_monday(published))
    if unit == "weekend":
        saturday = published - ONE_DAY * ((published.weekday() - 5) % 7)
        if published.weekday() >= 5:
            saturday -= ONE_WEEK
        return span_of_days(saturday, saturday + ONE_DAY)
    if unit == "year":
        return year_of(published.year - 1)
    return _unit_ago(published, unit, 1)


def _last_monday(published: dt.date) -> dt.date:
    """Of last week; said on a Sunday, of the week that ends with it."""
    monday = published - ONE_DAY * published.weekday()
    return monday if published.weekday() == 6 else monday - ONE_WEEK


def _last_week_weekday(published: dt.date, values: Values, _future: bool) -> Days:
    return one_day(_last_monday(published) + ONE_DAY * values["weekday"])


def _hence(published: dt.date, values: Values, _future: bool) -> Days:
    end = _in_future(published, values, True).end
    return one_day(end) if end else UNKNOWN


def _perhaps_hence(published: dt.date, values: Values, future: bool) -> Days:
    """Of "in two weeks": from now, if what is to come is spoken of; else a length of time."""
    return _hence(published, values, future) if future else UNKNOWN


def _this_unit(published: dt.date, values: Values, future: bool) -> Days:
    unit = values.get("unit", "weekend")
    if unit == "week":
        monday = published - ONE_DAY * published.weekday()
        if future:
            return Days(published, monday + 6 * ONE_DAY, DatePrecision.WEEK)
        return Days(monday, published, DatePrecision.WEEK)
    if unit == "weekend":
        saturday = published - ONE_DAY * ((published.weekday() - 5) % 7)
        if future and published.weekday() < 5:
            saturday += ONE_WEEK
        return span_of_days(
            saturday, saturday + ONE_DAY if future or saturday + ONE_DAY <= published else published
        )
    if unit == "month":
        found = month_of(published.year, published.month)
        if future:
            return Days(published, found.end, DatePrecision.MONTH)
        return Days(found.start, published, DatePrecision.MONTH)
    if unit == "year":
        return Days(dt.date(published.year, 1, 1), published, DatePrecision.RANGE)
    return one_day(published) if unit in ("day", "night", "hour") else UNKNOWN


def _next_unit(published: dt.date, values: Values, _future: bool) -> Days:
    unit = values.get("unit", "week")
    if unit == "week":
        return week_of(published - ONE_DAY * published.weekday() + ONE_WEEK)
    if unit == "weekend":
        saturday = published + ONE_DAY * (((5 - published.weekday()) % 7) or 7)
        return span_of_days(saturday, saturday + ONE_DAY)
    if unit == "month":
        index = published.year * 12 + published.month
        return month_of(index // 12, index % 12 + 1)
    return year_of(published.year + 1) if unit == "year" else UNKNOWN


def _unit_before_last(published: dt.date, values: Values, _future: bool) -> Days:
    unit = values["unit"]
    if unit == "week":
        return week_of(published - ONE_DAY * published.weekday() - 2 * ONE_WEEK)
    return _unit_ago(published, unit, 2)


_RECKONED: dict[str, Meaning] = {
    **SPELLS,
    "today": lambda day, _, __: one_day(day),
    "last_night": lambda day, _, __: span_of_days(day - ONE_DAY, day),
    "yesterday": lambda day, _, __: one_day(day - ONE_DAY),
    "before_yesterday": lambda day, _, __: one_day(day - 2 * ONE_DAY),
    "tomorrow": lambda day, _, __: one_day(day + ONE_DAY),
    "after_tomorrow": lambda day, _, __: one_day(day + 2 * ONE_DAY),
    "month_ago": lambda day, values, _: month_of(day.year - 1, values["month"]),
    "week_of_month": _week_of_month,
    "weekend_of_month": _weekday_of_month,
    "weekday_of_month": _weekday_of_month,
    "weekday": _weekday,
    "weekdays": _weekdays,
    "last_weekday": _last_weekday,
    "this_week_weekday": _this_week,
    "next_weekday": _next_weekday,
    "weekday_weeks_ago": _weekday_weeks_ago,
    "feast": _feast,
    "ago": _ago,
    "within_last": _within_last,
    "in_future": _in_future,
    "last_week_weekday": _last_week_weekday,
    "hence": _hence,
    "perhaps_hence": _perhaps_hence,
    "last_unit": _last_unit,
    "this_unit": _this_unit,
    "next_unit": _next_unit,
    "unit_before_last": _unit_before_last,
}

_RELATIVE: dict[str, Callable[[Values], int | None]] = {
    "same_day": lambda _: 0,
    "day_before": lambda _: -1,
    "day_after": lambda _: 1,
    "later": lambda values: (
        _LENGTH[values["unit"]] * values.get("count", 1) if values["unit"] in _LENGTH else None
    ),
    "earlier": lambda values: (
        -_LENGTH[values["unit"]] * values.get("count", 1) if values["unit"] in _LENGTH else None
    ),
}
