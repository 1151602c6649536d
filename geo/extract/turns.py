"""One event told in turns: roughly in the lead, then exactly where and when; and in several towns at once.

A lead often says "in Ingushetia two were killed", and the next sentence "the operation began on Tuesday
in the village of Ekazhevo": one event, with the place and the day of the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.extract.found import Found
from geo.extract.reading import Span
from geo.extract.scene import Scene
from geo.extract.spot import Spot, contains
from geo.extract.triggers import Told
from geo.extract.when import when
from geo.schema import DatePrecision

if TYPE_CHECKING:
    from geo.extract.incidents import Story

AGAIN = "again"
"""Kind of a mark that only refers to the event told before it: "it happened on Tuesday"."""

_WITHIN = 3  # sentences in which an event told without its day is told again
_LINKS = 4  # tokens between two names of one list


def told_in_turns(found: Sequence[Found], story: Story) -> list[Found]:
    """The incidents of a text in order, each that is told in turns made one.

    Notes in `story.finer` where the lead plays exactly.
    """
    kept: list[Found] = []
    for one in found:
        again = one.told.mark.kind == AGAIN
        at = next((at for at in range(len(kept) - 1, -1, -1) if _goes_on(kept[at], one, story)), None)
        if at is None and again:
            one = _taken_up(one, story) or one
            if one.told.mark.kind == AGAIN:
                continue
        if at is None:
            one = _dated(one, story)
        if at is not None:
            kept[at] = _one(kept[at], one)
            one = kept[at]
        else:
            kept.append(one)
        _refine(one, found, story)
    return kept


def _dated(one: Found, story: Story) -> Found:
    """An incident at a new place whose day only a later sentence of its paragraph gives, and nothing else."""
    scene = story.scenes[one.scene]
    fresh = one.spot.how == "named" and story.ground.begins(scene)
    if one.future or not (one.when.how == "none" or (one.when.how == "carried" and fresh)):
        return one
    for later in story.scenes[one.scene + 1 : one.scene + _WITHIN]:
        told = [other for other in story.told[later.number] if other.mark.kind != AGAIN]
        if not story.ground.goes_on(later, one.scene) or told or story.ground.spots(later):
            break
        days = when(later, 0, story.published)
        if days.how == "named" and days.precision == DatePrecision.DAY:
            return replace(one, when=days._replace(at=-1, last=-1))
    return one


def _goes_on(before: Found, one: Found, story: Story) -> bool:
    """Whether an incident is the one before it, told with a day that that one lacks."""
    if not 0 < one.scene - before.scene <= _WITHIN or one.when.how != "named" or before.when.how == "named":
        return False
    if before.future or (before.when.how == "carried" and not _is_alike(before, one)):
        return False
    here = one.spot.how in ("carried", "story", "anaphor") and one.spot.place.key == before.spot.place.key
    rough = before.spot.below_country or before.spot.how == "story"
    finer = before.scene <= 1 and rough and contains(before.spot.place, one.spot.place)
    if before.when.how == "said" and finer:
        return True
    if one.told.mark.kind == AGAIN or before.when.how == "none":
        return here or finer or one.spot.place.key == before.spot.place.key
    same = story.ground.goes_on(story.scenes[one.scene], before.scene)
    return here and same and _is_alike(before, one)


def _is_alike(before: Found, one: Found) -> bool:
    return before.told.event_type == one.told.event_type or before.told.weak or one.told.mark.kind == AGAIN


def _one(before: Found, one: Found) -> Found:
    finer = contains(before.spot.place, one.spot.place)
    outcome = before.told.weak or before.told.sub_event_type == "Arrests"
    told = one.told if outcome and one.told.mark.kind != AGAIN else before.told
    doubts = tuple(doubt for doubt in before.doubts if "day" not in doubt)
    evidence = tuple(dict.fromkeys([*before.evidence, *one.evidence]))
    spot = one.spot if finer else before.spot
    return replace(before, told=told, spot=spot, when=one.when, evidence=evidence, doubts=doubts)


def _taken_up(one: Found, story: Story) -> Found | None:
    """An event that sentences before only hint at ("two were killed"), now told with its day."""
    if one.spot.how not in ("named", "anaphor", "carried"):
        return None
    for number in range(one.scene - 1, max(-1, one.scene - _WITHIN), -1):
        for told in story.told[number]:
            if told.mark.kind != AGAIN and not told.bare:
                span = _passage(story.scenes[number], told)
                return replace(one, told=told, evidence=(span, *one.evidence))
    return None


def _passage(scene: Scene, told: Told) -> Span:
    first, _ = scene.clause(told.mark.first)
    return scene.span(first, told.mark.last)


def _refine(one: Found, found: Sequence[Found], story: Story) -> None:
    """Note where the lead plays exactly, unless it sums up several events."""
    lead = story.lead
    if lead is None or one.scene - lead > _WITHIN - 1 or lead in story.finer or not one.spot.below_country:
        return
    scene = story.scenes[lead]
    if one.spot.place.kind not in ("settlement", "district") or (one.scene == lead and not one.evidence[1:]):
        return
    several = not _is_of_a_town(scene) or _is_one_of_several(one, found)
    sums = several and any(told.mark.tag == "many" for told in story.told[lead])
    sums = sums or any(time.time.precision not in _DAYS for time in scene.times if time.time.start)
    mine = {number.metric: number.figure.best for number in story.counted[lead] if number.metric}
    theirs = {n.metric: n.figure.best for n in story.counted[one.scene] if n.metric and one.scene > lead}
    other = any(mine[metric] != theirs[metric] for metric in mine.keys() & theirs.keys())
    if not sums and not other:
        story.finer[lead] = one.spot


def _is_of_a_town(scene: Scene) -> bool:
    """Whether an opening says that it was at one place: "on a town in the country's central region"."""
    return any(
        mark.tag == "one" and {"one_of"} & scene.begins.get(mark.first - 1, frozenset())
        for mark in scene.of("town_word")
    )


def _is_one_of_several(one: Found, found: Sequence[Found]) -> bool:
    """Whether others of its kind follow at other places: then an opening in the plural sums them up."""
    return any(
        other.told.event_type == one.told.event_type and other.spot.place.key != one.spot.place.key
        for other in found
        if other.spot.below_country and other.scene >= one.scene and not other.future
    )


_DAYS = (DatePrecision.DAY, DatePrecision.UNKNOWN)


def list_of(scene: Scene, spot: Spot, spots: Sequence[Spot]) -> list[Spot]:
    """The other places of the list that a place stands in: "in Jableh and Latakia"."""
    links = scene.words["list_links"]
    if not links or spot.span is None:
        return []
    row = [one for one in spots if one.how == "named" and one.below_country and one.span]
    row.sort(key=lambda one: one.at)
    at = next((nth for nth, one in enumerate(row) if one.at == spot.at), None)
    if at is None:
        return []
    found: list[Spot] = []
    for step in (1, -1):
        nth = at
        while 0 <= nth + step < len(row) and _are_linked(scene, row, min(nth, nth + step), links):
            nth += step
            found.append(row[nth])
    return found if _is_list(scene, spot, found) else []


def _is_list(scene: Scene, spot: Spot, others: Sequence[Spot]) -> bool:
    """Whether places are told one beside another: not "between Osh and Uzgen", "in Kumbo, North-West"."""
    ends = scene.words["list_ends"]
    if not ends or not others:
        return True  # the cases tell it
    places = sorted(one.at for one in (spot, *others))
    joined = any(token.normal in ends for token in scene.tokens[places[0] : places[-1]])
    between = "between" in scene.ends.get(places[0], ())
    return joined and not between and {one.place.kind for one in (spot, *others)} == {"settlement"}


def _are_linked(scene: Scene, row: Sequence[Spot], first: int, links: frozenset[str]) -> bool:
    """Whether only linking words stand between a place of a row and the next."""
    span = row[first].span
    if span is None:
        return False
    after = next((at for at, token in enumerate(scene.tokens) if token.start >= span.end), len(scene.tokens))
    between = scene.tokens[after : row[first + 1].at]
    return 0 < len(between) <= _LINKS and all(
        token.normal in links or "town_word" in scene.begins.get(at, ())
        for at, token in enumerate(between, start=after)
    )
