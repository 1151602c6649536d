"""How Russian words vary: a dictionary's analyses, of which the likeliest counts.

The dictionary is OpenCorpora's, carried by pymorphy3-dicts-ru and loaded with the first Russian text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from geo.extract.languages.ru.spelling import spellings
from geo.extract.lexicon import Morphology

_MOST = 200_000
"""Words whose analysis is kept: a text of 1 MB has some 30,000."""

_AHEAD = 3  # words after a name that may say what it is
_LONGEST_WORD = 60  # letters; what is longer is no name

_PREPOSITIONS = {
    "во": "в",
    "со": "с",
    "ко": "к",
    "об": "о",
    "обо": "о",
    "изо": "из",
    "подо": "под",
    "передо": "перед",
}
_NOT_IN_DICTIONARY = {"бпла", "рсзо", "ровд", "рувд", "гувд", "овд", "сизо"}
_EVERY_CASE = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
_MEANT = {
    "граната": "граната",
    "гранат": "граната",
    "гранаты": "граната",
    "мин": "мина",
    "десятки": "десяток",
    "десяткам": "десяток",
    "десятками": "десяток",
}
"""Of words with two readings, the one that news means."""

_ROUND = {"тысяча", "сотня", "десяток"}
_ONE_OF_THEM = {"тысяча", "тысячу", "тысячей", "тысячею", "сотня", "сотню", "сотней", "десяток"}
_LEAST_SCORE = 0.02
_ABBREVIATION = {"Abbr"}
_PERSON = {"Name", "Surn", "Patr"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a word may be. pos: part of speech; cases: all that its form may stand for.

    number: "sing", "plur" or ""; tense: "past", "pres", "futr" or ""; marks: everything else that the
    dictionary says of its likeliest analysis.
    """

    lemma: str
    pos: str
    cases: frozenset[str]
    number: str
    tense: str
    marks: frozenset[str]
    known: bool

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun, or a word used as one."""
        return self.pos == "NOUN" or self.pos == "NPRO"

    @property
    def is_finite(self) -> bool:
        """Whether it says of its subject what it does or what is done to it."""
        return self.pos in ("VERB", "PRTS")


class Words(Morphology):
    """Tokens are looked up by lemma; every lemma that a form of an entry may have is listed."""

    def normal(self, word: str) -> str:
        """The lemma of the likeliest analysis, without ё."""
        low = word.lower()
        return _PREPOSITIONS.get(low) or shape(low).lemma

    def tag(self, word: str) -> str:
        """past, part, s (present), future, inf or ing for verbs; one or many for nouns."""
        low = word.lower()
        found = shape(low)
        if found.lemma in _ROUND:
            return "one" if low in _ONE_OF_THEM else "many"
        return _tag(found)

    def kinds(self, word: str) -> Iterable[tuple[str, str]]:
        """A verb in the future tense speaks of what is to come, wherever it stands."""
        found = shape(word.lower())
        return [("future", "verb")] if found.pos == "VERB" and found.tense == "futr" else ()

    def forms(self, word: str, part: str) -> Iterable[tuple[str, str]]:
        """Every lemma that a form of the word may be taken for."""
        if not part:
            return [(self.normal(word), "")]
        wanted = {"verb": ("INFN", "VERB"), "noun": ("NOUN", "ADJF", "PRTF", "NUMR")}[part]
        parses = _parses(word.lower())
        best = next((one for one in parses if one.tag.POS in wanted), parses[0])
        lemmas = {self.normal(form.word) for form in best.lexeme} | {self.normal(word)}
        return [(lemma, "") for lemma in sorted(lemmas)]

    @property
    def inflects_names(self) -> bool:
        """Names have cases."""
        return True

    def is_given_name(self, word: str) -> bool:
        """Whether it is a given name or a patronymic, and hardly anything else."""
        found = shape(word.lower())
        return bool(found.marks & {"Name", "Patr"}) and "Geox" not in found.marks and found.known

    def is_common(self, word: str) -> bool:
        """See `geo.extract.lexicon.Morphology`."""
        found = shape(word.lower())
        return found.known and not found.marks & {"Name", "Surn", "Patr", "Geox", "Orgn"}

    def spellings(self, name: str) -> tuple[str, ...]:
        """See `spelling`."""
        return spellings(name)

    def named_after(self, name: str) -> tuple[str, tuple[str, ...]]:
        """See `geo.extract.lexicon.Morphology`: "Баткенский район" is named after "Баткен"."""
        adjective, _, area = name.rpartition(" ")
        if area not in _AREAS or " " in adjective:
            return "", ()
        return ("district" if area in _DISTRICTS else "region"), bases(adjective)

    def names(
        self, words: Sequence[str], following: Sequence[str], *, begins: bool, before: str = ""
    ) -> tuple[str, ...]:
        """The nominative forms under which a name may be listed, the likeliest first.

        following: words after it, which tell what an adjective belongs to ("Актюбинской области").
        begins: whether it stands where any word has a capital letter. before: the word before it, which may
        tell that it is no person ("под Рушаном").
        """
        return _names(tuple(words), tuple(following[:_AHEAD]), begins, _tells(before, words[0]))


def _tells(before: str, word: str) -> bool | None:
    """Whether the word before a name says that it is a place; None where it says that it is none."""
    if not before:
        return False
    found = shape(before.lower())
    if found.number == "sing" and (
        found.lemma in _STREETS
        or (
            found.lemma == "площадь"
            and any(_PERSON & set(one.tag.grammemes) for one in _parses(word.lower()))
        )
    ):
        return None  # "улица Казанская", "площадь Орджоникидзе"
    return found.lemma in _BEFORE_PLACES


def _tag(found: Shape) -> str:
    if found.pos == "VERB":
        return {"past": "past", "pres": "s", "futr": "future"}.get(found.tense, "base")
    if found.pos in ("PRTS", "INFN", "PRTF", "GRND"):
        return {"PRTS": "part", "INFN": "inf", "PRTF": "ing", "GRND": "ing"}[found.pos]
    return {"sing": "one", "plur": "many"}.get(found.number, "")


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
    parses = [one for one in _parses(word.lower()) if one.score >= _LEAST_SCORE]
    top = parses[0] if parses else None
    if top is None or (_ABBREVIATION & set(top.tag.grammemes) and word.isupper()):
        return
    known = _analyser().word_is_known(word.lower())
    place = [one for one in parses if "Geox" in one.tag]
    areas = [
        f"{_like(word, adjective)} {area}"
        for one in parses
        if one.tag.POS in ("ADJF", "PRTF")
        for adjective, area in _areas(one, following)
    ]
    if areas or (following and top.tag.POS == "ADJF" and shape(following[0].lower()).lemma in _AREAS):
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
        yield _like(word, one.normal_form)
        if one.tag.number == "plur":
            plural = one.inflect({"nomn", "plur"})
            if plural:
                yield _like(word, plural.word)
    yield _like(word, word.lower())
    if not place:
        yield from _guesses(word)
    for one in parses:
        if one.tag.POS == "ADJF" and not begins:
            yield _like(word, one.normal_form)
            yield from (_like(word, form.word) for form in [one.inflect({"nomn"})] if form)


def _guesses(word: str) -> Iterable[str]:
    """Nominatives that a name which the dictionary does not have may be a form of: "Кундузе" of "Кундуз"."""
    for end, several in _ENDINGS.items():
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST_STEM:
            yield from (word.removesuffix(end) + one for one in several)


_ENDINGS = {
    "е": ("", "а"), "а": ("", "о"), "у": ("", "а", "о"), "ом": ("", "о"), "ем": ("ь", "й", "е"), "ой": ("а",),
    "ей": ("я", "ь"), "ы": ("а",), "и": ("ь", "я", "а"), "ах": ("ы", "а"), "ях": ("и",), "ю": ("я", "й", "ь"),
    "я": ("ь", "й"), "ью": ("ь",), "ами": ("ы",), "ями": ("и",),
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
    nouns = [one for one in _parses(last.lower()) if one.tag.POS == "NOUN"]
    nouns.sort(key=lambda one: "Geox" not in one.tag)
    for noun in nouns[:3]:
        plural = noun.tag.number == "plur" and ("Pltm" in noun.tag or noun.inflect({"nomn", "plur"}))
        wanted = (
            {"nomn", "plur"} if plural else {"nomn", "sing", *([noun.tag.gender] if noun.tag.gender else [])}
        )
        head = noun.inflect({"nomn", "plur"} if plural else {"nomn", "sing"})
        made = [_like(word, form) for word in before if (form := _agreeing(word, wanted))]
        if head and len(made) == len(before):
            yield " ".join([*made, _like(last, head.word)])
    yield " ".join(words)
    first = shape(words[0].lower())
    if first.pos == "NOUN":
        yield " ".join([_like(words[0], first.lemma), *words[1:]])


def _agreeing(word: str, wanted: set[str]) -> str:
    for one in _parses(word.lower()):
        if one.tag.POS in ("ADJF", "PRTF"):
            form = one.inflect(wanted)
            if form:
                return str(form.word)
    return ""


def nominative(word: str, number: str = "", gender: str = "") -> str:
    """A noun or an adjective in the nominative; number and gender as the dictionary calls them."""
    if word.isupper():
        return word
    parses = _parses(word.lower())
    best = next((one for one in parses if one.tag.POS in ("NOUN", "ADJF", "PRTF")), None)
    wanted = {"nomn", *(one for one in (number, gender if best and best.tag.POS != "NOUN" else "") if one)}
    form = best.inflect(wanted) if best else None
    return _like(word, form.word) if form else word


def _like(pattern: str, word: str) -> str:
    """A word with the capital letters of another form of it."""
    if pattern.isupper() and len(pattern) > 1:
        return "-".join(part.capitalize() for part in word.split("-"))
    parts, capitals = word.split("-"), pattern.split("-")
    shaped = [
        part.capitalize() if at < len(capitals) and capitals[at][:1].isupper() else part
        for at, part in enumerate(parts)
    ]
    return "-".join(shaped)


@lru_cache(maxsize=_MOST)
def shape(word: str) -> Shape:
    """What a word in lower case may be."""
    word = _PREPOSITIONS.get(word, word)
    if word in _NOT_IN_DICTIONARY:
        return Shape(word, "NOUN", _EVERY_CASE, "", "", frozenset({"inan"}), known=True)
    parses = _parses(word)
    best = next((one for one in parses if one.normal_form == _MEANT.get(word)), parses[0])
    cases = frozenset(
        str(one.tag.case)
        for one in parses
        if one.tag.case and one.tag.POS == best.tag.POS and one.score >= _LEAST_SCORE
    )
    return Shape(
        lemma=best.normal_form.replace("ё", "е"),
        pos=str(best.tag.POS or ""),
        cases=cases,
        number=str(best.tag.number or ""),
        tense=str(best.tag.tense or ""),
        marks=frozenset(best.tag.grammemes),
        known=_analyser().word_is_known(word),
    )


@lru_cache(maxsize=20_000)
def _parses(word: str) -> list[Any]:
    """The dictionary's analyses of a word in lower case, the likeliest first; never none."""
    found: list[Any] = _analyser().parse(word)
    return found


@cache
def _analyser() -> Any:
    from pymorphy3 import MorphAnalyzer  # a second and 50 MB that English texts need not pay

    return MorphAnalyzer(lang="ru")


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
