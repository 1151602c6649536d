"""What a chart of claims is made of: marks with the days on which they stood, and two scales. Pure."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from geo.schema import ClaimStatus

Row = dict[str, Any]

_ONE_DAY = dt.timedelta(days=1)
_EXPONENTS = (1.0, 0.75, 0.6, 0.5, 0.42, 0.36, 0.3, 0.25)
_EVEN_DAYS = 31
"""Up to so many days, every day is as wide as the next."""

_NARROW = 0.8
"""From this ratio of the lowest to the highest number on, the upright scale does not begin at zero."""

_MOST_PARTS = 3


@dataclass(frozen=True)
class Mark:
    """A dated number. It stood from `day` to `until`: None is to this day, `day` itself is never."""

    claim: Row
    day: dt.date
    value: float
    until: dt.date | None

    @property
    def status(self) -> str:
        """What became of it."""
        return str(self.claim["status"])


@dataclass(frozen=True)
class Riser:
    """On a day, one number took the place of another."""

    day: dt.date
    old: float
    new: float


@dataclass(frozen=True)
class Panel:
    """The claims about one place, parted into what a chart can and what it cannot place in time.

    wordless: claims of a known day that give no number. undated: those of an unknown day.
    """

    place: str
    claims: tuple[Row, ...]
    marks: tuple[Mark, ...]
    risers: tuple[Riser, ...]
    wordless: tuple[Row, ...]
    undated: tuple[Row, ...]

    @property
    def days(self) -> list[dt.date]:
        """Every day on which something was said."""
        return sorted({mark.day for mark in self.marks} | {one["reported_on"] for one in self.wordless})


def panel(place: str, claims: Iterable[Row], every: Mapping[str, Row]) -> Panel:
    """The claims about a place.

    claims: of one metric, as they stood on a day. every: all claims known on that day by identifier,
    for one may be replaced by another that is about another place or counts something else.
    """
    here = [one for one in claims if one["place"] == place]
    marks = tuple(
        Mark(one, one["reported_on"], one["value"], _until(one, every))
        for one in here
        if one["reported_on"] is not None and one["value"] is not None
    )
    drawn = {mark.claim["id"]: mark for mark in marks}
    return Panel(
        place,
        tuple(here),
        marks,
        tuple(_risers(marks, drawn)),
        tuple(one for one in here if one["reported_on"] is not None and one["value"] is None),
        tuple(one for one in here if one["reported_on"] is None),
    )


def shown_places(claims: Sequence[Row], place: str, whole: str) -> list[str]:
    """The places to draw: the one chosen; with the whole country also those whose number changed.

    claims: of one metric, of all days, so that the choice does not change with what was known.
    """
    if place != whole:
        return [place]

    def telling(part: str) -> bool:
        here = [one for one in claims if one["place"] == part and one["value"] is not None]
        return len({one["value"] for one in here}) > 1 and any(one["reported_on"] for one in here)

    return [place, *(part for part in places(claims, whole) if part != whole and telling(part))][
        : 1 + _MOST_PARTS
    ]


def whole_place(claims: Iterable[Row]) -> str:
    """The country: of the places that lie in no region, the one with most claims."""
    broad = Counter(one["place"] for one in claims if one["admin0"] and not one["admin1_id"])
    return broad.most_common(1)[0][0] if broad else ""


def places(claims: Iterable[Row], whole: str) -> list[str]:
    """The places that claims are about: the country, then those with most claims."""
    found = Counter(one["place"] for one in claims)
    return sorted(found, key=lambda place: (place != whole, -found[place], place))


def successor(claim: Row, every: Mapping[str, Row]) -> Row | None:
    """The claim that took its place, if that is known by now."""
    return every.get(claim["superseded_by"] or "")


def _until(claim: Row, every: Mapping[str, Row]) -> dt.date | None:
    """The day a claim ceased to stand; its own first day where that is not known, or it is disputed."""
    said: dt.date = claim["reported_on"]
    ended: dt.date | None = said
    if claim["status"] == ClaimStatus.STANDS:
        return None
    if claim["status"] == ClaimStatus.RETRACTED:
        ended = claim["withdrawn_on"]
    elif claim["status"] == ClaimStatus.SUPERSEDED:
        ended = (successor(claim, every) or claim)["reported_on"]
    return max(said, ended or said)


def _risers(marks: Sequence[Mark], drawn: Mapping[str, Mark]) -> Iterable[Riser]:
    for mark in marks:
        after = drawn.get(mark.claim["superseded_by"] or "")
        if mark.status == ClaimStatus.SUPERSEDED and after and after.day == mark.until:
            yield Riser(after.day, mark.value, after.value)


@dataclass(frozen=True)
class TimeScale:
    """Days to the share of a chart's width, 0 to 1: a power of the days since the first.

    edge: whether the last day is the one that knowledge is set back to.
    """

    first: dt.date
    last: dt.date
    exponent: float
    edge: bool = False

    @classmethod
    def over(cls, days: Sequence[dt.date], known_on: dt.date | None) -> TimeScale:
        """A scale on which these days lie as evenly as a power of time allows, with some room before them.

        A day is drawn at its beginning and known at its end, so the scale goes on for a day.
        """
        first = min(days) - _ONE_DAY
        long = max(days) - first
        last = max(days) + max(_ONE_DAY, long * 0.1)
        edge = known_on is not None and known_on - max(days) <= max(_ONE_DAY * 7, long * 0.5)
        if known_on is not None and edge:
            last = known_on + _ONE_DAY
        apart = sorted(set(days))
        if (last - first).days <= _EVEN_DAYS or len(apart) < 3:
            return cls(first, last, 1.0, edge)

        def evenness(exponent: float) -> float:
            scale = cls(first, last, exponent)
            room = math.log(scale(apart[0])) / 2
            return room + sum(math.log(scale(late) - scale(early)) for early, late in pairwise(apart))

        return cls(first, last, max(_EXPONENTS, key=evenness), edge)

    def __call__(self, day: dt.date) -> float:
        """Where a day lies; days outside are moved to the nearer end."""
        share = (day - self.first) / (self.last - self.first)
        return float(min(max(share, 0.0), 1.0) ** self.exponent)

    @property
    def even(self) -> bool:
        """Whether all days are equally wide."""
        return self.exponent == 1.0

    def ticks(self, width: float, room: float) -> list[dt.date]:
        """Days to write below a chart of `width` pixels, each with `room` pixels to itself.

        The turns of years come first, then quarters, months, and where days are wide, days.
        """
        days = [day for day in self._days() if day.day == 1 or self._wide(day, width, 3)]
        chosen: list[float] = []
        shown = []
        for day in sorted(days, key=lambda day: (_rank(day), day)):
            at = self(day) * width
            if room / 2 - 12 <= at <= width - room / 2 + 8 and all(abs(at - one) >= room for one in chosen):
                chosen.append(at)
                shown.append(day)
        return sorted(shown)

    def notches(self, width: float = 700, gap: float = 5) -> list[dt.date]:
        """Days that get a small mark: each day where days are wide, then the first of each month."""
        return [day for day in self._days() if day.day == 1 or self._wide(day, width, gap)]

    def _days(self) -> Iterable[dt.date]:
        return (self.first + _ONE_DAY * at for at in range((self.last - self.first).days + 1))

    def _wide(self, day: dt.date, width: float, least: float) -> bool:
        return (self(day + _ONE_DAY) - self(day)) * width >= least


def _rank(day: dt.date) -> int:
    if day.day == 1:
        return 0 if day.month == 1 else 1 if day.month in (4, 7, 10) else 2
    return 3 if day.day in (10, 20) else 4 if day.day in (5, 15, 25) else 5


@dataclass(frozen=True)
class ValueScale:
    """Numbers to the share of a chart's height, 0 at the bottom; `steps` are the lines across."""

    low: float
    high: float
    steps: tuple[float, ...]

    @classmethod
    def over(cls, values: Sequence[float], lines: int = 5) -> ValueScale:
        """A scale from zero, or from just below the lowest where the numbers lie close together."""
        least, most = min(values), max(values)
        close = len(set(values)) > 1 and least >= _NARROW * most
        step = _step((most - least) * 1.5 if close else most or 1.0, lines)
        low = math.floor((least - step / 2) / step) * step if close else 0.0
        top = math.ceil(most / step - 1e-9) * step or step
        steps = tuple(low + step * at for at in range(round((top - low) / step) + 1))
        return cls(low, top, steps)

    def __call__(self, value: float) -> float:
        """How high a number lies."""
        return (value - self.low) / (self.high - self.low)


def _step(spread: float, lines: int) -> float:
    """A round distance that parts `spread` by at most so many lines: 1, 2, 2.5 or 5, and zeros."""
    scale = 10.0 ** math.floor(math.log10(spread / lines))
    step = next(factor * scale for factor in (1, 2, 2.5, 5, 10) if spread / (factor * scale) <= lines)
    return max(step, 1.0)
