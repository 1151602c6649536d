"""Victims without a number: "погиб военнослужащий", "застрелил чиновника", "ранены врач и водитель"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from geo.extract.figures import Counted
from geo.extract.languages.ru.clauses import clause_of, shape_at
from geo.extract.languages.ru.dictionary import Shape
from geo.extract.languages.ru.fates import GROUPS, fates, made, with_group
from geo.extract.lexicon import Mark
from geo.extract.numbers import Number
from geo.extract.scene import Scene
from geo.schema import Qualifier

_NEAR = 5  # tokens between a verb and its victim


def find(scene: Scene, text: str, found: Sequence[Counted], used: set[int]) -> Iterator[Counted]:
    """The victims told in the singular. used: tokens of fates that have a number already."""
    taken = {at for one in found for at in range(one.first, one.last)}
    for mark in fates(scene):
        if mark.first in used or mark.value not in GROUPS:
            continue
        first, _ = clause_of(scene, mark.first)
        pair = _pair(scene, mark)
        if pair and not taken & set(range(*pair)):
            people = Mark("counted", "people", pair[0], pair[1], "many")
            two = Number(*pair, 2, 2, 2, Qualifier.EXACT)
            yield made(scene, text, two, pair[1], mark.first, str(mark.value), False, people)
            continue
        at = next((at for at in _places(scene, mark) if at not in taken), None)
        if at is None:
            continue
        noun = _called(scene, at)
        part = any("including" in scene.ends.get(step, ()) for step in range(first, at + 1))
        metric = with_group(str(mark.value), str(noun.value))
        yield made(
            scene,
            text,
            Number(at, at + 1, 1, 1, 1, Qualifier.EXACT),
            noun.last,
            mark.first,
            metric,
            part,
            noun,
        )


def _pair(scene: Scene, mark: Mark) -> tuple[int, int] | None:
    """Where two stand, each told in the singular, to whom a verb in the plural happened."""
    verb = shape_at(scene, mark.first)
    if verb.number != "plur" or not verb.is_finite or ("tran" in verb.marks and verb.pos == "VERB"):
        return None
    first, last = clause_of(scene, mark.first)
    for at in range(first, last - 2):
        if scene.tokens[at + 1].normal == "и" and _is_victim(scene, at, "nomn"):
            other = at + 2
            while other < last - 1 and _describes(scene, other):
                other += 1
            if other < last and _is_victim(scene, other, "nomn"):
                return at, other + 1
    return None


def _describes(scene: Scene, at: int) -> bool:
    """Whether a word is an adjective: "местный", "32-летний"."""
    return scene.tokens[at].kind in ("word", "compound") and shape_at(scene, at).pos in ("ADJF", "PRTF")


def _places(scene: Scene, mark: Mark) -> Iterable[int]:
    """Where the victim of a verb may stand: its subject on either side, or its object behind it."""
    verb = shape_at(scene, mark.first)
    first, last = clause_of(scene, mark.first)
    if any(one.first == last for one in scene.of("according")):  # "убит, по данным полиции, боевик"
        _, last = clause_of(scene, clause_of(scene, last)[1])
    active = "tran" in verb.marks and verb.pos in ("VERB", "GRND") and mark.last - mark.first == 1
    if active and verb.tense == "past" and (led := _object_before(scene, first, mark.first)) is not None:
        return (led,)
    if active and verb.tense == "past":
        return _objects(scene, mark.last, min(last, mark.last + _NEAR))
    if active or not verb.is_finite or verb.number != "sing" or "neut" in verb.marks:
        return ()
    if mark.tag not in ("past", "part"):
        return ()
    beyond = clause_of(scene, mark.first)[1]
    reach = min(last, (beyond if last == beyond else clause_of(scene, beyond)[1]) + _NEAR)
    reach = min(last, mark.last + _NEAR) if last == beyond else reach
    near = range(max(first, mark.first - _NEAR), reach)
    return (at for at in sorted(near, key=lambda at: abs(at - mark.first)) if _is_victim(scene, at, "nomn"))


def _object_before(scene: Scene, first: int, verb: int) -> int | None:
    """As in "террориста застрелил солдат", "58-летнего сторожа увезли": an object before its verb."""
    opens = next((at for at in range(first, verb) if not _describes(scene, at)), verb)
    for at in {opens, verb - 1}:
        if first <= at < verb and _is_victim(scene, at, "accs"):
            adjectives: list[Shape] = []
            while at - len(adjectives) > first and _describes(scene, at - len(adjectives) - 1):
                adjectives.append(shape_at(scene, at - len(adjectives) - 1))
            if any("nomn" not in one.cases for one in [shape_at(scene, at), *adjectives]):
                return at
    return None


def _objects(scene: Scene, start: int, end: int) -> Iterator[int]:
    for at in range(start, end):
        if _is_victim(scene, at, "accs"):
            yield at
        if not _describes(scene, at):
            return


def _is_victim(scene: Scene, at: int, case: str) -> bool:
    """Whether a word names one person, and no office that only speaks or acts."""
    token = scene.tokens[at]
    if token.kind != "word" or (token.text[:1].isupper() and at and scene.tokens[at - 1].kind != "mark"):
        return False
    found = shape_at(scene, at)
    if found.pos != "NOUN" or found.number != "sing" or case not in found.cases or "anim" not in found.marks:
        return False
    kinds = scene.begins.get(at, frozenset())
    return (
        "title" in kinds or "counted" in kinds or ("institution" not in kinds and "Orgn" not in found.marks)
    )


def _called(scene: Scene, at: int) -> Mark:
    return next(
        (mark for mark in scene.of("counted") if mark.first == at),
        Mark("counted", "people", at, at + 1, "one"),
    )
