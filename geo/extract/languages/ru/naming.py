"""The nominative forms under which a gazetteer may list a name that stands in any case in a Russian text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from geo.extract.languages.ru.dictionary import LEAST_SCORE, is_known, like, parses_of, shape

_AHEAD = 3  # words after a name that may say what it is
_LONGEST_WORD = 60  # letters; what is longer is no name
_ABBREVIATION = {"Abbr"}
_PERSON = {"Name", "Surn", "Patr"}


def names(words: Sequence[str], following: Sequence[str], before: str, *, begins: bool) -> tuple[str, ...]:
    """See `geo.extract.lexicon.Morphology.names`."""
    found = _names(tuple(words), _telling(following[:_AHEAD]), begins, _tells(before, words[0]))
    return tuple(name for name in found if len(words) > 1 or _is_governed(words[0], name, before.lower()))


def _is_governed(word: str, name: str, before: str) -> bool:
    """Whether a preposition may put a name into the case in which it stands: "у Берда", "в Анку"."""
    word, name = word.partition("-на-")[0], name.partition("-на-")[0]
    if before in _GENITIVE and word[-1:] in ("а", "я"):
        return name.replace("ё", "е") != word.replace("ё", "е")
    if before in ("в", "на", "во") and word[-1:] in ("у", "ю"):
        return name == word or name[-1:] in ("а", "я")
    return True


_GENITIVE = {"у", "от", "до", "из", "близ", "возле", "около", "вблизи", "вокруг"}


def _telling(following: Sequence[str]) -> tuple[str, ...]:
    """The words after a name as far as they tell of it: up to an area, else whether a capital follows."""
    if following and shape(following[0].lower()).lemma in _STREETS:
        return tuple(following[:1])
    if any(shape(word.lower()).lemma in _AREAS for word in following):
        return tuple(following)
    return ("Х",) if following and following[0][:1].isupper() else ()


def named_after(name: str) -> tuple[str, tuple[str, ...]]:
    """Of "Баткенский район": "district", and "Баткен" among what it may be named after."""
    adjective, _, area = name.rpartition(" ")
    if area not in _AREAS or " " in adjective:
        return "", ()
    return ("district" if area in _DISTRICTS else "region"), bases(adjective)


def _tells(before: str, word: str) -> bool | None:
    """Whether the word before a name says that it is a place; None where it says that it is none."""
    if not before:
        return False
    found = shape(before.lower())
    plural = any(one.tag.number == "plur" for one in parses_of(before.lower()))  # "на улицы Минска"
    if not plural and (
        found.lemma in _STREETS
        or (
            found.lemma == "площадь"
            and any(_PERSON & set(one.tag.grammemes) for one in parses_of(word.lower()))
        )
    ):
        return None  # "улица Казанская", "площадь Орджоникидзе"
    return found.lemma in _BEFORE_PLACES


@lru_cache(maxsize=20_000)
def _names(
    words: tuple[str, ...], following: tuple[str, ...], begins: bool, located: bool | None
) -> tuple[str, ...]:
    """located: whether the word before says that it is a place; None where it says that it is none."""
    if located is None:
        return ()
    if any(len(word) > _LONGEST_WORD for word in words):
        return ()
    if len(words) == 1:
        return tuple(dict.fromkeys(_single(words[0], following, begins, located)))
    return tuple(dict.fromkeys(_several(words)))


def _single(word: str, following: Sequence[str], begins: bool, located: bool | None) -> Iterable[str]:
    head, on, river = word.partition("-на-")
    if on:
        yield from (f"{form}-на-{river}" for form in _single(head, (), begins, located=True))
        return  # "Ростове-на-Дону"
    parses = [one for one in parses_of(word.lower()) if one.score >= LEAST_SCORE]
    top = parses[0] if parses else None
    if top is None or (_ABBREVIATION & set(top.tag.grammemes) and word.isupper()):
        return
    known = is_known(word.lower())
    place = [one for one in parses if "Geox" in one.tag]
    areas = [
        f"{like(word, adjective)} {area}"
        for one in parses
        if one.tag.POS in ("ADJF", "PRTF")
        for adjective, area in _areas(one, following)
    ]
    named_by_it = following and shape(following[0].lower()).lemma in {*_AREAS, *_STREETS}
    if areas or (named_by_it and top.tag.POS == "ADJF"):
        yield from areas
        return  # "Октябрьский район" is not a town called "Октябрьский"
    if top.tag.POS == "ADJF" and following and following[0][:1].isupper() and not place:
        return
    if known and top.tag.POS == "NOUN" and _PERSON & set(top.tag.grammemes) and not place and not located:
        return  # "площадь Ленина"
    if begins and known and not place and not any("Sgtm" in one.tag and "Name" in one.tag for one in parses):
        return
    nouns = [one for one in parses if one.tag.POS == "NOUN"]
    for one in [*place, *nouns]:
        yield like(word, one.normal_form)
        if one.tag.number == "plur":
            plural = one.inflect({"nomn", "plur"})
            if plural:
                yield like(word, plural.word)
    if located or not (known and place) or any(one.tag.case == "nomn" for one in place):
        yield like(word, word.lower())
    if not (known and place):
        yield from _guesses(word)
    for one in parses:
        if one.tag.POS == "ADJF" and not begins:
            yield like(word, one.normal_form)
            yield from (like(word, form.word) for form in [one.inflect({"nomn"})] if form)


def _guesses(word: str) -> Iterable[str]:
    """Nominatives that a name which the dictionary does not have may be a form of: "Кундузе" of "Кундуз"."""
    for end, several in _ENDINGS.items():
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST_STEM:
            stem = word.removesuffix(end)
            vowel = end in ("е", "и") and stem[-1:] in tuple("аеоуэи")
            yield from (
                stem + one for one in (_AFTER_VOWELS if vowel else several)
            )  # "в Семее" is of "Семей"


_AFTER_VOWELS = ("й", "а", "я")
_ENDINGS = {
    "е": ("", "а", "ь", "я"), "а": ("", "о"), "у": ("", "а", "о"), "ом": ("", "о"), "ем": ("ь", "й", "е"),
    "ой": ("а",), "ей": ("я", "ь"), "ы": ("а",), "и": ("ь", "я", "а"), "ах": ("ы", "а"), "ях": ("и",),
    "ю": ("я", "й", "ь"), "я": ("ь", "й"), "ью": ("ь",), "ами": ("ы",), "ями": ("и",),
}  # fmt: skip
"""Endings of cases, and what stands in their place in the nominative."""


def _areas(adjective: Any, following: Sequence[str]) -> Iterable[tuple[str, str]]:
    """As in "Актюбинской" before "области" is "Актюбинская область"; "и Туркестанской" may stand between."""
    for step, word in enumerate(following):
        area = shape(word.lower())
        if area.pos == "NOUN" and area.lemma in _AREAS:
            gender = _AREAS[area.lemma]
            form = adjective.inflect({"nomn", "sing", gender})
            beyond = following[step + 1 : step + 2]
            if form and not (beyond and beyond[0].lower() in _OF_A_TOWN):
                yield form.word, area.lemma
            return
        if not (area.pos in ("CONJ", "ADJF") or word == ",") and step == 0:
            return


def _several(words: Sequence[str]) -> Iterable[str]:
    """An adjective agrees with its noun; of other names the first word alone varies, or the last."""
    *before, last = words
    nouns = [one for one in parses_of(last.lower()) if one.tag.POS == "NOUN"]
    nouns.sort(key=lambda one: "Geox" not in one.tag)
    for noun in nouns[:3]:
        plural = noun.tag.number == "plur" and ("Pltm" in noun.tag or noun.inflect({"nomn", "plur"}))
        wanted = (
            {"nomn", "plur"} if plural else {"nomn", "sing", *([noun.tag.gender] if noun.tag.gender else [])}
        )
        head = noun.inflect({"nomn", "plur"} if plural else {"nomn", "sing"})
        made = [like(word, form) for word in before if (form := _agreeing(word, wanted))]
        if head and len(made) == len(before):
            yield " ".join([*made, like(last, head.word)])
    yield " ".join(words)
    first = shape(words[0].lower())
    if first.pos == "NOUN":
        yield " ".join([like(words[0], first.lemma), *words[1:]])


def _agreeing(word: str, wanted: set[str]) -> str:
    for one in parses_of(word.lower()):
        if one.tag.POS in ("ADJF", "PRTF"):
            form = one.inflect(wanted)
            if form:
                return str(form.word)
    return ""


@lru_cache(maxsize=4096)
def bases(adjective: str) -> tuple[str, ...]:
    """Names that an adjective in "-ский" or "-цкий" may be made of: "Сочи" of "Сочинский"."""
    found = _OF_A_PLACE.fullmatch(adjective)
    if not found:
        return ()
    stem, end = found.groups()
    made = [f"{stem}{end[0]}к"] if end[0] in "сц" else []
    for cut in ("", *_LINKS):
        if cut and not stem.endswith(cut):
            continue
        short = stem.removesuffix(cut)
        if len(short) >= _SHORTEST_STEM:
            made += [short + ending for ending in _NAME_ENDS]
    return tuple(dict.fromkeys(made))


_OF_A_PLACE = re.compile(r"([А-ЯЁ][а-яё-]+?)(ский|цкий|ской|ская|цкая|ское|цкое)")
_LINKS = ("ин", "н", "ов", "ев", "ен")
_NAME_ENDS = ("", "ь", "а", "о", "ы", "и", "у", "я", "е", "й", "ки")
_SHORTEST_STEM = 3
_OF_A_TOWN = {"города", "столицы", "мегаполиса"}
_DISTRICTS = {"район", "уезд"}
_STREETS = {"улица", "проспект", "переулок", "бульвар", "шоссе", "набережная", "тракт", "проезд", "имя"}
_BEFORE_PLACES = {
    "в", "под", "близ", "вблизи", "возле", "город", "село", "деревня", "поселок", "станица", "хутор", "аул",
    "кишлак", "городок",
}  # fmt: skip
_AREAS = {
    "область": "femn", "республика": "femn", "провинция": "femn", "губерния": "femn", "край": "masc",
    "аймак": "masc", "департамент": "masc",
    "район": "masc", "округ": "masc", "уезд": "masc", "велаят": "masc", "вилайет": "masc",
}  # fmt: skip
"""Areas that are named by an adjective, with their gender."""
