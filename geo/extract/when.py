"""On which days what a sentence tells happened: the time that belongs to a word of it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from geo.extract.scene import Scene
from geo.extract.times import Timed
from geo.schema import DatePrecision

_BACKGROUND = dt.timedelta(days=120)
"""A time without a day that lies further back is history."""

LONG_AGO = ("ago", "within_last", "over_years")
"""Meanings of times that, where no day follows from them, are those of years: "over the past decade"."""

_LONGEST_EVENT = dt.timedelta(days=100)
_AHEAD = 12  # tokens within which a time to come is that of a word


class When(NamedTuple):
    """The days of an event. at, last: the tokens of the time, or -1.

    how: "named", "said" (the day of the statement), "carried" or "none", and "other" where it lies ahead
    or far back.
    """

    start: dt.date | None
    end: dt.date | None
    precision: DatePrecision
    how: str
    at: int = -1
    last: int = -1

    @property
    def is_known(self) -> bool:
        """Whether it is the day of an event, told or carried on."""
        return self.how in ("named", "carried") and self.start is not None


NO_DAY = When(None, None, DatePrecision.UNKNOWN, "none")
ELSEWHEN = When(None, None, DatePrecision.UNKNOWN, "other")


def when(scene: Scene, at: int, published: dt.date | None) -> When:
    """The time that a sentence gives for what stands at a token."""
    if not scene.times:
        return NO_DAY
    beside = [time for time in scene.times if not scene.concerns_other(at, time.first)]
    nearest = min(beside or scene.times, key=lambda time: scene.away(at, time.first), default=None)
    if nearest is not None and is_history(nearest, published) and not _is_passed_over(scene, nearest):
        return ELSEWHEN
    future, speech, told = _apart(scene, published)
    own = [
        time
        for time in told
        if not _is_beyond(scene, at, time.first)
        and not _is_only_since(scene, at, time)
        and not _is_of_rank(scene, at, time)
    ]
    mine = [time for time in own if not scene.concerns_other(at, time.first)]
    own = mine if mine or speech else own
    if own:
        best = min(own, key=lambda time: (_distance(scene, at, time), time.first))
        ahead = [time for time in future if scene.away(at, time.first) < scene.away(at, best.first)]
        if ahead and not scene.boundaries:
            return ELSEWHEN
        found = _of(best, "named")
        if best.first in scene.since and _tells_more(scene, best):
            return found._replace(end=found.start, precision=DatePrecision.DAY)
        if best.first in scene.since and published is not None:
            return found._replace(end=published, precision=DatePrecision.RANGE)
        return found
    if future and not speech and min(scene.away(at, time.first) for time in future) < _AHEAD:
        return ELSEWHEN
    return _of(speech[0], "said") if speech else NO_DAY


def _is_passed_over(scene: Scene, time: Timed) -> bool:
    """Whether years are told of in passing beside a day: "the second in the past two years, on Friday"."""
    return time.meaning != "ago" and any(
        other.time.start is not None and other.time.precision == DatePrecision.DAY for other in scene.times
    )


@lru_cache(maxsize=16)
def _apart(scene: Scene, published: dt.date | None) -> tuple[list[Timed], list[Timed], list[Timed]]:
    """The times of a sentence: those ahead, those of what is said, and those of what is told."""
    usable = [
        time
        for time in scene.times
        if time.time.start is not None
        and not is_history(time, published)
        and time.last > scene.dateline
        and not _is_only_until(scene, time)
    ]
    future = [time for time in usable if time.time.future]
    past = [time for time in usable if not time.time.future]
    speech = [time for time in past if time.first in scene.speech_times]
    return future, speech, [time for time in past if time.first not in scene.speech_times]


def _tells_more(scene: Scene, time: Timed) -> bool:
    """Whether a clause tells what happened then: "on Tuesday, when idols were smashed"."""
    after = time.last + (time.last < len(scene.tokens) and scene.tokens[time.last].text == ",")
    return after < len(scene.tokens) and scene.tokens[after].normal in scene.words["when"]


def _distance(scene: Scene, at: int, time: Timed) -> int:
    """How far a time is from a word: next to it where a clause about that time holds the word."""
    if at > time.last and _tells_more(scene, time):
        return at - time.last
    return scene.away(at, time.first)


def _is_of_rank(scene: Scene, at: int, time: Timed) -> bool:
    """Whether a time says of what something is the worst: "one of the deadliest raids this year"."""
    ranks = scene.of("rank")
    return bool(ranks) and any(at < mark.first < time.first for mark in ranks)


def _is_only_since(scene: Scene, at: int, time: Timed) -> bool:
    """Whether a time says only since when something else goes on: no day of an event told for once."""
    if time.first not in scene.since or (at > time.last and _tells_more(scene, time)):
        return False
    first, last = scene.clause(time.first)
    together = first <= at <= last or scene.clause(at)[1] == time.first
    going_on = together and scene.near(at, {"perfect"}, _PERFECT)
    return not going_on or not (time.meaning == "since_day" or time.time.precision == DatePrecision.DAY)


def _is_only_until(scene: Scene, time: Timed) -> bool:
    """Whether a time is the end of what was ordered: "imposed until Monday", not "lasted until Monday"."""
    near = scene.tokens[max(0, time.first - 1) : time.first + 1]
    if not any(token.normal in scene.words["until"] for token in near):
        return False
    first, last = scene.clause(time.first)
    return not any(token.normal in scene.words["lasting"] for token in scene.tokens[first:last])


_PERFECT = 4  # tokens from "have" to what has gone on since


def _is_beyond(scene: Scene, at: int, time: int) -> bool:
    """Whether a semicolon stands between a word and a time: the time is that of another statement."""
    low, high = min(at, time), max(at, time)
    return bisect_left(scene.statements, low) < bisect_left(scene.statements, high)


def _of(time: Timed, how: str) -> When:
    return When(time.time.start, time.time.end, time.time.precision, how, time.first, time.last)


def is_history(time: Timed, published: dt.date | None) -> bool:
    """Whether a time lies so far back that what it tells of is background."""
    if time.meaning in LONG_AGO and time.time.start is None:
        return True
    if time.meaning == "year" and _is_long(time):
        return True
    if published is None or time.time.end is None:
        return False
    vague = time.time.precision in (DatePrecision.RANGE, DatePrecision.MONTH, DatePrecision.UNKNOWN)
    return published - time.time.end > (_BACKGROUND if vague else 3 * _BACKGROUND)


def _is_long(time: Timed) -> bool:
    """Whether it says only in which year."""
    start, end = time.time.start, time.time.end
    return start is not None and end is not None and end - start > _LONGEST_EVENT
