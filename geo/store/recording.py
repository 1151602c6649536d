"""Decisions on pairs of incidents are written into a store, all or none, and the events with them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb

from geo.errors import CallError
from geo.store import apply, connection, decisions, events, replacing
from geo.store.decisions import Decision, Key


def record(path: Path, made: Sequence[Decision], now: dt.datetime, *, threads: int = 2) -> int:
    """Write decisions into the store at `path`, all or none; how many of them were new.

    What is already in force on its day is left as it is. Raises CallError for an incident that is not
    there, a pair of one incident, or decisions that contradict each other; StoreError, and what
    connection.connect does.
    """
    connection.connect(path, threads).close()
    with replacing.exclusive(path), closing(connection.connect(path, threads, memory="1GB")) as db:
        if new := _news(db, made):
            rows = decisions.rows(new, now)  # noqa: F841 -- DuckDB reads it by name
            with replacing.fresh(path) as file:
                shutil.copyfile(path, file)
                apply.begin(db, file)
                db.execute("INSERT INTO decisions BY NAME SELECT * FROM rows")
                apply.end(db, file)
    return len(new)


def _news(db: duckdb.DuckDBPyConnection, made: Sequence[Decision]) -> list[Decision]:
    """Those that change what is in force on their day."""
    keys = {key for one in made for key in one.pair}
    if lost := sorted(keys - events.present(db, keys)):
        todo = "take data set and identifier from `eventmap duplicates`"
        raise CallError("no incident has this identifier", where=decisions.written(lost[0]), todo=todo)
    before = decisions.made(db)
    held: dict[tuple[Key, Key], list[Decision]] = {}
    for one in before:
        held.setdefault(one.pair, []).append(one)
    new = []
    for one in made:
        if one.one == one.other:
            todo = "name two incidents"
            raise CallError("an incident is no pair", where=decisions.written(one.one), todo=todo)
        of_pair = held.setdefault(one.pair, [])
        by_then = sorted((o for o in of_pair if o.decided_on <= one.decided_on), key=lambda o: o.decided_on)
        if one.same is not (by_then[-1].same if by_then else None):
            new.append(one)
            of_pair.append(one)
    for _day, in_force in decisions.by_day([*before, *new]):
        decisions.check(in_force)
    return new
