"""One store is asked from many threads; the current one is the file that stands at the path now."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.errors import NotAStore, StoreMissing
from geo.query import IncidentQuery
from geo.store import Store, write
from tests.store import small
from tests.store.small import DESCRIPTOR, incident

EVERYTHING = IncidentQuery()


def count(store: Store) -> int:
    return int(store.summary(EVERYTHING)["incidents"])


def test_the_current_store_is_kept_until_the_file_is_another_one(tmp_path: Path):
    path = tmp_path / "a.duckdb"
    write(path, small.tables([incident("I1")]))
    first = Store.current(path)
    assert Store.current(path) is first
    write(path, small.tables([incident("I1"), incident("I2")]))
    second = Store.current(path)
    assert second is not first
    assert second.version != first.version
    assert (count(second), count(first)) == (2, 1)


def test_a_reader_of_the_old_store_is_not_disturbed_in_the_middle(tmp_path: Path):
    path = tmp_path / "a.duckdb"
    write(path, small.tables([incident(f"I{n:05}") for n in range(6000)]))
    rows = Store.current(path).export(EVERYTHING)
    assert next(rows)["id"] == "I00000"
    write(path, small.tables([incident("J1")]))
    assert [row["id"] for row in Store.current(path).export(EVERYTHING)] == ["J1"]
    assert sum(1 for _ in rows) == 5999


def test_a_file_that_vanished_or_was_spoilt_is_noticed(tmp_path: Path):
    path = tmp_path / "a.duckdb"
    write(path, small.tables())
    Store.current(path)
    path.unlink()
    with pytest.raises(StoreMissing):
        Store.current(path)
    path.write_text("spoilt")
    with pytest.raises(NotAStore):
        Store.current(path)
    path.unlink()
    write(path, small.tables([incident("I1")]))
    assert count(Store.current(path)) == 1


def test_threads_may_share_a_store(many: Store):
    queries = [
        IncidentQuery(),
        IncidentQuery(text="city"),
        IncidentQuery(event_types=("Riots",)),
        IncidentQuery(min_precision=None, dataset="small"),
    ]
    alone = [count_of(many, query) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: count_of(many, query), queries * 25))
    assert together == alone * 25


def count_of(store: Store, query: IncidentQuery) -> tuple[int, int, int]:
    cells = store.cells(query, bbox=None, zoom=3, most=50)
    return cells["total"], len(list(store.export(query))), store.summary(query)["incidents"]


def test_a_store_describes_its_data_sets(tmp_path: Path):
    held = small.store(tmp_path / "a.duckdb")
    assert held.datasets == {"small": DESCRIPTOR}
    assert held.countries == ["AA"]
    assert held.macro_regions() == [
        {"id": "AA-all", "name": "All", "regions": ["AA-west", "AA-east"], "note": None}
    ]


def test_a_data_set_need_not_say_what_it_is_about(tmp_path: Path):
    held = small.store(tmp_path / "a.duckdb", datasets={"bare": {"name": "bare"}})
    assert (held.countries, held.macro_regions()) == ([], [])
