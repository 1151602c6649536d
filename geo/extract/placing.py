"""Which of the places that bear a name is meant, from everything else that the text names.

Weights are logarithms, added up. A place counts by its people (large places are written about more)
and by its kind. Then come, in the order of what helped most on news: what the text itself says ("City,
State"), where the publisher's readers live, the country and the first-level unit that most of the
names point to, and how near the other places are. A further round knows the choices of the one before.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from geo.extract.places import Place

Point = tuple[float, float]

POWER = 0.8
"""Exponent of the population, as in the gazetteer's own weights."""

ALTERNATE = -2.2
"""Added for a name that is not the place's main one."""

KIND = {
    "country": 4.0,
    "continent": 6.0,
    "macro-region": 1.5,
    "region": -0.8,  # of a city and the region named after it, the city is meant
    "county": 1.0,
    "district": 0.0,
    "settlement": 0.0,
}

ABOUT_A_DISTRICT_KM = 80.0
"""From the town that a district is named after to its far ends."""

_HOME_COUNTRY, _HOME_UNIT, _HOME_NEAR = 3.0, 3.0, 2.0
_COUNTRY_VOTE, _UNIT_VOTE, _NEAR = 5.0, 2.5, 2.5
_CAPITAL, _CAPITAL_PEOPLE = 2.5, 100_000
_ROUNDS = 3
_NEAR_KM = 150.0
_ABOUT_A_CITY_KM = 60.0
_MOST_ANCHORS = 25


@dataclass(frozen=True)
class Home:
    """Where a publisher's readers live: a country, and a unit or a point in it where they are local."""

    country: str = ""
    admin1_id: str | None = None
    point: Point | None = None


@dataclass
class Context:
    """What the other names say. own: of each name what it says itself, a country, a unit and its vote."""

    countries: Mapping[str, float] = field(default_factory=dict)
    units: Mapping[str, float] = field(default_factory=dict)
    own: Mapping[str, tuple[str, str, float]] = field(default_factory=dict)
    anchors: Sequence[tuple[str, Point]] = ()

    @cached_property
    def of_countries(self) -> float:
        """All votes for countries."""
        return sum(self.countries.values())

    @cached_property
    def of_units(self) -> float:
        """All votes for units."""
        return sum(self.units.values())


class _Bearer(NamedTuple):
    """A place that bears a name. weight: what does not depend on the other names."""

    place: Place
    weight: float


def choose(
    names: Mapping[str, Sequence[Place]],
    counts: Mapping[str, int],
    within: Mapping[str, Sequence[Place]],
    wide: Mapping[str, str],
    home: Home,
    is_capital: Callable[[Place], bool],
) -> dict[str, tuple[Place, float]]:
    """For each name the place it means, and how sure that is (0 to 1).

    names: the places that bear it. counts: how often it stands in the text. within: the areas that the
    text says it lies in. wide: names that the text calls a region, county or town, with that kind.
    is_capital: of a country.
    """
    bearers = {
        name: _bearers(places, within.get(name, ()), wide.get(name, ""), home, is_capital)
        for name, places in names.items()
    }
    context = Context()
    chosen: dict[str, tuple[Place, float]] = {}
    for _ in range(_ROUNDS):
        before = chosen
        chosen = {
            name: _best(name, here, Context() if within.get(name) else context)
            for name, here in bearers.items()
        }
        if before and all(before[name][0] is place for name, (place, _) in chosen.items()):
            break
        context = _context(chosen, counts, within)
    return chosen


def _context(
    chosen: Mapping[str, tuple[Place, float]],
    counts: Mapping[str, int],
    within: Mapping[str, Sequence[Place]],
) -> Context:
    """The votes of the names, each by how sure it is and, damped, how often it stands there."""
    countries: dict[str, float] = defaultdict(float)
    units: dict[str, float] = defaultdict(float)
    own: dict[str, tuple[str, str, float]] = {}
    anchors: list[tuple[str, Point]] = []
    for name, (place, sure) in chosen.items():
        weight = sure * (1 + math.log(counts.get(name, 1))) * (1.5 if name in within else 1.0)
        own[name] = (place.country, place.admin1_id or "", weight)
        if place.country:
            countries[place.country] += weight
        if place.admin1_id:
            units[place.admin1_id] += weight
        point = _point(place)
        if place.kind in ("settlement", "county") and point is not None and sure > 0.5:
            anchors.append((place.name, point))
    return Context(countries, units, own, anchors[:_MOST_ANCHORS])


def _best(name: str, bearers: Sequence[_Bearer], context: Context) -> tuple[Place, float]:
    if len(bearers) == 1:
        return bearers[0].place, 0.95
    weights = [_weight(name, one, context) for one in bearers] if context.own else [w for _, w in bearers]
    top = max(weights)
    best = bearers[weights.index(top)].place
    total = sum(
        math.exp(min(weight - top, 0.0))
        for weight, (place, _) in zip(weights, bearers, strict=True)
        if place is best or not _same(place, best)
    )
    return best, 1.0 / total


def _bearers(
    places: Sequence[Place],
    within: Sequence[Place],
    wide: str,
    home: Home,
    is_capital: Callable[[Place], bool],
) -> list[_Bearer]:
    places = _lands_first(places)
    named_after = {place.admin1_id for place in places if place.kind == "region" and place.main}
    return [
        _Bearer(
            place,
            _own_weight(
                place, within, wide, home, is_capital, main=place.main or place.admin1_id in named_after
            ),
        )
        for place in places
    ]


def _lands_first(places: Sequence[Place]) -> Sequence[Place]:
    """Without towns that are called by their country's name only in short: "Guatemala" for Guatemala City."""
    lands = {place.country for place in places if place.kind == "country" and place.main}
    if not lands:
        return places
    return [place for place in places if place.kind == "country" or place.main or place.country not in lands]


def _own_weight(
    place: Place,
    within: Sequence[Place],
    wide: str,
    home: Home,
    is_capital: Callable[[Place], bool],
    *,
    main: bool,
) -> float:
    """What speaks for a place whatever else the text names."""
    weight = POWER * math.log(max(place.population, 300)) + KIND[place.kind]
    if not main:
        weight += ALTERNATE
    if place.dated:
        weight += 1.0
    if place.kind == "settlement" and place.population >= _CAPITAL_PEOPLE and is_capital(place):
        weight += _CAPITAL
    weight += _called(place, wide)
    if within:
        return weight + (12.0 if any(inside(place, area) for area in within) else -6.0)
    if home.country and place.country == home.country:
        weight += _HOME_COUNTRY
        if home.admin1_id and place.admin1_id == home.admin1_id:
            weight += _HOME_UNIT
        point = _point(place)
        if home.point and point is not None:
            weight += _HOME_NEAR * 2 / (1 + _km(home.point, point) / 60.0)
    return weight


def _weight(name: str, bearer: _Bearer, context: Context) -> float:
    """What speaks for a place, the votes of the other names and their nearness included."""
    place, weight = bearer
    if place.kind == "country":
        return weight
    country, unit, vote = context.own[name]
    weight += _COUNTRY_VOTE * _share(context.countries, context.of_countries, place.country, country, vote)
    weight += _UNIT_VOTE * _share(context.units, context.of_units, place.admin1_id or "", unit, vote)
    if place.kind in ("settlement", "county", "district"):
        weight += _NEAR * _nearness(name, place, context.anchors)
    return weight


def _called(place: Place, wide: str) -> float:
    """By what the text calls it: "the province of …", "… County", "the city of …"."""
    if not wide:
        return 0.0
    if wide == "region":
        return 5.0 if place.kind in ("region", "macro-region") else -2.0
    if wide == "county":
        return 5.0 if place.kind in ("county", "region", "district") else -3.0
    if wide == "town":
        return 4.0 if place.kind == "settlement" else -6.0
    return 0.0


def inside(place: Place, area: Place) -> bool:
    """Whether a place lies in a country, unit or wider area."""
    if area.key == place.key:
        return False
    if area.kind == "country":
        return place.country == area.country
    if area.kind in ("region", "county") and area.admin1_id:
        return place.admin1_id == area.admin1_id
    if area.kind == "district":
        return place.kind == "settlement" and distance_km(place, area) < ABOUT_A_DISTRICT_KM
    if area.kind == "macro-region":
        return place.admin1_id in area.admin1_ids
    return area.kind == "settlement" and distance_km(place, area) < _ABOUT_A_CITY_KM


def _share(votes: Mapping[str, float], total: float, key: str, own: str, vote: float) -> float:
    """The share of the votes for a country or unit, without the name's own vote."""
    total -= vote if own else 0.0
    mine = votes.get(key, 0.0) - (vote if own == key else 0.0)
    return mine / total if total > 0 and key else 0.0


def _nearness(name: str, place: Place, anchors: Sequence[tuple[str, Point]]) -> float:
    """1 beside another place that is named, falling off with the distance."""
    here = _point(place)
    if here is None:
        return 0.0
    away, lat = math.inf, here[1]
    for other, point in anchors:
        if abs(lat - point[1]) * _LATITUDE_KM >= away or other in (place.name, name):
            continue  # the first cannot be nearer
        away = min(away, _km(here, point))
    return 1.0 / (1.0 + away / _NEAR_KM)


def _same(one: Place, other: Place) -> bool:
    """Whether for a reader both are one: a city and its region, two entries for one town."""
    return one.country == other.country and distance_km(one, other) < _ABOUT_A_CITY_KM


def distance_km(one: Place, other: Place) -> float:
    """Distance of two places; infinite where one has no point."""
    here, there = _point(one), _point(other)
    return math.inf if here is None or there is None else _km(here, there)


def _point(place: Place) -> Point | None:
    return None if place.lon is None or place.lat is None else (place.lon, place.lat)


_LATITUDE_KM = 110.6  # a degree


def _km(one: Point, other: Point) -> float:
    """Distance on a plain plan of the ground, good enough to compare by."""
    east = (one[0] - other[0] + 180) % 360 - 180
    return math.hypot(
        east * 111.3 * math.cos(math.radians((one[1] + other[1]) / 2)), (one[1] - other[1]) * _LATITUDE_KM
    )
