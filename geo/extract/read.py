"""The steps of reading, in order: each adds to what the ones before have found."""

from __future__ import annotations

import datetime as dt

from geo.errors import ExtractError
from geo.extract.language import language as known_language
from geo.extract.language import tell
from geo.extract.places import Places
from geo.extract.reading import Reading

LONGEST_TEXT = 10_000_000
"""Characters. A book has one million."""


def read(
    text: str,
    *,
    published: dt.date | None,
    places: Places,
    language: str | None = None,
    source: str | None = None,
) -> Reading:
    """Everything that the rules find in a text.

    published: the day of publication, to which "Friday" or "last week" refer; without it only dates that
    are written in full are resolved. places: the world. language: ISO 639-1 code, told from the text
    where None. source: address or domain of the publisher, which tells where its readers live.

    Raises ExtractError for a text that is empty, far too long, or in a language that cannot be read.
    """
    if not text.strip():
        raise ExtractError("the text is empty", todo="give the text of a news story")
    if len(text) > LONGEST_TEXT:
        todo = "give one story at a time"
        raise ExtractError(f"the text has {len(text):,} characters, more than {LONGEST_TEXT:,}", todo=todo)
    spoken = known_language(language or tell(text))
    sentences = spoken.split(text)
    return Reading(
        document=text,
        published=published,
        language=spoken.code,
        sentences=tuple(sentence.span for sentence in sentences),
    )
