"""A store of its own for each test, made from a small package."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geo import ingest
from geo.settings import Settings
from tests.sources.small import INCIDENT, REPORT, write_package

PLACES = {
    "January": ("Semey", "2022-01-05"),
    "July": ("Semey", "2022-07-01"),
    "east": ("Oskemen", "2022-07-01"),
}


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> tuple[Path, Path]:
    """A store with incidents in Semey before and after the split, and in Oskemen; and its package."""
    folder = tmp_path_factory.mktemp("built")
    rows = [
        INCIDENT | {"id": key, "place": place, "date_start": day, "date_end": day}
        for key, (place, day) in PLACES.items()
    ]
    rows.append(
        INCIDENT | {"id": "far", "place": "Aktau", "date_start": "2022-07-01", "date_end": "2022-07-01"}
    )
    reports = [REPORT | {"id": f"r-{row['id']}", "incident_id": row["id"]} for row in rows]
    package = write_package(folder / "small", incidents=rows, reports=reports)
    (package / "datapackage.json").write_text(json.dumps({"name": "small", "eventmap": {"admin0": ["KZ"]}}))
    store = folder / "small.duckdb"
    ingest.build(Settings(store=store, cache=Path(environment["EVENTMAP_CACHE"])), [package])
    return store, package


@pytest.fixture
def settings(tmp_path: Path, built_once: tuple[Path, Path], environment: dict[str, str]) -> Settings:
    """A copy of that store."""
    store = tmp_path / "copy.duckdb"
    store.write_bytes(built_once[0].read_bytes())
    return Settings(store=store, cache=Path(environment["EVENTMAP_CACHE"]))


@pytest.fixture
def rebuild(settings: Settings, built_once: tuple[Path, Path]) -> Callable[[], None]:
    """Build the store anew from its package."""

    def again() -> None:
        ingest.build(settings, [built_once[1]])

    return again
