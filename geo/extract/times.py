"""Time expressions, resolved against the day of publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from geo.extract.calendar import days
from geo.extract.days import Days
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


_ALWAYS_AHEAD = {"soon", "in_future", "hence", "tomorrow", "after_tomorrow", "next_unit", "next_weekday"}

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
    for number, (sentence, group) in enumerate(zip(sentences, marks, strict=True)):
        for one in language.grammar.find(sentence.tokens, group):
            future = one.meaning in _ALWAYS_AHEAD or (
                one.meaning not in _ALWAYS_PAST
                and not _is_said_then(one, group)
                and (_is_future(one, group) or _has_future_verb(one, group, sentence))
            )
            meaning = one.meaning
            if meaning == "hence_or_later":
                meaning = "perhaps_hence" if future or before is None else "later"
            resolved = days(meaning, one.values, published, future)
            if resolved.relative is not None:
                resolved = _relative(resolved, before, published)
            elif resolved.start is not None and not future and not _is_speech(one, group):
                before = resolved.start
            tokens = sentence.tokens
            span = Span(tokens[one.first].start, tokens[one.last - 1].end)
            ahead = _lies_ahead(resolved, published, future)
            time = TimeExpression(
                span, text[span.start : span.end], resolved.start, resolved.end, resolved.precision, ahead
            )
            found.append(Timed(number, one.first, one.last, one.meaning, time))
    return found


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


def _is_speech(found: Found, marks: Sequence[Mark]) -> bool:
    """Whether it is the day of somebody's words: "told reporters on Wednesday"."""
    return any(mark.kind == "says" and 0 <= found.first - mark.last <= 2 for mark in marks)


def _is_said_then(found: Found, marks: Sequence[Mark]) -> bool:
    """Whether somebody has said it on that day, right before it: "vowed to go on, they said on Tuesday"."""
    return any(
        mark.kind == "says" and mark.tag == "past" and 0 <= found.first - mark.last <= 1 for mark in marks
    )


def _lies_ahead(resolved: Days, published: dt.date | None, future: bool) -> bool:
    if resolved.start is None or resolved.end is None or published is None:
        return future
    return resolved.start > published or (
        future and resolved.end >= published and resolved.end != resolved.start
    )


def _is_future(found: Found, marks: Sequence[Mark]) -> bool:
    """Whether a word of what is to come stands before it, in its own clause."""
    cues = [mark.last for mark in marks if mark.kind == "future" and mark.last <= found.first]
    if not cues:
        return False
    cue = max(cues)
    return not any(mark.kind == "clause" and cue <= mark.first < found.first for mark in marks)


def _has_future_verb(found: Found, marks: Sequence[Mark], sentence: Sentence) -> bool:
    """Whether the verb of its clause is in the future tense, before it or behind it."""
    tokens = sentence.tokens
    edges = {mark.first for mark in marks if mark.kind == "clause"}
    edges |= {at for at, token in enumerate(tokens) if token.text in _CLAUSE_ENDS}
    first = max((at for at in edges if at < found.first), default=-1)
    last = min((at for at in edges if at >= found.last), default=len(tokens))
    return any(mark.kind == "future" and mark.tag == "verb" and first <= mark.first < last for mark in marks)


def dateline(text: str, language: Language) -> dt.date | None:
    """The day that a story gives for itself: a full date in its first lines, or None."""
    sentences = language.split(text[:3000])[:6]
    marks = [language.lexicon.marks(sentence.tokens) for sentence in sentences]
    for one in find(sentences, marks, text, language, None):
        if one.meaning in ("date", "iso") and one.time.start is not None:
            return one.time.start
    return None
