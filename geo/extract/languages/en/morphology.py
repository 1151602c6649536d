"""How English words vary: lexicon entries are listed in their basic form and inflected here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from geo.extract.lexicon import Morphology

_VOWELS = "aeiou"
_DOUBLES = re.compile(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$")  # stop, stopped


class Words(Morphology):
    """Tokens are looked up in lower case, so every form of an entry is listed."""

    def normal(self, word: str) -> str:
        """The word in lower case, with one kind of apostrophe."""
        return word.lower() if word.isascii() else word.lower().replace("’", "'")

    def forms(self, word: str, part: str) -> Iterable[tuple[str, str]]:
        """Forms of a regular word by rule, of others from the table."""
        word = word.lower()
        if part == "verb":
            return list(dict.fromkeys(_verb(word)))
        if part == "noun":
            return [(word, "one"), (_irregular()["nouns"].get(word) or _plural(word), "many")]
        return [(word, "")]


def _verb(word: str) -> Iterator[tuple[str, str]]:
    yield word, "base"
    irregular = _irregular()["verbs"].get(word)
    if word == "be":
        yield from ((form, "s") for form in ("is", "are", "am"))
    else:
        yield _plural(word), "s"
    stem = word[:-1] if word.endswith("e") and not word.endswith(("ee", "ye", "oe")) else word
    if _doubles(word):
        stem = word + word[-1]
    yield (word[:-2] + "ying" if word.endswith("ie") else stem + "ing"), "ing"
    if irregular:
        past, *participle = irregular.split()
        yield past, "past"
        if participle and participle[0] != past:
            yield participle[0], "part"
    elif word.endswith("y") and word[-2] not in _VOWELS:
        yield word[:-1] + "ied", "past"
    else:
        yield (word + "d" if word.endswith("e") else stem + "ed"), "past"


def _plural(word: str) -> str:
    if word.endswith("y") and len(word) > 1 and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) or word in ("go", "do") else "s")


def _doubles(word: str) -> bool:
    short = len(re.findall(r"[aeiouy]+", word)) == 1
    return bool(_DOUBLES.search(word)) and (short or word in _irregular()["doubles"])


@cache
def _irregular() -> dict[str, dict[str, str]]:
    file = files("geo.extract.languages.en") / "irregular.toml"
    tables: dict[str, dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))["irregular"]
    return tables
