"""An incident as it is found, and how a reading shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.extract.figures import Counted
from geo.extract.reading import Incident, Span
from geo.extract.spot import Spot
from geo.extract.triggers import Told
from geo.extract.when import When
from geo.schema import Precision

_LONGEST_TITLE = 110
_PLACE_PART = {"named": 1.0, "anaphor": 0.85, "carried": 0.7, "story": 0.6}
_DATE_PART = {"named": 1.0, "said": 0.6, "carried": 0.7, "none": 0.4}


@dataclass(frozen=True)
class Found:
    """An incident before it is numbered, with what assembly must know of it.

    again: the sentences that tell of it. spread: it is told of several places together.
    faint: it counts only where it is told again exactly. refers: it speaks of an event told before.
    sent: its place is only that which the story was sent from.
    """

    scene: int
    words: str
    told: Told
    spot: Spot
    when: When
    evidence: tuple[Span, ...]
    doubts: tuple[str, ...]
    again: frozenset[int] = frozenset()
    future: bool = False
    spread: bool = False
    faint: bool = False
    refers: bool = False
    sent: bool = False


def _figures(counted: Sequence[Counted]) -> dict[str, int]:
    """What a sentence counts, by metric."""
    return {one.metric: one.figure.best for one in counted if one.metric and one.figure.best is not None}


def numbered(found: Sequence[Found], text: str, counted: Sequence[Sequence[Counted]]) -> list[Incident]:
    """The incidents as a reading shows them."""
    made = []
    for number, one in enumerate(found, start=1):
        place = one.spot.place
        point = one.spot.precision.is_point
        parts = {
            "trigger": one.told.firm,
            "place": _PLACE_PART[one.spot.how],
            "date": _DATE_PART[one.when.how],
        }
        if "the text itself is not sure" in one.doubts:
            parts["wording"] = 0.6
        confidence = 1.0
        for part in parts.values():
            confidence *= part
        title = " ".join(text[one.evidence[0].start : one.evidence[0].end].split())
        area = one.spot.precision in (Precision.MACRO_REGION, Precision.COUNTRY)
        made.append(
            Incident(
                id=f"I{number:02d}",
                title=title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…",
                event_type=one.told.event_type,
                sub_event_type=one.told.sub_event_type,
                trigger=one.words,
                place=one.spot.name,
                lat=place.lat if point else None,
                lon=place.lon if point else None,
                location_precision=one.spot.precision,
                country=place.country or None,
                admin1_id=None if area else place.admin1_id,
                admin1_ids=place.admin1_ids if area else (),
                geonameid=place.geonames_id,
                date_start=one.when.start,
                date_end=one.when.end,
                date_precision=one.when.precision,
                future=one.future,
                confidence=round(confidence, 3),
                parts=parts,
                doubts=one.doubts,
                figures={} if one.future else _figures(counted[one.scene]),
                evidence=one.evidence,
            )
        )
    return made
