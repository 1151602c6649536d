"""How well one story was read: claims, incidents, what must not be there, what is still to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from scripts.evaluate import judge
from scripts.evaluate.gold import GoldClaim, GoldIncident, Row, Story
from scripts.evaluate.score import Compared, Score, compare

Item = TypeVar("Item", GoldClaim, GoldIncident)
Steps = tuple[tuple[Callable[[Row, Item], bool], str, str], ...]
"""What a row still has right, what then is wrong with it, and the field of the row that shows it."""

CLAIM_LEVELS: dict[str, Callable[[Row, GoldClaim], bool]] = {
    "metric and value": judge.claim_value,
    "… and place": judge.claim_place,
    "… and place and days": judge.claim_days,
    "metric, value and speaker": judge.claim_speaker,
}
INCIDENT_LEVELS: dict[str, Callable[[Row, GoldIncident], bool]] = {
    "passage alone": judge.incident_passage,
    "place and date": judge.incident_what,
    "… and event type": judge.incident_type,
}


@dataclass(frozen=True)
class Result:
    """Scores of one or more stories.

    ghosts: incidents at a place that the gold forbids; astray: at a place where the gold has nothing.
    taken_for_past, marked, coming: events to come told as past, marked as to come, and all of them.
    errors: kind and example.
    """

    claims: dict[str, Score] = field(default_factory=dict)
    incidents: dict[str, Score] = field(default_factory=dict)
    ghosts: tuple[str, ...] = ()
    astray: tuple[str, ...] = ()
    taken_for_past: tuple[str, ...] = ()
    marked: int = 0
    coming: int = 0
    errors: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: Result) -> Result:
        return Result(
            _added(self.claims, other.claims),
            _added(self.incidents, other.incidents),
            self.ghosts + other.ghosts,
            self.astray + other.astray,
            self.taken_for_past + other.taken_for_past,
            self.marked + other.marked,
            self.coming + other.coming,
            self.errors + other.errors,
        )

    @property
    def kinds(self) -> Counter[str]:
        """How often each kind of error occurs."""
        return Counter(kind for kind, _ in self.errors)


def score(reading: dict[str, Any], story: Story) -> Result:
    """Score a reading (the JSON of the contract) against its story."""
    claims, told = reading["claims"], reading["incidents"]
    past = [row for row in told if not row["future"]]
    return Result(
        claims={
            level: compare(claims, story.claims, meets, _optional, judge.claim_value).score
            for level, meets in CLAIM_LEVELS.items()
        },
        incidents={
            level: compare(past, story.incidents, meets, _optional, judge.incident_touches).score
            for level, meets in INCIDENT_LEVELS.items()
        },
        ghosts=tuple(_ghosts(past, story)),
        astray=tuple(_astray(past, story)),
        taken_for_past=tuple(_taken_for_past(past, story)),
        marked=sum(_is_marked(told, coming.evidence) for coming in story.future),
        coming=len(story.future),
        errors=(*_claim_errors(claims, story), *_incident_errors(past, story)),
    )


def _optional(gold: GoldClaim | GoldIncident) -> bool:
    return gold.optional


def _added(mine: dict[str, Score], theirs: dict[str, Score]) -> dict[str, Score]:
    return {level: mine.get(level, Score()) + theirs.get(level, Score()) for level in mine | theirs}


def _ghosts(past: Sequence[Row], story: Story) -> list[str]:
    names = [name for never in story.never for name in never.names]
    return [
        f"{story.name}: {row['event_type']} at {row['place']}"
        for row in past
        if judge.same_name(row.get("place"), names)
    ]


def _astray(past: Sequence[Row], story: Story) -> list[str]:
    return [
        f"{story.name}: {row['event_type']} at {row['place']}"
        for row in past
        if not any(judge.same_place(row, gold.where) for gold in story.incidents)
    ]


def _taken_for_past(past: Sequence[Row], story: Story) -> list[str]:
    """Events of the past after publication, or told by the very words of what is to come."""
    real = [span for gold in story.incidents for span in gold.evidence]
    found = []
    for row in past:
        late = (row.get("date_start") or "") > story.published.isoformat()
        words = any(judge.overlap(row["evidence"], [coming.evidence]) for coming in story.future)
        if late or (words and not judge.overlap(row["evidence"], real)):
            found.append(f"{story.name}: {row['event_type']} on {row.get('date_start')}")
    return found


def _is_marked(told: Sequence[Row], evidence: tuple[int, int]) -> bool:
    return any(row["future"] and judge.overlap(row["evidence"], [evidence]) for row in told)


def _claim_errors(rows: Sequence[Row], story: Story) -> list[tuple[str, str]]:
    done = compare(rows, story.claims, judge.claim_days, _optional, judge.claim_value)
    errors, extra = _errors("claim", rows, story.claims, done, _CLAIM_STEPS)
    return [*errors, *(("claim: made up", _passage(story, rows[i], _number(rows[i]))) for i in extra)]


def _incident_errors(rows: Sequence[Row], story: Story) -> list[tuple[str, str]]:
    done = compare(rows, story.incidents, judge.incident_type, _optional, judge.incident_touches)
    errors, extra = _errors("incident", rows, story.incidents, done, _INCIDENT_STEPS)
    told = (("incident: made up", _passage(story, rows[i], rows[i]["sub_event_type"])) for i in extra)
    return [*errors, *told]


def _errors(
    what: str, rows: Sequence[Row], golds: Sequence[Item], done: Compared, steps: Steps[Item]
) -> tuple[list[tuple[str, str]], list[int]]:
    """Each gold item that is not wholly right, by the first thing wrong with it; and the rows left over."""
    errors = []
    seen: set[int] = set()
    for at in done.missed:
        gold = golds[at]
        near = [
            i for i in done.invented if i not in seen and judge.overlap(rows[i]["evidence"], gold.evidence)
        ]
        kind, said = "not found", ""
        for tells, name, key in steps:
            fits = [i for i in near if tells(rows[i], gold)]
            if fits:
                kind, said = name, _said(rows[fits[0]], key)
                seen.add(fits[0])
                break
        errors.append((f"{what}: {kind}", _quoted(gold.text, said)))
    return errors, [i for i in done.invented if i not in seen]


_CLAIM_STEPS: Steps[GoldClaim] = (
    (judge.claim_place, "other days", "about_start"),
    (judge.claim_value, "other place", "place"),
    (lambda row, gold: judge.same_value(row, gold), "other metric", "metric"),
    (lambda row, gold: row["metric"] in gold.metrics, "other value or bound", "number"),
)


def _dated(row: Row, gold: GoldIncident) -> bool:
    return judge.same_days(row.get("date_start"), row.get("date_end"), gold.days)


_INCIDENT_STEPS: Steps[GoldIncident] = (
    (judge.incident_what, "other event type", "event_type"),
    (lambda row, gold: judge.same_place(row, gold.where), "other date", "date_start"),
    (_dated, "other place", "place"),
    (judge.incident_passage, "other place and date", "place"),
)


def _said(row: Row, key: str) -> str:
    return _number(row) if key == "number" else str(row.get(key) or "nothing")


def _number(row: Row) -> str:
    shown = [str(row[end]) if row.get(end) is not None else "–" for end in ("low", "best", "high")]
    return f"{row['metric']} {'/'.join(shown)}"


def _quoted(text: str, said: str) -> str:
    return f"“{text}”" + (f": read as {said}" if said else "")


def _passage(story: Story, row: Row, said: str) -> str:
    start, end = row["evidence"][0]
    return _quoted(" ".join(story.text[start:end].split())[:90], said)
