"""How a sentence relates a named place to what it tells: at it, some way from it, on a road from it.

"190 km west of Bangui" says where another place lies, "a man from Kharkiv" where somebody comes from; "the
road from Osh to Jalal-Abad", "the entrance to Sabha" and "close to Aktau" are places of events.
"""

from __future__ import annotations

from geo.extract.scene import Scene
from geo.extract.spot import Spot, contains

_ROAD_WITHIN = 4  # tokens from "road" to "from"
_DISTANCE_WITHIN = 4  # tokens from "km" to the name
_APPOSED = 12  # tokens of "a trading town in the south of"


def relation(scene: Scene, first: int) -> str:
    """How the name that begins at a token is related: "origin", "far", "near", "road" or nothing."""
    tokens = scene.tokens
    start = first
    while start and "article" in scene.ends.get(start, ()):
        start -= 1
    if not start:
        return ""
    before = tokens[start - 1].normal
    leads = scene.ends.get(start - 1, frozenset())
    if before in scene.words["from"]:
        return _from(scene, start - 1)
    if "joins" in scene.begins.get(start - 1, ()):
        beside = [one.name.first for one in scene.names if one.name.last == start - 1]
        return "origin" if beside and relation(scene, beside[0]) == "origin" else ""  # "from X and Y"
    if before in scene.words["towards"]:
        return "near" if leads & {"entrance", "nearness"} else ""
    if before in scene.words["of"] and "distance" in leads:
        return "near"  # "within 15 km of"
    if before in scene.words["of"] and "side" in leads:
        side = max(mark.first for mark in scene.of("side") if mark.last == start - 1)
        article = tokens[side - 1].normal if side else ""
        return "" if article in scene.words["definite"] or _is_locative(scene, side) else "far"
    return ""


def _from(scene: Scene, at: int) -> str:
    """Of "the road from", "300 km from", "a man from"."""
    if "nearness" in scene.ends.get(at, ()):
        return "near"
    if scene.near(at, {"road_word"}, _ROAD_WITHIN):
        return "road"
    if scene.near(at, {"distance"}, _DISTANCE_WITHIN):
        return "far"
    before = [token.normal for token in scene.tokens[max(0, at - 2) : at]]
    if len(before) == 2 and before[0] in scene.words["of"] and before[1] in scene.words["those"]:
        return "origin"  # "85 migrants, most of them from"
    return "origin" if {"counted", "force", "armed"} & scene.ends.get(at, frozenset()) else ""


def opening(scene: Scene, first: int) -> int:
    """Where the words for a place begin that end in its name: "the capital, Naypyitaw"."""
    if first < 2 or scene.tokens[first - 1].text != ",":
        return first
    leads = [mark.first for mark in scene.of("anaphor") if mark.last == first - 1]
    return min(leads, default=first)


def is_elsewhen(scene: Scene, one: int, other: int) -> bool:
    """Whether what two tokens tell of is told to be apart in time: "here, days after a riot there"."""
    low, high = min(one, other), max(one, other)
    return bool(scene.apart) and any(low <= at < high for at in scene.apart)


def is_of_speaker(scene: Scene, first: int) -> bool:
    """Whether a name says where somebody speaks or has a seat: "the ministry in Tripoli".

    Not where a word of place stands before the institution: "outside the ministry in Tripoli".
    """
    if not first or scene.tokens[first - 1].normal not in scene.words["seats"]:
        return False
    ends = scene.ends.get(first - 1, frozenset())
    begins, _ = scene.clause(first - 1)
    if any(mark.first >= begins for mark in scene.near(first - 1, _DEEDS, _SEAT_WITHIN)):
        return False  # "stormed the offices in Mendi"
    if "seat" in ends:
        return True
    if not ends & {"institution", "channel"} or "force" in ends:
        return False
    start = first - 2
    while start > 0 and scene.tokens[start - 1].kind == "word" and first - start < _SEAT_WITHIN:
        if "locative" in scene.begins.get(start - 1, ()):
            return False
        start -= 1
    return True


_DEEDS = ("acts", "trigger", "weak_trigger")
_SEAT_WITHIN = 6  # tokens of an institution's name


def _is_locative(scene: Scene, side: int) -> bool:
    """Of "in west of", as it is said of a part of a land."""
    return "locative" in scene.ends.get(side, ())


def is_modifier(scene: Scene, last: int) -> bool:
    """Whether a name that ends before a token only says of which land a place is: "the Red Sea port of"."""
    for mark in scene.of("town_word", "site_word", "district_word", "region_word"):
        if mark.first == last and mark.last < len(scene.tokens):
            return scene.tokens[mark.last].normal in scene.words["of"]
    return False


def is_apposed(scene: Scene, area: Spot, spots: list[Spot]) -> bool:
    """Whether an area says of a place before it where it lies: "Birgunj, a town in southern Nepal"."""
    for other in spots:
        if not 0 < area.at - other.at <= _APPOSED or not _holds(area, other):
            continue
        between = range(other.at + 1, area.at)
        words = {kind for at in between for kind in scene.begins.get(at, ())}
        comma = any(scene.tokens[at].text in (",", "(") for at in between)
        if comma and words & _LANDS and not words & {"auxiliary", "says", "happens"}:
            return True
    return False


def _holds(area: Spot, spot: Spot) -> bool:
    if contains(area.place, spot.place):
        return True
    return area.place.kind == "macro-region" and area.place.country == spot.place.country


_LANDS = {"town_word", "district_word", "region_word", "capital", "site_word", "county_word"}
