"""One victim without a number: "погиб военнослужащий", "водитель погиб", "застрелил чиновника"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from geo.extract.figures import Counted
from geo.extract.languages.ru.clauses import clause_of, shape_at
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
    """As in "террориста застрелил солдат": an object that opens its clause."""
    for at in range(first, min(verb, first + _NEAR)):
        found = shape_at(scene, at)
        if _is_victim(scene, at, "accs") and "nomn" not in found.cases:
            return at
        if found.pos not in ("ADJF", "PRTF") and scene.tokens[at].kind == "word":
            return None
    return None


def _objects(scene: Scene, start: int, end: int) -> Iterator[int]:
    for at in range(start, end):
        if _is_victim(scene, at, "accs"):
            yield at
        if scene.tokens[at].kind != "word" or shape_at(scene, at).pos not in ("ADJF", "PRTF"):
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
