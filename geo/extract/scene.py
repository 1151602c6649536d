"""A sentence with everything found in it, and the questions that assembly asks of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from geo.extract.lexicon import Mark, Marks
from geo.extract.named import Named
from geo.extract.names import dateline_end
from geo.extract.reading import Span
from geo.extract.text import Sentence, Token
from geo.extract.times import Timed

_OPEN, _CLOSE, _EITHER = "“«„", "”»", '"'
_TURNED = _OPEN + _CLOSE
_SHORT_QUOTE = 4
"""Tokens up to which words in quotation marks are a way of speaking, not somebody's speech."""

_OPENING = 8  # sentences among which a dateline may stand, headings before it
_ABOUT_WITHIN = 5  # tokens from "over" to the event that something is about
_CROSSING = 8  # a boundary between clauses counts as so many tokens


@dataclass(eq=False)
class Scene:
    """One sentence. Positions are token numbers, spans characters of the text.

    words: small words of the language by what they do. tokens are those of the sentence; by_kind, begins and
    ends are those of the marks.
    """

    number: int
    sentence: Sentence
    marks: Marks
    names: Sequence[Named]
    times: Sequence[Timed]
    words: Mapping[str, frozenset[str]]
    quoted_before: bool = False

    def __post_init__(self) -> None:
        self.tokens: tuple[Token, ...] = self.sentence.tokens
        self.by_kind, self.begins, self.ends = self.marks.by_kind, self.marks.begins, self.marks.ends

    @cached_property
    def dateline(self) -> int:
        """The token at which a dateline ends that the sentence begins with; 0 where it has none."""
        return dateline_end(self.tokens) if self.number < _OPENING else 0

    @cached_property
    def apart(self) -> list[int]:
        """Where times begin that say how far in time two events are apart: "four days after"."""
        words = self.words["elsewhen"]
        return sorted(time.first for time in self.times if self.tokens[time.last - 1].normal in words)

    @cached_property
    def since(self) -> frozenset[int]:
        """Where times begin that say from when on: "since Sunday"."""
        words = self.words["since"]
        return frozenset(
            time.first
            for time in self.times
            if any(token.normal in words for token in self.tokens[time.first : time.first + 2])
        )

    def of(self, *kinds: str) -> Sequence[Mark]:
        """Marks of these kinds, in order."""
        if len(kinds) == 1:
            return self.by_kind.get(kinds[0], ())
        return _in_order([mark for kind in kinds for mark in self.by_kind.get(kind, ())])

    @cached_property
    def statements(self) -> list[int]:
        """Tokens that end a statement within the sentence: semicolons."""
        return [at for at, token in enumerate(self.tokens) if token.text == ";"]

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Tokens inside somebody's speech."""
        inside: list[int] = []
        start = 0 if self.quoted_before else None
        for at, token in enumerate(self.tokens):
            if token.text in _OPEN or (token.text == _EITHER and start is None):
                start = at
            elif (token.text in _CLOSE or token.text == _EITHER) and start is not None:
                if at - start > _SHORT_QUOTE:
                    inside += range(start, at)
                start = None
        if start is not None and len(self.tokens) - start > _SHORT_QUOTE:
            inside += range(start, len(self.tokens))
        return frozenset(inside)

    @cached_property
    def speech_times(self) -> frozenset[int]:
        """Where times begin that are those of somebody's words: "said on Sunday", "on Sunday said"."""
        found: set[int] = set()
        for mark in self.of("says", "demands"):
            if "passive" in self.ends.get(mark.first, ()):
                continue  # "which was announced on Saturday"
            infinitive = "infinitive" in self.begins.get(mark.first - 1, ())
            for time in self.times:
                follows = 0 <= time.first - mark.last <= 2 and not any(
                    "clause" in self.begins.get(at, ()) for at in range(mark.last, time.first)
                )  # not "said that on Sunday"
                leads = 0 <= mark.first - time.last <= 1 and not infinitive
                if leads and mark.first > time.last and self.tokens[time.last].text == ",":
                    leads = False  # "was shot on Sunday, said the police"
                if follows or leads:
                    found.add(time.first)
        return frozenset(found)

    @cached_property
    def concerns(self) -> list[int]:
        """Where it begins to say what something is about: "arrested over the killing of", "accused of"."""
        found = [mark.first for mark in self.of("concerning")]
        for mark in self.of("perhaps_concerning"):
            begins = self.begins.get(mark.last, frozenset())
            if begins & {"one_of", "the_one", "article"} and any(
                one.tag in ("one", "many") for one in self.near(mark.last, {"trigger"}, 0, _ABOUT_WITHIN)
            ):
                found.append(mark.first)
        return sorted(found)

    def concerns_other(self, one: int, other: int) -> bool:
        """Whether of two tokens one is of an event, the other of what that event is about."""
        low, high = min(one, other), max(one, other)
        return bool(self.concerns) and any(low < at < high for at in self.concerns)

    @cached_property
    def leaves_open(self) -> bool:
        """Whether a quotation mark is opened and not closed."""
        for token in reversed(self.tokens):
            if token.kind == "mark" and token.text in _TURNED:
                return token.text in _OPEN
        return False

    @cached_property
    def boundaries(self) -> list[int]:
        """Tokens at which a clause begins."""
        words = {mark.first for mark in self.marks if mark.kind == "clause"}
        found = set(words)
        for at, token in enumerate(self.tokens):
            if token.text in (";", ":", "—", "–") or (
                token.text == "," and at + 1 < len(self.tokens) and "joins" in self.begins.get(at + 1, ())
            ):
                found.add(at + 1)
            elif "joins" in self.begins.get(at, ()) and "says" in {
                kind
                for step in range(at, min(at + 8, len(self.tokens)))
                for kind in self.begins.get(step, ())
            }:
                found.add(at)
        return sorted(found)

    def away(self, one: int, other: int) -> int:
        """Tokens between two positions; each clause boundary between them counts for several."""
        low, high = min(one, other), max(one, other)
        return (
            high
            - low
            + _CROSSING * (bisect_right(self.boundaries, high) - bisect_right(self.boundaries, low))
        )

    def clause(self, at: int) -> tuple[int, int]:
        """The clause around a token: first token, and the one after its last."""
        edges = [0, *self.boundaries, len(self.tokens)]
        first = max(edge for edge in edges if edge <= at)
        return first, min((edge for edge in edges if edge > at), default=len(self.tokens))

    def span(self, first: int, last: int) -> Span:
        """Characters of tokens, without marks at their ends."""
        while first < last - 1 and self.tokens[first].kind == "mark" and self.tokens[first].text not in "$€£":
            first += 1
        while last - 1 > first and self.tokens[last - 1].kind == "mark":
            last -= 1
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def near(self, at: int, kinds: Iterable[str], back: int, ahead: int = 0) -> list[Mark]:
        """Marks of these kinds that begin within so many tokens."""
        return _in_order(
            [
                mark
                for kind in set(kinds)
                for mark in self.by_kind.get(kind, ())
                if at - back <= mark.first < at + ahead
            ]
        )


def _in_order(marks: list[Mark]) -> list[Mark]:
    if len(marks) > 1:
        marks.sort(key=lambda mark: (mark.first, -mark.last))
    return marks
