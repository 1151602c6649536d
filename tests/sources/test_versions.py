"""An incident is a row per day on which its reports changed what was known of it; nothing is added up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.schema import INCIDENT, REPORT, SOURCE
from geo.sources import package as packages
from geo.sources.known import with_reported_on
from geo.sources.versions import versions

Row = dict[str, Any]
EVENT = {
    "date_start": dt.date(2022, 1, 5),
    "date_precision": "day",
    "location_precision": "city",
    "event_type": "Riots",
    "summary": "x",
}


def day(number: int) -> dt.date:
    return dt.date(2022, 1, number)


def report(key: str, reported: str | None = "2022-01-06", **more: Any) -> Row:
    told = {"id": key, "incident_id": "I1", "scope": "event", "source_id": "daily", "reported": reported}
    return dict.fromkeys(REPORT.names) | EVENT | told | more


def known(*reports: Row, incidents: Iterable[str] = ("I1",)) -> list[Row]:
    rows = [dict.fromkeys(INCIDENT.names) | EVENT | {"id": key, "title": key} for key in incidents]
    sources = [
        {"id": "daily", "weak": False},
        {"id": "weekly", "weak": False},
        {"id": "reprint", "weak": True},
    ]
    found = versions(
        pa.Table.from_pylist(rows, schema=INCIDENT),
        with_reported_on(reports, REPORT, "small"),
        pa.Table.from_pylist(sources, schema=SOURCE),
        "small",
    )
    assert found.schema == INCIDENT
    return found.to_pylist()


def columns(rows: list[Row], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_one_report_makes_one_version_that_still_holds():
    [only] = known(report("R1", fatalities=3))
    assert (only["known_from"], only["known_to"]) == (day(6), None)
    assert (only["first_reported_on"], only["first_reported_basis"]) == (day(6), "stated")
    assert (only["fatalities_low"], only["fatalities_best"], only["fatalities_high"]) == (3, 3, 3)
    assert (only["dataset"], only["report_count"], only["date_latest"]) == ("small", 1, day(5))
    assert (only["injured_low"], only["injured"], only["injured_high"]) == (None, None, None)


def test_each_day_of_new_reports_makes_a_version_that_ends_where_the_next_begins():
    rows = known(
        report("R1", "2022-01-06"), report("R2", "2022-01-06"), report("R3", "2022-01-09"), report("R4", None)
    )
    assert columns(rows, "known_from", "known_to", "report_count") == [
        (day(5), day(6), 1),
        (day(6), day(9), 3),
        (day(9), None, 4),
    ]
    assert set(columns(rows, "first_reported_on", "first_reported_basis")) == {(day(5), "event")}


def test_a_stated_first_day_is_preferred_to_an_assumed_one():
    rows = known(report("R1", None), report("R2", "2022-01-05"))
    assert columns(rows, "first_reported_on", "first_reported_basis") == [(day(5), "stated")]


def test_numbers_of_several_reports_are_a_range_and_are_never_added():
    rows = known(
        report("R1", "2022-01-06", fatalities=5, injured=40),
        report("R2", "2022-01-07", fatalities=2),
        report("R3", "2022-01-08", fatalities=9),
    )
    assert columns(rows, "fatalities_low", "fatalities_best", "fatalities_high", "injured") == [
        (5, 5, 5, 40),
        (2, 5, 5, 40),
        (2, 5, 9, 40),
    ]


def test_the_best_number_is_that_of_the_first_report_that_gives_one_weak_sources_last():
    [now] = known(
        report("R1", source_id="reprint", fatalities=1, arrested=7),
        report("R2"),
        report("R3", fatalities=4),
        report("R4", source_id="weekly", fatalities=2),
    )
    assert (now["fatalities_low"], now["fatalities_best"], now["fatalities_high"]) == (1, 4, 4)
    assert (now["arrested_low"], now["arrested"], now["arrested_high"]) == (7, 7, 7)


def test_nobody_killed_is_a_number_and_no_number_is_none():
    [now] = known(report("R1", fatalities=0))
    assert (now["fatalities_low"], now["fatalities_best"], now["fatalities_high"]) == (0, 0, 0)
    assert now["participants"] is None


def test_a_total_of_several_events_gives_no_number_but_counts_as_a_report():
    [now] = known(report("R1", scope="total", fatalities=100), report("R2", fatalities=3))
    assert (now["fatalities_high"], now["report_count"]) == (3, 2)


def test_a_wider_account_makes_its_second_incident_known_without_giving_it_numbers():
    wide = report("R1", "2022-01-06", fatalities=8, also_incident_id="I2")
    own = report("R2", "2022-01-08", incident_id="I2", fatalities=1)
    rows = known(wide, own, incidents=("I1", "I2"))
    assert columns(rows, "id", "known_from", "known_to", "fatalities_best", "report_count") == [
        ("I1", day(6), None, 8, 1),
        ("I2", day(6), day(8), None, 1),
        ("I2", day(8), None, 1, 2),
    ]


reports = st.lists(
    st.builds(
        lambda number, dead, weak: (number, dead, "reprint" if weak else "daily"),
        st.integers(1, 31),
        st.none() | st.integers(0, 9),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@given(reports)
def test_versions_follow_each_other_without_gap_and_bound_what_was_reported_by_then(told: list[tuple]):
    rows = known(
        *(
            report(f"R{at}", str(day(number)), fatalities=dead, source_id=source)
            for at, (number, dead, source) in enumerate(told)
        )
    )
    assert [row["known_to"] for row in rows] == [*(row["known_from"] for row in rows[1:]), None]
    for row in rows:
        by_then = [dead for number, dead, _ in told if day(number) <= row["known_from"] and dead is not None]
        assert row["fatalities_low"] == min(by_then, default=None)
        assert row["fatalities_high"] == max(by_then, default=None)
        assert row["fatalities_best"] in (by_then or [None])


def test_in_the_package_of_january_2022_every_incident_has_one_version_that_holds_today(package: Path):
    read = packages.read(package)
    told = with_reported_on(read.tables["reports"].to_pylist(), REPORT, read.name)
    rows = versions(read.tables["incidents"], told, read.tables["sources"], read.name).to_pylist()
    now = {row["id"]: row for row in rows if row["known_to"] is None}
    assert len(now) == 120
    assert all(row["known_from"] >= row["first_reported_on"] for row in rows)
    assert sum(row["report_count"] for row in now.values()) == 163 - 7 + 2  # totals; second incidents


@pytest.mark.parametrize("name", ["fatalities", "injured", "arrested", "participants"])
def test_every_number_of_a_report_has_its_range(name: str):
    [now] = known(report("R1", **{name: 6}))
    best = "fatalities_best" if name == "fatalities" else name
    assert (now[f"{name}_low"], now[best], now[f"{name}_high"]) == (6, 6, 6)


def test_numbers_that_an_incident_brings_stand_whatever_its_reports_say():
    row = dict.fromkeys(INCIDENT.names) | EVENT | {"id": "I1", "title": "I1"}
    row |= {"fatalities_low": 1, "fatalities_best": 2, "fatalities_high": 9}
    found = versions(
        pa.Table.from_pylist([row], schema=INCIDENT),
        with_reported_on([report("R1", fatalities=5, injured=3)], REPORT, "small"),
        pa.Table.from_pylist([{"id": "daily", "weak": False}], schema=SOURCE),
        "small",
    ).to_pylist()[0]
    assert [found[f"fatalities_{name}"] for name in ("low", "best", "high")] == [1, 2, 9]
    assert [found[name] for name in ("injured_low", "injured", "injured_high")] == [3, 3, 3]
