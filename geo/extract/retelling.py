"""Events that a text tells more than once: in one sentence, again later, or first roughly and then exactly.

News opens with what happened "in central Mali" "last week" and says further on in which town and on which
day; both are one event, at the place and on the day that are told exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.extract.found import Found
from geo.extract.reading import Span
from geo.extract.scene import Scene
from geo.extract.spot import lies_in
from geo.extract.triggers import Told

_MOST_EVIDENCE = 5
_VIOLENT = {"Battles", "Riots", "Violence against civilians", "Explosions/Remote violence"}
"""Kinds that an opening and what follows it may call one event by: "an attack", then "a blast"."""

_UNREST = {"Protests", "Riots"}
_OPENING = 3  # sentences of a story that may sum up what follows
_REFERS_WITHIN = 2  # sentences back to an event that is only referred to
_FURTHER = 8  # sentences within which it is told exactly


RETOLD = "retold"
"""Kind of a noun that only refers to an event told before: "the incident happened in"."""


def retold(scene: Scene, found: Sequence[Found]) -> list[Told]:
    """What a sentence tells again of the event before it, whatever that was: "the deaths occurred in …"."""
    if not found or scene.tokens[0].normal not in scene.words["definite"]:
        return []
    return [
        Told(mark, found[-1].told.event_type, found[-1].told.sub_event_type, 0.9, weak=False, bare=False)
        for mark in scene.of(RETOLD)
        if mark.first <= _SUBJECT and scene.near(mark.last, {"happens"}, 0, 2)
    ]


_SUBJECT = 3  # tokens up to the noun that a sentence opens with


def joined(some: Sequence[Span], more: Sequence[Span]) -> tuple[Span, ...]:
    """Passages in the order of the text, those that overlap made one."""
    found: list[Span] = []
    for span in sorted({*some, *more}):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def is_told_already(one: Found, other: Found) -> bool:
    """Whether a sentence tells of it under another word: one event at one place and time."""
    same = other.spot.name == one.spot.name and other.when.start == one.when.start
    return same or other.spot.how != "named" or (one.told.weak and other.spot.name == one.spot.name)


def merged(found: Sequence[Found]) -> list[Found]:
    """Each event once: the same kind at the same place on the same days, the firmer telling kept."""
    kept: list[Found] = []
    groups: list[list[Found]] = []
    for one in found:
        at = next((at for at, other in enumerate(kept) if _is_same(one, other)), None)
        if at is None:
            at = next((at for at, other in enumerate(kept) if _is_exact(one, other)), None)
            if at is not None:
                days = one.when if one.when.is_known or not kept[at].when.is_known else kept[at].when
                kept[at] = replace(kept[at], spot=replace(one.spot, how="named"), when=days, faint=one.faint)
                groups[at].append(one)
                continue
        if at is None and one.told.mark.kind == RETOLD:
            continue
        if at is None:
            kept.append(one)
            groups.append([one])
            continue
        groups[at].append(one)
        if (one.when.how == "named" and kept[at].when.how != "named") or (kept[at].faint and not one.faint):
            kept[at] = one
    return [
        replace(
            one,
            evidence=_most([span for told in (one, *group) for span in told.evidence]),
            again=frozenset(told.scene for told in group),
        )
        for one, group in zip(kept, groups, strict=True)
        if not one.faint
    ]


def _most(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The first passages, each once."""
    return tuple(dict.fromkeys(spans))[:_MOST_EVIDENCE]


def _is_same(one: Found, other: Found) -> bool:
    same_place = one.spot.name == other.spot.name or one.spot.place.key == other.spot.place.key
    if not same_place:
        return False
    same_kind = one.told.event_type == other.told.event_type or one.told.weak or other.told.weak
    same_day = one.when.start == other.when.start or "none" in (one.when.how, other.when.how)
    return same_kind and same_day


def _is_exact(one: Found, rough: Found) -> bool:
    """Whether it is told exactly what the opening of the story told roughly: where, or on which day."""
    after = one.scene - rough.scene
    if _is_elsewhere(one, rough):
        return True
    if rough.spread or not (0 < after <= _FURTHER if rough.scene < _OPENING else one.refers and after == 1):
        return False
    kinds = {one.told.event_type, rough.told.event_type}
    alike = len(kinds) == 1 or kinds <= _VIOLENT or one.told.weak or rough.told.weak
    if not alike and not (one.refers and after <= _REFERS_WITHIN):
        return False
    same_place = one.spot.place.key == rough.spot.place.key
    land = one.refers and rough.spot.place.country == one.spot.place.country
    inside = land or lies_in(rough.spot.place, one.spot.place)
    finer = rough.spot.roughness > one.spot.roughness and inside
    return (finer or same_place) and _may_be_then(one, rough, finer=finer)


def _is_elsewhere(one: Found, sent: Found) -> bool:
    """Whether it is where and when an opening happened of which only is told whence and when it was sent.

    As in "THE HAGUE (AP) - Police arrested 50 after a protest, they said on Sunday. A crowd gathered in
    Drachten on Saturday".
    """
    kinds = {one.told.event_type, sent.told.event_type}
    return (
        sent.sent
        and sent.when.how in ("said", "none")
        and 0 < one.scene - sent.scene <= _REFERS_WITHIN
        and (len(kinds) == 1 or kinds <= _UNREST)
        and (one.spot.how, one.when.how) == ("named", "named")
        and one.spot.place.country == sent.spot.place.country
        and one.spot.place.key != sent.spot.place.key
        and _may_be_then(one, sent, finer=True)
    )


def _may_be_then(one: Found, rough: Found, *, finer: bool) -> bool:
    """Whether its day may be that of the opening: the same, one in its week, or none told."""
    if rough.when.how in ("said", "none", "carried"):
        late = rough.when.start is not None and one.when.start is not None
        return not late or one.when.start <= rough.when.start  # type: ignore[operator]
    if None in (rough.when.start, rough.when.end, one.when.start, one.when.end):
        return finer
    inside = rough.when.start <= one.when.start <= one.when.end <= rough.when.end  # type: ignore[operator]
    return inside and (finer or rough.when.start != rough.when.end)
