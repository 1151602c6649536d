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
_FAR = 8  # tokens in which the object of a verb stands
_STAND_INS = {"он", "она", "второй", "другой", "третий"}
"""Who was told of before, or is one more: "один погиб, второй потерял ногу"."""


def find(scene: Scene, text: str, found: Sequence[Counted], used: set[int]) -> Iterator[Counted]:
    """The victims told in the singular. used: tokens of fates that have a number already."""
    taken = {at for one in found for at in range(one.first, one.last)}
    singles: dict[int, Counted] = {}
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
        if (
            at is None
            and mark.value == "killed"
            and (before := _who_was_told(scene, mark, singles)) is not None
        ):
            at = before
            del singles[at]
        if at is None:
            continue
        noun = _called(scene, at)
        part = any("including" in scene.ends.get(step, ()) for step in range(first, at + 1))
        metric = with_group(str(mark.value), str(noun.value))
        one = Number(at, at + 1, 1, 1, 1, Qualifier.EXACT)
        singles[at] = made(scene, text, one, noun.last, mark.first, metric, part, noun)
    yield from singles.values()


def _who_was_told(scene: Scene, mark: Mark, singles: dict[int, Counted]) -> int | None:
    """Of "прохожий получил удар ножом и скончался": who was injured in the clause before."""
    first, _ = clause_of(scene, mark.first)
    if first < 1 or mark.first - first > 2 or scene.tokens[first - 1].normal not in ("и", ",", "но"):
        return None
    return next((at for at, one in singles.items() if at < first and one.metric.startswith("injured")), None)


def parts(scene: Scene, text: str, found: Sequence[Counted]) -> Iterator[Counted]:
    """A child among those counted before: "погибли трое, в том числе 12-летний мальчик"."""
    for mark in scene.of("including"):
        whole = next((one for one in reversed(found) if one.first < mark.first and not one.part), None)
        own = next((one for one in fates(scene) if mark.first < one.first < mark.last), None)
        base = (
            str(own.value) if own is not None else whole.metric.partition("_")[0] if whole is not None else ""
        )
        if base not in GROUPS:
            continue
        fate = own.first if own is not None else whole.fate if whole is not None else mark.first
        dash = mark.last < len(scene.tokens) and scene.tokens[mark.last].text in ("—", "–", "-")
        for at in range(mark.last, clause_of(scene, mark.last + dash)[1]):
            noun = _called(scene, at)
            if noun.value == "minors" and shape_at(scene, at).number == "sing" and _is_alone(scene, mark, at):
                one = Number(at, at + 1, 1, 1, 1, Qualifier.EXACT)
                yield made(scene, text, one, noun.last, fate, f"{base}_minors", False, noun)
                break


def _is_alone(scene: Scene, mark: Mark, at: int) -> bool:
    """Whether no number stands between "в том числе" and a noun, and no other verb of fate before it.

    "И" begins anew: "в том числе двое рабочих и 12-летний мальчик".
    """
    before = at
    while before > mark.last and _describes(scene, before - 1):
        before -= 1
    return scene.tokens[before - 1].normal == "и" or not any(
        scene.tokens[step].kind == "number"
        or {"number", "vague", "fate"} & scene.begins.get(step, frozenset())
        for step in range(mark.last, at)
    )


def is_done_by(scene: Scene, mark: Mark, end: int) -> bool:
    """Whether those who are counted before a token did it: "двое мужчин избили в подъезде блогера"."""
    verb = shape_at(scene, mark.first)
    if mark.first < end or verb.pos != "VERB" or "tran" not in verb.marks or verb.lemma in _UNDERGOES:
        return False
    _, last = clause_of(scene, mark.first)
    for at in range(mark.last, min(last, mark.last + _FAR)):
        found = shape_at(scene, at)
        if found.pos == "NOUN" and "anim" in found.marks and scene.tokens[at].kind == "word":
            return bool(found.cases & {"accs"}) and "nomn" not in found.cases
        if "number" in scene.begins.get(at, ()) and {"accs", "gent"} & found.cases - {"nomn"}:
            return "nomn" not in found.cases  # "двое неизвестных убили троих рабочих"
    return False


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
    active = active and verb.lemma not in _UNDERGOES
    if active and verb.tense == "past" and (led := _object_before(scene, first, mark.first)) is not None:
        return (led,)
    if active and verb.tense == "past":
        return _objects(scene, mark.last, min(last, mark.last + _NEAR))
    if "neut" in verb.marks and "tran" in verb.marks and verb.pos == "VERB":
        near = range(max(first, mark.first - _NEAR), mark.first)  # "прохожую ранило в ногу"
        return (at for at in near if _is_victim(scene, at, "accs"))
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
    """The object behind a verb, also behind a time: "застрелили во вторник вечером адвоката"."""
    in_times = {at for time in scene.times for at in range(time.first, time.last)}
    while end < len(scene.tokens) and end - 1 in in_times:
        end += 1
    beyond = start
    for at in range(start, end):
        if at in in_times or at < beyond or shape_at(scene, at).pos == "ADVB":
            continue
        if shape_at(scene, at).pos == "PREP":  # "избили в Омске мигранта"
            beyond = next((step + 1 for step in range(at, end) if shape_at(scene, step).is_noun), end)
            continue
        if _is_victim(scene, at, "accs"):
            yield at
        if not _describes(scene, at):
            return


def _is_victim(scene: Scene, at: int, case: str) -> bool:
    """Whether a word names one person, and no office that only speaks or acts."""
    token = scene.tokens[at]
    if case == "nomn" and token.normal in _STAND_INS:
        return _stands_in(scene, at)
    found = shape_at(scene, at)
    if token.kind != "word" or (token.text[:1].isupper() and at and scene.tokens[at - 1].kind != "mark"):
        aged = at > 0 and scene.tokens[at - 1].kind == "compound" and bool({"Name", "Surn"} & found.marks)
        return aged and case in found.cases and found.number == "sing"  # "погиб 34-летний Асан Беков"
    if found.pos in ("ADJF", "PRTF") and "counted" in scene.begins.get(at, ()) and found.number == "sing":
        alone = at + 1 >= len(scene.tokens) or shape_at(scene, at + 1).pos not in ("NOUN", "ADJF", "PRTF")
        return alone and case in found.cases  # "случайную прохожую"
    if found.pos != "NOUN" or found.number != "sing" or case not in found.cases or "anim" not in found.marks:
        return False
    kinds = scene.begins.get(at, frozenset())
    return (
        "title" in kinds or "counted" in kinds or ("institution" not in kinds and "Orgn" not in found.marks)
    )


def _stands_in(scene: Scene, at: int) -> bool:
    """Whether a word such as "второй" stands for a person: no noun follows, but what became of him."""
    following = at + 1
    while following < len(scene.tokens) and shape_at(scene, following).pos in ("ADVB", "PRCL", "CONJ"):
        following += 1
    if following >= len(scene.tokens) or "nomn" not in shape_at(scene, at).cases:
        return False
    return shape_at(scene, following).is_finite and "fate" in scene.begins.get(following, ())


def _called(scene: Scene, at: int) -> Mark:
    return next(
        (mark for mark in scene.of("counted") if mark.first == at),
        Mark("counted", "people", at, at + 1, "one"),
    )


_UNDERGOES = {"получить", "получать", "потерять"}
"""Transitive verbs of which the victim is the subject."""
