"""Confirmed incidents are one event; what each data set tells of them is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

from geo.errors import CallError
from geo.query import IncidentQuery
from geo.schema import SOURCE
from geo.store import COLLECTIONS, Ask, Decision, Search, Store, additions, record, write
from tests.store import small
from tests.store.small import Row, day

NOW = dt.datetime(2022, 2, 1, 12, tzinfo=dt.UTC)
A, B, C = ("one", "A"), ("two", "B"), ("two", "C")


def killed(number: int) -> Row:
    return {f"fatalities_{end}": number for end in ("low", "best", "high")}


def built() -> Row:
    """What a store is made of: A told from the 6th, B from the 9th, C from the 6th until the 8th."""
    spot = {"lon": 5.0, "lat": 5.0, "uncertainty_km": 10.0, "boundary_valid_on": day(5)}
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


def decide(path: Path, *made: tuple[tuple[str, str], tuple[str, str], bool | None], on: int = 20) -> int:
    return record(path, [Decision(one, other, same, day(on)) for one, other, same in made], NOW)


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


APART = [("A", 2, 2, 2, 1, ["Daily one R1"]), ("B", 3, 3, 3, 1, ["Daily two R1"])]
TOGETHER = [("A", 2, 2, 3, 2, ["Daily one R1", "Daily two R1"])]


def test_a_decision_holds_from_its_day_on(path: Path):
    decide(path, (A, B, True), on=20)
    assert shown(path, day(19)) == APART
    assert shown(path, day(20)) == TOGETHER
    assert [Store(path).summary(IncidentQuery(known_on=day(on)))["incidents"] for on in (19, 20)] == [2, 1]


def test_a_decision_that_is_taken_back_held_on_the_days_between(path: Path):
    decide(path, (A, B, True), on=20)
    decide(path, (A, B, False), on=25)
    assert [shown(path, day(on)) for on in (19, 20, 24, 25)] == [APART, TOGETHER, TOGETHER, APART]
    assert shown(path) == APART
    assert [row["id"] for row in Store(path).details(
        IncidentQuery(known_on=day(24)), keys=[], area="", unplaced=False)["incidents"]] == ["A"]  # fmt: skip


def test_an_event_that_grows_is_told_anew_from_each_day(path: Path):
    decide(path, (A, C, True), on=6)
    decide(path, (A, B, True), on=20)
    told = [[row[:5] for row in shown(path, day(on))] for on in (5, 6, 8, 9, 20)]
    event = ("A", 2, 2, 2, 1)
    assert told == [[], [("A", 2, 2, 7, 2)], [event], [event, ("B", 3, 3, 3, 1)], [("A", 2, 2, 3, 2)]]
    assert [row[:5] for row in shown(path)] == [("A", 2, 2, 3, 2)]


def test_an_event_of_early_days_has_what_was_public_by_then(path: Path):
    decide(path, (A, B, True), on=1)
    assert shown(path, day(5)) == []
    assert [row[:5] for row in shown(path, day(8))] == [("A", 2, 2, 2, 1)]
    assert shown(path, day(9)) == TOGETHER


def test_the_incident_named_first_gives_the_event_its_face_whoever_was_first_to_tell(path: Path):
    decide(path, (B, A, True), on=1)
    assert [row[:5] for row in shown(path, day(8))] == [("B", 2, 2, 2, 1)]
    assert [row[:5] for row in shown(path)] == [("B", 2, 3, 3, 2)]


def test_a_withdrawn_member_counts_until_its_withdrawal(path: Path):
    decide(path, (A, C, True), on=1)
    assert [row[:5] for row in shown(path, day(7))] == [("A", 2, 2, 7, 2)]
    assert [row[:5] for row in shown(path, day(8))] == [("A", 2, 2, 2, 1)]


def test_a_decision_written_down_late_is_overruled_by_one_of_a_later_day(path: Path):
    decide(path, (A, B, False), on=25)
    assert decide(path, (A, B, True), on=20) == 1
    assert [shown(path, day(on)) for on in (19, 20, 24, 25)] == [APART, TOGETHER, TOGETHER, APART]
    assert decide(path, (A, B, True), on=22) == 0


def test_a_pair_that_is_undecided_again_is_proposed_again(path: Path):
    decide(path, (A, B, True), on=20)
    assert decide(path, (A, B, None), on=25) == 1
    assert [shown(path, day(on)) for on in (20, 25)] == [TOGETHER, APART]
    assert [(p["a"]["id"], p["b"]["id"]) for p in Store(path).duplicates(Search(0.0))] == [("A", "B")]
    assert decide(path, (A, B, None), on=26) == 0
    assert decide(path, (B, C, True)) == 1, "nothing holds A and B apart any more"


def test_a_data_set_still_finds_its_own_in_an_event_of_another(path: Path):
    decide(path, (A, B, True))
    assert [row[0] for row in shown(path, dataset="two")] == ["A"]
    assert [row[0] for row in shown(path, day(20), dataset="two")] == ["A"]
    assert [row[0] for row in shown(path, day(19), dataset="two")] == ["B"]
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
    decide(path, (A, B, True), (B, C, True), on=1)
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


def test_decisions_may_not_contradict_each_other_on_a_day_that_is_past(path: Path):
    decide(path, (A, B, True), (A, C, False), on=10)
    decide(path, (A, C, None), on=20)
    with pytest.raises(CallError, match="one:A and two:C would be one event by way of other pairs"):
        decide(path, (B, C, True), on=15)
    assert decide(path, (B, C, True), on=20) == 1


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


def test_boundaries_that_are_added_move_every_member(path: Path):
    decide(path, (A, B, True))
    units = {"admin0": "AA", "admin1_id": "AA-new", "admin1_name": "New"}
    with additions.changing(path, threads=1) as change:
        points = change.points("AA", day(1), None)
        assert points.num_rows == 3, "each member is looked at, and what is withdrawn"
        moved = [{"row": row} | units for row in points["row"].to_pylist()]
        change.put(moved=pa.Table.from_pylist(moved))
    assert [row["admin1_id"] for row in Store(path).export(IncidentQuery())] == ["AA-new"]
    decide(path, (A, B, False))
    assert [row["admin1_id"] for row in Store(path).export(IncidentQuery())] == ["AA-new", "AA-new"]
    assert shown(path) == APART


def test_a_decision_on_what_a_build_no_longer_holds_waits(path: Path):
    decide(path, (A, B, True))
    less = built()
    less["incidents"] = less["incidents"][:1]
    write(path, small.tables(**less), threads=1)
    assert [row[:5] for row in shown(path)] == [("A", 2, 2, 2, 1)]
    less = built()
    less["incidents"] = less["incidents"][1:]
    write(path, small.tables(**less), threads=1)
    assert [row[:5] for row in shown(path)] == [("B", 3, 3, 3, 1)]
    write(path, small.tables(**built()), threads=1)
    assert [row[:5] for row in shown(path)] == [("A", 2, 2, 3, 2)]


def test_a_report_that_tells_of_both_is_counted_once(tmp_path: Path):
    file = tmp_path / "also.duckdb"
    both = small.report("R1", "A", also_incident_id="B")
    rows = [small.incident("A"), small.incident("B", report_count=2)]
    small.store(file, rows, [both, small.report("R2", "B", source_id="reprint")]).close()
    decide(file, (("small", "A"), ("small", "B"), True))
    (row,) = Store(file).export(IncidentQuery())
    assert (row["report_count"], [told["id"] for told in row["reports"]]) == (2, ["R1", "R2"])


def test_a_report_keeps_its_point_where_its_incident_goes_by_another_name(path: Path):
    decide(path, (A, B, True))
    told = b"".join(Store(path).page(Ask(COLLECTIONS["reports"])).features)
    assert told.count(b'"coordinates":[5.0,5.0]') == 2, "C, which is withdrawn, has none"


def test_decided_pairs_are_not_proposed_again(path: Path):
    search = {"threshold": 0.0}
    assert [(p["a"]["id"], p["b"]["id"]) for p in Store(path).duplicates(Search(**search))] == [("A", "B")]
    decide(path, (A, B, False))
    assert list(Store(path).duplicates(Search(**search))) == []
    decide(path, (A, B, True))
    assert list(Store(path).duplicates(Search(**search))) == []
