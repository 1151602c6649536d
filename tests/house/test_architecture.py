"""The table in docs/architecture.md is what the code does."""

from __future__ import annotations

import re

import grimp
import pytest

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "architecture.md"
ROOMS = sorted(
    path.stem
    for path in (ROOT / "geo").iterdir()
    if (path.suffix == ".py" or (path / "__init__.py").exists()) and not path.name.startswith("__")
)


def table() -> dict[str, set[str]]:
    """Rooms and what the table lets them import: its first and its last column."""
    rows = re.findall(
        r"^\| `(\w+)(?:\.py|/)` \|.*\| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {room: set(re.findall(r"`(\w+)`", allowed)) for room, allowed in rows}


def test_the_table_lists_every_room_and_no_other():
    assert set(table()) == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_what_the_table_says(room: str):
    graph = grimp.build_graph("geo", cache_dir=None)
    modules = {f"geo.{room}", *graph.find_descendants(f"geo.{room}")}
    imported = {
        one.split(".")[1]
        for module in modules
        for one in graph.find_modules_directly_imported_by(module)
        if "." in one
    }
    assert imported - {room} <= table()[room]
