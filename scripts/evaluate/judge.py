"""Whether one predicted incident or claim, as `eventmap extract` prints it, is what the gold means.

Names are compared without case, accents and words for kinds of units; points by distance on a sphere.
Dates must be equal, not near. Evidence must share at least one character with the gold's.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

from scripts.evaluate.gold import Days, GoldClaim, GoldIncident, Row, Where

EARTH_KM = 6371.0088
VAGUE = (0.5, 1.5)
"""Of the gold's number: within this, a bound for "dozens" counts as right."""
UNITS = {"state", "region", "province", "oblast", "district", "department", "county", "city", "republic"}
UNITS |= {"of", "the", "autonomous", "municipality", "область", "край", "республика", "район", "город"}
UNITS |= {"провинция", "аймак"}


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Along the great circle; degrees."""
    north, south = math.radians(lat), math.radians(other_lat)
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def words(name: str) -> tuple[str, ...]:
    """A name for comparison."""
    plain = unicodedata.normalize("NFKD", name.replace("ё", "е").replace("Ё", "Е")).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = re.findall(r"\w+", re.sub(r"[’'‘`]", "", plain))
    return tuple(word for word in found if word not in UNITS) or tuple(found)


def same_name(name: str | None, names: Iterable[str]) -> bool:
    """Whether it is one of the names."""
    return bool(name) and words(name or "") in {words(one) for one in names}


def same_place(row: Row, where: Where) -> bool:
    """By a name; by a point near enough, unless one of the two is an area; or as a part of a country."""
    if same_name(row.get("place"), where.names):
        return True
    if where.admin1:
        return row.get("location_precision") == where.precision and bool(row.get("admin1_ids"))
    if where.precision == "site":
        mine, theirs = set(words(row.get("place") or "")), [set(words(name)) for name in where.names]
        return bool(mine) and any(mine <= one or one <= mine for one in theirs)
    lat, lon = row.get("lat"), row.get("lon")
    if lat is None or lon is None or row.get("location_precision") not in {"site", "city", "district"}:
        return False
    return any(distance_km(lat, lon, north, east) <= km for north, east, km in where.points)


def same_days(start: str | None, end: str | None, accepted: Sequence[Days]) -> bool:
    """Equal first and last day. Gold without a first day wants none to be made up."""
    mine = (start, end or start)
    return any(
        mine == (first, last or first) if first else start is None or (start == end == last)
        for first, last in accepted
    )


def overlap(spans: Iterable[Sequence[int]], others: Iterable[Sequence[int]]) -> bool:
    """Whether any of the spans shares a character with any of the others."""
    theirs = list(others)
    return any(span[0] < other[1] and other[0] < span[1] for span in spans for other in theirs)


def same_value(row: Row, gold: GoldClaim) -> bool:
    """The same number with the same openness: "more than 40" is a lower bound and not 40."""
    low, best, high = row.get("low"), row.get("best"), row.get("high")
    if gold.bound == "vague":
        number = best if low is None else low
        return number is not None and VAGUE[0] * _set(gold.low) <= number <= VAGUE[1] * _set(gold.low)
    if gold.bound == "at least":
        return low is not None and abs(low - _set(gold.low)) <= 1
    if gold.bound == "at most":
        return high is not None and abs(high - _set(gold.high)) <= 1
    if gold.bound == "range":
        return (low, high) == (gold.low, gold.high)
    return best == gold.best


def _set(number: float | None) -> float:
    if number is None:
        raise ValueError("the gold lacks the number that its bound speaks of")
    return number


def claim_value(row: Row, gold: GoldClaim) -> bool:
    """Metric, value and a passage."""
    passage = overlap(row["evidence"], gold.evidence)
    return passage and row["metric"] in gold.metrics and same_value(row, gold)


def claim_place(row: Row, gold: GoldClaim) -> bool:
    """And place."""
    return claim_value(row, gold) and same_place(row, gold.where)


def claim_days(row: Row, gold: GoldClaim) -> bool:
    """And the days it is about, where the gold has them."""
    judged = gold.days == (None, None) or same_days(row.get("about_start"), row.get("about_end"), [gold.days])
    return claim_place(row, gold) and judged


def claim_speaker(row: Row, gold: GoldClaim) -> bool:
    """Metric, value, passage and who says it, where the gold names somebody."""
    return claim_value(row, gold) and (not gold.claimed_by or _said_by(row, gold.claimed_by))


def _said_by(row: Row, names: Iterable[str]) -> bool:
    mine = _stems(row.get("claimed_by") or "")
    return bool(mine) and any(mine <= theirs or theirs <= mine for theirs in map(_stems, names) if theirs)


def _stems(text: str) -> frozenset[str]:
    """Beginnings of the words, so that case endings do not matter."""
    return frozenset(word[:5] for word in words(text) if word not in {"a", "an", "its", "his", "her"})


def incident_what(row: Row, gold: GoldIncident) -> bool:
    """A passage and the place and the days."""
    days = same_days(row.get("date_start"), row.get("date_end"), gold.days)
    return overlap(row["evidence"], gold.evidence) and same_place(row, gold.where) and days


def incident_type(row: Row, gold: GoldIncident) -> bool:
    """And one of the types that fit."""
    return incident_what(row, gold) and row["event_type"] in gold.types


def incident_touches(row: Row, gold: GoldIncident) -> bool:
    """A passage, and the place or the days: it speaks of the same thing, though perhaps not rightly."""
    days = same_days(row.get("date_start"), row.get("date_end"), gold.days)
    return overlap(row["evidence"], gold.evidence) and (days or same_place(row, gold.where))


def incident_passage(row: Row, gold: GoldIncident) -> bool:
    """Only a passage: that something is told there."""
    return overlap(row["evidence"], gold.evidence)
