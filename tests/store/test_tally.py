"""What matches is counted once for all pages, and areas are asked for only where there are any."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadQuery
from geo.query import IncidentQuery
from geo.store import COLLECTIONS, Ask, Key, Store, asking, tally
from tests.store import small
from tests.store.oracle import matches, queries

INCIDENTS = COLLECTIONS["incidents"]


@given(query=queries)
@settings(max_examples=60, deadline=None)
def test_as_many_match_as_match(many: Store, versions: list[small.Row], query: IncidentQuery) -> None:
    found = tally.Tallies().of(many._cursor(), Ask(INCIDENTS, query))
    assert found.matched == sum(matches(row, query) for row in versions)
    assert [day for day, _ in found.days] == sorted(day for day, _ in found.days)


def test_every_page_of_a_question_is_of_one_count(many: Store) -> None:
    tallies, ask = tally.Tallies(), Ask(INCIDENTS, limit=3)
    first = tallies.of(many._cursor(), ask)
    many_more = replace(ask, limit=50, after=(first.days[0][0], "x", "y"))
    closed = many._cursor()  # here another count would find one feature
    closed.execute("CREATE TEMP TABLE features AS SELECT * FROM features LIMIT 1")
    assert tallies.of(closed, many_more).days == first.days
    assert tallies.of(closed, replace(ask, order=(Key("date_start", True),))).days == first.days[::-1]
    assert tally.Tallies().of(closed, ask).matched == 1


def test_the_questions_of_long_ago_are_forgotten(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "KEPT", 2)
    tallies = tally.Tallies()
    for n in range(5):
        box = f"{n},40,{n + 60},60"
        tallies.of(many._cursor(), Ask(INCIDENTS, IncidentQuery.from_params({"bbox": box})))
    assert len(tallies._kept) == 2


@given(west=st.floats(-180, 120), south=st.floats(-85, 60))
@settings(max_examples=60, deadline=None)
def test_leaving_areas_out_changes_nothing(many: Store, west: float, south: float) -> None:
    query = IncidentQuery.from_params({"bbox": f"{west},{south},{west + 40},{south + 20}"})
    found = tally.Tallies().of(many._cursor(), Ask(INCIDENTS, query)).matched
    (text, values), _ = asking.where(Ask(INCIDENTS, query))
    counted = many._cursor().execute(f"SELECT count(*) FROM features WHERE {text}", values).fetchone()
    assert counted == (found,)


def test_a_filter_that_cannot_be_worked_out_is_told(tmp_path: Path) -> None:
    store = small.store(tmp_path / "s.duckdb", [small.incident("a", fatalities_best=1)])
    tree = {"op": "like", "args": [{"property": "title"}, "\\"]}
    with pytest.raises(BadQuery, match="cannot be worked out"):
        tally.Tallies().of(store._cursor(), Ask(INCIDENTS, tree=tree))
