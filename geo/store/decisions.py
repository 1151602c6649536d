"""What people have decided on pairs of incidents: one event or two. Added to, never overwritten.

A decision holds from its day on, until a later one on the same pair. Pairs that are confirmed chain:
whatever hangs together on a day is one event, and goes by the incident that was named first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import duckdb
import pyarrow as pa

from geo.errors import CallError
from geo.schema import field
from geo.store.result import Row, dicts

Key = tuple[str, str]
"""Data set and identifier of an incident."""

WORDS: Mapping[str, bool | None] = {"same": True, "different": False, "undecided": None}
"""A decision as it is written, and whether it says that two incidents are one event; None takes back."""

DECISION = pa.schema(
    [
        field(
            "dataset", pa.string(), "Data set of the incident that gives the event its face", required=True
        ),
        field("id", pa.string(), "Its identifier", required=True),
        field("other_dataset", pa.string(), "Data set of the other incident", required=True),
        field("other_id", pa.string(), "Its identifier", required=True),
        field("decision", pa.string(), "Whether they are one event", required=True, values=WORDS),
        field("decided_on", pa.date32(), "Day from which it holds", required=True),
        field("decided_at", pa.string(), "When it was written down, UTC", required=True),
        field("note", pa.string(), "Why"),
    ]
)
"""One decision. The table's own order is that in which they were made."""


@dataclass(frozen=True)
class Decision:
    """A person's word on two incidents.

    same: they are one event, and `one` gives it its face; False: two events; None: nobody knows any more.
    """

    one: Key
    other: Key
    same: bool | None
    decided_on: dt.date
    note: str = ""

    @property
    def pair(self) -> tuple[Key, Key]:
        """The two, in an order that does not depend on who was named first."""
        return min(self.one, self.other), max(self.one, self.other)


InForce = Mapping[tuple[Key, Key], bool | None]
"""Pairs, as they were named, with whether they are one event; earliest first."""


@dataclass(frozen=True)
class Event:
    """Incidents that were one event, from a day until another (excluded; None: still). Its face is first."""

    members: tuple[Key, ...]
    since: dt.date
    until: dt.date | None


def ledger(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Every decision in the order in which they were made: the columns of DECISION."""
    return dicts(db.execute("SELECT * REPLACE (decision::VARCHAR AS decision) FROM decisions ORDER BY rowid"))


def made(db: duckdb.DuckDBPyConnection) -> list[Decision]:
    """Every decision in the order in which they were made."""
    return [
        Decision(
            (row["dataset"], row["id"]),
            (row["other_dataset"], row["other_id"]),
            WORDS[row["decision"]],
            row["decided_on"],
            row["note"] or "",
        )
        for row in ledger(db)
    ]


def by_day(every: Iterable[Decision]) -> Iterator[tuple[dt.date, InForce]]:
    """What is in force from each day on which something was decided; the mapping is one and the same."""
    held: dict[tuple[Key, Key], bool | None] = {}
    for day, those in groupby(sorted(every, key=lambda one: one.decided_on), lambda one: one.decided_on):
        for one in those:
            held.pop((one.one, one.other), None)
            held.pop((one.other, one.one), None)
            held[one.one, one.other] = one.same
        yield day, held


def in_force(every: Iterable[Decision]) -> InForce:
    """The latest decision on each pair, in the order in which pairs were last decided on."""
    held: InForce = {}
    for _day, held in by_day(every):  # noqa: B007 -- the last is wanted
        pass
    return held


def events(held: InForce) -> list[list[Key]]:
    """Incidents that are one event, each event's face first."""
    of: dict[Key, list[Key]] = {}
    for (one, other), same in held.items():
        first, second = of.get(one, [one]), of.get(other, [other])
        if same and first is not second:
            first.extend(second)
            of.update(dict.fromkeys(first, first))
    return list({id(event): event for event in of.values()}.values())


def over_time(every: Iterable[Decision], there: set[Key]) -> list[Event]:
    """Every event there was, with its days; of incidents that are `there`, and of two at least."""
    running: dict[tuple[Key, ...], dt.date] = {}
    past: list[Event] = []
    for day, held in by_day(every):
        now = {tuple(key for key in event if key in there) for event in events(held)}
        for members in [members for members in running if members not in now]:
            past.append(Event(members, running.pop(members), day))
        running |= {members: day for members in now if len(members) > 1 and members not in running}
    return past + [Event(members, day, None) for members, day in running.items()]


def check(held: InForce) -> None:
    """Raises CallError where two incidents are rejected as a pair and yet one event by other pairs."""
    for event in events(held):
        among = set(event)
        for (one, other), same in held.items():
            if same is False and one in among and other in among:
                what = f"{written(one)} and {written(other)} would be one event by way of other pairs"
                todo = "one of these pairs must be decided otherwise: " + ", ".join(
                    f"{written(a)} {written(b)}"
                    for (a, b), linked in held.items()
                    if linked and a in among and b in among
                )
                raise CallError(f"{what}, and are held apart", todo=todo)


def written(key: Key) -> str:
    """An incident as it is named on the command line: `dataset:id`."""
    return ":".join(key)


def rows(made: Iterable[Decision], now: dt.datetime) -> pa.Table:
    """Decisions as rows of DECISION."""
    word = {same: name for name, same in WORDS.items()}
    return pa.Table.from_pylist(
        [
            {
                "dataset": one.one[0],
                "id": one.one[1],
                "other_dataset": one.other[0],
                "other_id": one.other[1],
                "decision": word[one.same],
                "decided_on": one.decided_on,
                "decided_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
                "note": one.note or None,
            }
            for one in made
        ],
        schema=DECISION,
    )
