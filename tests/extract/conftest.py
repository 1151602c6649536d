"""The world's places, opened once, and readings of a few words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from geo.extract import Reading, read
from geo.ingest.places import WorldPlaces
from geo.settings import Settings

DAY = dt.date(2022, 1, 9)  # a Sunday

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def cached(request: pytest.FixtureRequest) -> Settings:
    """Settings with the indexes in a folder that is kept between runs."""
    return replace(Settings(), cache=request.config.cache.mkdir("gazetteer"))


@pytest.fixture(scope="session")
def places(cached: Settings) -> WorldPlaces:
    """The world, with the dated names of the data packages."""
    return WorldPlaces.open(cached)


@pytest.fixture(scope="session")
def reads(places: WorldPlaces) -> Read:
    """Read a text: `reads("…", published=DAY)`."""

    def of(text: str, published: dt.date | None = DAY, **options: str) -> Reading:
        return read(text, published=published, places=places, **options)  # type: ignore[arg-type]

    return of
