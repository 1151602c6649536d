"""Clauses of a Russian sentence: commas set them apart, and "и" where a new predicate follows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache

from geo.extract.languages.ru.dictionary import Shape, shape
from geo.extract.scene import Scene

_ENDS = {",", ";", ":", "—", "–", "(", ")", "…"}
_NOUNS = {"NOUN", "NPRO", "NUMR"}


def shape_at(scene: Scene, at: int) -> Shape:
    """What the word at a token may be."""
    return shape(scene.tokens[at].text.lower())


@lru_cache(maxsize=64)
def clauses(scene: Scene) -> list[tuple[int, int]]:
    """First token, and the one after the last, of each stretch that holds one predicate at most."""
    edges = [0]
    finite = False
    for at, token in enumerate(scene.tokens):
        if (token.text in _ENDS and token.kind == "mark") or (
            token.normal in ("и", "а", "но", "или") and finite and _has_predicate(scene, at + 1)
        ):
            edges.append(at + 1)
            finite = False
        elif token.kind == "word" and shape_at(scene, at).is_finite:
            finite = True
    edges.append(len(scene.tokens))
    return [(first, last) for first, last in itertools.pairwise(edges) if last > first]


def _has_predicate(scene: Scene, start: int) -> bool:
    """Whether a finite verb follows before the next comma, with a subject or an object of its own."""
    for at in range(start, len(scene.tokens)):
        token = scene.tokens[at]
        if token.kind == "mark" and token.text in _ENDS:
            return False
        if token.kind == "word" and shape_at(scene, at).is_finite:
            return True
    return False


def clause_of(scene: Scene, at: int) -> tuple[int, int]:
    """The clause that holds a token."""
    return next(((first, last) for first, last in clauses(scene) if first <= at < last), (at, at + 1))


def finite_verbs(scene: Scene, first: int, last: int) -> Iterator[int]:
    """Tokens of a stretch that are finite verbs or short participles."""
    for at in range(first, last):
        if scene.tokens[at].kind == "word" and shape_at(scene, at).is_finite:
            yield at


def is_negated(scene: Scene, at: int) -> bool:
    """Whether a verb is denied: "не пострадал", "никто не погиб", "жертв нет"."""
    return (at > 0 and scene.tokens[at - 1].normal in ("не", "ни")) or (
        at > 1 and scene.tokens[at - 2].normal == "не" and shape_at(scene, at - 1).lemma == "быть"
    )
