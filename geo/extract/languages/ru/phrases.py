"""Phrases of a verb whose words stand apart or the other way round, as the lexicon does not list them.

"Огнестрельное ранение получил", "открыли в субботу огонь", "центральную улицу перекрыли".
"""

from __future__ import annotations

from collections.abc import Sequence

from geo.extract.languages.ru.clauses import clause_of, shape_at
from geo.extract.languages.ru.dictionary import shape
from geo.extract.lexicon import Lexicon, Mark
from geo.extract.scene import Scene

_VERBS = {"VERB", "PRTS", "INFN", "GRND"}
_FILLERS = {"ADJF", "PRTF", "ADVB", "PRCL", "NUMR"}
_AHEAD = 4  # words between a verb and what follows it: its subject, a place
_BEHIND = 4  # words between what stands before a verb and the verb: "ранения при взрыве получили"
_CLOSE = 1  # the same of what tells of an event


def scattered(scene: Scene, lexicon: Lexicon) -> list[Mark]:
    """The phrases of a sentence whose words do not stand as listed; each stands at its verb."""
    found: list[Mark] = []
    for at, token in enumerate(scene.tokens):
        phrases = lexicon.phrases.get(token.normal) if token.kind == "word" else None
        if not phrases or shape_at(scene, at).pos not in _VERBS:
            continue
        first, last = clause_of(scene, at)
        tag = lexicon.morphology.tag(token.text)
        longest: dict[str, Mark] = {}
        length: dict[str, int] = {}
        for rest, kind, value in phrases:
            if length.get(kind, 0) >= len(rest) or _is_listed(scene, at, kind):
                continue
            if _stands(scene, rest, at, (first, last), _CLOSE if kind == "trigger" else _BEHIND):
                longest[kind] = Mark(kind, value, at, at + 1, tag)
                length[kind] = len(rest)
        found += longest.values()
    return found


def _is_listed(scene: Scene, at: int, kind: str) -> bool:
    """Whether the lexicon has found a phrase of that kind at a verb itself."""
    return any(mark.first == at and mark.last > at + 1 for mark in scene.of(kind))


def _stands(scene: Scene, rest: Sequence[str], verb: int, clause: tuple[int, int], reach: int) -> bool:
    first, last = clause
    told = set(rest)
    behind = _words(scene, first, verb, told)
    ahead = _words(scene, verb + 1, last, told)
    size = len(rest)
    leads = shape(rest[0]).pos == "PREP"
    for step in range(min(_AHEAD, len(ahead) - size) + 1):
        if tuple(scene.tokens[at].normal for at in ahead[step : step + size]) == tuple(rest):
            return not (step and _is_preposition(scene, ahead[step - 1]))
        if leads and _is_preposition(scene, ahead[step]):
            break
    if _is_preposition_word(scene, rest, ahead + behind):
        return False
    for start in range(max(0, len(behind) - size - reach), len(behind) - size + 1):
        if tuple(scene.tokens[at].normal for at in behind[start : start + size]) == tuple(rest):
            if start and _is_preposition(scene, behind[start - 1]):
                return False
            return _is_acted_on(scene, behind[start + size - 1], verb)
    return False


def _is_acted_on(scene: Scene, noun: int, verb: int) -> bool:
    """Whether a noun before a verb may be its object or aim: "на площадь вышли", not "на площади вышли"."""
    cases = shape_at(scene, noun).cases
    return shape_at(scene, verb).pos == "PRTS" or not cases or "accs" in cases or "ablt" in cases


def _words(scene: Scene, first: int, last: int, told: set[str]) -> list[int]:
    """Tokens without times, adjectives and adverbs that are no words of the phrase."""
    in_times = {at for time in scene.times for at in range(time.first, time.last)}
    return [
        at
        for at in range(first, last)
        if at not in in_times
        and scene.tokens[at].kind == "word"
        and (scene.tokens[at].normal in told or shape_at(scene, at).pos not in _FILLERS)
    ]


def _is_preposition(scene: Scene, at: int) -> bool:
    return shape_at(scene, at).pos == "PREP" and "hedge" not in scene.begins.get(at, ())


def _is_preposition_word(scene: Scene, rest: Sequence[str], near: Sequence[int]) -> bool:
    """Whether all that a phrase adds to its verb is a preposition: "выстрелить в"."""
    return len(rest) == 1 and any(
        scene.tokens[at].normal == rest[0] and shape_at(scene, at).pos == "PREP" for at in near
    )
