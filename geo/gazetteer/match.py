"""Which of several places a name means, or why that cannot be said.

Each candidate is weighed by three things, multiplied: how people use the kind of name that matched
(`USE`), how many live there (to the power of POWER: large places are written about more), and how near
it is to where the story plays. The best is taken only if it outweighs the next by MARGIN; otherwise
the gazetteer abstains and names both. Distances are great-circle, in km, on EPSG:4326 coordinates.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from geo.schema import Precision

POWER = 0.8
"""Exponent of the population: ten times the people, about six times the mentions."""

MARGIN = 3.0
"""How many times the best must outweigh the next."""

LEAST_SHARE = 0.5
"""Share of all the weight that the best must have, for names that many places bear."""

SAME_KM = 10.0
"""Places of one country this close are the same for a map: neither stands in the other's way."""

_NEAR_KM = 50.0  # at this distance from `near` a place counts half
LISTED = 10
"""Candidates that a lookup lists."""


class How(StrEnum):
    """What matched."""

    NAME = "name"
    ALTERNATE = "alternate name"
    OTHER_TIME = "name of another time"
    BARE = "name without its kind"


USE = {How.NAME: 1.0, How.ALTERNATE: 0.25, How.OTHER_TIME: 0.05, How.BARE: 0.1}
"""How often the kind of name is meant, against a place's main name."""

QUALITY = {How.NAME: 1.0, How.ALTERNATE: 0.95, How.OTHER_TIME: 0.95, How.BARE: 0.9}
"""How well the name fits, as it enters the score."""

LOOSE_USE, LOOSE_QUALITY = 0.1, 0.95
FUZZY_USE, FUZZY_QUALITY = 0.01, 0.9
CURATED = 3.0
"""A place that the data package names itself is that much likelier to be meant."""


@dataclass(frozen=True)
class Match:
    """One place that a name may mean.

    name: its English name on the day asked for. lat, lon: degrees, EPSG:4326, None for what is wider
    than a settlement or has no known point. score: 0 to 1, fit of the name times share of the weight.
    precision: of the place. kind: settlement, region, macro-region, country. country: ISO alpha-2.
    geonames_admin1: GeoNames' own code of its present region. admin1_ids: regions it is, consists of or
    is filed under in the data package. matched: the name that matched, of the kind `how`; exact: by its
    key, not by the looser one; likeness: 100, or less where the spelling is only similar.
    """

    name: str
    lat: float | None
    lon: float | None
    score: float
    precision: Precision
    kind: str
    country: str
    geonames_id: int | None
    geonames_admin1: str | None
    admin1_ids: tuple[str, ...]
    population: int | None
    matched: str
    how: How
    exact: bool
    likeness: float
    weight: float


@dataclass(frozen=True)
class Lookup:
    """What became of a name: a match, or None with the reason; the candidates, best first, in either case."""

    query: str
    on: dt.date | None
    match: Match | None
    candidates: tuple[Match, ...]
    reason: str


def weigh(how: How, population: int, *, exact: bool, likeness: float, curated: bool) -> tuple[float, float]:
    """The weight of a candidate and how well its name fits (0 to 1)."""
    weight, quality = USE[how] * max(population, 1) ** POWER, QUALITY[how]
    if curated:
        weight *= CURATED
    if likeness < 100:
        return weight * FUZZY_USE * 0.5 ** (100 - likeness), quality * FUZZY_QUALITY * likeness / 100
    return (weight, quality) if exact else (weight * LOOSE_USE, quality * LOOSE_QUALITY)


def ranked(candidates: Sequence[Match], near: tuple[float, float] | None) -> tuple[Match, ...]:
    """The candidates by weight, best first, with their scores. near: (lon, lat)."""
    if near is not None:
        candidates = [replace(one, weight=one.weight * _nearness(one, near)) for one in candidates]
    ordered = sorted(candidates, key=lambda one: (-one.weight, one.kind, one.geonames_id or 0, one.name))
    if not ordered:
        return ()
    alike = sum(one.weight for one in ordered if one is ordered[0] or not same_spot(one, ordered[0]))
    scored = [replace(one, score=round(one.score * min(one.weight / alike, 1.0), 4)) for one in ordered]
    return tuple(scored)


def rival(candidates: Sequence[Match]) -> Match | None:
    """The candidate that keeps the best from being taken, if there is one."""
    best = candidates[0]
    others = [one for one in candidates[1:] if not same_spot(one, best)]
    if not others:
        return None
    alike = best.weight + sum(one.weight for one in others)
    close = best.weight < MARGIN * others[0].weight or best.weight < LEAST_SHARE * alike
    return others[0] if close else None


def same_spot(one: Match, other: Match) -> bool:
    """Whether two places need not be told apart: settlements side by side, a country and a city in it."""
    if one.country != other.country:
        return False
    away = distance_km(one, other)
    return "country" in (one.kind, other.kind) or (away is not None and away <= SAME_KM)


def distance_km(one: Match, other: Match) -> float | None:
    """Great-circle distance, or None where one has no point."""
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return None
    return great_circle_km((one.lon, one.lat), (other.lon, other.lat))


def great_circle_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two (lon, lat) on a sphere of the Earth's mean radius, by the haversine formula."""
    (x0, y0), (x1, y1) = ((math.radians(value) for value in point) for point in (one, other))
    half = math.sin((y1 - y0) / 2) ** 2 + math.cos(y0) * math.cos(y1) * math.sin((x1 - x0) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(min(half, 1.0)))


def _nearness(one: Match, near: tuple[float, float]) -> float:
    if one.lon is None or one.lat is None:
        return 1.0 / (1.0 + (500.0 / _NEAR_KM) ** 2)
    return 1.0 / (1.0 + (great_circle_km((one.lon, one.lat), near) / _NEAR_KM) ** 2)
