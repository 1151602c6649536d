"""Candidate incidents: a trigger, a place and a day that the text gives for it.

It would rather miss than make up. An incident needs a place below the country or a day in its own
sentence; a day on which somebody spoke is not the day of what they spoke of, unless there is no other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from geo.extract.figures import Counted
from geo.extract.found import Found
from geo.extract.kinds import settled
from geo.extract.reading import Span
from geo.extract.retelling import is_told_already, joined, merged, retold
from geo.extract.scene import Scene
from geo.extract.speakers import Said
from geo.extract.spot import Spot, is_of_part
from geo.extract.spot import apart as of_event
from geo.extract.spots import FAR, Ground
from geo.extract.stage import Stage
from geo.extract.triggers import Told
from geo.extract.turns import list_of, told_in_turns
from geo.extract.when import When, when
from geo.schema import DatePrecision

_LONGEST_COUNTRYWIDE = dt.timedelta(days=8)
_OPENING = 1  # sentences of a story that may tell roughly what follows
_LONGEST = dt.timedelta(days=45)
_COARSE = 10  # a country must stand so many tokens nearer than a place in it
_WITHIN = 16  # tokens between a number and the place it is about
_OUTCOMES = {"Attack", "Strategic developments"}
"""Kinds that are often what a crowd or a fight beside them led to: "was shot dead as police …"."""

_CAUSES = {"Protests", "Riots", "Battles", "Explosions/Remote violence"}


@dataclass
class Story:
    """What incidents and claims are assembled from, sentence by sentence."""

    scenes: Sequence[Scene]
    told: Sequence[Sequence[Told]]
    counted: Sequence[Sequence[Counted]]
    said: Sequence[Sequence[Said]]
    ground: Ground
    published: dt.date | None
    stage: Stage = field(init=False)
    finer: dict[int, Spot] = field(default_factory=dict)
    """Of a sentence that only says roughly where: the place that another one names."""

    @cached_property
    def lead(self) -> int | None:
        """The first sentence that tells of anything."""
        return next(
            (scene.number for scene in self.scenes if self.counted[scene.number] or self.told[scene.number]),
            None,
        )

    def __post_init__(self) -> None:
        self.stage = Stage(self.ground)


def find(story: Story) -> list[Found]:
    """The incidents of a text, each told once. Sets the stage of the story on the way."""
    found: list[Found] = []
    for scene in story.scenes:
        here: list[Found] = []
        every = tuple(story.told[scene.number])
        told = [
            settled(scene, one, every) for one in every if _is_borne_out(one, story.counted[scene.number])
        ]
        told = told or retold(scene, found)
        for one in sorted(told, key=lambda one: _rank(one, told)):
            made = _made(scene, one, story)
            if made is None:
                continue
            same = next((at for at, other in enumerate(here) if is_told_already(made, other)), None)
            if same is None:
                here += [made, *_elsewhere(made, scene, story)]
            else:
                here[same] = replace(here[same], evidence=joined(here[same].evidence, made.evidence))
        here.sort(key=lambda one: one.told.mark.first)
        firm = [made for made in here if not made.faint]
        for made in firm:
            story.stage.set(scene, made.spot, made.when, made.told.event_type)
        if not firm:
            _set_by_numbers(scene, story)
        story.stage.glance(scene, story.published)
        found += here
    return merged(told_in_turns(found, story))


def _elsewhere(made: Found, scene: Scene, story: Story) -> list[Found]:
    """The same in the other towns that a sentence lists."""
    return [replace(made, spot=other) for other in list_of(scene, made.spot, story.ground.spots(scene))]


def _is_borne_out(one: Told, counted: Sequence[Counted]) -> bool:
    """Whether a word that tells of an event only of people ("freed", "seized") is told of some."""
    mark = one.mark
    return mark.kind != "people_trigger" or any(
        number.metric and mark.first <= number.fate < mark.last for number in counted
    )


def _rank(one: Told, others: Sequence[Told]) -> tuple[bool, bool, bool, bool, int]:
    """Of several words for one event the one that says what kind it is: not its deaths or arrests."""
    causes = any(other.event_type in _CAUSES and not (other.weak or other.bare) for other in others)
    outcome = causes and bool({one.event_type, one.sub_event_type} & _OUTCOMES)
    return one.weak, outcome, one.bare, one.mark.kind != "people_trigger", one.mark.first


def _set_by_numbers(scene: Scene, story: Story) -> None:
    """A sentence that only counts victims sets the scene with the place and the day it names."""
    numbers = [one for one in story.counted[scene.number] if one.metric and one.first not in scene.quoted]
    for one in numbers:
        days = when(scene, one.fate, story.published)
        if days.how == "other":
            continue
        spot = own_spot(scene, one, story) or story.stage.place(scene)
        if spot is not None:
            story.stage.set(scene, spot, days if days.is_known else story.stage.days(scene, spot))


def speaking(scene: Scene, story: Story) -> set[int]:
    """The tokens of those who speak: what they are of is no place of what they tell, but for "there"."""
    if any(token.normal in scene.words["there"] for token in scene.tokens):
        return set()
    return {at for voice in story.said[scene.number] for at in range(voice.first, voice.last)}


def own_spot(scene: Scene, one: Counted, story: Story, *, speakers: bool = False) -> Spot | None:
    """The place that a sentence itself gives for a number: in its clause first, below the country first.

    speakers: whether the places of those who speak count.
    """
    apart = set() if speakers else speaking(scene, story)
    loose = one.metric in _MOVED
    every = [spot for spot in story.ground.spots(scene) if spot.at not in apart]
    spots = [spot for spot in every if not spot.loose or (loose and spot.moved and not spot.whence)]
    spots = spots or [spot for spot in every if spot.moved and story.ground.opens_story(scene, spot)]
    spots = [spot for spot in spots if not is_of_part(scene, max(one.last, one.fate), spot)]
    said_at = [spot for spot in story.ground.spots(scene) if spot.at in apart]
    spots = of_event(scene, one.fate, spots, said_at)
    near = [spot for spot in spots if scene.away(one.fate, spot.at) <= _WITHIN]
    if not near and len(spots) == 1 and scene.number <= _OPENING:
        near = spots  # what an opening names is what the story is about
    return min(
        near,
        key=lambda spot: (
            scene.away(one.fate, spot.at) + (0 if spot.below_country else _COARSE) + FAR * spot.far,
            spot.at < one.first,
        ),
        default=None,
    )


_MOVED = {"troops_deployed", "displaced"}


def _made(scene: Scene, told: Told, story: Story) -> Found | None:
    at = told.mark.first
    ground, stage = story.ground, story.stage
    moved = told.sub_event_type == "Change to group/activity"
    spot = ground.nearest(scene, at, loose=moved, without=speaking(scene, story))
    days = when(scene, at, story.published)
    if days.how == "other":
        return None
    if spot is None or not spot.below_country:
        before = stage.place(scene, told.event_type)
        if spot is None and (before is None or not before.below_country):
            spot = ground.nearest(scene, at, loose=moved)  # "police in Quetta said"
        spot = spot or ground.acting(scene) or before
    if spot is None:
        return None
    if days.how in ("none", "said"):
        goes_on = told.mark.tag in ("s", "base") and stage.is_apart(scene, spot)  # "troops guard the palace"
        days = days if goes_on else stage.days(scene, spot) or days
    named_place = spot.how in ("named", "anaphor") and spot.below_country
    if days.how not in ("named",) and not named_place:
        return None
    dated = days.how in ("named", "said", "carried")
    faint = (told.weak or told.bare) and not (named_place and dated)
    if faint and not (scene.number <= _OPENING and dated and spot.how == "named"):
        return None
    if told.bare and days.how == "said" and ground.gazette.inflects:
        return None  # "said on Friday that the killing in Tula was solved"
    borne = story.counted[scene.number] or any(other.weak for other in story.told[scene.number])
    if told.bare and days.how == "carried" and not borne:
        return None  # "discussed an attack on the church in …"
    if (told.bare or told.weak) and days.start and days.end and days.end - days.start > _LONGEST_COUNTRYWIDE:
        return None  # "since January 131 have been killed in the region"
    if spot.how == "story" and (told.bare or (not spot.below_country and ground.has_towns)):
        return None
    if not spot.below_country and days.start and days.end and days.end - days.start > _LONGEST_COUNTRYWIDE:
        return None  # "since June 150 have been arrested in the country" sums up events
    if days.start and days.end and days.end - days.start > _LONGEST:
        return None  # "121 have been killed this year"
    if days.how == "none":
        days = When(None, story.published, DatePrecision.UNKNOWN, "none")
    words = " ".join(token.text for token in scene.tokens[told.mark.first : told.mark.last])
    return Found(
        scene.number,
        words,
        told,
        spot,
        days,
        (_evidence(scene, told, spot, days),),
        _doubts(scene, spot, days, told),
        spread=bool(scene.of("spread")),
        faint=faint,
        refers=_refers(scene, told),
        sent=0 <= spot.at < scene.dateline,
    )


def _refers(scene: Scene, told: Told) -> bool:
    """Whether a sentence opens with an event that was told before: "The shooting happened in …"."""
    noun = told.mark.tag in ("one", "many")
    return noun and told.mark.first <= _SUBJECT and scene.tokens[0].normal in scene.words["definite"]


_SUBJECT = 3  # tokens up to the noun that a sentence opens with


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
