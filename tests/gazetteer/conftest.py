"""The index of the world, built once and kept between runs, and the names of a few places."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.index import Index

PLACES = Path(__file__).resolve().parents[2] / "data" / "kazakhstan-2022" / "places.csv"


@pytest.fixture(scope="session")
def index(request: pytest.FixtureRequest) -> Index:
    return Index.open(request.config.cache.mkdir("gazetteer"))


@pytest.fixture(scope="session")
def world(index: Index) -> Gazetteer:
    """GeoNames alone."""
    return Gazetteer(index)


@pytest.fixture(scope="session")
def gazetteer(index: Index) -> Gazetteer:
    """GeoNames with the dated names of the data package."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        return Gazetteer(index, list(csv.DictReader(file)))


def name(place: str, spelling: str, **more: object) -> dict[str, object]:
    """A row of PLACE with what a test does not care about filled in."""
    row: dict[str, object] = {
        "place": place, "name": spelling, "language": "en", "valid_from": None, "valid_to": None,
        "kind": "settlement", "admin0": "KZ", "geonames_id": None, "admin1_ids": None,
    }  # fmt: skip
    return row | more
