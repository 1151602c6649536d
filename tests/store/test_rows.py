"""Rows are those that the query means in plain Python, in order, with the reports then known."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings

from geo.query import BBox, IncidentQuery, Interval
from geo.schema import SOURCE
from geo.store import Store
from tests.store import small
from tests.store.oracle import key, matches, queries
from tests.store.small import Row, day, incident, report

EVERYTHING = IncidentQuery()
A_FEW = settings(max_examples=60)


def ids(rows: list[Row]) -> list[str]:
    return [row["id"] for row in rows]


def test_the_extent_is_of_the_first_days_of_todays_incidents(many: Store, versions: list[Row]):
    days = [row["date_start"] for row in versions if row["known_to"] is None]
    assert many.extent == (min(days), max(days))


@A_FEW
@given(queries)
def test_an_export_holds_the_rows_that_the_query_means(
    many: Store, versions: list[Row], query: IncidentQuery
):
    wanted = sorted((row for row in versions if matches(row, query)), key=key)
    assert ids(list(many.export(query))) == ids(wanted)
    assert many.summary(query)["incidents"] == len(wanted)
    assert many.type_counts(query) == Counter(row["event_type"] for row in wanted)


@A_FEW
@given(queries)
def test_an_incident_counts_on_every_day_it_can_touch(many: Store, versions: list[Row], query: IncidentQuery):
    counts: Counter[tuple[dt.date, str]] = Counter()
    for row in versions:
        if matches(row, query):
            length = (row["date_latest"] - row["date_start"]).days
            counts.update((row["date_start"] + dt.timedelta(n), row["event_type"]) for n in range(length + 1))
    found = {(row["day"], row["event_type"]): row["n"] for row in many.days(query).to_pylist()}
    assert found == counts


def test_the_count_of_a_day_is_what_a_filter_of_that_day_shows(many: Store):
    shown = Counter[dt.date]()
    for row in many.days(EVERYTHING).to_pylist():
        shown[row["day"]] += row["n"]
    for number in (1, 7, 15, 29):
        only = IncidentQuery(interval=Interval(day(number), day(number)))
        assert many.summary(only)["incidents"] == shown[day(number)]


def test_pages_of_details_follow_each_other_and_know_the_total(many: Store):
    whole = many.details(EVERYTHING, limit=1000)
    pages = [many.details(EVERYTHING, limit=70, offset=offset) for offset in range(0, 350, 70)]
    assert [len(page["incidents"]) for page in pages] == [70, 70, 70, 70, 20]
    assert {page["total"] for page in pages} == {whole["total"]} == {300}
    assert [key for page in pages for key in ids(page["incidents"])] == ids(whole["incidents"])
    assert many.details(EVERYTHING, offset=300)["incidents"] == []


def test_details_may_be_of_what_has_no_place(many: Store, versions: list[Row]):
    lost = [r for r in versions if r["lon"] is None and r["area_id"] is None and r["known_to"] is None]
    assert ids(many.details(EVERYTHING, unplaced=True)["incidents"]) == ids(sorted(lost, key=key))


WORDS = {
    "100% of it": "100%",
    "O'Brien's": "o'brien",
    "a;b": "A;B",
    'say "no"': '"NO"',
    "under_score": "_",
    "back\\slash": "k\\s",
    "АЛМАТЫ": "алматы",
    "İzmir": "İzmir",
    "ΟΔΟΣ": "ΟΔΟΣ",
    "one two three": "THREE one",
    "line\u2028break": "break",
}


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of one incident to each title."""
    rows = [incident(title, title=title, summary="", actors=None) for title in WORDS]
    return small.store(tmp_path_factory.mktemp("titled") / "titled.duckdb", rows)


@pytest.mark.parametrize(("title", "asked"), WORDS.items())
def test_words_are_found_as_they_are_written_in_any_case_and_order(titled: Store, title: str, asked: str):
    assert ids(list(titled.export(IncidentQuery(text=asked)))) == [title]


@pytest.mark.parametrize("asked", ["' OR 1=1 --", "%a", "'; DROP TABLE incidents; --", "\0", "x" * 100_000])
def test_hostile_words_find_nothing_and_break_nothing(titled: Store, asked: str):
    assert titled.summary(IncidentQuery(text=asked))["incidents"] == 0
    assert titled.summary(IncidentQuery(admin1=(asked,), dataset=asked))["incidents"] == 0
    assert titled.summary(EVERYTHING)["incidents"] == len(WORDS)


TWO_REPORTS = [
    report("R2", "I1", source_id="daily", url="https://example.org/2", reported_on=day(6)),
    report("R1", "I1", source_id="reprint", reported_on=day(8), reported_basis="event", scope="total"),
    report("R3", "I2", also_incident_id="I1", reported_on=day(7)),
]


@pytest.fixture
def told(tmp_path: Path) -> Store:
    """Two incidents; three reports tell of the first, one of them of both."""
    rows = [
        incident("I1", lon=5.0, lat=5.0, admin1_id="AA-west", first_reported_basis="event"),
        incident("I2", lon=6.0, lat=5.0, admin1_id="AA-east", first_reported_basis="stated"),
    ]
    return small.store(tmp_path / "told.duckdb", rows, TWO_REPORTS)


def test_reports_of_an_incident_come_with_it_its_own_first_weak_ones_last(told: Store):
    first, second = told.details(EVERYTHING)["incidents"]
    assert first["reports"] == [
        {
            "id": "R2",
            "publisher": "The Daily",
            "weak": False,
            "url": "https://example.org/2",
            "reported_on": day(6),
            "reported_basis": "stated",
            "scope": "event",
            "also": False,
            "summary": "Told by R2.",
        },
        {
            "id": "R1",
            "publisher": "Reprint",
            "weak": True,
            "url": None,
            "reported_on": day(8),
            "reported_basis": "event",
            "scope": "total",
            "also": False,
            "summary": "Told by R1.",
        },
        first["reports"][2] | {"id": "R3", "also": True},
    ]
    assert [(row["id"], row["also"]) for row in second["reports"]] == [("R3", False)]


def test_reports_that_came_later_are_left_out_on_an_earlier_day(told: Store):
    shown = {
        number: [report["id"] for report in told.details(on)["incidents"][0]["reports"]]
        for number in (6, 7, 8)
        if (on := IncidentQuery(known_on=day(number)))
    }
    assert shown == {6: ["R2"], 7: ["R2", "R3"], 8: ["R2", "R1", "R3"]}
    [exported, _] = told.export(IncidentQuery(known_on=day(6)))
    assert [report["id"] for report in exported["reports"]] == ["R2"]


def test_the_summary_counts_each_report_and_source_once(told: Store):
    assert told.summary(EVERYTHING) == {
        "incidents": 2,
        "regions": 2,
        "unplaced": 0,
        "undated": 1,
        "reports": 3,
        "sources": 2,
    }
    assert told.summary(IncidentQuery(known_on=day(7)))["reports"] == 2
    assert told.summary(IncidentQuery(bbox=BBox(5.5, 0, 7, 9)))["reports"] == 1
    assert told.summary(IncidentQuery(text="nothing"))["sources"] == 0


def test_data_sets_that_use_the_same_identifiers_are_kept_apart(tmp_path: Path):
    rows = [incident("I1", lon=5.0, lat=5.0), incident("I1", dataset="other", lon=5.0, lat=5.0)]
    reports = [report("R1", "I1"), report("R1", "I1", dataset="other", source_id="theirs")]
    theirs = {"id": "theirs", "dataset": "other", "publisher": "Theirs", "weak": False}
    sources = pa.Table.from_pylist([*small.tables().sources.to_pylist(), theirs], schema=SOURCE)
    held = small.store(tmp_path / "two.duckdb", rows, reports, sources=sources)
    told = {row["dataset"]: [r["publisher"] for r in row["reports"]] for row in held.export(EVERYTHING)}
    assert told == {"small": ["The Daily"], "other": ["Theirs"]}
    assert (held.summary(EVERYTHING)["reports"], held.summary(EVERYTHING)["sources"]) == (2, 2)


def test_figures_are_those_valid_on_the_first_day_of_the_incident(tmp_path: Path):
    rows = [
        incident("I1", date_start=day(3), admin1_id="AA-west"),
        incident("I2", date_start=day(4), admin1_id="AA-west"),
        incident("I3", admin1_id="AA-east"),
    ]
    held = small.store(tmp_path / "figures.duckdb", rows)
    assert [row["region_population"] for row in held.export(EVERYTHING)] == [1000, 2000, None]


def test_spans_are_the_days_of_incidents_whose_day_is_not_known(tmp_path: Path) -> None:
    week = {"date_precision": "week", "date_start": small.day(3), "date_latest": small.day(9)}
    several = {"date_start": small.day(3), "date_end": small.day(4), "date_latest": small.day(4)}
    held = small.store(
        tmp_path / "spans.duckdb",
        [small.incident("a", **week), small.incident("b", **week), small.incident("c", **several)],
    )
    assert held.spans(IncidentQuery()) == [(small.day(3), small.day(9), 2)]
    assert held.spans(IncidentQuery(known_on=small.day(1))) == []
    held.close()
