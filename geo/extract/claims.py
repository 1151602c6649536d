"""Candidate claims: a number of people to whom something happened, who says so, and where."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from geo.extract.figures import Counted
from geo.extract.found import Found
from geo.extract.incidents import Story, own_spot
from geo.extract.reading import Claim
from geo.extract.scene import Scene
from geo.extract.speakers import Said
from geo.extract.spot import Spot, contains, lies_in
from geo.extract.when import LONG_AGO, NO_DAY, is_history, when
from geo.schema import Precision

_MOST_EVIDENCE = 20
_PART = 6  # tokens after a part of a number in which its own place stands
_LARGE = 10
_WIDE_WITHIN = 3  # tokens from "nationwide" to a number
_HEADINGS = 5
_PERFECT = 3  # tokens from "have" to what has happened
_WHOLE = {"killed", "injured", "arrested", "missing"}
_PLACE_PART = {"named": 1.0, "anaphor": 0.85, "carried": 0.7, "story": 0.7}


def find(story: Story, incidents: Sequence[Found]) -> list[Claim]:
    """The claims of a text, each number for one place once. Of a story whose stage has been set."""
    made: list[Claim] = []
    told: dict[int, list[Found]] = defaultdict(list)
    for found in incidents:
        for number in () if found.future else found.again:
            told[number].append(found)
    for scene in story.scenes:
        for one in story.counted[scene.number]:
            bounds = (one.figure.low, one.figure.best, one.figure.high)
            if not one.metric or bounds == (None, None, None) or one.first in scene.quoted:
                continue
            if (
                one.part
                and (one.figure.best == 1 or one.metric in _WHOLE)
                and not _has_own_place(scene, one, story)
            ):
                continue  # "including a girl" tells of somebody who is counted already
            if _is_history(scene, one, story.published):
                continue
            if _is_unreal(scene, one):
                continue
            claim = _claim(scene, one, story, told[scene.number])
            if claim is not None:
                made.append(claim)
    return _numbered(_merged(made, _text_begins(story)))


def _text_begins(story: Story) -> int:
    """Where the text begins behind its headings: offset of the first sentence that ends like one."""
    for scene in story.scenes[:_HEADINGS]:
        if scene.dateline or (scene.tokens and scene.tokens[-1].text in '.!?…”"'):
            return scene.sentence.span.start
    return 0


def _is_history(scene: Scene, one: Counted, published: dt.date | None) -> bool:
    """Whether the time that stands nearest lies far back."""
    times = [time for time in scene.times if time.time.start is not None or time.meaning in LONG_AGO]
    near = min(times, key=lambda time: scene.away(one.fate, time.first), default=None)
    return near is not None and is_history(near, published)


def _is_unreal(scene: Scene, one: Counted) -> bool:
    return bool(scene.near(one.fate, {"future", "unreal"}, 6)) or bool(scene.near(one.first, {"negation"}, 1))


def _claim(scene: Scene, one: Counted, story: Story, here: Sequence[Found]) -> Claim | None:
    spot = _spot(scene, one, story, here)
    if spot is None:
        return None
    finer = story.finer.get(scene.number)
    rough = spot.below_country or (spot.how in ("story", "anaphor") and not scene.of("whole_country"))
    if finer is not None and rough and contains(spot.place, finer.place):
        spot = replace(finer, how="carried", at=-1, span=None)
    voice = _voice(one, story.said[scene.number])
    spoken = [time for time in scene.times if time.first in scene.speech_times and time.time.start]
    days = _days(scene, one, spot, story, here)
    reported = spoken[0].time.start if spoken else story.published
    doubts = []
    if scene.of("doubt"):
        doubts.append("the text itself is not sure")
    if spot.how != "named":
        doubts.append("the place is not named in this sentence")
    if voice is None:
        doubts.append("nobody is named who says so")
    parts = {
        "number": 1.0 if one.figure.low is not None or one.figure.high is not None else 0.9,
        "place": _PLACE_PART[spot.how],
        "speaker": 0.9 if voice else 0.7,
    }
    confidence = 1.0
    for part in parts.values():
        confidence *= part
    evidence = scene.span(min(one.first, one.fate), max(one.last, _fate_end(scene, one)))
    return Claim(
        id="",
        metric=one.metric,
        low=one.figure.low,
        best=one.figure.best,
        high=one.figure.high,
        qualifier=one.figure.qualifier,
        place=spot.town or spot.name,
        country=spot.place.country or None,
        admin1_id=spot.place.admin1_id if spot.precision != Precision.COUNTRY else None,
        admin1_ids=spot.place.admin1_ids,
        geonameid=spot.place.geonames_id,
        location_precision=Precision.CITY if spot.town else spot.precision,
        about_start=days[0],
        about_end=days[1],
        claimed_by=voice.name if voice else "",
        reported_on=reported,
        confidence=round(confidence, 3),
        parts=parts,
        doubts=tuple(doubts),
        evidence=(evidence,),
    )


def _fate_end(scene: Scene, one: Counted) -> int:
    return max(
        (mark.last for mark in scene.of("fate", "toll") if mark.first == one.fate), default=one.fate + 1
    )


def _spot(scene: Scene, one: Counted, story: Story, here: Sequence[Found]) -> Spot | None:
    """The place of a number: in its clause, in its sentence, of the event it goes with, of the scene."""
    own = own_spot(scene, one, story)
    if any(0 <= one.first - mark.last <= _WIDE_WITHIN for mark in scene.of("whole_country")):
        own = story.ground.whole or own  # "12,000 in Paris and a nationwide turnout of 89,000"
    if own is not None:
        exact = _exactly(scene, one, own, here)
        return own if exact is None else exact
    if here and not scene.of("whole_country"):
        return replace(_beside(scene, one, here).spot, how="carried", at=-1, span=None)
    if _sums_up(scene, one, story):
        return story.ground.whole if story.stage.towns(scene) > 1 else story.ground.story()
    before = story.stage.place(scene)
    if before is None or not (before.below_country or scene.of("whole_country", "sums_up")):
        told_by = own_spot(scene, one, story, speakers=True)
        if told_by is not None and told_by.below_country and not story.ground.is_capital(told_by):
            return told_by  # "police in Quetta said that four had been arrested"
    return before


def _exactly(scene: Scene, one: Counted, own: Spot, here: Sequence[Found]) -> Spot | None:
    """The town in which the event lies that a number is told with roughly: "27 were killed in the north"."""
    if not own.is_rough or not here or scene.of("whole_country", "sums_up"):
        return None
    beside = _beside(scene, one, here).spot
    if beside.roughness >= own.roughness or not lies_in(own.place, beside.place):
        return None
    return replace(beside, how="carried", at=-1, span=None)


def _has_own_place(scene: Scene, one: Counted, story: Story) -> bool:
    """Whether a part of a number has a place of its own: "12 of them in Badulla"."""
    following = [other.first for other in story.counted[scene.number] if other.first >= one.last]
    limit = min(following, default=len(scene.tokens))
    verbs = [mark.first for mark in scene.of("fate", "auxiliary") if mark.first >= one.last]
    limit = min(limit, one.last + _PART, *verbs)
    return any(one.last <= spot.at < limit for spot in story.ground.spots(scene))


def _sums_up(scene: Scene, one: Counted, story: Story) -> bool:
    """Whether a new paragraph adds up what has happened until then: "27 have been arrested since May"."""
    few = max(one.figure.low or 0, one.figure.best or 0) < _LARGE
    there = any(token.normal in scene.words["there"] for token in scene.tokens)
    if not few and not there and _is_since_long(scene, story):
        return True
    if few or scene.number == 0 or story.ground.goes_on(scene, scene.number - 1):
        return False
    around = range(max(0, min(one.fate, one.first) - _PERFECT), max(one.fate, one.last))
    return any("perfect" in scene.begins.get(at, ()) for at in around)


def _is_since_long(scene: Scene, story: Story) -> bool:
    """Whether it is counted since weeks ago: "528 people had been killed since April"."""
    return any(
        time.first in scene.since
        and time.time.start is not None
        and story.published is not None
        and story.published - time.time.start > _WEEKS
        for time in scene.times
    )


_WEEKS = dt.timedelta(days=21)


def _beside(scene: Scene, one: Counted, here: Sequence[Found]) -> Found:
    """Of the events of a sentence the one that is told nearest to a number."""
    return min(
        here,
        key=lambda found: scene.away(one.fate, found.told.mark.first) if found.scene == scene.number else 0,
    )


def _days(
    scene: Scene, one: Counted, spot: Spot, story: Story, here: Sequence[Found]
) -> tuple[dt.date | None, dt.date | None]:
    """The days of what is counted: of its sentence, of the event it goes with, of the scene before."""
    found = when(scene, one.fate, story.published)
    if found.how != "named":
        beside = _beside(scene, one, here).when if here else NO_DAY
        found = beside if beside.is_known else story.stage.days(scene, spot) or NO_DAY
    return found.start, found.end


def _voice(one: Counted, said: Sequence[Said]) -> Said | None:
    """The speaker of a number: the last one before it, else the one that follows."""
    before = [voice for voice in said if voice.verb < one.first]
    if before:
        return before[-1]
    return said[0] if said else None


def _merged(claims: Sequence[Claim], begins: int) -> list[Claim]:
    """Each number once: told again, it adds its words and who says so.

    What a heading tells is told by the text as well: begins is where that begins.
    """
    kept: list[Claim] = []
    for one in claims:
        for at, other in enumerate(kept):
            if _is_of_heading(one, other, begins):
                kept[at] = replace(one, evidence=(*other.evidence, *one.evidence)[:_MOST_EVIDENCE])
                break
            if (one.metric, one.low, one.best) == (other.metric, other.low, other.best) and (
                one.place == other.place or (_is_large(one) and one.parts["place"] < 1)
            ):
                kept[at] = replace(
                    other,
                    evidence=(*other.evidence, *one.evidence)[:_MOST_EVIDENCE],
                    claimed_by=other.claimed_by or one.claimed_by,
                )
                break
        else:
            kept.append(one)
    return kept


def _is_of_heading(one: Claim, other: Claim, begins: int) -> bool:
    """Whether a number of the text has been told in a heading, with other words for whom it counts."""
    if not other.evidence[0].start < begins <= one.evidence[0].start:
        return False
    same = one.metric.partition("_")[0] == other.metric.partition("_")[0]
    return same and (one.best or one.low) == (other.best or other.low)


def _is_large(claim: Claim) -> bool:
    """Whether it is hardly by chance that a number is told again."""
    return max(claim.low or 0, claim.best or 0) >= _LARGE


def _numbered(claims: Sequence[Claim]) -> list[Claim]:
    return [replace(one, id=f"C{number:02d}") for number, one in enumerate(claims, start=1)]
