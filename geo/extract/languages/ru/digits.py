"""Which numbers of a Russian sentence count nobody, and which count one more, or roughly."""

from __future__ import annotations

from geo.extract.languages.ru.clauses import shape_at
from geo.extract.lexicon import Mark
from geo.extract.numbers import Number
from geo.extract.scene import Scene
from geo.schema import Qualifier


def is_ordinal(scene: Scene, number: Number) -> bool:
    """As in "5-й", "один" as in "ни один" and "один раз", numbers of houses and of documents."""
    before = scene.tokens[number.first - 1].normal if number.first else ""
    if before in ("минус", "плюс") or _is_age(scene, number):
        return True
    if (number.last < len(scene.tokens) and _touches(scene, number.last)) or _is_glued(scene, number):
        return True  # "7х7", "M23"
    if before in ("отец", "мать", "мама", "родитель"):
        return True  # "отец троих детей"
    return before in ("№", "ни", "номер", "статья", "п", "ст") or scene.tokens[number.last - 1].text in (
        "одно",
        "Одно",
    )


def _is_age(scene: Scene, number: Number) -> bool:
    """As in "мужчине 44 года, его жене 39": the second of two ages, without the word for years."""
    at = number.first - 1
    if at < 1 or (number.last < len(scene.tokens) and scene.tokens[number.last].kind == "word"):
        return False
    years = any(
        token.text.lower() in ("года", "лет", "год") and scene.tokens[nth - 1].kind == "number"
        for nth, token in enumerate(scene.tokens[1:at], start=1)
    )
    return years and "datv" in shape_at(scene, at).cases


def _is_glued(scene: Scene, number: Number) -> bool:
    at = number.first
    return (
        at > 0 and scene.tokens[at - 1].kind == "word" and scene.tokens[at - 1].end == scene.tokens[at].start
    )


def is_clock(scene: Scene, number: Number) -> bool:
    """As in "в 17:30", "с 20:00 до 8:00": digits right on either side of a colon or a point."""
    tokens = scene.tokens
    for colon in range(number.first, number.last + 1):
        if 0 < colon < len(tokens) - 1 and tokens[colon].text == ":":
            before, after = tokens[colon - 1], tokens[colon + 1]
            if before.kind == after.kind == "number" and after.start - before.end == 1:
                return True
    at = number.first - 1
    return at > 0 and tokens[at].text == ":" and tokens[at - 1].kind == "number"


def _touches(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    return token.kind == "word" and token.start == scene.tokens[at - 1].end


def and_one(scene: Scene, number: Number, noun: Mark | None) -> Number:
    """Of "двое мужчин и женщина": three."""
    if noun is None or noun.value != "people" or number.qualifier != Qualifier.EXACT or number.best is None:
        return number
    at = noun.last + 1
    if at >= len(scene.tokens) or scene.tokens[noun.last].normal != "и":
        return _one_and(scene, number)
    found = shape_at(scene, at)
    one = found.pos == "NOUN" and found.number == "sing" and {"anim"} <= found.marks and "nomn" in found.cases
    group = next((mark.value for mark in scene.of("counted") if mark.first == at), "people")
    if not one or group != "people":
        return number
    more = number.best + 1
    return number._replace(low=more, best=more, high=more)


def _one_and(scene: Scene, number: Number) -> Number:
    """Of "водитель и двое пассажиров": three."""
    at = number.first - 2
    if at < 0 or scene.tokens[at + 1].normal != "и" or number.best is None:
        return number
    found = shape_at(scene, at)
    group = next((mark.value for mark in scene.of("counted") if mark.first == at), "people")
    counted = at and ("number" in scene.begins.get(at - 1, ()) or scene.tokens[at - 1].kind == "number")
    one = found.pos == "NOUN" and found.number == "sing" and "anim" in found.marks
    one = one and bool(found.cases & {"nomn", "accs"}) and "gent" not in found.cases - {"accs"}
    if not one or counted or group != "people" or (scene.tokens[at].text[:1].isupper() and at):
        return number
    more = number.best + 1
    return number._replace(first=at, low=more, best=more, high=more)


def noun_before(scene: Scene, number: Number) -> Mark | None:
    """Of "человек триста": about so many."""
    at = number.first - 1
    alone = (
        number.last >= len(scene.tokens)
        or scene.tokens[number.last].kind == "mark"
        or (shape_at(scene, number.last).pos in ("PREP", "CONJ", "VERB"))
    )
    if (
        at < 0
        or scene.tokens[at].text.lower() != "человек"
        or not alone
        or number.qualifier != Qualifier.EXACT
    ):
        return None
    if at and (scene.tokens[at - 1].kind == "number" or "number" in scene.begins.get(at - 1, ())):
        return None
    return Mark("counted", "people", at, at + 1, "many")
