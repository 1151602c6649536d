"""What is said to have happened to people, and the figure that a number of them makes."""

from __future__ import annotations

from functools import lru_cache

from geo.extract.figures import Counted
from geo.extract.languages.ru.clauses import clause_of, is_negated, shape_at
from geo.extract.lexicon import Mark
from geo.extract.numbers import Number
from geo.extract.reading import Figure
from geo.extract.scene import Scene

GROUPS = {"killed", "injured", "arrested", "missing", "abducted"}
"""Metrics of which those of security forces, minors and attackers are counted apart."""


def _taken(scene: Scene) -> list[Mark]:
    """Of "увезли девять человек": arrested by the police or "в отдел", abducted by others, or injured.

    Injured are those who are taken "в больницу".
    """
    metric = "arrested" if scene.of("force") else "abducted" if scene.of("stranger", "armed") else ""
    doctors = [mark.first for mark in scene.of("doctor") if _is_gone_to(scene, mark)]
    hospitals = [*(mark.first for mark in scene.of("hospital")), *doctors]
    found = []
    stations = [mark.first for mark in scene.of("station")]
    conveyed = {mark.first for mark in scene.of("conveyed")}
    for mark in scene.of("taken", "brought", "conveyed"):
        first, last = clause_of(scene, mark.first)
        if any(first <= at < last for at in hospitals):
            found.append(mark._replace(kind="fate", value="injured"))
        elif mark.first in conveyed and any(first <= at < last for at in stations):
            found.append(mark._replace(kind="fate", value="arrested"))
        elif metric and mark.kind == "taken":
            found.append(mark._replace(kind="fate", value=metric))
    if (
        scene.of("gathering")
        and not hospitals
        and {str(one.value) for one in scene.of("fate")} <= _TAKING_PART
    ):
        found += [mark._replace(kind="fate", value="participants") for mark in scene.of("remains")]
    return found


def _is_gone_to(scene: Scene, doctor: Mark) -> bool:
    """As in "попали к хирургам", "обратились за помощью к врачам"."""
    at = doctor.first
    while at and shape_at(scene, at - 1).pos in ("ADJF", "PRTF"):
        at -= 1
    return at > 0 and scene.tokens[at - 1].normal == "к"


_TAKING_PART = {"participants", "troops_deployed"}
_SAID_OF_PEOPLE = {"sentenced", "troops_deployed", "participants"}
"""Metrics whose participles only say who somebody is."""


@lru_cache(maxsize=16)
def fates(scene: Scene) -> list[Mark]:
    """The longest at each token, without those that are denied or still to come."""
    longest: dict[int, Mark] = {}
    end = 0
    for mark in sorted([*scene.of("fate"), *_taken(scene)], key=lambda one: (one.first, -one.last)):
        if mark.first < end or is_negated(scene, mark.first) or mark.tag == "future":
            continue
        if mark.first and scene.tokens[mark.first - 1].normal == "без":
            continue  # "обошлось без пострадавших"
        if mark.value in _SAID_OF_PEOPLE and mark.tag == "ing":
            continue  # "осуждённый скончался", "отец мобилизованного"
        longest[mark.first] = mark
        end = mark.last
    return list(longest.values())


def made(
    scene: Scene, text: str, number: Number, last: int, fate: int, metric: str, part: bool, noun: Mark | None
) -> Counted:
    """A figure of a sentence. last: the token after its noun; fate: that of what happened."""
    span = scene.span(number.first, last)
    what = metric or (scene.tokens[noun.last - 1].normal if noun else "")
    figure = Figure(
        span, text[span.start : span.end], number.low, number.best, number.high, number.qualifier, what
    )
    return Counted(scene.number, number.first, last, fate, metric, part, figure)


def with_group(metric: str, group: str) -> str:
    """The metric of a group: "killed_minors". Whoever is arrested is a suspect."""
    if metric == "arrested" and group == "attackers":
        return metric
    return f"{metric}_{group}" if group != "people" and metric in GROUPS else metric
