"""What is still to come, as candidate incidents that are marked so: never among what has happened.

The text must give a day for it that lies ahead, and speak of it as planned or expected, outside of what
somebody is quoted with. A word that tells of an event says what kind it will be; where none does, it is
"Strategic developments, Other".
"""

from __future__ import annotations

from geo.extract.found import Found
from geo.extract.incidents import Story
from geo.extract.lexicon import Mark
from geo.extract.scene import Scene
from geo.extract.spot import Spot
from geo.extract.times import ALWAYS_AHEAD, Timed
from geo.extract.triggers import Told
from geo.extract.when import When

_OTHER = ("Strategic developments", "Other")
_NEAR = 14  # tokens from a time to come to the word that says what comes
_FIRM, _FAINT = 0.9, 0.6


def find(story: Story) -> list[Found]:
    """The events to come, one for each time ahead."""
    found: list[Found] = []
    for scene in story.scenes:
        for time in scene.times:
            made = _made(scene, time, story)
            if made is not None and not any(_is_same(made, other) for other in found):
                found.append(made)
    return found


def _made(scene: Scene, time: Timed, story: Story) -> Found | None:
    if not time.time.future or time.time.start is None or time.first in scene.quoted:
        return None
    first, last = _clause(scene, time)
    cue = _cue(scene, time, first, last)
    if cue is None and time.time.start == time.time.end == story.published:
        return None
    if any(first <= mark.first < last for mark in scene.of("negation")):
        return None
    word = _word(scene, time, first, last)
    kind, sub = word.value if word is not None else _OTHER
    spot = _spot(scene, time, story)
    if spot is None:
        return None
    mark = word or cue
    if mark is None and time.meaning in _ALWAYS_AHEAD and _is_done(scene, first, last):
        mark = Mark("future", "", time.first, time.last, "")  # "созвал совет на субботу"
    if mark is None:
        if time.meaning not in ALWAYS_AHEAD:
            return None
        mark = Mark("future", "", time.first, time.last, "")  # "a delegation arrives next week"
    start = min(time.first, mark.first, cue.first if cue else mark.first)
    end = max(time.last, mark.last, cue.last if cue else mark.last)
    span = scene.span(start, end)
    words = " ".join(token.text for token in scene.tokens[mark.first : mark.last])
    told = Told(mark, kind, sub, _FIRM if word is not None else _FAINT, False, False)
    days = When(time.time.start, time.time.end, time.time.precision, "named", time.first, time.last)
    return Found(scene.number, words, told, spot, days, (span,), _doubts(scene, spot), future=True)


def _is_done(scene: Scene, first: int, last: int) -> bool:
    """Whether something is said of what comes: no other time stands in the clause."""
    return sum(first <= time.first < last for time in scene.times) == 1


_ALWAYS_AHEAD = {"date_ahead", "next_weekday"}


def _clause(scene: Scene, time: Timed) -> tuple[int, int]:
    """What is told with a time: its clause, which a relative one about somebody else is no part of."""
    first, last = scene.clause(time.first)
    return first, max(last, time.last)


def _cue(scene: Scene, time: Timed, first: int, last: int) -> Mark | None:
    """The word that says it is to come, the nearest before the time, else one behind it."""
    cues = [mark for mark in scene.of("future") if first <= mark.first < last]
    if not cues:  # "will appear before a judge on Monday"
        cues = [mark for mark in scene.of("future") if 0 < time.first - mark.first <= _NEAR]
    return min(cues, key=lambda mark: (mark.first > time.first, abs(mark.first - time.first)), default=None)


def _word(scene: Scene, time: Timed, first: int, last: int) -> Mark | None:
    """The word that says what comes."""
    words = [
        mark
        for mark in scene.of("trigger")
        if first <= mark.first < last
        and abs(mark.first - time.first) <= _NEAR
        and not any(other.first <= mark.first < other.last for other in scene.times)
    ]
    return min(words, key=lambda mark: abs(mark.first - time.first), default=None)


def _spot(scene: Scene, time: Timed, story: Story) -> Spot | None:
    """Where: the nearest place that the sentence names, else the story's own."""
    return story.ground.nearest(scene, time.first, loose=True) or story.ground.story()


def _doubts(scene: Scene, spot: Spot) -> tuple[str, ...]:
    doubts = ["the text itself is not sure"] if scene.of("doubt") else []
    if spot.how == "story":
        doubts.append("the place is that of the whole story")
    elif spot.how != "named":
        doubts.append("the place is named before")
    return tuple(doubts)


def _is_same(one: Found, other: Found) -> bool:
    """Whether both are one event: at one place on the same days, of one kind."""
    return (
        one.spot.place.key == other.spot.place.key
        and one.when[:2] == other.when[:2]
        and one.told.sub_event_type == other.told.sub_event_type
    )
