"""A dictionary's analyses of Russian words, of which the likeliest counts.

The dictionary is OpenCorpora's, carried by pymorphy3-dicts-ru and loaded with the first Russian text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

_MOST = 200_000
"""Words whose analysis is kept: a text of 1 MB has some 30,000."""

LEAST_SCORE = 0.02
"""Likelihood below which an analysis does not count."""

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


@lru_cache(maxsize=_MOST)
def shape(word: str) -> Shape:
    """What a word in lower case may be."""
    word = _PREPOSITIONS.get(word, word)
    if word in _NOT_IN_DICTIONARY:
        return Shape(word, "NOUN", _EVERY_CASE, "", "", frozenset({"inan"}), known=True)
    parses = parses_of(word)
    best = next((one for one in parses if one.normal_form == _MEANT.get(word)), parses[0])
    cases = frozenset(
        str(one.tag.case)
        for one in parses
        if one.tag.case and one.tag.POS == best.tag.POS and one.score >= LEAST_SCORE
    )
    return Shape(
        lemma=best.normal_form.replace("ё", "е"),
        pos=str(best.tag.POS or ""),
        cases=cases,
        number=str(best.tag.number or ""),
        tense=str(best.tag.tense or ""),
        marks=frozenset(best.tag.grammemes),
        known=is_known(word),
    )


@lru_cache(maxsize=20_000)
def parses_of(word: str) -> list[Any]:
    """The dictionary's analyses of a word in lower case, the likeliest first; never none."""
    found: list[Any] = analyser().parse(word)
    return found


@cache
def analyser() -> Any:
    """The dictionary, loaded when it is first asked."""
    from pymorphy3 import MorphAnalyzer  # a second and 50 MB that English texts need not pay

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=20_000)
def is_known(word: str) -> bool:
    """Whether the dictionary itself has a word in lower case."""
    return bool(analyser().word_is_known(word))


def preposition(word: str) -> str | None:
    """The usual form of a preposition that has gained a vowel: "во" is "в"."""
    return _PREPOSITIONS.get(word)


def nominative(word: str, number: str = "", gender: str = "") -> str:
    """A noun or an adjective in the nominative; number and gender as the dictionary calls them."""
    if word.isupper():
        return word
    parses = parses_of(word.lower())
    best = next((one for one in parses if one.tag.POS in ("NOUN", "ADJF", "PRTF")), None)
    wanted = {"nomn", *(one for one in (number, gender if best and best.tag.POS != "NOUN" else "") if one)}
    form = best.inflect(wanted) if best else None
    return like(word, form.word) if form else word


def like(pattern: str, word: str) -> str:
    """A word with the capital letters of another form of it."""
    if pattern.isupper() and len(pattern) > 1:
        return "-".join(part.capitalize() for part in word.split("-"))
    parts, capitals = word.split("-"), pattern.split("-")
    shaped = [
        part.capitalize() if at < len(capitals) and capitals[at][:1].isupper() else part
        for at, part in enumerate(parts)
    ]
    return "-".join(shaped)
