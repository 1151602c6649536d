"""Days as people write them, and whether the day or the month comes first, seen over a whole column.

A text is read only where it can mean one thing. ISO 8601, names of months in English, Russian and
Kazakh, and spreadsheet day numbers (days since 30 December 1899) stand for themselves; `05/01/2022` does
not, unless other cells of its column decide it or the caller says so.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from geo.errors import DayOrMonth
from geo.schema import DatePrecision
from geo.sources.cells import Fault, plausible


class Order(StrEnum):
    """What comes first in a date of three numbers that ends in the year."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True)
class Dated:
    """The days that a text names. end: None for one day. time: as written, with its zone."""

    start: dt.date
    end: dt.date | None = None
    precision: DatePrecision = DatePrecision.DAY
    time: str | None = None
    zoned: bool = False


_MONTHS = (
    "january jan января январь январе янв қаңтар",
    "february feb февраля февраль феврале фев ақпан",
    "march mar марта март марте мар наурыз",
    "april apr апреля апрель апреле апр сәуір",
    "may мая май мае мамыр",
    "june jun июня июнь июне июн маусым",
    "july jul июля июль июле июл шілде",
    "august aug августа август августе авг тамыз",
    "september sep sept сентября сентябрь сентябре сен сент қыркүйек",
    "october oct октября октябрь октябре окт қазан",
    "november nov ноября ноябрь ноябре ноя нояб қараша",
    "december dec декабря декабрь декабре дек желтоқсан",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}

_TIME = re.compile(
    r"[T\s,]+(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\.?)?)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12},\s+(?=\S)")
_YEAR_END = re.compile(r"(?<=\d{4})\s*(?:г\.?|года?|ж\.?|жылы?)$", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([^\W\d_]+)\.?,?[\s-]+(\d{4})", re.IGNORECASE)
_NAMED_US = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_NAMED_MONTH = re.compile(r"([^\W\d_]+)\.?,?[\s-]+(\d{4})|(\d{4})[\s-]+([^\W\d_]+)\.?")
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})\s+(\D+\d{4})")
_SPAN = re.compile(r"(.*\d)\s*(?:/|–|—|\s-\s|\s(?:to|по)\s)\s*(\d.*\d{2})")
_FIRST_SERIAL = dt.date(1899, 12, 30)
_HOW = "write it as 2022-01-05"


def read(text: str, order: Order | None = None) -> Dated:
    """The days that one cell names. Raises Fault for a text that names none, or more than one reading."""
    plain = _YEAR_END.sub("", " ".join(text.split()))
    if fixed := _plain(plain, order):
        return fixed
    if found := _DAYS_OF_MONTH.fullmatch(plain):
        return _span(_required(f"{found[1]} {found[3]}", order), _required(f"{found[2]} {found[3]}", order))
    if found := _SPAN.fullmatch(plain):
        first, last = _plain(found[1].strip(), order), _plain(found[2].strip(), order)
        if first and last:
            return _span(first, last)
    if found := _TIME.search(plain):
        day = _plain(plain[: found.start()], order)
        if day and day.precision == DatePrecision.DAY:
            zone = found[2] or ""
            return Dated(day.start, time=f"{found[1]}{' ' if len(zone) == 3 else ''}{zone}", zoned=bool(zone))
    if weekday := _WEEKDAY.match(plain):
        return read(plain[weekday.end() :], order)
    if _SHORT_YEAR.fullmatch(plain):
        raise Fault("has a year of two digits", "write the year with four")
    raise Fault("is no date we can read", _HOW)


def _required(text: str, order: Order | None) -> Dated:
    found = _plain(text, order)
    if not found:
        raise Fault("is no date we can read", _HOW)
    return found


def _plain(text: str, order: Order | None) -> Dated | None:
    """One day, week, month or year without a time; None where the text is of no such form."""
    if found := _ISO.fullmatch(text):
        return Dated(_day(int(found[1]), int(found[3]), int(found[4])))
    if found := _NUMBERS.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if order is None and first <= 12 and second <= 12 and first != second:
            raise Fault("can be two days", "say --dates day-first or --dates month-first")
        swapped = order == Order.MONTH_FIRST if order else second > 12
        return Dated(_day(year, first, second) if swapped else _day(year, second, first))
    if found := _NAMED.fullmatch(text):
        month = MONTHS.get(found[2].casefold())
        return Dated(_day(int(found[3]), month, int(found[1]))) if month else None
    if found := _NAMED_US.fullmatch(text):
        month = MONTHS.get(found[1].casefold())
        return Dated(_day(int(found[3]), month, int(found[2]))) if month else None
    if found := _COMPACT.fullmatch(text):
        return Dated(_day(*map(int, found.groups())))
    if found := _SERIAL.fullmatch(text):
        return Dated(plausible(_FIRST_SERIAL + dt.timedelta(days=int(found[1]))))
    return _wider(text)


def _wider(text: str) -> Dated | None:
    if found := _MONTH.fullmatch(text):
        return _month(int(found[1] or found[4]), int(found[2] or found[3]))
    if found := _NAMED_MONTH.fullmatch(text):
        month = MONTHS.get((found[1] or found[4]).casefold())
        return _month(int(found[2] or found[3]), month) if month else None
    if found := _WEEK.fullmatch(text):
        try:
            monday = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            raise Fault("is not a week of the calendar", _HOW) from None
        return Dated(monday, monday + dt.timedelta(days=6), DatePrecision.WEEK)
    if re.fullmatch(r"\d{4}", text):
        first = _day(int(text), 1, 1)
        return Dated(first, first.replace(month=12, day=31), DatePrecision.RANGE)
    return None


def _month(year: int, month: int) -> Dated:
    first = _day(year, month, 1)
    return Dated(first, first.replace(day=calendar.monthrange(year, month)[1]), DatePrecision.MONTH)


def _span(first: Dated, last: Dated) -> Dated:
    end = last.end or last.start
    if end < first.start:
        raise Fault("ends before it begins", "swap or correct the days")
    return first if end == first.start else Dated(first.start, end, DatePrecision.RANGE)


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return plausible(dt.date(year, month, day))
    except ValueError as error:
        if isinstance(error, Fault):
            raise
        raise Fault("is not a day of the calendar", "correct it") from None


@dataclass
class Evidence:
    """What the cells of a column say about their order."""

    day_first: int = 0
    month_first: int = 0
    open: int = 0
    example: str = ""
    serial: bool = False

    def see(self, texts: Iterable[str]) -> None:
        """Look at more cells."""
        for text in texts:
            plain = _TIME.sub("", text.strip())
            found = _NUMBERS.fullmatch(plain)
            self.serial = self.serial or bool(_SERIAL.fullmatch(plain))
            if not found:
                continue
            first, second = int(found[1]), int(found[3])
            if first > 12 >= second:
                self.day_first += 1
            elif second > 12 >= first:
                self.month_first += 1
            elif first != second:
                self.open += 1
                self.example = self.example or text.strip()

    def order(self, column: str) -> Order | None:
        """The order; None where every cell stands for itself. Raises DayOrMonth."""
        if not self.open:
            return None
        if bool(self.day_first) != bool(self.month_first):
            return Order.DAY_FIRST if self.day_first else Order.MONTH_FIRST
        first, second = (read(self.example, order).start for order in Order)
        example = _TIME.sub("", self.example)
        raise DayOrMonth(column, example, (first, second), mixed=bool(self.day_first))
