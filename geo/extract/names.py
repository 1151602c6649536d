"""Names in a sentence that the world's places bear, longest first, before anybody asks what they mean.

A name begins and ends with a capital letter; small words ("of", "la") may stand inside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

from geo.extract.text import Sentence, Token

LONGEST = 5
"""Tokens of a name."""

_INSIDE = {"-", "–", "&", "/", "’", "'"}
_DASHES = "-–"
_SHORT = 2
_PART = re.compile(r"[^-–]{2,}")


class Name(NamedTuple):
    """A stretch of tokens in a sentence. text: as it stands, with single blanks. start, end: characters.

    forms: those under which places may be listed, where names have forms; then text is the one chosen
    of them, and written what stands there.
    """

    sentence: int
    first: int
    last: int
    start: int
    end: int
    text: str
    forms: tuple[str, ...] = ()
    written: str = ""


def is_capital(token: Token) -> bool:
    """Whether a token begins like a name."""
    return token.kind in ("word", "initials") and not token.text[0].islower() and token.text[0].isalpha()


def candidates(
    sentences: Sequence[Sentence], text: str, small: frozenset[str], hyphens: Callable[[str], bool]
) -> list[list[Name]]:
    """For each sentence every stretch that might be a name.

    small: words that may stand inside a name. hyphens: tells of a part of a hyphenated word
    whether it is to be considered by itself.
    """
    return [
        list(_in_sentence(number, sentence.tokens, text, small, hyphens))
        for number, sentence in enumerate(sentences)
    ]


def _in_sentence(
    number: int, tokens: Sequence[Token], text: str, small: frozenset[str], hyphens: Callable[[str], bool]
) -> Iterator[Name]:
    for first, token in enumerate(tokens):
        if token.text.islower() or not is_capital(token):
            if token.kind == "word" and not token.text.islower():  # "mid-Ohio"
                yield from _parts(number, first, token, hyphens)
            continue
        yield Name(number, first, first + 1, token.start, token.end, token.text)
        if any(dash in token.text for dash in _DASHES):
            yield from _parts(number, first, token, hyphens)
        for last in range(first + 1, min(first + LONGEST, len(tokens))):
            here = tokens[last]
            if is_capital(here):
                gap = text[tokens[last - 1].end : here.start]
                if "\n" in gap or len(gap) > 1:
                    break
                yield Name(number, first, last + 1, token.start, here.end, text[token.start : here.end])
            elif here.normal not in small and here.text not in _INSIDE:
                break


def _parts(number: int, first: int, token: Token, hyphens: Callable[[str], bool]) -> Iterator[Name]:
    """The parts of a hyphenated word that begin with a capital letter: "Russian-led", "Russia-Turkey"."""
    for part in _PART.finditer(token.text):
        article = len(part[0]) <= _SHORT and part[0][1:].islower()  # the "Al" of "Al-Quneitra"
        if len(part[0]) < len(token.text) and part[0][0].isupper() and not article and hyphens(part[0]):
            start = token.start + part.start()
            yield Name(number, first, first + 1, start, start + len(part[0]), part[0])


def longest(names: Sequence[Name], known: Container[str]) -> list[Name]:
    """The names that are known, the longest from the left, without overlap."""
    chosen: list[Name] = []
    end = -1
    for name in sorted(names, key=lambda one: (one.start, -one.end)):
        if name.start >= end and name.text in known:
            chosen.append(name)
            end = name.end
    return chosen


def is_dateline(last: int, tokens: Sequence[Token]) -> bool:
    """Whether a story begins with where it was written, in tokens up to one.

    As in "LONDON (AFP) -", "Basra (Iraq):", "Kolkata, May 9 (PTI)".
    """
    rest = [token.text for token in tokens[last : last + 12]]
    if not rest:
        return False
    ends = bool(_LONG_DASHES & set(rest)) or (rest[0] == "(" and ":" in rest[:5]) or _agency(rest) > 0
    return rest[0] in _LONG_DASHES or (rest[0] in ("(", ",") and ends)


def heads(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name opens a sentence as its heading: "▪ Osh: three killed"."""
    bare = all(token.kind not in ("word", "number") for token in tokens[:first])
    return bare and last < len(tokens) and tokens[last].text == ":"


def _agency(words: Sequence[str]) -> int:
    """Behind which word the name of an agency in brackets and capitals ends; 0 where there is none."""
    for at, word in enumerate(words[:_TO_AGENCY]):
        if word == "(" and at + 2 < len(words) and words[at + 2] == ")" and words[at + 1].isupper():
            return at + 3
    return 0


def dateline_end(tokens: Sequence[Token]) -> int:
    """Where a dateline ends that a story begins with: the token of its dash; 0 where it has none."""
    if not tokens or not is_capital(tokens[0]):
        return 0
    for at, token in enumerate(tokens[:_LONGEST_DATELINE]):
        if token.text in _LONG_DASHES or (token.text == ":" and tokens[at - 1].text == ")"):
            opening = tokens[:at]
            return at if any(one.text.isupper() or one.text in (",", "(") for one in opening) else 0
    return _agency([token.text for token in tokens[:_LONGEST_DATELINE]])


_TO_AGENCY = 8
_LONGEST_DATELINE = 14
_LONG_DASHES = {"—", "–", "-", "--"}
