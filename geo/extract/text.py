"""Text becomes sentences and tokens with their character offsets."""

from __future__ import annotations

import re
import statistics
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from geo.extract.reading import Span

LONGEST_SENTENCE = 1000
"""Characters after which a sentence is ended, whatever follows: what is longer is no sentence."""

_WORD = r"[^\W\d_]"
_MARKS = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # soft hyphens and direction marks

_TOKEN = (
    rf"(?P<initials>{_WORD}\.(?:{_WORD}\.)+)"  # U.S.
    r"|(?P<iso>\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?![\d./-]*\d)"
    r"|(?P<number>\d{1,3}(?:GROUP\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?)(?:st|nd|rd|th|-[еяйгхмои]{1,3})?"
    rf"(?P<compound>(?:-{_WORD}+)+)?"  # 4-year-old
    r"|(?P<possessive>['’][sS]\b)"
    rf"|(?P<word>{_WORD}+(?:[{_MARKS}\u0300-\u036f]+{_WORD}*)*"
    rf"(?:['’ʻʼ`](?![sS]\b){_WORD}+|-{_WORD}+(?:[\u0300-\u036f]+{_WORD}*)*)*)"
    r"|(?P<mark>[^\s])"
)
_MARK = re.compile(f"[{_MARKS}]")
_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s|$)")
_INITIALS = re.compile(rf"{_WORD}(?:\.{_WORD})+")
_CLOCK = {"a.m", "p.m"}
_GOES_ON = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
    r"|gmt|utc|[ecmp][ds]?t|bst|cet|local|eastern|central|pacific)\b|\W|\d",
    re.IGNORECASE,
)  # "at 5 a.m. Monday", but "at 5 a.m. Two men"
_LINE = re.compile(r"[^\n]*\n?")
_BLANK = re.compile(r"\n[ \t\r]*\n")


class Token(NamedTuple):
    """A word, number or mark. kind: initials, iso, number, compound, possessive, word or mark.

    normal: the form under which the lexicon knows it.
    """

    start: int
    end: int
    text: str
    kind: str
    normal: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tokens. paragraph: counts from 0."""

    span: Span
    tokens: tuple[Token, ...]
    paragraph: int


def token_pattern(grouping: str) -> re.Pattern[str]:
    """The pattern of a language's tokens. grouping: marks that group the digits of a number."""
    return re.compile(_TOKEN.replace("GROUP", f"[{re.escape(grouping)}]"))


def paragraphs(text: str) -> Iterator[Span]:
    """Blocks of lines. A single line break ends one too, unless the text is wrapped at a width."""
    breaks = _BLANK if _is_wrapped(text) else re.compile(r"\n")
    start = 0
    for found in breaks.finditer(text):
        yield Span(start, found.start())
        start = found.end()
    yield Span(start, len(text))


def sentences(text: str, span: Span, abbreviations: frozenset[str]) -> Iterator[Span]:
    """The sentences of a paragraph, without the blanks around them."""
    start = span.start
    for found in _END.finditer(text, span.start, span.end):
        if _ends_sentence(text, start, found, span.end, abbreviations):
            yield from _cut(text, start, found.end())
            start = found.end()
    yield from _cut(text, start, span.end)


def _ends_sentence(
    text: str, start: int, found: re.Match[str], end: int, abbreviations: frozenset[str]
) -> bool:
    after = text[found.end() : min(end, found.end() + 12)].lstrip()
    if not after:
        return True
    first = next((letter for letter in after if letter.isalnum()), "")
    if found[0] != ".":
        return not first.islower()
    at = max(start, found.start() - 24)
    before = text[at : found.start()]
    word = before[max(before.rfind(blank) for blank in " \n\t(“\"'’") + 1 :]
    if first.islower():
        return False
    if word.lower() in abbreviations or (len(word) == 1 and word.isupper()):
        return word.lower() in _CLOCK and not _GOES_ON.match(after)
    if _INITIALS.fullmatch(word):
        return False  # "B.C. Supreme Court"
    return not (len(word) > 1 and "." in word and word.lower() + "." in abbreviations)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretch without blanks at its ends, in pieces of bounded length."""
    while start < end:
        stop = end
        if end - start > LONGEST_SENTENCE:
            blank = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            stop = blank if blank > 0 else start + LONGEST_SENTENCE
        first, last = start, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield Span(first, last)
        start = stop


def _is_wrapped(text: str) -> bool:
    """Whether line breaks come from a fixed width: most lines end within it, and long ones are absent."""
    lines = [len(line) for line in text[:20_000].split("\n") if line.strip()]
    if len(lines) < 4:
        return False
    long = sum(length > 110 for length in lines)
    full = sum(50 <= length <= 110 for length in lines)
    return long == 0 and full >= 0.5 * len(lines) and statistics.median(lines) >= 50


def unmarked(word: str) -> str:
    """The word without soft hyphens and direction marks."""
    if word.isascii() or not _MARK.search(word):
        return word
    return "".join(letter for letter in word if unicodedata.category(letter) != "Cf")


def sentence_at(starts: list[int], offset: int) -> int:
    """Which of the sentences that start so holds an offset."""
    return bisect_right(starts, offset) - 1
