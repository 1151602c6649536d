"""Time expressions, resolved against the day of publication."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from geo.extract.calendar import days
from geo.extract.days import Days, one_day
from geo.extract.language import Language
from geo.extract.lexicon import Mark
from geo.extract.patterns import Found
from geo.extract.reading import Span, TimeExpression
from geo.extract.text import Sentence
from geo.schema import DatePrecision

_ALWAYS_PAST = {
    "last_night",
    "yesterday",
    "ago",
    "last_weekday",
    "last_unit",
    "within_last",
    "before_yesterday",
}


ALWAYS_AHEAD = {
    "soon",
    "in_future",
    "hence",
    "tomorrow",
    "after_tomorrow",
    "next_unit",
    "next_weekday",
    "date_ahead",
}

_LOOK_BACK = {"after", "following", "since", "because"}
_WERE = {"was", "were", "had", "did"}
_CLAUSE_ENDS = {",", ";", ":", "—", "–"}


class Timed(NamedTuple):
    """A time expression in a sentence. first, last: its tokens."""

    sentence: int
    first: int
    last: int
    meaning: str
    time: TimeExpression


def find(
    sentences: Sequence[Sentence],
    marks: Sequence[Sequence[Mark]],
    text: str,
    language: Language,
    published: dt.date | None,
) -> list[Timed]:
    """All time expressions of a text. Relative ones ("the next day") count from the last day named."""
    found: list[Timed] = []
    before: dt.date | None = None
    paragraph = -1  # in which that day was named
    for number, (sentence, group) in enumerate(zip(sentences, marks, strict=True)):
        times = language.grammar.find(sentence.tokens, group)
        cues = _Cues(sentence, group) if times else None
        for one in times:
            future = one.meaning in ALWAYS_AHEAD or (
                one.meaning not in _ALWAYS_PAST
                and cues is not None
                and not cues.is_said_then(one)
                and (cues.is_future(one) or cues.has_future_verb(one) or cues.is_appointed(one))
            )
            meaning = one.meaning
            if meaning == "later" and one.first and _is_after(sentence, one):
                meaning = "earlier"  # "on Tuesday, four days after a riot"
            if meaning == "hence_or_later":
                meaning = "perhaps_hence" if future or before is None else "later"
            resolved = days(meaning, one.values, published, future)
            if meaning == "part_alone":  # "at night": of the day spoken of, else of the last one
                day = before if paragraph == sentence.paragraph else published
                resolved = one_day(day) if day is not None else resolved
            if resolved.relative is not None:
                resolved = _relative(resolved, before, published)
            elif resolved.start == resolved.end and not future and cues and not cues.is_speech(one):
                before, paragraph = resolved.start or before, sentence.paragraph
            tokens = sentence.tokens
            span = Span(tokens[one.first].start, tokens[one.last - 1].end)
            ahead = _lies_ahead(resolved, published, future)
            time = TimeExpression(
                span, text[span.start : span.end], resolved.start, resolved.end, resolved.precision, ahead
            )
            found.append(Timed(number, one.first, one.last, one.meaning, time))
    return found


def _is_after(sentence: Sentence, found: Found) -> bool:
    """Whether it says how long after something else: what follows tells of what was before."""
    tokens = sentence.tokens
    return tokens[found.last - 1].normal == "after" and tokens[found.first - 1].text == ","


def _relative(resolved: Days, before: dt.date | None, published: dt.date | None) -> Days:
    """Counted from the last day named; "a day earlier" from that of publication where none was."""
    if before is None and published is not None and (resolved.relative or 0) < 0:
        before = published
    if before is None or resolved.relative is None:
        return Days(None, None, DatePrecision.UNKNOWN)
    day = before + dt.timedelta(days=resolved.relative)
    if published is not None and before <= published < day:
        return Days(None, None, DatePrecision.UNKNOWN)  # "three weeks after" the last day named
    return Days(day, day, DatePrecision.DAY)


def _lies_ahead(resolved: Days, published: dt.date | None, future: bool) -> bool:
    if resolved.start is None or resolved.end is None or published is None:
        return future
    return resolved.start > published or (
        future and resolved.end >= published and resolved.end != resolved.start
    )


class _Cues:
    """What a sentence says of its times: which words of what is to come, and of speech, stand where."""

    def __init__(self, sentence: Sentence, marks: Sequence[Mark]) -> None:
        self._clauses = sorted(mark.first for mark in marks if mark.kind == "clause")
        commas = [at for at, token in enumerate(sentence.tokens) if token.text in _CLAUSE_ENDS]
        self._edges = sorted({*self._clauses, *commas})
        future = [mark for mark in marks if mark.kind == "future"]
        self._future = sorted(mark.last for mark in future)
        self._verbs = sorted(mark.first for mark in future if mark.tag == "verb")
        self._back = sorted(
            mark.first for mark in marks if mark.kind == "clause" and _normal(sentence, mark) in _LOOK_BACK
        )
        self._pasts = sorted(
            {mark.first for mark in marks if mark.tag == "past" or _normal(sentence, mark) in _WERE}
        )
        self._simple = not any(mark.tag == "verb" for mark in marks)
        self._tokens = sentence.tokens
        self._appointed = {mark.last for mark in marks if mark.kind == "appointed"}
        says = [mark for mark in marks if mark.kind == "says"]
        self._says = {mark.last for mark in says}
        self._said = {mark.last for mark in says if mark.tag == "past"}

    def is_speech(self, found: Found) -> bool:
        """Whether it is the day of somebody's words: "told reporters on Wednesday"."""
        return any(found.first - step in self._says for step in range(3))

    def is_said_then(self, found: Found) -> bool:
        """Whether somebody has said it on that day: "vowed to go on, they said on Tuesday"."""
        return any(found.first - step in self._said for step in range(2))

    def is_future(self, found: Found) -> bool:
        """Whether a word of what is to come stands before it, in its own clause."""
        nth = bisect_right(self._future, found.first)
        if not nth:
            return False
        cue = self._future[nth - 1]
        if not self._simple:
            return not _holds(self._clauses, cue, found.first)
        edge = bisect_left(self._clauses, cue)
        if edge == len(self._clauses) or self._clauses[edge] >= found.first:
            return True
        past = _holds(self._pasts, self._clauses[edge], found.first)
        return not past and not _holds(self._back, cue, found.first)  # "will appear before a judge on Monday"

    def is_appointed(self, found: Found) -> bool:
        """Whether something is called for that day: "a rally for Saturday", not "for Saturday's attack"."""
        after = self._tokens[found.last].kind if found.last < len(self._tokens) else ""
        return found.meaning == "weekday" and found.first in self._appointed and after != "possessive"

    def has_future_verb(self, found: Found) -> bool:
        """Whether the verb of its clause is in the future tense, before it or behind it."""
        before = bisect_left(self._edges, found.first)
        after = bisect_left(self._edges, found.last)
        first = self._edges[before - 1] if before else -1
        last = self._edges[after] if after < len(self._edges) else found.last + _FAR
        return _holds(self._verbs, first, last)


def _normal(sentence: Sentence, mark: Mark) -> str:
    return sentence.tokens[mark.first].normal


_FAR = 1_000_000


def _holds(places: Sequence[int], first: int, last: int) -> bool:
    """Whether any of the sorted places lies from a first up to a last one."""
    return bisect_left(places, first) < bisect_left(places, last)


def dateline(text: str, language: Language) -> dt.date | None:
    """The day that a story gives for itself: a full date in its first lines, or None."""
    sentences = language.split(text[:3000])[:6]
    marks = [language.lexicon.marks(sentence.tokens) for sentence in sentences]
    for one in find(sentences, marks, text, language, None):
        if one.meaning in ("date", "iso") and one.time.start is not None:
            return one.time.start
    return None
