"""Candidate incidents: a trigger, a place and a day that the text gives for it.

It would rather miss than make up. An incident needs a place below the country or a day in its own
sentence; a day on which somebody spoke is not the day of what they spoke of, unless there is no other.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from geo.extract.figures import Counted
from geo.extract.reading import Incident, Span
from geo.extract.scene import Scene
from geo.extract.spot import Spot
from geo.extract.spots import Ground
from geo.extract.times import Timed
from geo.extract.triggers import Told
from geo.schema import DatePrecision, Precision

_BACKGROUND = dt.timedelta(days=120)
"""A time without a day that lies further back is history."""

_LONGEST_EVENT = dt.timedelta(days=100)
_LONGEST_COUNTRYWIDE = dt.timedelta(days=8)
_LONGEST_TITLE = 110
_REMEMBERED = 3  # sentences for which a day or a place is carried on
_PLACE_PART = {"named": 1.0, "anaphor": 0.85, "carried": 0.7, "story": 0.6}
_TOGETHER = 14  # tokens within which two triggers of one sentence are one event


class When(NamedTuple):
    """The days of an incident. at: the token of the time, or -1.

    how: "named", "said", "carried" or "none", and "other" where it lies ahead or far back.
    """

    start: dt.date | None
    end: dt.date | None
    precision: DatePrecision
    how: str
    at: int = -1
    last: int = -1


@dataclass(frozen=True)
class Found:
    """An incident before it is numbered, with what assembly must know of it."""

    scene: int
    words: str
    told: Told
    spot: Spot
    when: When
    evidence: Span
    doubts: tuple[str, ...]
    again: tuple[int, ...] = ()

    def last_told(self, scene: int) -> int:
        """The last sentence up to one that tells of it, or -1."""
        after = bisect_right(self.again, scene)
        here = self.scene if self.scene <= scene else -1
        return max(here, self.again[after - 1]) if after else here


def find(
    scenes: Sequence[Scene],
    told: Sequence[Sequence[Told]],
    ground: Ground,
    published: dt.date | None,
) -> list[Found]:
    """The incidents of a text, each told once."""
    found: list[Found] = []
    for scene in scenes:
        here: list[Found] = []
        for one in told[scene.number]:
            made = _made(scene, one, ground, published, found)
            if made is not None and not _is_told_already(made, here):
                here.append(made)
        found += here
    return _merged(found)


def _made(
    scene: Scene,
    told: Told,
    ground: Ground,
    published: dt.date | None,
    before: Sequence[Found],
) -> Found | None:
    at = told.mark.first
    spot = ground.nearest(scene, at, loose=told.event_type == "Strategic developments")
    when = _when(scene, at, published)
    if when.how == "other":
        return None
    if when.how == "none" or when.how == "said":
        when = _carried(scene, before, spot, ground) or when
    if spot is None or not spot.below_country:
        spot = spot or ground.acting(scene) or _earlier_place(scene, told, before, ground) or ground.story()
    if spot is None:
        return None
    named_place = spot.how in ("named", "anaphor") and spot.below_country
    if when.how not in ("named",) and not named_place:
        return None
    if (told.weak or told.bare) and not (named_place and when.how in ("named", "said", "carried")):
        return None
    if spot.how == "story" and told.bare:
        return None
    if not spot.below_country and when.start and when.end and when.end - when.start > _LONGEST_COUNTRYWIDE:
        return None  # "since June 150 have been arrested in the country" sums up events
    if when.how == "none":
        when = When(None, published, DatePrecision.UNKNOWN, "none")
    words = " ".join(token.text for token in scene.tokens[told.mark.first : told.mark.last])
    return Found(
        scene.number,
        words,
        told,
        spot,
        when,
        _evidence(scene, told, spot, when),
        _doubts(scene, spot, when, told),
    )


def _when(scene: Scene, at: int, published: dt.date | None) -> When:
    """The time that a sentence gives for what stands at a token."""
    nearest = min(scene.times, key=lambda time: scene.away(at, time.first), default=None)
    if nearest is not None and is_history(nearest, published):
        return When(None, None, DatePrecision.UNKNOWN, "other")
    usable = [time for time in scene.times if time.time.start is not None and not is_history(time, published)]
    future = [time for time in usable if time.time.future]
    past = [time for time in usable if not time.time.future]
    speech = [time for time in past if time.first in scene.speech_times]
    own = [time for time in past if time not in speech]
    if own:
        best = min(own, key=lambda time: (scene.away(at, time.first), time.first))
        ahead = [time for time in future if scene.away(at, time.first) < scene.away(at, best.first)]
        if ahead and not scene.boundaries:
            return When(None, None, DatePrecision.UNKNOWN, "other")
        return When(best.time.start, best.time.end, best.time.precision, "named", best.first, best.last)
    if future and not speech and min(scene.away(at, time.first) for time in future) < 12:
        return When(None, None, DatePrecision.UNKNOWN, "other")
    if speech:
        time = speech[0]
        return When(time.time.start, time.time.end, time.time.precision, "said", time.first, time.last)
    return When(None, None, DatePrecision.UNKNOWN, "none")


def _is_long(time: Timed) -> bool:
    """Whether it says only in which year."""
    start, end = time.time.start, time.time.end
    return start is not None and end is not None and end - start > _LONGEST_EVENT


def is_history(time: Timed, published: dt.date | None) -> bool:
    """Whether a time lies so far back that what it tells of is background."""
    if time.meaning == "ago" and time.time.start is None:
        return True
    if time.meaning == "year" and _is_long(time):
        return True
    if published is None or time.time.end is None:
        return False
    vague = time.time.precision in (DatePrecision.RANGE, DatePrecision.MONTH, DatePrecision.UNKNOWN)
    return published - time.time.end > (_BACKGROUND if vague else 3 * _BACKGROUND)


def _carried(scene: Scene, before: Sequence[Found], spot: Spot | None, ground: Ground) -> When | None:
    """The day of what was told just before, if this goes on with it: not elsewhere in a new paragraph."""
    for one in reversed(before):
        if scene.number - one.scene > _REMEMBERED:
            return None
        if one.when.how in ("named", "carried") and one.when.start is not None:
            elsewhere = spot is not None and spot.how == "named" and spot.place.key != one.spot.place.key
            if elsewhere and not ground.goes_on(scene, one.scene):
                return None
            return one.when._replace(how="carried", at=-1, last=-1)
    return None


def _earlier_place(scene: Scene, told: Told, before: Sequence[Found], ground: Ground) -> Spot | None:
    """The place of an event told just before: of the same kind where the story is about a whole country."""
    for one in reversed(before):
        if scene.number - one.scene > _REMEMBERED:
            return None
        alike = one.told.event_type == told.event_type
        if one.spot.below_country and (alike or not ground.is_wide):
            return replace(one.spot, how="carried", at=-1, span=None)
    return None


def _evidence(scene: Scene, told: Told, spot: Spot, when: When) -> Span:
    """From where the clause begins to the last of trigger, place and time."""
    ends = [told.mark.last, when.last]
    starts = [told.mark.first]
    if spot.span is not None:
        after = [at for at, token in enumerate(scene.tokens) if token.end <= spot.span.end]
        ends.append(max(after, default=0) + 1)
        starts.append(spot.at)
    if when.at >= 0:
        starts.append(when.at)
    first, _ = scene.clause(min(starts))
    return scene.span(first, max(ends))


def _doubts(scene: Scene, spot: Spot, when: When, told: Told) -> tuple[str, ...]:
    doubts = []
    if scene.of("doubt"):
        doubts.append("the text itself is not sure")
    if spot.how != "named":
        doubts.append(
            {"anaphor": "the place is named before", "carried": "the place is that of a sentence before"}.get(
                spot.how, "the place is that of the whole story"
            )
        )
    if when.how == "said":
        doubts.append("the day is that of the statement")
    if when.how == "carried":
        doubts.append("the day is that of a sentence before")
    if when.how == "none":
        doubts.append("no day is given")
    if told.firm < 0.6:
        doubts.append("the event is only referred to")
    return tuple(doubts)


def _is_told_already(one: Found, others: Sequence[Found]) -> bool:
    """Whether a sentence tells of it under another word: one event at one place and time."""
    return any(
        (other.spot.name == one.spot.name and other.when.start == one.when.start) or other.spot.how != "named"
        for other in others
    )


def _merged(found: Sequence[Found]) -> list[Found]:
    """Each event once: the same kind at the same place on the same days, the firmer telling kept."""
    kept: list[Found] = []
    for one in found:
        for at, other in enumerate(kept):
            if _is_same(one, other):
                if one.when.how == "named" and other.when.how != "named":
                    kept[at] = replace(one, again=tuple(sorted({other.scene, *other.again})))
                else:
                    kept[at] = replace(other, again=(*other.again, one.scene))
                break
        else:
            kept.append(one)
    return kept


def _is_same(one: Found, other: Found) -> bool:
    same_place = one.spot.name == other.spot.name or one.spot.place.key == other.spot.place.key
    if not same_place:
        return False
    same_kind = one.told.event_type == other.told.event_type or one.told.weak or other.told.weak
    same_day = one.when.start == other.when.start or "none" in (one.when.how, other.when.how)
    return same_kind and same_day


def numbered(found: Sequence[Found], text: str, counted: Sequence[Sequence[Counted]]) -> list[Incident]:
    """The incidents as a reading shows them."""
    made = []
    for number, one in enumerate(found, start=1):
        place = one.spot.place
        point = one.spot.precision.is_point
        parts = {
            "trigger": one.told.firm,
            "place": _PLACE_PART[one.spot.how],
            "date": {"named": 1.0, "said": 0.6, "carried": 0.7, "none": 0.4}[one.when.how],
        }
        if "the text itself is not sure" in one.doubts:
            parts["wording"] = 0.6
        confidence = 1.0
        for part in parts.values():
            confidence *= part
        title = " ".join(text[one.evidence.start : one.evidence.end].split())
        area = one.spot.precision in (Precision.MACRO_REGION, Precision.COUNTRY)
        made.append(
            Incident(
                id=f"I{number:02d}",
                title=title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…",
                event_type=one.told.event_type,
                sub_event_type=one.told.sub_event_type,
                trigger=one.words,
                place=one.spot.name,
                lat=place.lat if point else None,
                lon=place.lon if point else None,
                location_precision=one.spot.precision,
                country=place.country or None,
                admin1_id=None if area else place.admin1_id,
                admin1_ids=place.admin1_ids if area else (),
                geonameid=place.geonames_id,
                date_start=one.when.start,
                date_end=one.when.end,
                date_precision=one.when.precision,
                future=False,
                confidence=round(confidence, 3),
                parts=parts,
                doubts=one.doubts,
                figures={
                    figure.metric: figure.figure.best
                    for figure in counted[one.scene]
                    if figure.metric and figure.figure.best is not None
                },
                evidence=(one.evidence,),
            )
        )
    return made
