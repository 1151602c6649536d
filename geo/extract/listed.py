"""Numbers that take what happened from the one before them: further members of a list, those described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.extract.lexicon import Mark
from geo.extract.numbers import Number
from geo.extract.scene import Scene

if TYPE_CHECKING:
    from geo.extract.figures import Counted

GROUPED = frozenset({"killed", "injured", "arrested", "missing", "abducted"})
"""Metrics of which those of security forces, minors and attackers are counted apart."""

_LINKS = 2  # tokens between two members of a list
_OTHER_VERB = frozenset({"says", "auxiliary", "fate", "suffers"})
_DESCRIBED = 3  # tokens from "were" to what they were


def metric_in_list(scene: Scene, one: Counted, before: Counted) -> str:
    """Of "killed four soldiers and a boy": what happened to the second; empty where it is not told."""
    root = before.metric.partition("_")[0]
    links = scene.tokens[before.last : one.first]
    named = [token for token in links if token.text[:1].isupper()]  # "chief Ali Khan and three guards"
    if root not in GROUPED or before.fate >= before.first or not 0 < len(links) - len(named) <= _LINKS:
        return ""
    if any(token.normal not in scene.words["list_joins"] for token in links if token not in named):
        return ""
    people = [mark for mark in scene.of("counted") if mark.last == one.last]
    if not people or _OTHER_VERB & scene.begins.get(one.last, frozenset()):
        return ""
    return root if people[0].value == "people" else f"{root}_{people[0].value}"


def is_other_count(scene: Scene, number: Number) -> bool:
    """Of "police said 5,000, organisers 12,000" the second: a count of the same by somebody else."""
    at = number.first
    if at and scene.tokens[at - 1].normal in scene.words["counts_at"]:
        at -= 1
    for mark in scene.of("counter"):
        before = mark.first - 1
        while before > 0 and scene.tokens[before].normal in scene.words["articles"]:
            before -= 1
        if mark.last == at and before > 0:
            return scene.tokens[before].text in ",;" or "joins" in scene.begins.get(before, ())
    return False


def is_elsewhere(scene: Scene, number: Number) -> bool:
    """Of "killed four in Gao and two in Ansongo" the second: a number that a place follows at once."""
    if not number.first or number.last >= len(scene.tokens):
        return False
    if scene.tokens[number.first - 1].normal not in scene.words["list_joins"]:
        return False
    return "locative" in scene.begins.get(number.last, ()) and any(
        number.last < one.name.first <= number.last + _NAMED_WITHIN and one.toponym.use == "place"
        for one in scene.names
    )


_NAMED_WITHIN = 4  # tokens from a number to the place it is of


def described(scene: Scene, number: Number) -> Mark | None:
    """Who those are of "of whom 11 were minors", "of the 34 arrested, 11 were minors"."""
    at = number.last
    if at >= len(scene.tokens) or "passive" not in scene.begins.get(at, ()):
        return None
    led = scene.near(number.first, {"including"}, 3) or scene.tokens[0].normal in scene.words["of"]
    people = [mark for mark in scene.of("counted") if at < mark.first <= at + _DESCRIBED]
    return people[0] if led and people else None
