"""What the page "Add data" calls things, in the reader's language.

Readers of files speak English, and of options of a command line; what they say of files and rows is
known here by its form and said anew. What is not known is shown as it is.
"""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from geo.ui import vocabulary
from geo.ui.i18n import _, count, language

ROLE_NOTE = re.compile(r"\w+: .* (by its name|by its HXL hashtag|by its values|as said)", re.DOTALL)
"""A note that tells the role of a column, which the page shows by itself."""


def roles() -> dict[str, str]:
    """What a column can hold; the first is nothing that is used."""
    return {
        "": _("not used"),
        "date": _("Day, or first day"),
        "end": _("Last day"),
        "time": _("Time of day"),
        "place": _("Place"),
        "region": _("Region"),
        "country": _("Country"),
        "lat": _("Latitude"),
        "lon": _("Longitude"),
        "coordinates": _("Latitude and longitude together"),
        "precision": _("How exactly the place is known"),
        "type": _("Kind of event"),
        "subtype": _("Finer kind of event"),
        "title": _("Headline"),
        "summary": _("What happened"),
        "actors": _("Who took part"),
        "actors2": _("Who took part, second side"),
        "killed": _("Killed"),
        "killed_low": _("Killed, at least"),
        "killed_high": _("Killed, at most"),
        "injured": _("Injured"),
        "arrested": _("Arrested"),
        "participants": _("Number of people taking part"),
        "source": _("Who reported it"),
        "url": _("Address of the report"),
        "reported": _("Day of the report"),
        "id": _("Identifier"),
    }


def why(reason: str) -> str:
    """Why a column was given its role."""
    return {
        "name": _("known by its name"),
        "tag": _("known by its HXL hashtag"),
        "values": _("known by what it holds"),
        "said": _("as you said"),
    }.get(reason, "")


def kind(name: str) -> str:
    """Whose file it is."""
    return {
        "acled": _("ACLED export"),
        "ucdp": _("UCDP GED"),
        "gdelt": _("GDELT 2.0 events"),
        "incidents": _("export of eventmap"),
        "table": _("table of events"),
    }.get(name, name)


def encoding(name: str) -> str:
    """What an encoding is commonly called."""
    if found := re.fullmatch(r"cp(125\d)", name):
        return f"Windows-{found[1]}"
    if name == "cp866":
        return "DOS 866"
    return {"mac_cyrillic": "Mac Cyrillic"}.get(name, name.upper().replace("_", "-"))


def column(name: str) -> str:
    """A column of the file, or what stands for one where a fault is of none."""
    return {"coordinates": _("coordinates"), "*": _("the whole row")}.get(name, name)


def delimiter(sign: str) -> str:
    """What parts the cells of a text file."""
    return {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("vertical bar")}.get(sign, sign)


def left(seconds: float | None) -> str:
    """How long it will still take."""
    if seconds is None:
        return ""
    if seconds < 90:
        return _("about {n} s left").format(n=count(max(1, round(seconds))))
    return _("about {n} min left").format(n=count(round(seconds / 60)))


def said(text: str) -> str:
    """What a reader says of a file, a row or a cell, in the words of the page."""
    for form, words in _phrases(language()):
        if found := form.fullmatch(text):
            return words.format(**{name: _named(name, part) for name, part in found.groupdict().items()})
    return text


def _named(group: str, text: str) -> str:
    """A part of a phrase; event types are called as everywhere on the page."""
    if group == "types":
        return ", ".join(map(_type, text.split(", ")))
    if group in ("here", "there"):
        return str(Locale.parse(language()).territories.get(text, text))
    if group == "encoding":
        return encoding(text)
    return _type(text) if group == "type" else text


def _type(name: str) -> str:
    try:
        return vocabulary.event_type(name)
    except KeyError:
        return vocabulary.sub_event_type(name)


@cache
def _phrases(code: str) -> list[tuple[re.Pattern[str], str]]:
    """Forms of what readers say, and the words of the page for each. code: the language they are in."""
    del code  # the key
    return [(re.compile(form, re.DOTALL), words) for form, words in _faults() + _remedies() + _notes()]


def _faults() -> list[tuple[str, str]]:
    """What is wrong with a cell, a row or a file."""
    return [
        (r"is empty", _("is empty")),
        (r"is no date we can read", _("is no date we can read")),
        (r"is not a day of the calendar", _("is not a day of the calendar")),
        (r"can be two days", _("can be two days")),
        (r"has a year of two digits", _("has a year of two digits")),
        (r"is before the first day, (?P<day>\S+)", _("is before the first day, {day}")),
        (r"ends before it begins", _("ends before it begins")),
        (r"is not in the years 1000 to 2999", _("is not in the years 1000 to 2999")),
        (r"is a row of totals", _("is a row of totals")),
        (r"is no kind of event we know", _("is no kind of event we know")),
        (r"is no kind of '(?P<type>[^']+)'", _("is no kind of “{type}”")),
        (r"is no coordinate", _("is no coordinate")),
        (r"is no pair of coordinates", _("is no pair of coordinates")),
        (r"is beyond (?P<n>90|180) degrees of (latitude|longitude)", _("is beyond {n} degrees")),
        (r"is beyond .* degrees of .*: perhaps it is in metres", _("is far too large: perhaps in metres")),
        (
            r"is no latitude, and the longitude (?P<lon>\S+) could be one: they look swapped",
            _("is no latitude, and the longitude {lon} could be one: they look swapped"),
        ),
        (
            r"is a (latitude|longitude) where a .* is wanted: .*",
            _("is the other coordinate: they look swapped"),
        ),
        (
            r"is 0, 0, which programs write where nothing is known",
            _("is 0, 0, which programs write where nothing is known"),
        ),
        (r"leaves a coordinate alone", _("stands without the other coordinate")),
        (r"is not a whole number", _("is not a whole number")),
        (r"is less than nothing", _("is less than nothing")),
        (r"is no precision of a place", _("does not say how exactly a place is known")),
        (r"is longer than (?P<n>[\d,]+) characters", _("is longer than {n} characters")),
        (r"stands in row (?P<n>\d+) too", _("stands in row {n} too")),
        (
            r"has (?P<n>\d+) cells where the header has (?P<m>\d+)(, and the file ends there.*)?",
            _("has {n} cells where the header has {m}"),
        ),
        (
            r"lies (?P<km>[\d,]+) km from (?P<place>.+), the place named, and near it once latitude and "
            r"longitude are swapped",
            _("lies {km} km from {place}, and near it once latitude and longitude are swapped"),
        ),
        (
            r"lies (?P<km>[\d,]+) km from (?P<place>.+), the place named",
            _("lies {km} km from {place}, the place named"),
        ),
        (
            r"lies in (?P<here>\w\w), and the row names (?P<there>.+)",
            _("lies in {here}, and the row names {there}"),
        ),
        (
            r"has a time zone: the day is taken as written",
            _("has a time zone: the day is taken as written"),
        ),
        (
            r"(?P<place>.+) may mean (two|\d+) places, and the likeliest are too close: .*",
            _("“{place}” may mean several places, and the likeliest are too close to call"),
        ),
        (
            r"no place of over 500 people is called (?P<place>.+) or nearly so",
            _("no place of over 500 people is called “{place}” or nearly so"),
        ),
        (
            r"no place( of over 500 people)? in (?P<land>.+?) is called (?P<place>.+) or nearly so(;.*)?",
            _("no place in {land} is called “{place}” or nearly so"),
        ),
        (r"no area has the identifier (?P<name>.+)", _("no area has the identifier {name}")),
        (r"no column looks like the day of the event", _("No column is known to hold the day.")),
        (
            r"no column says what kind of event it is",
            _("No column is known to say what kind of event it is."),
        ),
        (r"no column says where it happened", _("No column is known to say where it happened.")),
        (
            r"there is a column of (lat|lon) and none of (lat|lon)",
            _("There is a column for one of latitude and longitude, and none for the other."),
        ),
    ]


def _remedies() -> list[tuple[str, str]]:
    """What to do about it."""
    return [
        (r"fill it in", _("fill it in")),
        (r"correct it", _("correct it")),
        (r"correct the year", _("correct the year")),
        (r"leave it out", _("leave it out")),
        (r"leave one of them", _("leave one of them")),
        (r"shorten it", _("shorten it")),
        (r"write it as 2022-01-05", _("write it as 2022-01-05")),
        (r"write the year with four", _("write the year with four digits")),
        (r"say --dates .*", _("say above which of the two is meant")),
        (r"swap or correct (them|the days)", _("swap or correct the days")),
        (r"correct it, or swap it with its pair", _("correct it, or swap it with its pair")),
        (r"(swap them|say): --map .*|say --map lat=.*", _("swap the two columns above, or these two cells")),
        (r"write degrees such as (?P<n>\S+)", _("write degrees such as {n}")),
        (r"write latitude, longitude such as (?P<n>.+)", _("write latitude, longitude such as {n}")),
        (r"clear it, or correct it", _("clear it, or correct it")),
        (r"give both, or neither", _("give both, or neither")),
        (r"write digits only, or leave it blank", _("write digits only, or leave it blank")),
        (r"correct it, or leave it blank", _("correct it, or leave it blank")),
        (
            r"see the rejects, or say what the columns hold with --map",
            _("see the rejects, or say above what the columns hold"),
        ),
        (r"save the file as UTF-8, or name its encoding with --encoding", _("choose its encoding above")),
        (r"correct it, or name --encoding", _("correct it, or choose another encoding above")),
        (
            r"check its (delimiters|commas) and (quotation marks|quotes)",
            _("check its commas and quotation marks"),
        ),
        (r"check the coordinates and the name", _("check the coordinates and the name")),
        (r"check both", _("check both")),
        (r"check the local day", _("check the local day")),
        (
            r"if you mean '(?P<word>.+)', write that; else use one of: (?P<types>.+)",
            _("if you mean “{word}”, write that; else one of: {types}"),
        ),
        (r"use one of: (?P<types>.+)", _("use one of: {types}")),
    ]


def _notes() -> list[tuple[str, str]]:
    """How a file was read."""
    return [
        (
            r"read as (?P<encoding>\S+); if letters look wrong, name the encoding with --encoding",
            _("The encoding was guessed: {encoding}. If letters look wrong, choose another."),
        ),
        (
            r"some bytes are not UTF-8: the rows that hold them are rejected",
            _("Some letters are damaged: the rows that hold them are rejected."),
        ),
        (
            r"two header rows were read as one, such as '(?P<name>.+)'",
            _("Two rows of column names were read as one, such as “{name}”."),
        ),
        (
            r"(?P<n>\d+) rows? above the column names passed over",
            _("Rows above the column names: {n}, passed over."),
        ),
        (r"a row of HXL hashtags names the columns", _("A row of HXL hashtags names the columns.")),
        (
            r"worksheet '(?P<name>.+)' was read, of (?P<others>.+) nothing \(--sheet NAME\)",
            _("Worksheet “{name}” was read, of {others} nothing."),
        ),
        (
            r"layer '(?P<name>.+)' was read, of (?P<others>.+) nothing \(--sheet NAME\)",
            _("Layer “{name}” was read, of {others} nothing."),
        ),
        (r"it holds macros, which were not run", _("It holds macros, which were not run.")),
        (
            r"(?P<n>[\d,]+) formulas have no value and count as empty: .*",
            _(
                "{n} formulas have no value and count as empty. Open the workbook, save it, "
                "and bring it again."
            ),
        ),
        (
            r"(?P<n>\d+) merged cells: each of their rows has their value",
            _("Merged cells: {n}; each of their rows has their value."),
        ),
        (
            r"coordinates were converted to longitude and latitude \(EPSG:4326\)",
            _("Coordinates were converted to longitude and latitude."),
        ),
        (
            r"'(?P<name>.+)' holds day numbers of a spreadsheet: .*",
            _("“{name}” holds day numbers of a spreadsheet, which were read as days."),
        ),
        (r"days read day-first", _("Days were read with the day first, then the month.")),
        (r"days read month-first", _("Days were read with the month first, then the day.")),
    ]
