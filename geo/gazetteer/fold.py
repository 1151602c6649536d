"""Two keys under which spellings of one name meet.

`key` forgets case, diacritics, apostrophes, hyphens and spaces, and writes every script in Latin
letters (table-driven transliteration by anyascii). `loose` also forgets which transliteration was
used: Zhanaozen and Janaozen, Qyzylorda and Kyzyl-Orda, Semey and Semei share a loose key. Two names
with one key always share a loose key.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

LONGEST_NAME = 120
"""Characters. The longest name of GeoNames' places over 500 people has 193; all but 18 are below 80."""

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")

# Applied in this order to a key. Left: how some system writes a sound; right: one letter for it.
_VARIANTS = (
    (re.compile("shch|sch"), "sh"),  # Shchuchinsk, Schuchinsk
    (re.compile("dzh|zh|dj"), "j"),  # Dzhambul, Zhambyl, Djamboul, Jambyl
    (re.compile("tch"), "ch"),  # Tchimkent
    (re.compile("kh"), "h"),  # Khromtau, Hromtau
    (re.compile("gh"), "g"),  # Karaghandy, Karagandy
    (re.compile("ph"), "f"),
    (re.compile("ck|q"), "k"),  # Qaskeleng, Kaskeleng
    (re.compile("x"), "ks"),  # Aleksandrov, Alexandrov
    (re.compile("w"), "v"),  # Petropawl, Petropavl
    (re.compile("y[eo]"), lambda pair: pair[0][1]),  # Yekibastuz, Ekibastuz; Yolkino, Elkino keep their vowel
    (re.compile("oe"), "o"),  # Koeln, Köln
    (re.compile("ou|ue"), "u"),  # Oural, Ural; Zuerich, Zürich
    (re.compile("ae"), "a"),
    (re.compile("yj?"), "i"),  # Almaty, Almati; Novyj, Novy
    (re.compile(r"([a-z])\1"), r"\1"),  # Novyy, Novy
)

_SHORTENED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_SHORT_WORDS = re.compile(r"\b(st|ste|mt|ft)\b(?!')\.?")

_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Sk", "So"}  # controls, direction marks, emoji
_SIGNS = frozenset("^`")  # the only such letters of ASCII that can be printed

_REGION_WORDS = re.compile(r"\b(oblast|oblasti|oblysy|oblisi|oblys|province|provincia|krai|kray)['`]?$")
_TYPE_WORDS = re.compile(r"^(city|town|village) of |(?<=\w) (city|town|village|region)$")


def latin(name: str) -> str:
    """The name in lower-case Latin letters with its spaces; "St." written out, unseen marks dropped."""
    if not (name.isascii() and name.isprintable() and not _SIGNS & set(name)):
        seen = "".join(letter for letter in name if unicodedata.category(letter) not in _UNSEEN)
        name = anyascii(unicodedata.normalize("NFKC", seen))
    plain = " ".join(name.lower().split())
    return _SHORT_WORDS.sub(lambda word: _SHORTENED[word[1]], plain)


def key(name: str) -> str:
    """The name's letters and digits a-z0-9; empty if it has none."""
    return _NOT_LETTERS.sub("", latin(name))


def loose(folded: str) -> str:
    """The looser key of a key."""
    for pattern, letter in _VARIANTS:
        folded = pattern.sub(letter, folded)
    return folded


def region_key(name: str) -> str:
    """The key of a name in which any word for a region stands as "region": "Mangystau oblast"."""
    return key(_REGION_WORDS.sub("region", latin(name)))


def bare_key(name: str) -> str:
    """The key without the word for what the place is: "Mangystau" for "Mangystau Region"."""
    return key(_TYPE_WORDS.sub("", _REGION_WORDS.sub("region", latin(name))))
