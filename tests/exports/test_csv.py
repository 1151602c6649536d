"""CSV that a spreadsheet reads without being asked and without being fooled."""

from __future__ import annotations

import csv as reader
import io
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from geo.exports import Context, csv
from geo.exports.feature import COLUMNS
from geo.query import IncidentQuery
from geo.store import Store


@pytest.fixture
def export(held: Store, context: Callable[..., Context]) -> Callable[..., bytes]:
    """The bytes of an export of a query."""

    def of(**asked: Any) -> bytes:
        return b"".join(csv.write(held.export(IncidentQuery(**asked)), context("csv", **asked)))

    return of


def test_a_row_is_an_incident_with_its_publishers_addresses_and_figures(export: Callable[..., bytes]):
    rows = list(reader.DictReader(io.StringIO(export().decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == ["I1", "I2", "I3", "I4"]
    first = rows[0]
    assert list(first) == ["id", "lon", "lat", *COLUMNS, "publishers", "urls", "region_population"]
    assert (first["lon"], first["lat"]) == ("76.92861234", "43.25667891")
    assert (first["date_start"], first["date_end"], first["fatalities_best"]) == ("2022-01-05", "", "2")
    assert (first["publishers"], first["urls"]) == ("The Daily; Reprint", "https://example.org/1?a=1&b=2")
    assert (rows[2]["lon"], rows[2]["place"]) == ("", "Запад")
    assert first["region_population"] == "2000"


def test_pandas_reads_back_what_was_written(export: Callable[..., bytes], held: Store):
    frame = pd.read_csv(io.BytesIO(export()), encoding="utf-8-sig")
    rows = list(held.export(IncidentQuery()))
    assert frame["id"].tolist() == [row["id"] for row in rows]
    assert frame["lon"].astype(object).where(frame["lon"].notna(), None).tolist() == [
        row["lon"] for row in rows
    ]
    assert frame["date_start"].tolist() == [str(row["date_start"]) for row in rows]
    assert frame["summary"][1] == "'" + rows[1]["summary"]


def test_formulas_are_defused_and_numbers_keep_their_sign(export: Callable[..., bytes]):
    second, fourth = (list(reader.DictReader(io.StringIO(export().decode("utf-8-sig"))))[at] for at in (1, 3))
    assert (second["title"], second["actors"], second["lat"]) == ("'=1+1", "'-police", "-3.5")
    assert second["summary"].startswith("'@home")
    assert fourth["place_note"] == "'=cmd"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("plain", "plain"),
        ("a=b", "a=b"),
        ("", ""),
        (-1.5, "-1.5"),
        (-3, "-3"),
        (None, ""),
    ],
)
def test_a_cell_that_would_run_gets_an_apostrophe(cell: Any, written: str):
    raw = b"".join(csv.table(["x", "y"], [[cell, 1]])).decode("utf-8-sig")
    assert list(reader.reader(io.StringIO(raw, newline="")))[1] == [written, "1"]


def test_nothing_found_is_a_header_alone(export: Callable[..., bytes]):
    raw = export(text="nothing of the kind")
    assert raw.startswith(b"\xef\xbb\xbfid,lon,lat,")
    assert raw.count(b"\r\n") == 1
    assert len(pd.read_csv(io.BytesIO(raw), encoding="utf-8-sig")) == 0


def test_the_header_is_the_same_whether_anything_was_found(export: Callable[..., bytes]):
    none = export(text="nothing of the kind").decode("utf-8-sig").split("\r\n")[0].split(",")
    some = export().decode("utf-8-sig").split("\r\n")[0].split(",")
    assert some[: len(none)] == none
    assert all(name.startswith("region_") for name in some[len(none) :])


def test_made_again_it_is_the_same(export: Callable[..., bytes]):
    assert export() == export()


def test_lines_end_as_the_standard_says_and_the_encoding_is_marked(export: Callable[..., bytes]):
    raw = export()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")


def test_it_streams_in_pieces():
    pieces = list(csv.table(["n", "text"], ([n, "x" * 100] for n in range(3000))))
    assert len(pieces) > 3
    assert len(b"".join(pieces).splitlines()) == 3001
