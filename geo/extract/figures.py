"""Numbers of people, how exactly they are meant, and what is said to have happened to them."""

from __future__ import annotations

from typing import NamedTuple

from geo.extract.lexicon import Mark
from geo.extract.numbers import Number, read_numbers
from geo.extract.reading import Figure
from geo.extract.scene import Scene
from geo.extract.syntax import Syntax

_AHEAD = 14  # tokens after a number in which its fate may be told
_NOUN_WITHIN = 5
_WHOLE = 5  # tokens between a part and the number that it is a part of

_GROUPS = {"killed", "injured", "arrested", "missing", "abducted"}
"""Metrics of which those of security forces, minors and attackers are counted apart."""


class Counted(NamedTuple):
    """A number in a sentence. first, last: its tokens, with hedge and noun. metric: empty where none is told.

    fate: the token that tells what happened. part: whether it is a part of a number told before.
    """

    scene: int
    first: int
    last: int
    fate: int
    metric: str
    part: bool
    figure: Figure


def find(scene: Scene, text: str, syntax: Syntax | None = None) -> list[Counted]:
    """Every number of a sentence that counts something. syntax: of a language that has rules of its own."""
    if syntax is not None:
        return syntax.counted(scene, text)
    if scene.of("refuted"):
        return []  # "reports that four had been shot were false"
    taken = {at for time in scene.times for at in range(time.first, time.last)}
    numbers = [one for one in read_numbers(scene) if not taken & set(range(one.first, one.last))]
    found = []
    numbers = [
        one for nth, one in enumerate(numbers) if not nth or not _is_whole(scene, numbers[nth - 1], one)
    ]
    for nth, number in enumerate(numbers):
        limit = numbers[nth + 1].first if nth + 1 < len(numbers) else len(scene.tokens)
        found.append(_counted(scene, text, number, limit, numbers[nth - 1] if nth else None))
    return [one for one in found if one is not None]


def _is_whole(scene: Scene, part: Number, number: Number) -> bool:
    """Of "2,100 of the mine's 2,400 workers": those of whom the number before is a part."""
    between = scene.tokens[part.last : number.first]
    if not 0 < len(between) <= _WHOLE or between[0].normal not in scene.words["of"]:
        return False
    verbs = {"auxiliary", "joins", "fate", "clause"}
    return not any(verbs & scene.begins.get(at, frozenset()) for at in range(part.last, number.first))


def _counted(scene: Scene, text: str, number: Number, limit: int, previous: Number | None) -> Counted | None:
    noun = _noun(scene, number, limit)
    group = noun.value if noun else "people"
    fate = _fate(scene, number, noun, limit, previous)
    if fate is None and noun is None:
        return None
    last = max(number.last, noun.last if noun else 0)
    metric = ""
    if fate is not None:
        metric = fate.value
        group = _told_after(scene, fate, noun) or group
        if group != "people" and metric in _GROUPS:
            metric = f"{metric}_{group}"
    span = scene.span(number.first, last)
    what = metric or (scene.tokens[noun.last - 1].normal if noun else "")
    figure = Figure(
        span, text[span.start : span.end], number.low, number.best, number.high, number.qualifier, what
    )
    part = bool(scene.near(number.first, {"including"}, 3)) or (
        number.best == 1
        and bool(scene.near(number.first, {"including"}, 0, 12))
        and not _fate_first(scene, number, fate)
    )
    return Counted(
        scene.number, number.first, last, fate.first if fate else number.first, metric, part, figure
    )


def _fate_first(scene: Scene, number: Number, fate: Mark | None) -> bool:
    """Whether what happened is told before any word such as "including" or "among"."""
    return fate is not None and not any(
        number.first < mark.first <= fate.last for mark in scene.of("including")
    )


def _told_after(scene: Scene, fate: Mark, noun: Mark | None) -> str:
    """Of "three of those killed were minors": who they are is said at the end."""
    if noun is not None and noun.first < fate.first:
        return ""
    tokens = scene.tokens
    if fate.last >= len(tokens) or "auxiliary" not in scene.begins.get(fate.last, ()):
        return ""
    said = [mark for mark in scene.of("counted") if fate.last < mark.first <= fate.last + 3]
    return str(said[0].value) if said and said[0].value != "people" else ""


def _reach(scene: Scene, number: Number) -> int:
    """Within how many tokens who is counted is told: further on in "2,100 of the mine's 2,400 workers"."""
    part = number.last < len(scene.tokens) and scene.tokens[number.last].normal in scene.words["of"]
    return _NOUN_WITHIN + 2 if part else _NOUN_WITHIN


def _noun(scene: Scene, number: Number, limit: int) -> Mark | None:
    """Who is counted: the first such noun after the number, adjectives between them."""
    nouns = [
        mark
        for mark in scene.of("counted")
        if number.last <= mark.first < min(limit, number.last + _reach(scene, number))
    ]
    for mark in nouns:
        between = scene.tokens[number.last : mark.first]
        between_words = [token.normal for token in between[:1]]
        crossed = any(
            {"says", "auxiliary", "fate", "locative", "clause"} & scene.begins.get(at, frozenset())
            and scene.tokens[at].normal not in scene.words["passes"]
            for at in range(number.last, mark.first)
        )
        grouped = any(token.normal in scene.words["of"] for token in between[1:]) and (
            between[0].normal not in scene.words["passes"]
        )
        if grouped:  # "two groups of job seekers"
            continue
        passed = (
            ("word", "compound", "number", "possessive")
            if scene.words["of"] & {*between_words}
            else ("word", "compound")
        )
        if all(token.kind in passed for token in between) and not crossed:
            longer = [other for other in nouns if other.first <= mark.last and other.last > mark.last]
            return longer[-1] if longer and longer[-1].value != "people" else mark
    return None


def _fate(
    scene: Scene, number: Number, noun: Mark | None, limit: int, previous: Number | None
) -> Mark | None:
    """What is said to have happened to those who are counted."""
    tolls = [mark for mark in scene.of("toll") if mark.last <= number.first and number.first - mark.last <= 6]
    if tolls and not any(_is_barrier(scene, at) for at in range(tolls[-1].last, number.first)):
        return tolls[-1]
    fates = [mark for mark in scene.of("fate") if _is_told(scene, mark)]
    here = noun.last if noun else number.last
    direct = [
        mark for mark in fates if number.last <= mark.first <= number.last + 1 and _may_follow(scene, mark)
    ]
    if direct and noun is None:
        return direct[0]
    of_them = [
        mark
        for mark in fates
        if mark.first - number.last in (2, 3) and scene.tokens[number.last].normal in scene.words["of"]
    ]
    if of_them and noun is None:
        return of_them[0]
    if noun is None:
        before = [
            mark for mark in fates if mark.last == number.first and mark.tag in ("ing", "past", "s", "base")
        ]
        return before[-1] if before else None
    before = [
        mark
        for mark in fates
        if mark.last <= number.first
        and number.first - mark.last <= 3
        and not _is_barrier_between(scene, mark.last, number.first)
        and not (previous is not None and mark.last <= previous.first and mark.tag not in ("ing", "past"))
        and _may_lead(scene, mark)
    ]
    after = [
        mark
        for mark in fates
        if here <= mark.first < here + _AHEAD
        and _may_follow(scene, mark)
        and not _crossed(scene, here, mark.first)
        and not (mark.first >= limit and _is_number(scene, mark.first - 1))
    ]
    if after and (not before or scene.away(here, after[0].first) <= 4):
        return after[0]
    if before:
        return before[-1]
    if after:
        return after[0]
    inside = [mark for mark in fates if number.last <= mark.first < noun.first]
    return inside[0] if inside else None


def _is_number(scene: Scene, at: int) -> bool:
    """Whether a number stands at a token: what follows it is its own."""
    return scene.tokens[at].kind == "number" or bool(
        {"number", "vague"} & scene.ends.get(at + 1, frozenset())
    )


def _may_follow(scene: Scene, mark: Mark) -> bool:
    """Of "were killed", "dead", "deaths": not "killing" or "killed two", which have an object."""
    active = mark.tag in ("past", "") and "passive" not in scene.ends.get(mark.first, ())
    if active and _has_object(scene, mark.last):
        return False
    return mark.tag in ("past", "part", "", "many", "one")


def _has_object(scene: Scene, at: int) -> bool:
    """Whether a number or an article follows."""
    if at >= len(scene.tokens):
        return False
    return scene.tokens[at].kind == "number" or bool(
        {"number", "vague", "hedge", "one_of"} & scene.begins.get(at, frozenset())
    )


def _may_lead(scene: Scene, mark: Mark) -> bool:
    """Of "killed 20", "killing 20", "the deaths of 20": not "were killed", whose subject stands before."""
    if mark.tag in ("past", "part"):
        return "passive" not in scene.ends.get(mark.first, ())
    return True


def _is_told(scene: Scene, mark: Mark) -> bool:
    """Not "to be killed", "would be arrested", "not injured"."""
    before = scene.near(mark.first, {"negation"}, 3)
    return not before


def _is_barrier(scene: Scene, at: int) -> bool:
    return scene.tokens[at].text in (";", ".") or "clause" in scene.begins.get(at, ())


def _is_barrier_between(scene: Scene, first: int, last: int) -> bool:
    return any(_is_barrier(scene, at) or scene.tokens[at].text == "," for at in range(first, last))


def _crossed(scene: Scene, first: int, last: int) -> bool:
    """Whether another subject begins between a noun and a fate: "was shot and two …" or "said"."""
    predicate = False
    for at in range(first, last):
        kinds = scene.begins.get(at, frozenset())
        if "joins" in kinds and predicate:
            return True
        predicate = predicate or "auxiliary" in kinds
        if scene.tokens[at].text == ";":
            return True
        if "says" in scene.begins.get(at, ()) and "auxiliary" not in scene.begins.get(at, ()):
            return True
    return False
