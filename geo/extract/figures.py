"""Numbers of people, how exactly they are meant, and what is said to have happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from geo.extract.fates import fate_of, told_after
from geo.extract.lexicon import Mark
from geo.extract.listed import GROUPED, described, is_elsewhere, is_other_count, metric_in_list
from geo.extract.numbers import Number, read_numbers
from geo.extract.persons import counted_noun, other_noun
from geo.extract.reading import Figure
from geo.extract.scene import Scene
from geo.extract.syntax import Syntax

_WHOLE = 5  # tokens between a part and the number that it is a part of

_OF_PERSONS = GROUPED | {"displaced", "released", "sentenced", "charged", "rescued"}
"""Metrics of which a noun that the lexicon does not know is one of persons."""


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
    numbers = [
        one for nth, one in enumerate(numbers) if not nth or not _is_whole(scene, numbers[nth - 1], one)
    ]
    found: list[Counted] = []
    for nth, number in enumerate(numbers):
        limit = numbers[nth + 1].first if nth + 1 < len(numbers) else len(scene.tokens)
        one = _counted(scene, text, number, limit, numbers[nth - 1] if nth else None)
        if one is not None and found and not one.metric:
            listed = metric_in_list(scene, one, found[-1])
            if listed:
                one = one._replace(
                    metric=listed, fate=found[-1].fate, figure=replace(one.figure, what=listed)
                )
        if one is not None:
            found.append(_as_part(scene, one, found[-1] if found else None))
    return found


def _as_part(scene: Scene, one: Counted, whole: Counted | None) -> Counted:
    """Of "20 people were killed, among them four soldiers": what happened to the whole happened to a part."""
    if one.metric and _is_of_them(scene, one):  # "40 injured, three of whom died"
        root = whole.metric.partition("_")[0] if whole is not None else ""
        return one._replace(part=one.metric.partition("_")[0] == root)
    if whole is None or not whole.metric or one.metric or not one.part:
        return one
    groups = [mark.value for mark in scene.of("counted") if one.first <= mark.first <= one.last + 1]
    fate = next(iter(scene.near(whole.fate, {"fate", "toll"}, 0, 1)), None)
    if fate is None or fate.value not in GROUPED:
        return one
    group = groups[0] if groups else "people"
    metric = fate.value if group == "people" else f"{fate.value}_{group}"
    return one._replace(metric=metric, figure=replace(one.figure, what=metric))


def _is_whole(scene: Scene, part: Number, number: Number) -> bool:
    """Of "2,100 of the mine's 2,400 workers": those of whom the number before is a part."""
    between = scene.tokens[part.last : number.first]
    if not 0 < len(between) <= _WHOLE or between[0].normal not in scene.words["of"]:
        return False
    verbs = {"auxiliary", "joins", "fate", "clause"}
    return not any(verbs & scene.begins.get(at, frozenset()) for at in range(part.last, number.first))


def _counted(scene: Scene, text: str, number: Number, limit: int, previous: Number | None) -> Counted | None:
    noun = counted_noun(scene, number, limit)
    fate = fate_of(scene, number, noun, limit, previous)
    if noun is None:
        noun, fate = _told_of_others(scene, number, fate, limit, previous)
    who = described(scene, number) if fate is None and noun is None else None
    if fate is None and noun is None and who is None:
        return _again(scene, text, number, listed=previous is not None)
    noun = noun or who
    last = max(number.last, noun.last if noun else 0)
    metric = _metric(scene, number, noun, fate)
    span = scene.span(number.first, last)
    what = metric or (scene.tokens[noun.last - 1].normal if noun else "")
    figure = Figure(
        span, text[span.start : span.end], number.low, number.best, number.high, number.qualifier, what
    )
    return Counted(
        scene.number,
        number.first,
        last,
        fate.first if fate else number.first,
        metric,
        who is not None or _is_part(scene, number, fate),
        figure,
    )


def _again(scene: Scene, text: str, number: Number, *, listed: bool) -> Counted | None:
    """Of "the organisers spoke of 35,000": a number of those who were counted before, by somebody else.

    listed: whether a number stands before it: "40 people were detained in Minsk and 12 in Brest".
    """
    ends = number.last >= len(scene.tokens) or scene.tokens[number.last].kind == "mark"
    again = "recount" in scene.ends.get(number.first, ()) or is_other_count(scene, number)
    elsewhere = listed and is_elsewhere(scene, number)
    if not (elsewhere or (ends and again)) or (number.best or number.low or 0) < 2:
        return None
    span = scene.span(number.first, number.last)
    figure = Figure(
        span, text[span.start : span.end], number.low, number.best, number.high, number.qualifier, _RECOUNT
    )
    return Counted(scene.number, number.first, number.last, number.first, "", False, figure)


_RECOUNT = "as before"
_BEFORE = 2  # sentences back in which they were counted


def recounted(counted: Sequence[Sequence[Counted]]) -> list[list[Counted]]:
    """The numbers of all sentences, those told again with the metric of the last one before them."""
    done: list[list[Counted]] = []
    for group in counted:
        here: list[Counted] = []
        for one in group:
            if one.figure.what == _RECOUNT:
                before = [*(other for earlier in done[-_BEFORE:] for other in earlier), *here]
                told = [other.metric for other in before if other.metric and not other.part]
                if not told:
                    continue
                one = one._replace(metric=told[-1], figure=replace(one.figure, what=told[-1]))
            here.append(one)
        done.append(here)
    return done


def _metric(scene: Scene, number: Number, noun: Mark | None, fate: Mark | None) -> str:
    """What is counted, or nothing where it cannot be that: one man is no turnout, villagers are no troops."""
    group = noun.value if noun else "people"
    if fate is None:
        taking = noun is not None and any(mark.last == noun.last for mark in scene.of("taking_part"))
        met = group == "people" and any(mark.last == number.first for mark in scene.of("meets_crowd"))
        taking = taking or (noun is not None and met)
        return "participants" if taking and (number.best or number.low or 0) >= _TURNOUT else ""
    told = told_after(scene, fate, noun)
    if not told and _only_says_which(scene, number, fate):
        return ""
    group = told or group
    few = 1 if fate.value != "participants" else _FEW
    if fate.value in _OF_MANY and (number.best or number.high or few + 1) <= few:
        return ""  # "two ministers joined the talks"
    captured = fate.value == "abducted" and scene.tokens[fate.first].normal in scene.words["captures"]
    if captured and group != "security_forces" and scene.near(fate.first, {"force"}, _ACTING):
        return "arrested" if group == "people" else f"arrested_{group}"
    if fate.value != "killed" and any(mark.last == fate.last for mark in scene.of("taken_as")):
        return str(fate.value)  # "took seven guards hostage"
    jailed = fate.value == "arrested" and scene.tokens[fate.first].normal in scene.words["jails"]
    if jailed and scene.near(fate.first, {"court"}, _ACTING):
        return "sentenced"
    if captured and (group == "security_forces" or noun is None):
        return "captured"  # soldiers are neither kidnapped nor arrested
    if fate.value == "troops_deployed" and noun is not None and group != "security_forces":
        return ""
    if fate.value == "participants" and group in ("security_forces", "attackers"):
        return ""
    return f"{fate.value}_{group}" if group != "people" and fate.value in GROUPED else str(fate.value)


def _only_says_which(scene: Scene, number: Number, fate: Mark) -> bool:
    """Of "two of those arrested will appear in court": what happened says only of whom it is told."""
    if number.last >= len(scene.tokens) or scene.tokens[number.last].normal not in scene.words["of"]:
        return False
    if fate.tag in ("one", "many"):
        return False  # "103 of the deaths had occurred in Almaty"
    article = scene.tokens[min(number.last + 1, len(scene.tokens) - 1)].normal
    return fate.first == number.last + 2 and article in scene.words["definite"]


_OF_MANY = {"participants", "troops_deployed", "displaced"}
_TURNOUT = 10
_FEW = 4  # people who make no crowd
_ACTING = 8  # tokens from those who act to what they do


def _is_of_them(scene: Scene, one: Counted) -> bool:
    """Whether it counts some of those told before: "three of whom"."""
    span = range(one.first, min(one.last + 1, len(scene.tokens)))
    return any("including" in scene.begins.get(at, ()) for at in span)


def _told_of_others(
    scene: Scene, number: Number, fate: Mark | None, limit: int, previous: Number | None
) -> tuple[Mark | None, Mark | None]:
    """A noun that the lexicon does not know, with what happened to those whom it counts."""
    noun = other_noun(scene, number.last, limit, many=number.best != 1)
    if noun is None:
        return None, fate
    told = fate_of(scene, number, noun, limit, previous)
    return (noun, told) if told is not None and told.value in _OF_PERSONS else (None, fate)


def _is_part(scene: Scene, number: Number, fate: Mark | None) -> bool:
    """Whether a number is part of one told before: "including three children"."""
    if scene.near(number.first, {"including"}, 3) or "including" in scene.begins.get(number.last, ()):
        return True
    ahead = bool(scene.near(number.first, {"including"}, 0, 12))
    return number.best == 1 and ahead and not _fate_first(scene, number, fate)


def _fate_first(scene: Scene, number: Number, fate: Mark | None) -> bool:
    """Whether what happened is told before any word such as "including" or "among"."""
    return fate is not None and not any(
        number.first < mark.first <= fate.last for mark in scene.of("including")
    )
