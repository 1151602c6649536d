"""Whether a name is taken for a place, from all that its mentions say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from geo.extract.names import Name
from geo.extract.places import Place
from geo.extract.placing import Home, distance_km

LARGE = 90_000
"""People from which a place is taken for one, whatever stands around its name."""

_KNOWN_WIDELY = 1_000_000  # the same for a name of which the place is not the main bearer
_TOWN = 10_000  # people of a place in a land of the story, for which a faint sign is enough
_BESIDE_KM = 60.0  # a small place so near another one needs no more to speak for it
_SHORT_CAPITALS = 4  # letters of an abbreviation


@dataclass
class Seen:
    """What the surroundings of a name say, over all its mentions.

    place, person: how much speaks for each. refused: mentions that are no place, by offset.
    """

    names: list[Name] = field(default_factory=list)
    place: float = 0.0
    person: float = 0.0
    within: list[Place] = field(default_factory=list)
    wide: Counter[str] = field(default_factory=Counter)
    refused: dict[int, str] = field(default_factory=dict)


def doubt(text: str, seen: Seen, place: Place, home: Home, sure: Sequence[Place], lands: set[str]) -> str:
    """Why a name is not taken for a place although nothing speaks against it, or an empty text."""
    if seen.person > seen.place or _is_introduced_as_person(seen):
        return "also the name of a person in this text"
    if place.kind in ("country", "continent", "macro-region"):
        return ""
    short = text.isupper() and len(text) <= _SHORT_CAPITALS
    known = place.main or seen.place >= 2 or place.population >= LARGE or place.country in lands
    if seen.place >= 1 and known and not short:
        return ""
    listed = place.main and place.country in lands and place.population >= _TOWN
    if seen.place and listed and not short and not seen.person:
        return ""
    at_home = bool(home.country) and place.country == home.country
    if place.main and place.population >= (LARGE / 3 if at_home else LARGE):
        return ""
    if place.population >= _KNOWN_WIDELY or (place.country in lands and place.population >= LARGE):
        return ""
    if place.main and not short and not seen.person and _is_near(place, [*sure, *_points(home)]):
        return ""
    return "nothing around it says that it is a place"


def _is_introduced_as_person(seen: Seen) -> bool:
    """Whether it stands in a person's full name first, and few of its mentions are those of a place."""
    first = min(name.start for name in seen.names)
    return bool(seen.person) and first in seen.refused and 2 * seen.place < len(seen.names)


def _is_near(place: Place, others: Sequence[Place]) -> bool:
    return any(other.key != place.key and distance_km(place, other) < _BESIDE_KM for other in others)


def _points(home: Home) -> list[Place]:
    if home.point is None:
        return []
    return [Place("home", "", "settlement", home.point[0], home.point[1], 0, home.country)]
