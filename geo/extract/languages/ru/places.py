"""Whether a Russian sentence uses a name as the place of what it tells."""

from __future__ import annotations

from geo.extract.languages.ru.clauses import shape_at
from geo.extract.scene import Scene

_WHERE = {
    "в",
    "на",
    "под",
    "близ",
    "около",
    "возле",
    "вблизи",
    "над",
    "вокруг",
    "внутри",
    "за",
    "у",
    "по",
    "через",
}
_FAR = {"недалеко", "неподалеку", "рядом", "невдалеке"}
_LAND = {
    "site_word",
    "town_word",
    "region_word",
    "county_word",
    "district_word",
    "part_word",
    "capital",
    "side",
}
_FROM = {"из", "от", "до", "к", "с", "для", "о", "об", "против"}


def is_used(scene: Scene, first: int, last: int) -> bool:
    """As in "в Оше", "на окраине Оша", "в городе Ош": not "жители Оша", "из Оша", "с Азербайджаном"."""
    after = scene.begins.get(last, frozenset())
    if first == 0 and "dateline" in after:
        return True
    at = first
    land = False
    while at > 0 and first - at < 7:
        before = scene.tokens[at - 1]
        kinds = scene.ends.get(at, frozenset())
        if before.normal in _WHERE:
            return _is_where(scene, at, land) and not _speaks(scene, at - 1)
        if at == first and "trigger" in kinds and _has_object(scene, at - 1):
            return True
        if before.normal in _FROM:
            return before.normal in ("от", "с") and at > 1 and scene.tokens[at - 2].normal in _FAR
        if "actor" in kinds and not kinds & _LAND:
            return False
        if any(named.name.first <= at - 1 < named.name.last for named in scene.names):
            at = next(
                named.name.first for named in scene.names if named.name.first <= at - 1 < named.name.last
            )
            continue
        if kinds & _LAND:
            land = True
            at -= 1
            continue
        if before.kind in ("word", "compound", "number") and (
            shape_at(scene, at - 1).pos in ("ADJF", "PRTF")
            or before.normal in ("г", "г.", "пгт")
            or before.kind != "word"
        ):
            at -= 1
            continue
        if before.text in (".", "(") and scene.tokens[at - 2].normal in ("г", "с", "пос") and at > 1:
            at -= 1
            continue
        break
    return land and at < first and scene.tokens[at].kind == "word" and not _acts(scene, at)


def _is_where(scene: Scene, at: int, land: bool) -> bool:
    """As in "в Москве", not "на Россию": after "на", "за" and "по" a name is where only in some cases."""
    preposition = scene.tokens[at - 1].normal
    cases = shape_at(scene, at).cases
    if preposition == "в" or (preposition == "по" and "trigger" in scene.ends.get(at - 1, ())):
        return True
    if preposition in ("на", "за", "у", "по", "через"):
        return land or bool(cases & {"loct", "loc2"}) or not cases
    return True


def _has_object(scene: Scene, trigger: int) -> bool:
    """As in "обстрел Донецка", "обстрелян Донецк", "обстреляли Донецк": not "атаковала Россия"."""
    found = shape_at(scene, trigger)
    return found.is_noun or found.pos == "PRTS" or (found.pos == "VERB" and found.number == "plur")


def _speaks(scene: Scene, preposition: int) -> bool:
    """As in "заявили в Баку": the capital stands for its government."""
    before = preposition - 1
    if before < 0 or "says" not in scene.ends.get(preposition, ()):
        return False
    return shape_at(scene, before).number == "plur"


def _acts(scene: Scene, at: int) -> bool:
    """Whether the land itself is the subject: "столица Киргизии заявила"."""
    return bool({"actor", "institution"} & scene.ends.get(at, frozenset()))


def stands_alone(scene: Scene, first: int, last: int) -> bool:
    """As in "в городе", not "в городе Ош", "в области образования" or "из области"."""
    before = scene.tokens[first - 1].normal if first else ""
    if before not in ("в", "по", "на"):
        return False
    if last >= len(scene.tokens) or scene.tokens[last].kind != "word":
        return True
    following = shape_at(scene, last)
    return (
        not (following.pos == "NOUN" and bool(following.cases & {"gent", "nomn"}))
        or "страна" in following.lemma
    )
