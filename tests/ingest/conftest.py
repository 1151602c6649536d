"""A store of one's own, and files brought to it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geo import ingest
from geo.errors import StoreError
from geo.ingest import Atlas, imports
from geo.ingest.report import Report
from geo.query import IncidentQuery
from geo.settings import Settings
from geo.store import Store, connection, features

Row = dict[str, Any]
Deliver = Callable[..., Report]


@pytest.fixture
def settings(tmp_path: Path, environment: dict[str, str]) -> Settings:
    """A store of its own, and the place index that all tests share."""
    return Settings(store=tmp_path / "own" / "brought.duckdb", cache=Path(environment["EVENTMAP_CACHE"]))


@pytest.fixture(autouse=True)
def features_are_those_of_the_incidents(settings: Settings) -> Iterator[None]:
    """Whatever a test does to its store: what features tell is what is told of its incidents."""
    yield
    try:
        db = connection.connect(settings.store, 1)
    except StoreError:
        return
    made = features._made("true")
    for one, other in (("SELECT * FROM features", made), (made, "SELECT * FROM features")):
        assert db.execute(f"SELECT * FROM ({one}) EXCEPT ALL SELECT * FROM ({other})").fetchall() == []
    db.close()


@pytest.fixture(scope="session")
def atlas(environment: dict[str, str]) -> Atlas:
    """The gazetteer and the boundaries."""
    return Atlas.open(Settings(cache=Path(environment["EVENTMAP_CACHE"])))


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """A store without any data set."""
    made = Settings(tmp_path_factory.mktemp("begun") / "a.duckdb", cache=Path(environment["EVENTMAP_CACHE"]))
    ingest.begin(made)
    return made.store


@pytest.fixture
def deliver(settings: Settings, atlas: Atlas, begun: Path, tmp_path: Path) -> Deliver:
    """Bring a file: `deliver("a.csv", text, on="2022-02-01", whole=True, options=Options(...))`."""

    def of(
        name: str, content: str | bytes, *, on: str = "2022-02-01", options: Any = None, **more: Any
    ) -> Report:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        if not settings.store.exists():
            settings.store.parent.mkdir(exist_ok=True)
            shutil.copyfile(begun, settings.store)
        day = dt.date.fromisoformat(on)
        return imports.deliver(settings, path, options, delivered=day, atlas=atlas, **more)

    return of


@pytest.fixture
def known(settings: Settings) -> Callable[..., dict[str, Row]]:
    """Incidents by identifier, as known on a day or now: `known("2022-02-01")`."""

    def on(day: str = "") -> dict[str, Row]:
        asked = IncidentQuery.from_params({"known-on": day} if day else {})
        opened = Store(settings.store)
        try:
            return {row["id"]: row for row in opened.export(asked)}
        finally:
            opened.close()

    return on
