"""What `eventmap export` wrote is read back equal, in every format that has rows."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import exports
from geo.query import IncidentQuery
from geo.schema import EVENT_TYPES, INCIDENT, DatePrecision, Precision
from geo.sources.draft import EVENT
from geo.store import Store
from tests.sources.bring import bring

FORMATS = ("csv", "csv-zip", "xlsx", "geojson", "gpkg", "geoparquet", "fgb", "kml")
SAME = [name for name in EVENT.names if name in INCIDENT.names]
NOW = dt.datetime(2022, 2, 1, tzinfo=dt.UTC)

words = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\ufffd"), max_size=30
    )
    .map(str.strip)
    .filter(lambda text: not text.startswith("'"))
)
counts = st.none() | st.integers(0, 10**6)


@st.composite
def incidents(draw: st.DrawFn) -> dict[str, Any]:
    """A row as the store exports it."""
    kind = draw(st.sampled_from(list(EVENT_TYPES)))
    start = draw(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
    placed = draw(st.booleans())
    row: dict[str, Any] = dict.fromkeys(INCIDENT.names)
    row |= {
        name: draw(counts)
        for name in SAME
        if name.startswith(("fatalities", "injured", "arrested", "partici"))
    }
    row |= {
        name: draw(words) or None for name in ("place", "place_text", "time_local", "actors", "source_type")
    }
    row |= {
        "dataset": "small",
        "title": draw(words.filter(bool)),
        "summary": draw(words.filter(bool)),
        "date_start": start,
        "date_end": draw(st.none() | st.just(start + dt.timedelta(days=3))),
        "date_latest": start,
        "date_precision": str(draw(st.sampled_from(list(DatePrecision)))),
        "location_precision": str(draw(st.sampled_from(list(Precision)))),
        "event_type": kind,
        "sub_event_type": draw(st.none() | st.sampled_from(EVENT_TYPES[kind])),
        "lon": draw(st.floats(-180, 180).map(lambda value: round(value, 6))) if placed else None,
        "lat": draw(st.floats(-90, 90).map(lambda value: round(value, 6))) if placed else None,
        "report_count": 1,
        "known_from": start,
        "reports": [
            {
                "id": "R1",
                "publisher": "The Daily",
                "weak": False,
                "url": "https://example.org/a",
                "reported_on": start,
                "reported_basis": "stated",
                "scope": "event",
                "also": False,
                "summary": "Told.",
            }
        ],
    }
    return row


def written(rows: list[dict[str, Any]], name: str, folder: Path) -> Path:
    """An export of these rows."""
    form = exports.find(name)
    context = exports.describe(IncidentQuery(), {"small": {"title": "Small"}}, name, NOW)
    path = folder / f"x{form.suffix}"
    path.write_bytes(b"".join(form.write(iter(rows), context)))
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_the_data_package_of_january_comes_back(store: Path, tmp_path: Path, name: str):
    rows = list(Store(store).export(IncidentQuery()))
    found = bring(written(rows, name, tmp_path))
    assert (found.kind, found.rejects) == ("incidents", [])
    back = {row["id"]: row for row in found.rows}
    assert [{key: back[row["id"]][key] for key in SAME} for row in rows] == [
        {key: row[key] for key in SAME} for row in rows
    ]


@pytest.mark.parametrize("name", FORMATS)
@given(st.lists(incidents(), min_size=1, max_size=4))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_was_exported_comes_back_equal(name: str, rows: list[dict[str, Any]]):
    rows = [row | {"id": f"I{at}"} for at, row in enumerate(rows)]
    with tempfile.TemporaryDirectory() as folder:
        found = bring(written(rows, name, Path(folder)))
    assert found.rejects == []
    assert [{key: row[key] for key in SAME} for row in found.rows] == [
        {key: row[key] for key in SAME} for row in rows
    ]


def test_reports_come_back_with_the_day_they_are_known_since(store: Path, tmp_path: Path):
    rows = list(Store(store).export(IncidentQuery()))
    found = bring(written(rows, "geojson", tmp_path))
    told = {row["id"]: row["tellings"] for row in found.rows}
    for row in rows:
        assert [(one["key"], one["publisher"], one["url"]) for one in told[row["id"]]] == [
            (report["id"], report["publisher"], report["url"]) for report in row["reports"]
        ]


def test_a_defused_formula_is_text_again(tmp_path: Path):
    header = "id,title,date_start,date_precision,location_precision,event_type,summary"
    row = "I1,'=1+1,2022-01-05,day,city,Protests,'-police"
    found = bring(tmp_path / "a.csv", f"{header}\n{row}\n").row
    assert (found["title"], found["summary"]) == ("=1+1", "-police")
