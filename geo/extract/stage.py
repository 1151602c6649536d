"""The scene that a story is in, carried from sentence to sentence: what happens there, and on which days.

A sentence that tells of an event, or of a number of people to whom something happened, sets the scene
with the place and the day it names. One that names none goes on in the scene before it; what speakers
and foreign mentions name sets none. Where the whole country is spoken of, the scene is the country.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.extract.headings import is_heading, sent_from
from geo.extract.scene import Scene
from geo.extract.spot import Spot
from geo.extract.spots import Ground
from geo.extract.when import NO_DAY, When, when
from geo.schema import DatePrecision

_REMEMBERED = 5  # sentences for which a scene goes on
_REMEMBERED_WIDE = 2  # where a story is about a whole country


_LONGEST = dt.timedelta(days=7)


@dataclass(frozen=True)
class Setting:
    """What a sentence has set: place and days. event_type: of what happens; empty where only numbers do."""

    scene: int
    spot: Spot
    when: When | None = None
    event_type: str = ""


class Stage:
    """The scenes of a story, as far as it has been read."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._settings: list[Setting] = []
        self._sent_from = sent_from(ground)

    def set(self, scene: Scene, spot: Spot, when: When | None = None, event_type: str = "") -> None:
        """A sentence plays there and then."""
        known = when if when is not None and when.is_known and not _is_long(when) else None
        self._settings.append(Setting(scene.number, spot, known, event_type))

    def glance(self, scene: Scene, published: dt.date | None) -> None:
        """A sentence without an event sets the scene only where it opens with a place, or opens the story.

        A day that it names for something else than what is said is that of the scene too.
        """
        if (self._settings and self._settings[-1].scene == scene.number) or is_heading(scene, self.ground):
            return
        spots = [spot for spot in self.ground.spots(scene) if spot.below_country and not spot.loose]
        days = when(scene, 0, published)
        if days.precision != DatePrecision.DAY:
            days = NO_DAY  # "the currency fell last week"
        opens = bool(spots) and (
            self.ground.opens(scene, spots[0])
            or not self._settings
            or days.how == "named"
            or (self.ground.begins(scene) and len({spot.place.key for spot in spots}) == 1)
        )
        spot = spots[0] if opens else self.place(scene)
        if spot is not None and (opens or days.is_known):
            self.set(scene, spot, days)

    def place(self, scene: Scene, event_type: str = "") -> Spot | None:
        """Where a sentence plays that names no place: the scene before it, else the story's own place.

        event_type: of what it tells. Where a story is about a whole country, only what is of the same kind,
        or stands in the same paragraph, goes on in one town.
        """
        if scene.of("whole_country") and self.ground.whole is not None:
            return self.ground.whole
        if scene.of("sums_up"):
            return self.ground.story()
        for one in self._before(scene):
            if not one.spot.below_country:
                continue
            if self.ground.is_wide and not (
                self.ground.goes_on(scene, one.scene)
                or (event_type and event_type == one.event_type)
                or (self._is_about_town and scene.number - one.scene <= _REMEMBERED_WIDE)
            ):
                continue
            return replace(one.spot, how="carried", at=-1, span=None)
        if self._sent_from is not None and scene.number and self.ground.goes_on(scene, 0):
            return self._sent_from
        return self.ground.story()

    def days(self, scene: Scene, spot: Spot | None) -> When | None:
        """The day that a sentence without one goes on with, for what it tells of a place.

        It is that of the scene before it, at the same place if that has one, else in the same country.
        """
        settings = [one for one in self._before(scene) if one.when is not None]
        here = [one for one in settings if spot is not None and one.spot.place.key == spot.place.key]
        for one in [*here, *settings]:
            if one.when is None or (spot is not None and one.spot.place.country != spot.place.country):
                continue
            return one.when._replace(how="carried", at=-1, last=-1)
        return None

    def is_apart(self, scene: Scene, spot: Spot) -> bool:
        """Whether a sentence names a place of its own, in another paragraph than what was told of it."""
        here = [one for one in self._before(scene) if one.spot.place.key == spot.place.key]
        return spot.how in ("named", "anaphor") and not any(
            self.ground.goes_on(scene, one.scene) for one in here
        )

    def towns(self, scene: Scene) -> int:
        """In how many places the story has played up to a sentence."""
        return len({one.spot.place.key for one in self._settings if one.scene <= scene.number})

    @property
    def _is_about_town(self) -> bool:
        story = self.ground.story()
        return story is not None and story.below_country

    def _before(self, scene: Scene) -> Sequence[Setting]:
        """The scenes that may go on in a sentence, the last one first."""
        after = bisect_right(self._settings, scene.number, key=lambda one: one.scene)
        first = bisect_left(self._settings, scene.number - _REMEMBERED, key=lambda one: one.scene)
        return self._settings[first:after][::-1]


def _is_long(when: When) -> bool:
    """Whether the days are those of more than what happened there and then."""
    return when.start is not None and when.end is not None and when.end - when.start > _LONGEST
