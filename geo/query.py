"""What a user can ask: `BBox`, `Interval`, `IncidentQuery`.

One object for map, API, command line, export and address: it is parsed from any of them and prints
back to each, so that all of them speak of the same rows.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from geo.errors import BadQuery
from geo.schema import EVENT_TYPES, Precision

Params = Mapping[str, str | Iterable[str]]
"""Parameters as they come: one text, or several where a parameter may be repeated."""


class BBox(NamedTuple):
    """West, south, east, north in degrees, EPSG:4326. West above east crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str, name: str = "bbox") -> Self:
        """Read `W,S,E,N`. Raises BadQuery."""
        todo = "give west,south,east,north in degrees, such as 46.5,40.5,87.4,55.5"
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            raise BadQuery(f"{text!r} is not four numbers", where=name, todo=todo) from None
        box = cls(west, south, east, north)
        if not all(map(math.isfinite, box)):
            raise BadQuery(f"{text!r} holds a value that is no number", where=name, todo=todo)
        if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
            raise BadQuery(f"{text!r} is not on the globe", where=name, todo=todo)
        if south > north:
            raise BadQuery(f"{text!r} has its south above its north", where=name, todo=todo)
        return box

    def __str__(self) -> str:
        return ",".join(str(value).removesuffix(".0") for value in self)

    def parts(self) -> list[BBox]:
        """The box, or its two halves where it crosses the antimeridian."""
        if self.west <= self.east:
            return [self]
        return [self._replace(east=180.0), self._replace(west=-180.0)]


WORLD = BBox(-180.0, -90.0, 180.0, 90.0)


class Interval(NamedTuple):
    """Days from `start` to `end`, both included; None is open."""

    start: dt.date | None = None
    end: dt.date | None = None


NONE = "none"
"""The event type that no incident has: asks for none of them."""


def parse_day(text: str, name: str) -> dt.date:
    """Read a day such as 2022-01-05. Raises BadQuery."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        todo = "write it as 2022-01-05"
        raise BadQuery(f"{text!r} is not a day", where=name, todo=todo) from None


def _one_of(text: str, name: str, allowed: Iterable[str]) -> str:
    known = list(allowed)
    if text not in known:
        raise BadQuery(f"{text!r} is not known", where=name, todo=f"choose from: {', '.join(known)}")
    return text


@dataclass(frozen=True)
class IncidentQuery:
    """Which incidents are asked for. Everything left out is unrestricted.

    interval: an incident matches when its own days touch it.
    bbox: a point matches inside it; an incident known to a wider area when that area touches it.
    event_types: ACLED event types; None is all of them, an empty tuple none.
    admin1: identifiers of regions.
    text: words that title, summary, place or actors must hold, in any case.
    min_precision: the coarsest place precision wanted.
    known_on: only what had been made public by the end of that day, as it then stood.
    dataset: the name of one data set.
    """

    interval: Interval = Interval()
    bbox: BBox | None = None
    event_types: tuple[str, ...] | None = None
    admin1: tuple[str, ...] = ()
    text: str = ""
    min_precision: Precision | None = None
    known_on: dt.date | None = None
    dataset: str = ""

    @classmethod
    def from_params(cls, params: Params) -> IncidentQuery:
        """Read a query from parameters named as in PARAMETERS; others are ignored. Raises BadQuery."""
        several = {
            name: [part.strip() for part in ([value] if isinstance(value, str) else value)]
            for name, value in params.items()
        }

        def one(name: str) -> str:
            found = [text for text in several.get(name, []) if text]
            if len(found) > 1:
                raise BadQuery("given more than once", where=name, todo="give it once")
            return found[0] if found else ""

        def day(name: str) -> dt.date | None:
            return parse_day(one(name), name) if one(name) else None

        interval = Interval(day("start"), day("end"))
        if interval.start and interval.end and interval.start > interval.end:
            what = f"{interval.start} is after {interval.end}"
            raise BadQuery(what, where="start", todo="swap start and end")
        types = [
            _one_of(text, "event-type", [*EVENT_TYPES, NONE])
            for text in several.get("event-type", [])
            if text
        ]
        precision = one("min-precision")
        return cls(
            interval=interval,
            bbox=BBox.parse(one("bbox")) if one("bbox") else None,
            event_types=tuple(kind for kind in EVENT_TYPES if kind in types) if types else None,
            admin1=tuple(sorted({text for text in several.get("admin1", []) if text})),
            text=" ".join(one("q").split()),
            min_precision=Precision(_one_of(precision, "min-precision", Precision)) if precision else None,
            known_on=day("known-on"),
            dataset=one("dataset"),
        )

    def to_params(self) -> dict[str, str | list[str]]:
        """The parameters that `from_params` reads; only those that restrict anything."""
        every: dict[str, str | list[str]] = {
            "start": str(self.interval.start or ""),
            "end": str(self.interval.end or ""),
            "bbox": str(self.bbox or ""),
            "event-type": [NONE] if self.event_types == () else list(self.event_types or ()),
            "admin1": list(self.admin1),
            "q": self.text,
            "min-precision": str(self.min_precision or ""),
            "known-on": str(self.known_on or ""),
            "dataset": self.dataset,
        }
        return {name: value for name, value in every.items() if value}

    def to_options(self) -> list[str]:
        """The same as options of the command line."""
        options: list[str] = []
        for name, value in self.to_params().items():
            option = "-q" if name == "q" else f"--{name}"
            for text in [value] if isinstance(value, str) else value:
                options += [option, text]
        return options


PARAMETERS = ("start", "end", "bbox", "event-type", "admin1", "q", "min-precision", "known-on", "dataset")
"""Names of the parameters of a query, in addresses and (with dashes) on the command line."""
