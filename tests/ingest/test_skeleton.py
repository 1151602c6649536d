"""The skeleton of a data package is a data package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from geo.errors import CallError
from geo.ingest import skeleton
from geo.schema import PACKAGE_TABLES, given
from geo.sources import package
from tests.conftest import ROOT


def test_its_tables_are_read_without_a_reject(tmp_path: Path):
    read = package.read(skeleton.make(tmp_path / "unrest-2023", "kz"))
    assert read.rejects == ()
    assert {name: len(table) for name, table in read.tables.items()} == {
        "sources": 1,
        "places": 1,
        "incidents": 1,
        "reports": 1,
        "claims": 0,
        "regional_figures": 0,
    }
    assert read.descriptor["eventmap"]["admin0"] == ["KZ"]


def test_its_readme_explains_every_column(tmp_path: Path):
    text = (skeleton.make(tmp_path / "mine") / "README.md").read_text()
    for columns in PACKAGE_TABLES.values():
        assert all(f"| `{name}` |" in text for name in given(columns).names)


def test_its_check_builds_it(tmp_path: Path, environment: dict[str, str]):
    folder = skeleton.make(tmp_path / "mine", "KZ")
    done = subprocess.run(
        [sys.executable, str(folder / "check.py")],
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 incidents" in done.stdout


@pytest.mark.parametrize(
    ("name", "country", "line"),
    [
        (
            "My data!",
            "",
            "NAME: 'My data!' is no name of a data package; use small letters, digits and dashes",
        ),
        ("mine", "Kazakhstan", "--country: 'Kazakhstan' is no ISO code of a country; write it as KZ"),
    ],
)
def test_a_bad_call_is_refused(tmp_path: Path, name: str, country: str, line: str):
    with pytest.raises(CallError) as caught:
        skeleton.make(tmp_path / name, country)
    assert str(caught.value).startswith(line)


def test_nothing_is_written_over(tmp_path: Path):
    skeleton.make(tmp_path / "mine")
    with pytest.raises(CallError, match="it is there already; choose another name"):
        skeleton.make(tmp_path / "mine")
