"""One store of many incidents, for tests that ask and change nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from geo.store import Store
from tests.store import small
from tests.store.oracle import population


@pytest.fixture(scope="session")
def versions() -> list[small.Row]:
    """Every version of every incident in `many`."""
    return population()


@pytest.fixture(scope="session")
def many(versions: list[small.Row], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of the oracle's population, a report to each incident."""
    reports = [
        small.report(f"R-{row['id']}", row["id"], dataset=row["dataset"])
        for row in versions
        if row["known_to"] is None
    ]
    opened = small.store(tmp_path_factory.mktemp("many") / "many.duckdb", versions, reports)
    yield opened
    opened.close()
