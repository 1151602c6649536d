"""Every failure we expect has a name here.

One root, `GeoError`, and two kinds below it: the data is at fault (exit code 1) or the call is
(exit code 2). The text of each is one line: what is wrong, where, and what to do next.
"""

from __future__ import annotations

import calendar
import datetime as dt


class GeoError(Exception):
    """An expected failure.

    what: what is wrong, in a reader's words.
    where: the file, row, column or parameter it concerns; empty when there is none.
    todo: what to do next.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what, self.where, self.todo = what, where, todo
        super().__init__(str(self))

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        return " ".join((f"{line}; {self.todo}" if self.todo else line).split())


class DataError(GeoError):
    """The data is at fault."""


class PackageError(DataError):
    """A data package lacks its descriptor, or the descriptor cannot be read."""


class TableError(DataError):
    """A table file cannot be read as a whole: absent, empty, not text, or lacking a column."""


class RejectedRows(DataError):
    """Rows were rejected and the caller asked for none to be (`--strict`)."""


class GazetteerError(DataError):
    """The place index cannot be built or read."""


class BoundaryError(DataError):
    """A boundary file is absent, or not in longitude and latitude."""


class FetchError(DataError):
    """A provider cannot be reached, or sends something else than was asked for."""


class StoreError(DataError):
    """The store cannot be used."""


class StoreMissing(StoreError):
    """There is no store at this path."""


class NotAStore(StoreError):
    """The file at this path is not a store of ours."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of this program."""


class ExtractError(DataError):
    """A text cannot be read: empty, binary, or in a language we do not know."""


class CallError(GeoError):
    """The call is at fault."""

    exit_code = 2


class BadQuery(CallError):
    """A query parameter cannot be understood."""


class Undecided(CallError):
    """The data can be read in two ways, and only the caller knows which is meant."""


class DayOrMonth(Undecided):
    """Days of a column are written as numbers, and nothing tells the day from the month.

    example: such a cell. readings: what it says with the day first, and with the month first.
    mixed: other cells say one as well as the other.
    """

    def __init__(self, column: str, example: str, readings: tuple[dt.date, dt.date], *, mixed: bool) -> None:
        self.column, self.example, self.readings, self.mixed = column, example, readings, mixed
        told = " or ".join(f"{day.day} {calendar.month_name[day.month]} {day.year}" for day in readings)
        why = "other cells say both" if mixed else "no cell decides it"
        todo = "say --dates day-first or --dates month-first"
        super().__init__(f"is {example} {told}? {why}", where=f"column {column}", todo=todo)


class UnknownFormat(CallError):
    """No export format has this name."""


class NoSuchCollection(CallError):
    """No collection of features has this name."""


class NoSuchFeature(CallError):
    """A collection holds no feature of this name."""


class NotAcceptable(CallError):
    """What is asked for cannot be had in any of the media types that are accepted."""


class TooLong(CallError):
    """An address is longer than we read."""


class Unfinished(CallError):
    """A query took longer than it may, and was ended."""


class Busy(CallError):
    """More is asked of us at once than we answer."""


class PortInUse(CallError):
    """The address to serve on is taken."""


class BadSetting(CallError):
    """An environment variable holds a value we cannot use."""


class NoDay(CallError):
    """A text does not say when it was published, and the caller did not either."""
