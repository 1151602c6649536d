"""Gold as it lies in files becomes items that can be compared; the seed's layout and ours alike."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Days = tuple[str | None, str | None]

SEED_BOUNDS = {"more than": "at least", "at least": "at least", "up to": "at most", "about": "about"}
SEED_TYPES: dict[str, tuple[str, ...]] = {
    "protest": ("Protests", "Riots"),
    "armed clash or shooting": ("Battles", "Violence against civilians", "Riots"),
    "deployment": ("Strategic developments",),
    "government action": ("Strategic developments",),
    "seizure": ("Strategic developments", "Riots", "Battles", "Protests"),
    "arrest": ("Strategic developments",),
}
"""ACLED types that fit the families of the seed's gold."""


@dataclass(frozen=True)
class Where:
    """A place: the names that count as right, and points (lat, lon, km) near which a point does."""

    names: tuple[str, ...]
    points: tuple[tuple[float, float, float], ...] = ()
    precision: str = ""
    admin1: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoldClaim:
    """A number somebody gives."""

    metrics: tuple[str, ...]
    low: float | None
    best: float | None
    high: float | None
    bound: str
    where: Where
    days: Days
    claimed_by: tuple[str, ...]
    evidence: tuple[tuple[int, int], ...]
    text: str
    optional: bool = False


@dataclass(frozen=True)
class GoldIncident:
    """An event. days: all readings of its dates that count as right; the first is ours."""

    types: tuple[str, ...]
    where: Where
    days: tuple[Days, ...]
    evidence: tuple[tuple[int, int], ...]
    text: str
    optional: bool = False


@dataclass(frozen=True)
class Coming:
    """What is only expected."""

    days: Days
    evidence: tuple[int, int]
    text: str


@dataclass(frozen=True)
class Never:
    """A name in the story where nothing of it happened."""

    names: tuple[str, ...]
    evidence: tuple[int, int]
    why: str


@dataclass(frozen=True)
class Story:
    """A text with its gold."""

    name: str
    language: str
    published: dt.date
    text: str
    claims: tuple[GoldClaim, ...]
    incidents: tuple[GoldIncident, ...]
    future: tuple[Coming, ...]
    never: tuple[Never, ...]


def stories(folder: Path) -> list[Story]:
    """The stories of a folder: pairs NAME.txt, NAME.json."""
    return [story(path, path.with_suffix(".json")) for path in sorted(folder.glob("*.txt"))]


def story(text: Path, gold: Path) -> Story:
    """One story. Offsets refer to the text as decoded, line ends as they are."""
    told = json.loads(gold.read_text(encoding="utf-8"))
    return Story(
        name=text.stem,
        language=told.get("language", "en"),
        published=dt.date.fromisoformat(told["published"]),
        text=text.read_bytes().decode("utf-8"),
        claims=tuple(map(claim, told["claims"])),
        incidents=tuple(map(incident, told["incidents"])),
        future=tuple(map(_coming, told["future_events_not_incidents"])),
        never=tuple(map(_never, told["must_not_be_an_incident_location"])),
    )


def claim(row: Row) -> GoldClaim:
    """A claim of either layout: `value` with `bound` or `approximate`, or `low`, `best`, `high`."""
    if "value" in row:
        worded = "about" if row.get("approximate") else row.get("bound", "")
        bound = SEED_BOUNDS.get(worded, "")
        ends = {"at least": ("low",), "at most": ("high",)}.get(bound, ("best",))
        row = row | dict.fromkeys(ends, row["value"]) | {"bound": bound}
    return GoldClaim(
        metrics=_several(row["metric"]),
        low=row.get("low"),
        best=row.get("best"),
        high=row.get("high"),
        bound=row.get("bound", ""),
        where=_where(row),
        days=(row.get("about_start"), row.get("about_end")),
        claimed_by=_several(row.get("claimed_by", ())),
        evidence=_spans(row),
        text=row["evidence_text"],
        optional=row.get("optional", False),
    )


def incident(row: Row) -> GoldIncident:
    """An incident of either layout: `type_family`, or `event_type`."""
    types = SEED_TYPES[row["type_family"]] if "type_family" in row else _several(row["event_type"])
    days = [(row["date_start"], row["date_end"]), *(tuple(pair) for pair in row.get("dates_or", ()))]
    return GoldIncident(
        types, _where(row), tuple(days), _spans(row), row["evidence_text"], row.get("optional", False)
    )


def _where(row: Row) -> Where:
    return Where(
        names=_several(row["place"]),
        points=tuple(tuple(point) for point in row.get("points", ())),
        precision=row.get("location_precision", ""),
        admin1=tuple(row.get("admin1_any_of", ())),
    )


def _coming(row: Row) -> Coming:
    start = row.get("date_start", row.get("date"))
    return Coming((start, row.get("date_end", start)), _span(row), row["evidence_text"])


def _never(row: Row) -> Never:
    return Never(tuple(row.get("places", (row["text"],))), _span(row), row["why"])


def _span(row: Row) -> tuple[int, int]:
    start, end = row["evidence"]
    return start, end


def _spans(row: Row) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in (row[key] for key in ("evidence", "also") if key in row))


def _several(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
