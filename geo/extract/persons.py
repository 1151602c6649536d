"""Who is counted: nouns of persons that the lexicon knows, and other nouns where only persons can be meant.

"Two rickshaw pullers were killed" counts people whatever they do for a living: what happens to people alone
("killed", "arrested") makes a noun that is no known thing one of persons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.extract.lexicon import Mark
from geo.extract.scene import Scene

if TYPE_CHECKING:
    from geo.extract.numbers import Number

_NOUN_WITHIN = 5
_LONGEST_NOUN = 4  # words of a noun that the lexicon does not know
_STOPS = frozenset(
    {"says", "auxiliary", "fate", "locative", "clause", "joins", "including", "background", "infinitive"}
)
_CROSSING = frozenset({"says", "auxiliary", "fate", "locative", "clause"})


def counted_noun(scene: Scene, number: Number, limit: int) -> Mark | None:
    """Who is counted: the first noun of persons after the number, adjectives between them."""
    pronoun = _pronoun(scene, number)
    if pronoun is not None:
        return pronoun
    nouns = [
        mark
        for mark in scene.of("counted")
        if number.last <= mark.first < min(limit, number.last + _reach(scene, number))
    ]
    for mark in nouns:
        between = scene.tokens[number.last : mark.first]
        between_words = [token.normal for token in between[:1]]
        crossed = any(
            _CROSSING & scene.begins.get(at, frozenset())
            and scene.tokens[at].normal not in scene.words["passes"]
            and not _says_which(scene, at, number)
            for at in range(number.last, mark.first)
        )
        grouped = any(token.normal in scene.words["of"] for token in between[1:]) and (
            between[0].normal not in scene.words["passes"]
        )
        if grouped or scene.words["by"] & {token.normal for token in between}:
            continue  # "two groups of job seekers", "20,000 by police count"
        passed = (
            ("word", "compound", "number", "possessive")
            if scene.words["of"] & {*between_words}
            else ("word", "compound", "initials")
        )
        if all(token.kind in passed for token in between) and not crossed:
            longer = [other for other in nouns if other.first <= mark.last and other.last > mark.last]
            return longer[-1] if longer and longer[-1].value != "people" else mark
    return None


def _says_which(scene: Scene, at: int, number: Number) -> bool:
    """Of "seven of the abducted pupils", "two missing boys": what only says which of them."""
    if at == number.last and "counted" in scene.begins.get(at + 1, ()):
        return any(mark.first == at and mark.tag in ("past", "part", "") for mark in scene.of("fate"))
    led = at > 1 and scene.tokens[at - 1].normal in scene.words["definite"]
    return (
        led and scene.tokens[at - 2].normal in scene.words["of"] and "counted" in scene.begins.get(at + 1, ())
    )


def other_noun(scene: Scene, first: int, limit: int, *, many: bool) -> Mark | None:
    """A noun that the lexicon does not know, from a token on: words up to a verb, a mark or a small word.

    many: whether it must stand in the plural. None where it is the name of a thing.
    """
    last = first
    while last < min(limit, len(scene.tokens), first + _LONGEST_NOUN):
        token = scene.tokens[last]
        if token.kind not in ("word", "compound", "initials") or _STOPS & scene.begins.get(last, frozenset()):
            break
        if token.normal in scene.words["breaks_noun"] or any(time.first == last for time in scene.times):
            break
        last += 1
    if last == first or "thing" in scene.ends.get(last, ()):
        return None
    head = scene.tokens[last - 1].normal
    if many and not (head.endswith("s") and not head.endswith(("ss", "us", "is"))):
        return None
    if not many and (head.endswith(("s", "ly", "ing", "ed")) or len(head) < _SHORTEST):
        return None
    return Mark("counted", "people", last - 1, last, "many" if many else "one")


_SHORTEST = 3


def _pronoun(scene: Scene, number: Number) -> Mark | None:
    """Of "three of whom", "five of them", "nine of them juveniles": those who were told of before."""
    at = number.last
    if at + 1 >= len(scene.tokens) or scene.tokens[at].normal not in scene.words["of"]:
        return None
    if scene.tokens[at + 1].normal not in scene.words["those"]:
        return None
    said = [mark for mark in scene.of("counted") if mark.first in (at + 2, at + 3)]
    group = said[0].value if said else _told_before(scene, number.first)
    return Mark("counted", group, at + 1, said[0].last if said else at + 2, "many")


def _told_before(scene: Scene, at: int) -> str:
    """Of which group those are whom a pronoun stands for: the last that is counted before it."""
    for mark in reversed(scene.of("counted")):
        beside = mark.last == at - 1 and scene.tokens[mark.last].text == ","  # "the attackers, five of whom"
        if beside and mark.tag == "many":
            return str(mark.value)
        if mark.last <= at and any(
            scene.tokens[step].kind == "number" or {"number", "vague"} & scene.begins.get(step, frozenset())
            for step in range(max(0, mark.first - 3), mark.first)
        ):
            return str(mark.value)
    return "people"


def _reach(scene: Scene, number: Number) -> int:
    """Within how many tokens who is counted is told: further on in "2,100 of the mine's 2,400 workers"."""
    part = number.last < len(scene.tokens) and scene.tokens[number.last].normal in scene.words["of"]
    return _NOUN_WITHIN + 2 if part else _NOUN_WITHIN
