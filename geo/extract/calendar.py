"""What a time expression means, reckoned from the day of publication.

Each meaning is a function of (the day of publication, the values of the pattern) to days. A weekday is
the last one up to and with the day of publication, for news tells what has happened; where the sentence
speaks of what is to come, it is the next one. Without a day of publication only full dates are known.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from geo.schema import DatePrecision

_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(days=7)
_LONG = {"year", "decade"}


class Days(NamedTuple):
    """First and last day. relative: how many days to add to a day that the text named before."""

    start: dt.date | None
    end: dt.date | None
    precision: DatePrecision
    relative: int | None = None


UNKNOWN = Days(None, None, DatePrecision.UNKNOWN)

Values = Mapping[str, Any]
Meaning = Callable[[dt.date, Values, bool], Days]


def days(meaning: str, values: Values, published: dt.date | None, future: bool) -> Days:
    """The days that a pattern means. future: whether the sentence speaks of what is to come."""
    if meaning in _ABSOLUTE:
        try:
            return _ABSOLUTE[meaning](published or dt.date.min, values, future)
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


def _day(day: dt.date) -> Days:
    return Days(day, day, DatePrecision.DAY)


def _range(start: dt.date, end: dt.date) -> Days:
    return Days(start, end, DatePrecision.RANGE if end > start else DatePrecision.DAY)


def _week(monday: dt.date) -> Days:
    return Days(monday, monday + 6 * _DAY, DatePrecision.WEEK)


def _month(year: int, month: int) -> Days:
    return Days(dt.date(year, month, 1), _end(year, month), DatePrecision.MONTH)


def _year(year: int) -> Days:
    return Days(dt.date(year, 1, 1), dt.date(year, 12, 31), DatePrecision.RANGE)


def _end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _thirds(of: Days, third: int) -> Days:
    """Early, mid or late in a month or year."""
    assert of.start is not None and of.end is not None  # noqa: S101 -- of a month or a year
    length = (of.end - of.start).days + 1
    first = of.start + _DAY * (length * (third - 1) // 3)
    last = of.start + _DAY * (length * third // 3 - 1)
    return Days(first, last, DatePrecision.RANGE)


def _nearest_year(published: dt.date, month: int, day: int, future: bool) -> int:
    """The year of a day given without one: the last such day, or the next in what is to come."""
    if published == dt.date.min:
        raise ValueError("no day to reckon from")
    there = dt.date(published.year, month, min(day, 28))
    if future:
        return published.year if there >= published - 31 * _DAY else published.year + 1
    return published.year if there <= published + 31 * _DAY else published.year - 1


def _date(published: dt.date, values: Values, future: bool) -> Days:
    if "month" not in values:  # "Friday the 7th"
        return _day_of_month(published, values["day"], future)
    month, day = values["month"], values["day"]
    year = values.get("year") or _nearest_year(published, month, day, future)
    return _day(dt.date(year, month, day))


def _day_of_month(published: dt.date, day: int, future: bool) -> Days:
    here = published.replace(day=day)
    if here > published and not future:
        before = published.replace(day=1) - _DAY
        here = before.replace(day=day)
    return _day(here)


def _dates(published: dt.date, values: Values, future: bool) -> Days:
    month = values["month"]
    last = values.get("month2", month)
    year = values.get("year") or _nearest_year(published, last, values["day2"], future)
    start = dt.date(year - 1 if last < month else year, month, values["day"])
    return _range(start, dt.date(year, last, values["day2"]))


def _iso(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    text = values["iso"]
    if "-" in text:
        return _day(dt.date.fromisoformat(text))
    day, month, year = (int(part) for part in text.replace("/", ".").split("."))
    if month > 12:
        day, month = month, day
    return _day(dt.date(year, month, day))


def _named_month(published: dt.date, values: Values, future: bool) -> Days:
    month = values["month"]
    year = values.get("year")
    if year is None:
        if published == dt.date.min:
            return UNKNOWN
        if future:
            year = published.year if month >= published.month else published.year + 1
        else:
            year = published.year if month <= published.month else published.year - 1
    found = _month(year, month)
    return _thirds(found, values["third"]) if "third" in values else found


def _named_year(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    found = _year(values["year"])
    return _thirds(found, values["third"]) if "third" in values else found


def _season(published: dt.date, values: Values, future: bool) -> Days:
    first, last = (int(month) for month in values["season"].split("-"))
    year = values.get("year")
    if year is None:
        if published == dt.date.min:
            return UNKNOWN
        year = published.year if published.month >= first or future else published.year - 1
    end = year + 1 if last < first else year
    return Days(dt.date(year, first, 1), _end(end, last), DatePrecision.RANGE)


def _week_of_month(published: dt.date, values: Values, future: bool) -> Days:
    month = _named_month(published, values, future) if "month" in values else _unit_ago(published, "month", 1)
    if month.start is None or month.end is None:
        return UNKNOWN
    nth = values["nth_word"]
    start = month.end - 6 * _DAY if nth < 0 else month.start + (nth - 1) * _WEEK
    return Days(start, min(start + 6 * _DAY, month.end), DatePrecision.WEEK)


def _weekday_of_month(published: dt.date, values: Values, future: bool) -> Days:
    month = _named_month(published, values, future)
    if month.start is None or month.end is None:
        return UNKNOWN
    nth, weekday = values["nth_word"], values.get("weekday", 5)
    if nth < 0:
        found = month.end - _DAY * ((month.end.weekday() - weekday) % 7)
    else:
        found = month.start + _DAY * ((weekday - month.start.weekday()) % 7) + (nth - 1) * _WEEK
    return _day(found) if "weekday" in values else _range(found, found + _DAY)


def _weekday(published: dt.date, values: Values, future: bool) -> Days:
    away = (values["weekday"] - published.weekday()) % 7
    if future:
        return _day(published + _DAY * (away or 7))
    return _day(published - _DAY * ((7 - away) % 7))


def _weekdays(published: dt.date, values: Values, future: bool) -> Days:
    last = _weekday(published, {"weekday": values["weekday2"]}, future).end
    assert last is not None  # noqa: S101 -- a weekday is a day
    return _range(last - _DAY * ((values["weekday2"] - values["weekday"]) % 7), last)


def _last_weekday(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    """The one before the day of publication: "last Friday" said on a Friday is a week back."""
    away = (published.weekday() - values["weekday"]) % 7
    return _day(published - _DAY * (away or 7))


def _this_week(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    return _day(published + _DAY * (values["weekday"] - published.weekday()))


def _next_weekday(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    return _day(published + _DAY * (((values["weekday"] - published.weekday()) % 7) or 7))


def _weekday_weeks_ago(published: dt.date, values: Values, future: bool) -> Days:
    last = _last_weekday(published, values, future).start
    assert last is not None  # noqa: S101 -- a weekday is a day
    weeks = values.get("count", 1) if values.get("week_unit", "week") == "week" else 0
    if "count" not in values and "week_unit" not in values:
        return _day(published - _WEEK - _DAY * ((published.weekday() - values["weekday"]) % 7))
    return _day(last - weeks * _WEEK)


def _feast(published: dt.date, values: Values, future: bool) -> Days:
    month, day = (int(part) for part in values["feast"].split("-"))
    year = values.get("year")
    if year is None:
        year = (
            published.year
            if dt.date(published.year, month, day) <= published or future
            else published.year - 1
        )
    return _day(dt.date(year, month, day))


def _ago(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    return _unit_ago(published, values.get("unit", "week"), values.get("count", 1))


def _unit_ago(published: dt.date, unit: str, count: int) -> Days:
    """So many units back. Years and decades are history: no day follows from them."""
    if unit in _LONG or count == 0:
        return UNKNOWN
    if unit == "hour":
        return _day(published - _DAY * (count // 24))
    if unit in ("day", "night"):
        return _day(published - _DAY * count)
    if unit == "weekend":
        saturday = published - _DAY * ((published.weekday() - 5) % 7) - _WEEK * (count - 1)
        return _range(saturday, saturday + _DAY)
    if unit in ("week", "fortnight"):
        back = published - _WEEK * count * (2 if unit == "fortnight" else 1)
        return Days(back, back, DatePrecision.WEEK) if count else UNKNOWN
    index = published.year * 12 + published.month - 1 - count
    return _month(index // 12, index % 12 + 1)


def _within_last(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    unit, count = values.get("unit", "day"), values.get("count", 1)
    if unit in _LONG:
        return UNKNOWN
    length = {"hour": max(1, count // 24), "day": count, "night": count, "week": 7 * count}.get(
        unit, 30 * count
    )
    if unit == "weekend":
        return _unit_ago(published, "weekend", 1)
    return _range(published - _DAY * length, published)


def _in_future(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    unit, count = values.get("unit", "day"), values.get("count", 1)
    if unit in _LONG:
        return UNKNOWN
    length = {"hour": max(1, count // 24), "day": count, "night": count, "week": 7 * count}.get(
        unit, 30 * count
    )
    return _range(published, published + _DAY * length)


def _last_unit(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    unit = values.get("unit", "weekend")
    if unit == "week":
        return _week(_last_monday(published))
    if unit == "weekend":
        saturday = published - _DAY * ((published.weekday() - 5) % 7)
        if published.weekday() >= 5:
            saturday -= _WEEK
        return _range(saturday, saturday + _DAY)
    if unit == "year":
        return _year(published.year - 1)
    return _unit_ago(published, unit, 1)


def _last_monday(published: dt.date) -> dt.date:
    """Of last week; said on a Sunday, of the week that ends with it."""
    monday = published - _DAY * published.weekday()
    return monday if published.weekday() == 6 else monday - _WEEK


def _last_week_weekday(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    return _day(_last_monday(published) + _DAY * values["weekday"])


def _hence(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    end = _in_future(published, values, True).end
    return _day(end) if end else UNKNOWN


def _perhaps_hence(published: dt.date, values: Values, future: bool) -> Days:
    """ "in two weeks": from now, if what is to come is spoken of; else a length of time."""
    return _hence(published, values, future) if future else UNKNOWN


def _this_unit(published: dt.date, values: Values, future: bool) -> Days:
    unit = values.get("unit", "weekend")
    if unit == "week":
        monday = published - _DAY * published.weekday()
        return _week(monday) if future else Days(monday, published, DatePrecision.WEEK)
    if unit == "weekend":
        saturday = published - _DAY * ((published.weekday() - 5) % 7)
        if future and published.weekday() < 5:
            saturday += _WEEK
        return _range(saturday, saturday + _DAY if future or saturday + _DAY <= published else published)
    if unit == "month":
        found = _month(published.year, published.month)
        return found if future else Days(found.start, published, DatePrecision.MONTH)
    if unit == "year":
        return Days(dt.date(published.year, 1, 1), published, DatePrecision.RANGE)
    return _day(published) if unit in ("day", "night", "hour") else UNKNOWN


def _next_unit(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    unit = values.get("unit", "week")
    if unit == "week":
        return _week(published - _DAY * published.weekday() + _WEEK)
    if unit == "weekend":
        saturday = published + _DAY * (((5 - published.weekday()) % 7) or 7)
        return _range(saturday, saturday + _DAY)
    if unit == "month":
        index = published.year * 12 + published.month
        return _month(index // 12, index % 12 + 1)
    return _year(published.year + 1) if unit == "year" else UNKNOWN


def _unit_before_last(published: dt.date, values: Values, future: bool) -> Days:  # noqa: ARG001
    unit = values["unit"]
    if unit == "week":
        return _week(published - _DAY * published.weekday() - 2 * _WEEK)
    return _unit_ago(published, unit, 2)


def _third_of_month(published: dt.date, values: Values, future: bool) -> Days:
    month = _unit_ago(published, "month", 0 if values.get("this") else 1)
    if month.start is None:
        month = _month(published.year, published.month)
    return _thirds(month, values["third"])


_ABSOLUTE: dict[str, Meaning] = {
    "iso": _iso,
    "date": _date,
    "dates": _dates,
    "month": _named_month,
    "year": _named_year,
    "season": _season,
}

_RECKONED: dict[str, Meaning] = {
    "today": lambda day, _, __: _day(day),
    "last_night": lambda day, _, __: _range(day - _DAY, day),
    "yesterday": lambda day, _, __: _day(day - _DAY),
    "before_yesterday": lambda day, _, __: _day(day - 2 * _DAY),
    "tomorrow": lambda day, _, __: _day(day + _DAY),
    "after_tomorrow": lambda day, _, __: _day(day + 2 * _DAY),
    "month_ago": lambda day, values, _: _month(day.year - 1, values["month"]),
    "week_of_month": _week_of_month,
    "weekend_of_month": _weekday_of_month,
    "weekday_of_month": _weekday_of_month,
    "third_of_month": _third_of_month,
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

_LENGTH = {"day": 1, "night": 1, "week": 7, "month": 30}

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
