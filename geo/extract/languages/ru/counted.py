"""Who or what a Russian number counts, by the noun behind it."""

from __future__ import annotations

from geo.extract.languages.ru.clauses import shape_at
from geo.extract.languages.ru.dictionary import Shape
from geo.extract.lexicon import Mark
from geo.extract.numbers import Number
from geo.extract.scene import Scene

_NOUN_WITHIN = 5  # tokens
_ADJECTIVES = {"ADJF", "PRTF"}


def counted_noun(scene: Scene, number: Number) -> Mark | None:
    """Who is counted: "трое полицейских", "один из подозреваемых", "двое — несовершеннолетние"."""
    counted = {mark.first: mark for mark in reversed(scene.of("counted"))}
    at = number.last
    while at < min(len(scene.tokens), number.last + _NOUN_WITHIN):
        token = scene.tokens[at]
        if at in counted:
            longest = max(
                (mark for mark in scene.of("counted") if mark.first == at), key=lambda mark: mark.last
            )
            following = counted.get(at + 1)
            if longest.value == "people" and following is not None and following.value != "people":
                return Mark(*following)  # "10 раненых полицейских"
            return longest
        found = shape_at(scene, at)
        if token.kind == "word" and found.pos == "NOUN":
            return Mark("counted", "people", at, at + 1, "") if "anim" in found.marks else None
        if token.text.lower() in ("них", "которых") and scene.tokens[at - 1].normal == "из":
            at += 1
            continue  # "пятеро из них несовершеннолетние"
        passes = token.text in ("—", "–", "»", "”") or token.normal == "из" or token.kind == "compound"
        if not (passes or (token.kind == "word" and found.pos in _ADJECTIVES)):
            return None
        at += 1
    return None


def counts_things(scene: Scene, number: Number) -> bool:
    """Whether a noun for a thing follows: "10 домов", "2 млн леев"."""
    at = number.last
    if at < len(scene.tokens) and scene.tokens[at].normal == "из":
        at += 1  # "на одном из постов"
    listed = at
    while listed + 1 < len(scene.tokens) and scene.tokens[listed].text in (",", "и", "-", "–"):
        if scene.tokens[listed + 1].kind != "number":
            break
        listed += 2
    if listed > at and listed < len(scene.tokens) and scene.tokens[listed].text.lower() == "лет":
        return True  # "15, 16 и 17 лет"
    if (
        at + 1 < len(scene.tokens)
        and scene.tokens[at].normal in ("и", "или")
        and (scene.tokens[at + 1].kind == "number")
    ):
        at += 2  # "19 и 20 лет"
    while (
        at < len(scene.tokens) and shape_at(scene, at).pos in _ADJECTIVES and scene.tokens[at].kind == "word"
    ):
        beyond = shape_at(scene, at + 1) if at + 1 < len(scene.tokens) else None
        thing = beyond is not None and beyond.pos == "NOUN" and "inan" in beyond.marks
        if "fate" in scene.begins.get(at, ()) and not thing:
            return False  # not "29 уничтоженных аппаратов"
        at += 1
    if at >= len(scene.tokens) or scene.tokens[at].kind != "word":
        return at < len(scene.tokens) and scene.tokens[at].text in "%°$€"
    found = shape_at(scene, at)
    if found.pos == "NOUN" and "inan" in found.marks and _agrees(scene, number, found):
        return True  # "в обоих районах"
    if {"fate", "locative"} & scene.begins.get(at, frozenset()):
        return False
    if found.pos != "NOUN" or any(one.name.first == at for one in scene.names):
        return False
    return bool(found.cases & {"gent"}) or scene.tokens[number.last - 1].kind == "number"


def _agrees(scene: Scene, number: Number, noun: Shape) -> bool:
    """Whether a number in words stands in the same oblique case as the noun behind it: "в двух районах"."""
    cases = shape_at(scene, number.last - 1).cases
    return bool(cases & noun.cases & _OBLIQUE) and not cases & {"nomn"}


_OBLIQUE = {"loct", "ablt", "datv"}
