"""The steps of reading, in order: each adds to what the ones before have found."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from geo.errors import ExtractError
from geo.extract import claims, coming, figures, incidents, publishers, times, toponyms, triggers
from geo.extract.found import numbered
from geo.extract.gazette import Gazette
from geo.extract.language import Language, tell
from geo.extract.language import language as known_language
from geo.extract.lexicon import Marks
from geo.extract.named import Named
from geo.extract.places import Places
from geo.extract.reading import Reading, Trigger
from geo.extract.scene import Scene
from geo.extract.speakers import Voices
from geo.extract.spots import Ground
from geo.extract.text import Sentence
from geo.extract.times import Timed
from geo.extract.triggers import Told

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
    marks = [spoken.lexicon.marks(sentence.tokens) for sentence in sentences]
    gazette = Gazette(spoken, places, published)
    named = toponyms.find(sentences, marks, text, gazette, publishers.home(source, places, published))
    timed = times.find(sentences, marks, text, spoken, published)
    scenes = _scenes(sentences, marks, named, timed, spoken)
    ground = Ground(scenes, text, gazette)
    voices = Voices(text, spoken.syntax)
    said = []
    for scene in scenes:
        voices.note(scene)
        said.append(voices.hear(scene))
    counted = figures.recounted([figures.find(scene, text, spoken.syntax) for scene in scenes])
    told = [triggers.find(scene, spoken.syntax) for scene in scenes]
    story = incidents.Story(scenes, told, counted, said, ground, published)
    found = [*incidents.find(story), *coming.find(story)]
    return Reading(
        document=text,
        published=published,
        language=spoken.code,
        sentences=tuple(sentence.span for sentence in sentences),
        toponyms=tuple(one.toponym for one in named),
        times=tuple(one.time for one in timed),
        figures=tuple(one.figure for group in counted for one in group if one.metric or one.figure.best != 1),
        triggers=tuple(_trigger(scenes[nth], one, text) for nth, group in enumerate(told) for one in group),
        speakers=tuple(one.speaker for group in said for one in group),
        incidents=tuple(numbered(found, text, counted)),
        claims=tuple(claims.find(story, found)),
    )


def dateline(text: str, language: str | None = None) -> dt.date | None:
    """The day that a story gives for itself in its first lines, or None. Raises ExtractError as `read`."""
    if not text.strip():
        raise ExtractError("the text is empty", todo="give the text of a news story")
    return times.dateline(text, known_language(language or tell(text)))


def _scenes(
    sentences: Sequence[Sentence],
    marks: Sequence[Marks],
    named: Sequence[Named],
    timed: Sequence[Timed],
    spoken: Language,
) -> list[Scene]:
    """Each sentence with what was found in it. Speech goes on where a quotation mark was left open."""
    names: dict[int, list[Named]] = defaultdict(list)
    for name in named:
        names[name.name.sentence].append(name)
    at: dict[int, list[Timed]] = defaultdict(list)
    for time in timed:
        at[time.sentence].append(time)
    scenes: list[Scene] = []
    for number, sentence in enumerate(sentences):
        goes_on = bool(
            scenes and scenes[-1].leaves_open and scenes[-1].sentence.paragraph == sentence.paragraph
        )
        words = spoken.function_words
        scene = Scene(number, sentence, marks[number], names[number], at[number], words, goes_on)
        if spoken.syntax is not None and (more := spoken.syntax.marks(scene, spoken.lexicon)):
            every = Marks(sorted([*more, *scene.marks], key=lambda mark: mark.first))
            scene = replace(scene, marks=every)
        scenes.append(scene)
    return scenes


def _trigger(scene: Scene, told: Told, text: str) -> Trigger:
    span = scene.span(told.mark.first, told.mark.last)
    return Trigger(span, text[span.start : span.end], told.event_type, told.sub_event_type)
