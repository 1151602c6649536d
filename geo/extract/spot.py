"""A place as a sentence uses it, and how places of a sentence or a story lie to each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geo.extract.lexicon import Mark
from geo.extract.places import Place
from geo.extract.placing import ABOUT_A_DISTRICT_KM, distance_km
from geo.extract.reading import Span
from geo.extract.scene import Scene
from geo.schema import Precision

_ABOUT_THE_MIDDLE = 0.3  # degrees by which a place may lie beyond the middle of its country
_ROUGH = {Precision.COUNTRY: 3, Precision.MACRO_REGION: 2, Precision.REGION: 1}
_BESIDE = 5  # tokens from a place to the area it lies in


@dataclass(frozen=True)
class Spot:
    """A place as a sentence uses it. how: "named", "anaphor", "carried" or "story"; at: its token, or -1.

    loose: it is where somebody goes to, comes from or is treated rather than where things happen.
    far: it only says how far away, and on which side, another place lies. moved, whence: "to" or
    "from" stands before it. town: of a site, how the text calls the town it lies in.
    """

    name: str
    place: Place
    precision: Precision
    how: str
    at: int = -1
    span: Span | None = None
    loose: bool = False
    town: str = ""
    far: bool = False
    moved: bool = False
    whence: bool = False

    @property
    def below_country(self) -> bool:
        """Whether it says more than the country."""
        return self.precision != Precision.COUNTRY

    @property
    def is_rough(self) -> bool:
        """Whether it is a country or a wide part of one."""
        return self.roughness > 0

    @property
    def roughness(self) -> int:
        """How roughly it says where: 3 a country, 2 a wide part of one, 1 a region, 0 anything smaller."""
        return _ROUGH.get(self.precision, 0)


def lies_in(area: Place, place: Place) -> bool:
    """Whether a place is in an area, or in the country of one that is known only by its side."""
    if area.kind != "macro-region" or area.admin1_ids:
        return contains(area, place)
    return area.country == place.country and _is_on_side(area, place)


def _is_on_side(area: Place, place: Place) -> bool:
    """Whether a place lies on that side of a country which the area's key names, by the country's middle."""
    side = str(area.key).rpartition("-")[2]
    if area.lon is None or area.lat is None or place.lon is None or place.lat is None:
        return True
    north = place.lat - area.lat
    east = (place.lon - area.lon) * math.cos(math.radians(area.lat))
    beyond = {"north": north, "south": -north, "east": east, "west": -east}
    named = [away for name, away in beyond.items() if name in side]
    return not named or sum(named) > -_ABOUT_THE_MIDDLE


def contains(area: Place, place: Place) -> bool:
    """Whether an area holds a smaller place, by country and first-level unit."""
    if area.kind == "country":
        return area.country == place.country and place.kind != "country"
    if area.kind == "district":
        return place.kind == "settlement" and distance_km(area, place) < ABOUT_A_DISTRICT_KM
    return (
        area.kind in ("region", "macro-region")
        and place.kind in ("settlement", "district")
        and (place.admin1_id == area.admin1_id or place.admin1_id in area.admin1_ids)
    )


def is_of_part(scene: Scene, at: int, spot: Spot) -> bool:
    """Whether a place is only that of a part of what stands at a token: "27 people, 12 of them in Osh".

    What is told of the part ends at the next comma: "four men, one of them a boy, in a raid on Osh".
    """
    return any(
        at < mark.first < spot.at
        and _is_of_some(scene, mark)
        and not any(scene.tokens[step].text == "," for step in range(mark.last, spot.at))
        for mark in scene.of("including")
    )


def _is_of_some(scene: Scene, mark: Mark) -> bool:
    """Whether a part is told by such a word: "among them", not "among worshippers"."""
    if mark.first and scene.tokens[mark.first - 1].normal in scene.words["all"]:
        return False  # "three villages, all of them near Osh"
    if mark.last - mark.first > 1 or mark.last >= len(scene.tokens):
        return True
    if scene.tokens[mark.first].normal not in scene.words["amid"]:
        return True
    told = {"number", "vague", "one_of", "the_one", "hedge"} & scene.begins.get(mark.last, frozenset())
    return bool(told) or scene.tokens[mark.last].kind == "number"


def apart(scene: Scene, at: int, spots: list[Spot], speakers: Sequence[Spot]) -> list[Spot]:
    """Of the places of a sentence those that are not of another event, which what stands at a token is about.

    All where no other is left, not even where somebody speaks: "protested over the killing of a man in Osh".
    """
    mine = [spot for spot in spots if not scene.concerns_other(at, spot.at)]
    return mine if mine or any(not scene.concerns_other(at, spot.at) for spot in speakers) else spots


def is_around(area: Spot, spots: Sequence[Spot]) -> bool:
    """Whether an area only says where another place right before it lies: "in Diyala in eastern Iraq"."""
    return any(
        other is not area
        and 0 < area.at - other.at <= _BESIDE
        and other.place.key != area.place.key
        and (
            contains(area.place, other.place)
            or (area.place.kind == "macro-region" and other.place.country == area.place.country)
        )
        for other in spots
        if other.place.kind in ("settlement", "district", "county", "region")
    )


def is_wide(
    scenes: Sequence[Scene],
    named: Sequence[Sequence[Spot]],
    anaphors: Sequence[Sequence[Spot]],
    country: Place | None,
) -> bool:
    """Whether a story names its country as the place of what it tells, "the capital of …" apart."""
    wide = 0
    for scene in scenes:
        if not scene.of("future", "unreal"):
            wide += 2 * len(scene.of("whole_country"))
        capitals = [spot.span for spot in anaphors[scene.number] if spot.place.kind == "settlement"]
        for spot in named[scene.number]:
            inside = any(span and spot.span and span.start <= spot.span.start < span.end for span in capitals)
            wide += spot.place.kind == "country" and spot.place == country and not inside
    return wide > 1
