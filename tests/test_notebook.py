"""What notebooks get: frames that hold what an export holds, and a map that fetches nothing."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import geopandas as gpd
import pytest

import geo
from geo.errors import BadQuery
from geo.query import IncidentQuery, Interval
from geo.store import Store
from tests.conftest import ROOT


@pytest.fixture
def opened(store: Path) -> Store:
    return geo.open_store(store)


def test_incidents_are_those_of_an_export(opened: Store):
    frame = geo.incidents(event_type=["Riots", "Battles"], end="2022-01-06")
    asked = IncidentQuery(Interval(None, dt.date(2022, 1, 6)), event_types=("Riots", "Battles"))
    rows = list(opened.export(asked))
    assert list(frame["id"]) == [row["id"] for row in rows]
    assert frame.crs == "EPSG:4326"
    assert frame["date_start"].dt.year.eq(2022).all()
    placed = [row for row in rows if row["lon"] is not None]
    assert list(frame.geometry.dropna().x) == [row["lon"] for row in placed]
    assert frame.geometry.isna().sum() == len(rows) - len(placed)
    assert list(geo.incidents(IncidentQuery(text="nothing of the kind"))["id"]) == []


def test_claims_as_they_stood(opened: Store):
    then, now = geo.claims(metric="killed", known_on="2022-01-09"), geo.claims(metric="killed")
    assert set(then["id"]) < set(now["id"])
    assert isinstance(then, gpd.GeoDataFrame)


def test_regions_with_the_figures_of_the_day(opened: Store):
    frame = geo.regions_on("2022-01-05")
    assert len(frame) == 17
    assert frame["region_population"].sum() > 18_000_000
    assert frame.geometry.is_valid.all()
    assert "KZ-abai" in set(geo.regions_on()["id"]) or len(geo.regions_on()) == 17


def test_an_unknown_parameter_is_named(opened: Store):
    with pytest.raises(BadQuery, match="event: there is no such parameter; choose from: start, end"):
        geo.incidents(event="Riots")


def test_a_map_holds_all_it_needs(opened: Store):
    page = geo.explore(geo.incidents(start="2022-01-05", end="2022-01-05")).get_root().render()
    loaded = re.findall(r"""(?:src|href)="([^"]{0,60})""", page)
    assert loaded
    assert [one for one in loaded if not one.startswith("data:")] == []
    assert "Zhanaozen" in page or "Almaty" in page
    assert geo.explore(geo.claims()).get_root().render()


def test_the_example_of_the_docs_runs(store: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EVENTMAP_STORE", str(store))
    text = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(import geo.*?)```", text, re.DOTALL)
    names: dict[str, gpd.GeoDataFrame] = {}
    exec(compile(example, "docs/service.md", "exec"), names)
    assert len(names["riots"]) > 0
    assert len(names["regions"]) == 17
