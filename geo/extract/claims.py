"""Candidate claims: a number of people to whom something happened, who says so, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from geo.extract.figures import Counted
from geo.extract.incidents import Found, is_history
from geo.extract.reading import Claim
from geo.extract.scene import Scene
from geo.extract.speakers import Said
from geo.extract.spot import Spot
from geo.extract.spots import Ground
from geo.schema import Precision

_MOST_EVIDENCE = 20
_WHOLE = {"killed", "injured", "arrested", "missing"}
_WITHIN = 16  # tokens between a number and the place it is about
_REMEMBERED = 5  # sentences for which the days of an event are those of its numbers
_MOVED = {"troops_deployed", "displaced"}
_PLACE_PART = {"named": 1.0, "anaphor": 0.85, "carried": 0.7, "story": 0.7}


def find(
    scenes: Sequence[Scene],
    counted: Sequence[Sequence[Counted]],
    said: Sequence[Sequence[Said]],
    incidents: Sequence[Found],
    ground: Ground,
    published: dt.date | None,
) -> list[Claim]:
    """The claims of a text, each number for one place once."""
    made: list[Claim] = []
    for scene in scenes:
        here = said[scene.number]
        for one in counted[scene.number]:
            if not one.metric or one.figure.best is None or one.first in scene.quoted:
                continue
            if one.part and (one.figure.best == 1 or one.metric in _WHOLE):
                continue  # "including a girl" tells of somebody who is counted already
            if _is_history(scene, one, published):
                continue
            if _is_unreal(scene, one):
                continue
            claim = _claim(scene, one, here, incidents, ground, published)
            if claim is not None:
                made.append(claim)
    return _numbered(_merged(made))


def _is_history(scene: Scene, one: Counted, published: dt.date | None) -> bool:
    """Whether the time that stands nearest lies far back."""
    times = [time for time in scene.times if time.time.start is not None or time.meaning == "ago"]
    near = min(times, key=lambda time: scene.away(one.fate, time.first), default=None)
    return near is not None and is_history(near, published)


def _is_unreal(scene: Scene, one: Counted) -> bool:
    return bool(scene.near(one.fate, {"future", "unreal"}, 6)) or bool(scene.near(one.first, {"negation"}, 1))


def _claim(
    scene: Scene,
    one: Counted,
    said: Sequence[Said],
    incidents: Sequence[Found],
    ground: Ground,
    published: dt.date | None,
) -> Claim | None:
    spot = _spot(scene, one, said, incidents, ground)
    if spot is None:
        return None
    voice = _voice(one, said)
    spoken = [time for time in scene.times if time.first in scene.speech_times and time.time.start]
    own = [time for time in scene.times if time not in spoken and time.time.start and not time.time.future]
    about = min(own, key=lambda time: scene.away(one.fate, time.first), default=None)
    if about is not None and scene.away(one.fate, about.first) > _WITHIN:
        about = None
    days = (about.time.start, about.time.end) if about else _days_before(scene, spot, incidents)
    reported = spoken[0].time.start if spoken else published
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
        place=spot.name,
        country=spot.place.country or None,
        admin1_id=spot.place.admin1_id if spot.precision != Precision.COUNTRY else None,
        admin1_ids=spot.place.admin1_ids,
        geonameid=spot.place.geonames_id,
        location_precision=spot.precision,
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


def _spot(
    scene: Scene, one: Counted, said: Sequence[Said], incidents: Sequence[Found], ground: Ground
) -> Spot | None:
    """The place of a number: in its clause, in its sentence, of the event told before, of the story."""
    speaking = {at for voice in said for at in range(voice.first, voice.last)}
    loose = one.metric in _MOVED
    spots = [spot for spot in ground.spots(scene) if spot.at not in speaking and (loose or not spot.loose)]
    near = [spot for spot in spots if scene.away(one.fate, spot.at) <= _WITHIN]
    exact = [spot for spot in near if spot.below_country] or near
    if exact:
        return min(exact, key=lambda spot: scene.away(one.fate, spot.at))
    story = ground.story()
    nearer = _spot_before(scene, ground)
    before = [one for one in incidents if one.last_told(scene.number) >= max(0, scene.number - 3)]
    for found in sorted(before, key=lambda one: -one.last_told(scene.number)):
        told = found.last_told(scene.number)
        if nearer is not None and told < nearer[0]:
            return nearer[1]
        if told == scene.number or (
            scene.number - told <= (2 if ground.is_wide else 3)
            and found.spot.below_country
            and (story is None or story.below_country or ground.goes_on(scene, told) or not ground.is_wide)
        ):
            return replace(found.spot, how="carried", at=-1, span=None)
    return nearer[1] if nearer is not None else story


def _spot_before(scene: Scene, ground: Ground) -> tuple[int, Spot] | None:
    """The place of a sentence just before in the same paragraph, with the sentence's number."""
    for number in range(scene.number - 1, max(-1, scene.number - 3), -1):
        if not ground.goes_on(scene, number):
            return None
        exact = [
            spot for spot in ground.spots(ground.scenes[number]) if spot.below_country and not spot.loose
        ]
        if exact:
            return number, replace(exact[0], how="carried", at=-1, span=None)
    return None


def _days_before(
    scene: Scene, spot: Spot, incidents: Sequence[Found]
) -> tuple[dt.date | None, dt.date | None]:
    """The days of what happened at the place of a number, as this sentence or one just before tells it."""
    for found in reversed(incidents):
        told = found.last_told(scene.number)
        same = found.spot.place.key == spot.place.key and told >= 0 and scene.number - told <= _REMEMBERED
        if same and found.when.how in ("named", "carried") and found.when.start is not None:
            return found.when.start, found.when.end
    return None, None


def _voice(one: Counted, said: Sequence[Said]) -> Said | None:
    """The speaker of a number: the last one before it, else the one that follows."""
    before = [voice for voice in said if voice.verb < one.first]
    if before:
        return before[-1]
    return said[0] if said else None


def _merged(claims: Sequence[Claim]) -> list[Claim]:
    """Each number once: told again, it adds its words and who says so."""
    kept: list[Claim] = []
    for one in claims:
        for at, other in enumerate(kept):
            if (one.metric, one.best) == (other.metric, other.best) and (
                one.place == other.place or "named" not in (_how(one), _how(other)) or one.parts["place"] < 1
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


def _how(claim: Claim) -> str:
    return "named" if claim.parts["place"] == 1.0 else "other"


def _numbered(claims: Sequence[Claim]) -> list[Claim]:
    return [replace(one, id=f"C{number:02d}") for number, one in enumerate(claims, start=1)]
