"""Words that tell of an event, and whether the sentence says that it happened.

A verb tells of it when it is finite: not "to storm", "would arrest", "was not attacked". A noun does when
something is said of it ("the protests began"), when a verb brings it about ("staged a protest") or when
it is new ("in a bomb attack"): "during the unrest" only refers to what is known.
"""

from __future__ import annotations

from typing import NamedTuple

from geo.extract.acts import acts
from geo.extract.lexicon import Mark
from geo.extract.scene import Scene
from geo.extract.syntax import Syntax

_DEATHS = ("Attack", "Armed clash")
"""What killing is taken for where no accident stands beside it."""


_ACCUSED_WITHIN = 7  # tokens from "accused" to what somebody is said to have done

_KINDS = ("trigger", "act", "weak_trigger", "people_trigger")  # the surer first


class Told(NamedTuple):
    """A trigger in a sentence. firm: how much the wording says that it happened, 0 to 1."""

    mark: Mark
    event_type: str
    sub_event_type: str
    firm: float
    weak: bool
    bare: bool


def find(scene: Scene, syntax: Syntax | None = None) -> list[Told]:
    """The triggers of a sentence that tell of events, in order, of overlapping ones the longest."""
    if syntax is not None:
        return syntax.told(scene)
    found: list[Told] = []
    if scene.of("refuted"):
        return found  # "reports that he had been shot were false"
    end = 0
    marks = [*scene.of("trigger", "weak_trigger", "people_trigger"), *acts(scene)]
    dated = {at for time in scene.times for at in range(time.first, time.last)}  # "on March 16"
    nouns = {mark.first for mark in marks if mark.tag in ("one", "many")}
    for mark in sorted(
        marks,
        key=lambda one: (
            one.first,
            -(one.last - one.first),
            _KINDS.index(one.kind),
            one.tag not in ("one", "many"),
        ),
    ):
        people = mark.kind == "people_trigger"
        if (mark.first < end and not people) or mark.first in scene.quoted or mark.first in dated:
            continue
        if mark.tag in ("s", "base") and (_is_name(scene, mark.first) or _is_noun(scene, mark)):
            continue  # "the National Guard detained"
        if any(one.first == mark.first and one.last > mark.last for one in scene.of("says")):
            continue  # "it gathered that"
        if scene.of("accident") and mark.kind in ("weak_trigger", "act") and mark.value[1] in _DEATHS:
            continue
        firm, bare = (
            _noun(scene, mark)
            if mark.tag in ("one", "many")
            else (_verb(scene, mark, mark.first in nouns), False)
        )
        if firm and not _is_unreal(scene, mark):
            kind, sub = mark.value
            found.append(Told(mark, kind, sub, firm, mark.kind == "weak_trigger", bare))
            end = end if people else mark.last
    return found


_OF_LAND = ("Non-state actor overtakes territory", "Government regains territory")


def _takes_people(scene: Scene, mark: Mark) -> bool:
    """Whether it is people that a verb takes."""
    numbers = {"number", "vague", "hedge", "one_of"}
    at = mark.last
    if at >= len(scene.tokens):
        return False
    several = scene.tokens[at].kind == "number" or bool(numbers & scene.begins.get(at, frozenset()))
    return several and bool(scene.near(at, {"counted"}, 0, 4)) and not scene.near(at, {"thing"}, 0, 4)


def _is_noun(scene: Scene, mark: Mark) -> bool:
    """Whether what might be a verb ends a noun of persons: "border guards shot", "a security guard"."""
    if mark.tag == "s" and "takes" in scene.ends.get(mark.first, ()):
        return True  # "took guards hostage"
    return any(one.first < mark.first and one.last == mark.last for one in scene.of("counted", "force"))


def _is_of_several(scene: Scene, at: int) -> bool:
    """Whether a verb in the present stands between those who act and what they do it to."""
    acting = any(
        mark.last == at and mark.tag == "many" for mark in scene.of("counted", "armed", "crowd", "force")
    )
    follows = scene.tokens[at + 1].normal if at + 1 < len(scene.tokens) else ""
    return acting and (
        follows in scene.words["determiners"]
        or ("locative" in scene.begins.get(at + 1, ()) and follows != "of")
    )


def _is_name(scene: Scene, at: int) -> bool:
    """Whether a word with a capital letter stands inside a sentence."""
    return at > 0 and scene.tokens[at].text[:1].isupper()


def _verb(scene: Scene, mark: Mark, also_noun: bool) -> float:
    """How firmly a verb tells of an event; 0 where it does not."""
    at = mark.first
    before = scene.begins.get(at - 1, frozenset()) if at else set()
    previous = scene.tokens[at - 1].normal if at else ""
    relative = previous in scene.words["relative"] and mark.tag == "past" and not also_noun
    if previous in scene.words["determiners"] and not relative:
        return 0.0
    counted = at and (scene.tokens[at - 1].kind == "number" or "number" in scene.ends.get(at, ()))
    if mark.value[1] in _OF_LAND and (counted or _takes_people(scene, mark)):
        return 0.0  # "and two captured", "captured 17 soldiers"
    if counted and (mark.kind == "weak_trigger" or mark.tag == "s"):
        return 0.0  # "and 22 wounded", "took seven guards"
    if mark.tag == "past":
        return 0.0 if previous in scene.words["no_subject"] else 0.95
    if mark.tag == "part":
        return 0.95 if scene.near(at, {"auxiliary"}, 4) else 0.0
    if mark.tag == "base" and _is_of_several(scene, at):
        return 0.8  # "gunmen attack the airport"
    if mark.tag in ("s", "base"):
        if (
            also_noun
            or at == 0
            or {"future", "unreal", "auxiliary", "says"} & before
            or previous in scene.words["infinitive"]
        ):
            return 0.0
        return 0.8 if scene.tokens[at - 1].kind == "word" else 0.0
    if mark.tag == "ing":
        accused = previous in scene.words["of"] and scene.near(at, {"accuses"}, _ACCUSED_WITHIN)
        return 0.8 if "auxiliary" in before or accused else 0.0
    if "auxiliary" in before or mark.last - mark.first > 1:
        return 0.0 if previous in scene.words["infinitive"] else 0.95
    return 0.7


def _noun(scene: Scene, mark: Mark) -> tuple[float, bool]:
    """How firmly a noun tells of an event, and whether it stands without anything that says so."""
    start = mark.first
    determiners = scene.words["indefinite"] | scene.words["definite"]
    while (
        start > 0
        and scene.tokens[start - 1].kind in ("word", "compound", "number")
        and start > mark.first - 4
    ):
        if {"background", "auxiliary", "says", "does", "happens"} & scene.begins.get(start - 1, frozenset()):
            break
        if scene.tokens[start - 1].normal in determiners:
            break
        start -= 1
    previous = scene.tokens[start - 1].normal if start else ""
    leads = scene.ends.get(start, frozenset()) | scene.ends.get(start - 1, frozenset())
    happens = [
        one
        for one in scene.of("happens")
        if mark.last <= one.first <= mark.last + 9
        and one.tag in ("past", "part", "s", "base", "")
        and _is_finite(scene, one)
    ]
    happens += [
        one
        for one in scene.of("happened")
        if mark.last < one.first <= mark.last + 9
        and any("passive" in scene.ends.get(at, ()) for at in (one.first, one.first - 1))
        and _is_finite(scene, one)
    ]
    crossing = [
        other for other in scene.of("trigger") if happens and mark.last <= other.first < happens[0].first
    ]
    if _is_there(scene, start):
        return 0.9, False
    indefinite = previous in scene.words["indefinite"]
    if (
        "background" in leads
        and not indefinite
        and scene.tokens[mark.first - 1].normal not in scene.words["indefinite"]
    ):
        return (0.55, True) if previous not in scene.words["definite"] else (0.0, False)
    if scene.words["known"] & {token.normal for token in scene.tokens[start : mark.first]}:
        return 0.0, False  # "has seen several such attacks"
    if happens and not crossing:
        return 0.9, False
    if scene.near(start, {"does"}, 4) and not scene.near(start, {"negation"}, 5):
        does = scene.near(start, {"does"}, 4)[-1]
        if (
            does.tag in ("past", "part", "s")
            and scene.tokens[does.first - 1].normal not in scene.words["infinitive"]
            if does.first
            else True
        ):
            return (0.85, False) if previous not in scene.words["possessive"] else (0.0, False)
    if indefinite:
        return 0.75, False
    return (0.0, False)


def _is_there(scene: Scene, at: int) -> bool:
    """Of "there were clashes", "there was an exchange of fire": whether it is told of as being there."""
    ends = scene.ends.get(at, frozenset()) | scene.ends.get(at - 1, frozenset())
    return "existential" in ends and not scene.near(at, {"negation"}, 3)


def _is_finite(scene: Scene, mark: Mark) -> bool:
    previous = scene.tokens[mark.first - 1].normal if mark.first else ""
    return previous not in scene.words["infinitive"] and not scene.near(mark.first, {"future"}, 3)


def _is_unreal(scene: Scene, mark: Mark) -> bool:
    """Whether it is said not to have happened, or only wished, feared or planned."""
    first, _ = scene.clause(mark.first)
    back = min(6, mark.first - first + 2)
    near = [one for one in scene.near(mark.first, {"unreal", "negation"}, back) if one.first >= first - 2]
    ahead = [one for one in scene.near(mark.first, {"future"}, 5) if one.first >= first]
    return bool(near or ahead)
