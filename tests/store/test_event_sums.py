"""However it is counted or added up: two linked incidents count as one, and their figures are never added."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pyogrio
import pytest
from openpyxl import load_workbook

from geo import exports
from geo.query import BBox, IncidentQuery
from geo.store import COLLECTIONS, Ask, Decision, Store, record
from tests.store import small
from tests.store.small import day

QUERY = IncidentQuery()
HERE = BBox(4.0, 4.0, 6.0, 6.0)


def harmed(killed: int, injured: int) -> small.Row:
    low_to_high = [f"fatalities_{end}" for end in ("low", "best", "high")]
    return dict.fromkeys(low_to_high, killed) | dict.fromkeys(
        ("injured", "injured_low", "injured_high"), injured
    )


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A (2 killed, 10 injured) and B (3 and 30) are one event at a point; C and D one of a region."""
    file = tmp_path_factory.mktemp("sums") / "linked.duckdb"
    spot = {"lon": 5.0, "lat": 5.0, "admin1_id": "AA-west", "event_type": "Riots"}
    area = {"area_id": "AA-west", "admin1_id": "AA-west", "location_precision": "region"}
    rows = [
        small.incident("A", **spot, **harmed(2, 10)),
        small.incident("B", **spot, **harmed(3, 30)),
        small.incident("C", **area, **harmed(1, 0)),
        small.incident("D", **area, **harmed(1, 0)),
        small.incident("E", lon=15.0, lat=5.0),
    ]
    reports = [small.report(f"R{row['id']}", row["id"]) for row in rows]
    claims = [small.claim(f"C{at}", value=5.0, source_id=by) for at, by in enumerate(("daily", "reprint"))]
    small.store(file, rows, reports, claims).close()
    made = [
        Decision(("small", one), ("small", other), True, day(10)) for one, other in (("A", "B"), ("C", "D"))
    ]
    record(file, made, dt.datetime(2022, 2, 1, tzinfo=dt.UTC), threads=1)
    return Store(file, threads=1)


def exported(store: Store, form: str) -> bytes:
    about = exports.describe(QUERY, store.datasets, form, dt.datetime(2022, 2, 1, tzinfo=dt.UTC))
    return b"".join(exports.find(form).write(store.export(QUERY), about))


def test_the_numbers_above_the_map(linked: Store):
    told = linked.summary(QUERY)
    assert (told["incidents"], told["reports"], told["regions"]) == (3, 5, 1)
    assert linked.counts()["incidents"] == 3
    assert linked.makeup["incidents"] == 3


def test_the_counts_of_types_and_regions(linked: Store):
    assert linked.type_counts(QUERY) == {"Riots": 1, "Protests": 2}
    assert linked.region_counts(QUERY) == {"AA-west": 2}


def test_the_timeline(linked: Store):
    assert linked.days(QUERY).to_pylist() == [
        {"day": day(5), "event_type": "Protests", "n": 2},
        {"day": day(5), "event_type": "Riots", "n": 1},
    ]


@pytest.mark.parametrize(
    ("box", "most", "marks"), [(None, 9, [(1, 12), (1, 0)]), (None, 1, [(2, 12)]), (HERE, 9, [(1, 12)])]
)
def test_the_marks_of_the_map(linked: Store, box: BBox | None, most: int, marks: list[tuple[int, int]]):
    view = linked.cells(QUERY, bbox=box, zoom=3, most=most)
    assert [(mark["n"], mark["harm"]) for mark in view["marks"]] == marks
    assert [area["n"] for area in view["areas"]] == [1]
    assert view["total"] == sum(n for n, _ in marks) + 1


def test_the_vector_tiles(linked: Store, tmp_path: Path):
    tile = tmp_path / "0.mvt"
    tile.write_bytes(linked.tile("incidents", QUERY, 0, 0, 0))
    counted = pyogrio.read_dataframe(tile, layer="incidents", X="0", Y="0", Z="0")
    assert (counted["n"].sum(), counted["harm"].sum(), counted["Riots"].sum()) == (2, 12, 1)


def test_the_incidents_behind_a_mark_and_in_a_list(linked: Store):
    found = linked.details(QUERY)
    assert (found["total"], [row["id"] for row in found["incidents"]]) == (3, ["A", "C", "E"])
    page = linked.page(Ask(COLLECTIONS["incidents"]))
    assert page.matched == 3
    assert [f["id"] for f in orjson.loads(b"[" + b"".join(page.features) + b"]")] == ["A", "C", "E"]


def test_the_sources(linked: Store):
    assert [(row["publisher"], row["reports"], row["incidents"]) for row in linked.sources(QUERY)] == [
        ("The Daily", 5, 3)
    ]


def test_claims_of_two_sources_stand_side_by_side(linked: Store):
    assert [(row["id"], row["value"]) for row in linked.claims()] == [("C0", 5.0), ("C1", 5.0)]
    assert linked.makeup["claims"] == 2


def _csv(raw: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def _geojson(raw: bytes) -> list[dict[str, Any]]:
    told = orjson.loads(raw)
    assert told["eventmap"]["features"] == 3
    return [feature["properties"] for feature in told["features"]]


def _xlsx(raw: bytes) -> list[dict[str, Any]]:
    book = load_workbook(io.BytesIO(raw))
    said = dict(row[:2] for row in book["About"].values)
    assert (said["Incidents"], said["Reports"]) == ("3", "5")
    names, *rows = list(book["Incidents"].values)
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.mark.parametrize(("form", "read"), [("csv", _csv), ("geojson", _geojson), ("xlsx", _xlsx)])
def test_the_downloads(linked: Store, form: str, read: Callable[[bytes], list[dict[str, Any]]]):
    rows = read(exported(linked, form))
    assert sum(int(row["fatalities_best"] or 0) for row in rows) == 2 + 1
    assert [int(rows[0][f"fatalities_{end}"]) for end in ("low", "high")] == [2, 3]
    assert sum(int(row["injured"] or 0) for row in rows) == 10
    assert [int(row["report_count"]) for row in rows] == [2, 2, 1]


def test_every_sum_is_as_it_was_before_the_decision(linked: Store):
    then = IncidentQuery(known_on=day(9))
    assert linked.summary(then)["incidents"] == 5
    mark, _ = linked.cells(then, bbox=None, zoom=3, most=10)["marks"]
    assert (mark["n"], mark["harm"]) == (2, 45)
