"""What was found in a text, each thing with its span: the result of `read`.

Offsets are indices into the text as Python counts them, end exclusive: `text[start:end]` is what was
found.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from geo.schema import DatePrecision, Precision, Qualifier


class Span(NamedTuple):
    """A piece of the text."""

    start: int
    end: int


@dataclass(frozen=True)
class Toponym:
    """A name of a place, or a reason why the name is none.

    use: "place"; "origin" for an adjective ("Russian"); "none" where it is not taken for a place, and
    then `reason` says why. name and what follows are of the place that is meant: lat, lon in degrees,
    EPSG:4326, of an area a point inside it; country ISO alpha-2; admin1_id the unit on that day.
    """

    span: Span
    text: str
    use: str
    name: str | None = None
    kind: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    country: str | None = None
    admin1_id: str | None = None
    admin1_ids: tuple[str, ...] = ()
    geonameid: int | None = None
    confidence: float = 0.0
    reason: str = ""


@dataclass(frozen=True)
class TimeExpression:
    """A date as worded. start, end: both None where no day follows from it ("three decades ago").

    future: it lies after the day of publication, or the sentence speaks of what is to come.
    """

    span: Span
    text: str
    start: dt.date | None
    end: dt.date | None
    precision: DatePrecision
    future: bool = False


@dataclass(frozen=True)
class Figure:
    """A number of something. what: the metric, or the noun that is counted."""

    span: Span
    text: str
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier
    what: str


@dataclass(frozen=True)
class Trigger:
    """A word that tells of an event."""

    span: Span
    text: str
    event_type: str
    sub_event_type: str


@dataclass(frozen=True)
class Speaker:
    """Who says something. channel: whether they pass on what others say ("… reported")."""

    span: Span
    text: str
    channel: bool = False


@dataclass(frozen=True)
class Incident:
    """A candidate: something that happened at a place and a time, with the words that say so.

    confidence: product of its named `parts`, each 0 to 1. doubts: why a reader should look twice.
    figures: what is counted in it, by metric. id: stable within the reading.
    """

    id: str
    title: str
    event_type: str
    sub_event_type: str
    trigger: str
    place: str
    lat: float | None
    lon: float | None
    location_precision: Precision
    country: str | None
    admin1_id: str | None
    admin1_ids: tuple[str, ...]
    geonameid: int | None
    date_start: dt.date | None
    date_end: dt.date | None
    date_precision: DatePrecision
    future: bool
    confidence: float
    parts: dict[str, float]
    doubts: tuple[str, ...]
    figures: dict[str, int]
    evidence: tuple[Span, ...]


@dataclass(frozen=True)
class Claim:
    """A candidate: a number, by someone, about a place and days.

    low, best, high: the bounds that the wording gives; best is None for "dozens". ledger: claims of
    the same metric and place that a store already has, set by ingest.
    """

    id: str
    metric: str
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier
    place: str
    country: str | None
    admin1_id: str | None
    admin1_ids: tuple[str, ...]
    geonameid: int | None
    location_precision: Precision
    about_start: dt.date | None
    about_end: dt.date | None
    claimed_by: str
    reported_on: dt.date | None
    confidence: float
    parts: dict[str, float]
    doubts: tuple[str, ...]
    evidence: tuple[Span, ...]
    ledger: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Reading:
    """Everything found in one text."""

    document: str
    published: dt.date | None
    language: str
    sentences: tuple[Span, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    figures: tuple[Figure, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    incidents: tuple[Incident, ...] = ()
    claims: tuple[Claim, ...] = ()
    name: str = field(default="", compare=False)
    """What the text is called: a file name, or empty."""

    def as_json(self) -> dict[str, Any]:
        """The shape of the contract: plain values only, days as ISO text, spans as `[start, end]`."""
        return {
            "document": self.name,
            "text": self.document,
            "published": _plain(self.published),
            "language": self.language,
            "offsets": "character indices, end exclusive",
            **{
                group: [_plain(vars(one)) for one in getattr(self, group)]
                for group in ("incidents", "claims", "toponyms", "times", "figures", "triggers", "speakers")
            },
            "sentences": [list(span) for span in self.sentences],
        }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
