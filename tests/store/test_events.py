"""Confirmed incidents are one event; what each data set tells of them is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

from geo.errors import CallError
from geo.query import IncidentQuery
from geo.schema import SOURCE
from geo.store import Decision, Search, Store, record, write
from tests.store import small
from tests.store.small import Row, day

NOW = dt.datetime(2022, 2, 1, 12, tzinfo=dt.UTC)
A, B, C = ("one", "A"), ("two", "B"), ("two", "C")


def killed(number: int) -> Row:
    return {f"fatalities_{end}": number for end in ("low", "best", "high")}


def built() -> Row:
    """What a store is made of: A told from the 6th, B from the 9th, C from the 6th until the 8th."""
    spot = {"lon": 5.0, "lat": 5.0, "uncertainty_km": 10.0}
    since = {"first_reported_basis": "stated"}
    incidents = [
        small.incident("A", dataset="one", first_reported_on=day(6), **spot, **since, **killed(2)),
        small.incident(
            "B", dataset="two", first_reported_on=day(9), known_from=day(9), **spot, **since, **killed(3)
        ),
        small.incident("C", dataset="two", known_to=day(8), **spot, **killed(7)),
    ]
    reports = [
        small.report("R1", "A", dataset="one"),
        small.report("R1", "B", dataset="two", reported_on=day(9)),
        small.report("R2", "C", dataset="two"),
    ]
    sources = pa.Table.from_pylist(
        [
            {"id": "daily", "dataset": name, "publisher": f"Daily {name}", "weak": False}
            for name in ("one", "two")
        ],
        schema=SOURCE,
    )
    return {"incidents": incidents, "reports": reports, "sources": sources}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "held.duckdb"
    small.store(file, **built()).close()
    return file


def decide(path: Path, *made: tuple[tuple[str, str], tuple[str, str], bool]) -> int:
    return record(path, [Decision(one, other, same, day(20)) for one, other, same in made], NOW)


def shown(path: Path, on: dt.date | None = None, **asked: str) -> list[tuple[str, ...]]:
    """Identifier, low, best, high, number of reports, and reports with their publishers."""
    return [
        (
            row["id"],
            *(row[f"fatalities_{end}"] for end in ("low", "best", "high")),
            row["report_count"],
            [f"{told['publisher']} {told['id']}" for told in row["reports"] or []],
        )
        for row in Store(path).export(IncidentQuery(known_on=on, **asked))
    ]


def test_a_confirmed_pair_is_one_event_with_a_range_and_the_reports_of_both(path: Path):
    assert [row[0] for row in shown(path)] == ["A", "B"]
    assert decide(path, (A, B, True)) == 1
    assert shown(path) == [("A", 2, 2, 3, 2, ["Daily one R1", "Daily two R1"])]
    store = Store(path)
    assert store.counts()["incidents"] == 1
    assert store.summary(IncidentQuery())["reports"] == 2
    assert [(row["publisher"], row["incidents"], row["alone"]) for row in store.sources(IncidentQuery())] == [
        ("Daily one", 1, 0),
        ("Daily two", 1, 0),
    ]
    assert sum(mark["n"] for mark in store.cells(IncidentQuery(), bbox=None, zoom=5, most=9)["marks"]) == 1


def test_on_an_earlier_day_the_event_has_what_was_public_by_then(path: Path):
    decide(path, (A, B, True))
    assert shown(path, day(5)) == []
    assert [row[:5] for row in shown(path, day(8))] == [("A", 2, 2, 2, 1)]
    assert shown(path, day(9)) == [("A", 2, 2, 3, 2, ["Daily one R1", "Daily two R1"])]


def test_the_incident_named_first_gives_the_event_its_face_whoever_was_first_to_tell(path: Path):
    decide(path, (B, A, True))
    assert [row[:5] for row in shown(path, day(8))] == [("B", 2, 2, 2, 1)]
    assert [row[:5] for row in shown(path)] == [("B", 2, 3, 3, 2)]


def test_a_withdrawn_member_counts_until_its_withdrawal(path: Path):
    decide(path, (A, C, True))
    assert [row[:5] for row in shown(path, day(7))] == [("A", 2, 2, 7, 2)]
    assert [row[:5] for row in shown(path, day(8))] == [("A", 2, 2, 2, 1)]


def test_a_data_set_still_finds_its_own_in_an_event_of_another(path: Path):
    decide(path, (A, B, True))
    assert [row[0] for row in shown(path, dataset="two")] == ["A"]
    assert [row["title"] for row in Store(path).history("B")] == ["Title of B"]


def test_a_rejected_confirmation_leaves_the_store_as_it_was_and_both_decisions_on_record(path: Path):
    before = shown(path)
    decide(path, (A, B, True))
    assert decide(path, (B, A, False)) == 1
    assert shown(path) == before
    ledger = Store(path).decisions()
    assert [(row["id"], row["decision"], row["decided_on"]) for row in ledger] == [
        ("A", "same", day(20)),
        ("B", "different", day(20)),
    ]


def test_a_decision_made_twice_is_written_once(path: Path):
    assert decide(path, (A, B, True), (B, A, True)) == 1
    assert decide(path, (B, A, True)) == 0
    assert len(Store(path).decisions()) == 1


def test_pairs_chain_into_one_event(path: Path):
    decide(path, (A, B, True), (B, C, True))
    assert [row[:5] for row in shown(path, day(7))] == [("A", 2, 2, 7, 2)]
    assert len(shown(path)) == 1


def test_what_is_held_apart_cannot_be_linked_by_way_of_a_third(path: Path):
    decide(path, (A, B, True), (A, C, False))
    with pytest.raises(CallError) as caught:
        decide(path, (B, C, True))
    assert str(caught.value) == (
        "one:A and two:C would be one event by way of other pairs, and are held apart; "
        "one of these pairs must be decided otherwise: one:A two:B, two:B two:C"
    )
    assert len(Store(path).decisions()) == 2


def test_an_incident_that_is_not_there_is_named(path: Path):
    with pytest.raises(CallError, match="two:Z: no incident has this identifier"):
        decide(path, (A, B, True), (A, ("two", "Z"), True))
    assert Store(path).decisions() == []


def test_an_incident_is_no_pair(path: Path):
    with pytest.raises(CallError, match="one:A: an incident is no pair; name two"):
        decide(path, (A, A, True))


def test_decisions_outlive_a_build(path: Path):
    decide(path, (A, B, True))
    event = shown(path)
    write(path, small.tables(**built()), threads=1)
    assert shown(path) == event
    assert decide(path, (A, B, False)) == 1
    assert [row[0] for row in shown(path)] == ["A", "B"]


def test_a_decision_on_what_a_build_no_longer_holds_waits(path: Path):
    decide(path, (A, B, True))
    less = built()
    less["incidents"] = less["incidents"][:1]
    write(path, small.tables(**less), threads=1)
    assert [row[:5] for row in shown(path)] == [("A", 2, 2, 2, 1)]
    write(path, small.tables(**built()), threads=1)
    assert [row[:5] for row in shown(path)] == [("A", 2, 2, 3, 2)]


def test_decided_pairs_are_not_proposed_again(path: Path):
    search = {"threshold": 0.0}
    assert [(p["a"]["id"], p["b"]["id"]) for p in Store(path).duplicates(Search(**search))] == [("A", "B")]
    decide(path, (A, B, False))
    assert list(Store(path).duplicates(Search(**search))) == []
    decide(path, (A, B, True))
    assert list(Store(path).duplicates(Search(**search))) == []
