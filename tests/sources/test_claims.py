"""The ledger of claims: bounds by wording, since when each was known, and since when its status held."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from geo.schema import CLAIM
from geo.sources import package as packages
from geo.sources.claims import ledger

Row = dict[str, Any]


def day(number: int) -> dt.date:
    return dt.date(2022, 1, number)


def claim(key: str, **more: Any) -> Row:
    row = {"id": key, "metric": "killed", "value": 5.0, "qualifier": "exact", "unit": "persons"}
    row |= {"place": "Almaty", "claimed_by": "A ministry", "status": "stands", "source_id": "daily"}
    return dict.fromkeys(CLAIM.names) | row | {"reported": "2022-01-06"} | more


def entered(*claims: Row) -> dict[str, Row]:
    table = ledger(pa.Table.from_pylist(list(claims), schema=CLAIM), "small")
    assert table.schema == CLAIM
    return {row["id"]: row for row in table.to_pylist()}


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [("exact", 5, 5), ("at least", 5, None), ("at most", None, 5), ("about", None, None)],
)
def test_the_wording_of_a_number_bounds_it(qualifier: str, low: float | None, high: float | None):
    row = entered(claim("C1", qualifier=qualifier))["C1"]
    assert (row["low"], row["high"], row["value"]) == (low, high, 5)


def test_a_claim_without_a_number_has_no_bounds():
    row = entered(claim("C1", value=None))["C1"]
    assert (row["low"], row["high"], row["value"]) == (None, None, None)


@pytest.mark.parametrize(
    ("dates", "day_known", "basis"),
    [
        ({"reported": "2022-01-06"}, day(6), "stated"),
        ({"reported": "2022-01"}, day(31), "month"),
        ({"reported": None, "about_start": day(2), "about_end": day(5)}, None, "unknown"),
    ],
)
def test_a_claim_of_no_stated_day_is_known_on_no_particular_day(dates: Row, day_known: dt.date, basis: str):
    row = entered(claim("C1", **dates))["C1"]
    assert (row["reported_on"], row["reported_basis"], row["dataset"]) == (day_known, basis, "small")


@pytest.mark.parametrize(
    ("status", "status_from"),
    [
        pytest.param({}, 6, id="stands from the start"),
        pytest.param({"status": "disputed"}, 6, id="disputed from the start: no day is given"),
        pytest.param({"status": "superseded", "superseded_by": "C2"}, 9, id="from the successor's day"),
        pytest.param({"status": "superseded"}, 6, id="by nobody we know: from the start"),
        pytest.param({"status": "retracted", "withdrawn_on": day(8)}, 8, id="from its withdrawal"),
        pytest.param({"status": "retracted", "withdrawn_on": day(6)}, 7, id="stands on its first day"),
        pytest.param(
            {"status": "retracted", "withdrawn_on": day(8), "superseded_by": "C2"}, 8, id="withdrawn before"
        ),
        pytest.param({"status": "retracted", "superseded_by": "C2"}, 9, id="withdrawn with its successor"),
        pytest.param({"status": "superseded", "superseded_by": "C0"}, 7, id="an older one cannot precede it"),
    ],
)
def test_a_status_holds_from_the_day_of_the_change(status: Row, status_from: int):
    rows = entered(
        claim("C0", reported="2022-01-03"), claim("C1", **status), claim("C2", reported="2022-01-09")
    )
    assert rows["C1"]["status_from"] == day(status_from)


def test_the_164_deaths_of_9_january_stand_that_day_and_are_withdrawn_from_the_next(package: Path):
    read = packages.read(package)
    toll = {row["id"]: row for row in ledger(read.tables["claims"], read.name).to_pylist()}["C013"]
    assert (toll["value"], toll["status"], toll["superseded_by"]) == (164, "retracted", "C022")
    assert (toll["reported_on"], toll["withdrawn_on"], toll["status_from"]) == (day(9), day(9), day(10))


def test_each_later_toll_replaces_the_one_before_on_the_day_it_is_known(package: Path):
    read = packages.read(package)
    rows = {row["id"]: row for row in ledger(read.tables["claims"], read.name).to_pylist()}
    chain = ["C022", "C024", "C026", "C035", "C037"]
    assert [rows[key]["value"] for key in chain] == [225, 227, 230, 232, 238]
    assert [rows[key]["status_from"] for key in chain[:-1]] == [rows[key]["reported_on"] for key in chain[1:]]
    assert rows["C037"]["status"] == "stands"
