"""Pages hold every feature once, in order, whatever is added between them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadQuery
from geo.exports.feature import feature
from geo.query import IncidentQuery
from geo.store import COLLECTIONS, Ask, Key, Store, pages
from geo.store.crs import CRS84
from tests.store import small
from tests.store.oracle import matches, queries

INCIDENTS = COLLECTIONS["incidents"]


def read(store: Store, ask: Ask, crs: str = CRS84) -> list[small.Row]:
    """The features of one page."""
    found = store.page(ask, crs)
    features = orjson.loads(b"[" + b"".join(found.features) + b"]")
    assert found.returned == len(features) <= found.matched
    return features


def walk(store: Store, ask: Ask) -> list[small.Row]:
    """The features of all pages, and that the count is that of all."""
    every: list[small.Row] = []
    while True:
        found = store.page(ask)
        every += orjson.loads(b"[" + b"".join(found.features) + b"]")
        if not found.next:
            assert found.matched == len(every)
            return every
        ask = ask.on_from(found.next)


@pytest.mark.parametrize("limit", [1, 50, 10_000])
def test_pages_together_are_the_whole_in_order(many: Store, limit: int):
    whole = [(row["date_start"], row["id"], row["dataset"]) for row in many.export(IncidentQuery())]
    paged = walk(many, Ask(INCIDENTS, limit=limit))
    assert [
        (dt.date.fromisoformat(f["properties"]["date_start"]), f["id"], f["properties"]["dataset"])
        for f in paged
    ] == whole


@settings(max_examples=40)
@given(query=queries)
def test_a_page_holds_what_an_export_of_the_same_query_holds(
    many: Store, versions: list[small.Row], query: IncidentQuery
):
    features = read(many, Ask(INCIDENTS, query))
    exported = [feature(row) for row in many.export(query)]
    assert features == orjson.loads(orjson.dumps(exported))
    assert sorted(f["id"] for f in features) == sorted(row["id"] for row in versions if matches(row, query))
    assert list(many.read(Ask(INCIDENTS, query))) == list(many.export(query))


@settings(max_examples=25)
@given(
    keys=st.lists(
        st.builds(
            Key,
            st.sampled_from(["fatalities_best", "event_type", "place", "date_end", "date_start"]),
            st.booleans(),
        ),
        max_size=3,
        unique_by=lambda key: key.name,
    ),
    limit=st.integers(20, 120),
)
def test_any_order_is_kept_across_pages(many: Store, keys: list[Key], limit: int):
    ask = Ask(INCIDENTS, order=tuple(keys), limit=limit)
    paged = walk(many, ask)
    assert len({(f["id"], f["properties"]["dataset"]) for f in paged}) == len(paged)
    values = [paged_key(f, ask) for f in paged]
    assert values == sorted(values)


def paged_key(found: small.Row, ask: Ask) -> list[object]:
    """Sorts as the ask does: nulls last, descending words turned letter by letter."""
    parts: list[object] = []
    for key in ask.keys:
        value = found["id"] if key.name == "id" else found["properties"][key.name]
        if value is None:
            parts.append((1, 0))
        elif isinstance(value, str):
            raw = value.encode()
            parts.append((0, [255 - byte for byte in raw] + [256] if key.descending else list(raw)))
        else:
            parts.append((0, -value if key.descending else value))
    return parts


def test_what_is_read_some_days_at_a_time_is_the_same(many: Store, monkeypatch: pytest.MonkeyPatch):
    whole = read(many, Ask(INCIDENTS))
    monkeypatch.setattr(pages, "WINDOW", 10)
    assert read(many, Ask(INCIDENTS)) == whole
    turned = Ask(INCIDENTS, order=(Key("date_start", True),))
    assert [f["properties"]["date_start"] for f in read(many, turned)] == sorted(
        (f["properties"]["date_start"] for f in whole), reverse=True
    )


def test_what_is_added_between_pages_is_neither_repeated_nor_a_gap(tmp_path: Path):
    rows = [small.incident(f"I{n:02}", date_start=small.day(n % 9 + 1)) for n in range(20)]
    path = tmp_path / "a.duckdb"
    before = small.store(path, rows)
    found = before.page(Ask(INCIDENTS, limit=8))
    seen = [f["id"] for f in orjson.loads(b"[" + b"".join(found.features) + b"]")]
    later = [small.incident(f"J{n:02}", date_start=small.day(n + 1)) for n in range(9)]
    after = small.store(path, [*later, *rows])
    rest = [f["id"] for f in walk_from(after, Ask(INCIDENTS, limit=8).on_from(found.next))]
    assert not set(seen) & set(rest)
    assert {row["id"] for row in rows} <= {*seen, *rest}
    before.close()
    after.close()


def walk_from(store: Store, ask: Ask) -> list[small.Row]:
    every: list[small.Row] = []
    while True:
        found = store.page(ask)
        every += orjson.loads(b"[" + b"".join(found.features) + b"]")
        if not found.next:
            return every
        ask = ask.on_from(found.next)


@pytest.mark.parametrize(
    "token", ["", "x", "!!", "W10", "bnVsbA", "WzEsMiwzXQ", "WyIyMDIyIiwiYSIsImIiXQ", "é", "[" * 500]
)
def test_a_token_that_is_none_is_refused(token: str):
    with pytest.raises(BadQuery, match="cursor: this is not where a page ends"):
        Ask(INCIDENTS).on_from(token)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_collection_can_be_read_and_each_feature_found(many: Store, name: str):
    collection = COLLECTIONS[name]
    features = walk(many, Ask(collection, limit=50))
    assert len({f["id"] for f in features}) == len(features) or name in ("incidents", "reports")
    for found in features[:3]:
        assert set(found) == {"type", "id", "geometry", "properties"}
        assert read(many, Ask(collection, identifier=found["id"], limit=1))[0]["id"] == found["id"]
    assert read(many, Ask(collection, identifier='it\'s/"none"')) == []


def test_a_long_reply_in_many_windows_is_the_same(many: Store, monkeypatch: pytest.MonkeyPatch):
    whole = read(many, Ask(INCIDENTS))
    for name, value in (("FIRST", 2), ("WINDOW", 5), ("HELD", 10), ("BATCH", 3)):
        monkeypatch.setattr(pages, name, value)
    assert read(many, Ask(INCIDENTS)) == whole
    assert read(many, Ask(INCIDENTS, limit=40)) == whole[:40]
    assert read(many, Ask(INCIDENTS, order=(Key("date_start", True),)))[0]["properties"]["date_start"] == max(
        one["properties"]["date_start"] for one in whole
    )


def test_a_long_reply_goes_on_with_the_file_it_began_with(tmp_path: Path):
    path = tmp_path / "a.duckdb"
    held = small.store(path, [small.incident("A")])
    small.store(path, [small.incident("B")]).close()
    assert [one["id"] for one in read(held, Ask(INCIDENTS))] == ["A"]


@pytest.mark.parametrize(
    "title", ['a "quote"', "a \\ and a\nline", "tab\t\x01", "Қазақстан 🏔", "</script>", "'"]
)
def test_any_text_comes_out_as_it_went_in(tmp_path: Path, title: str):
    held = small.store(tmp_path / "a.duckdb", [small.incident("A", title=title, summary=title)])
    (one,) = read(held, Ask(INCIDENTS))
    assert one["properties"]["title"] == one["properties"]["summary"] == title
