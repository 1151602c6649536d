"""A CSV file becomes a table of its good rows; a bad row is a reject, a bad file a named error."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pytest

from geo.errors import TableError
from geo.schema import INCIDENT, SOURCE
from geo.sources.cells import Fault
from geo.sources.table import read
from tests.sources.small import INCIDENT as GOOD
from tests.sources.small import write_rows

HEADER = "id,publisher,weak,note\n"


def sources(tmp_path: Path, content: str | bytes) -> tuple[list[dict[str, object]], list[int], list[str]]:
    """Good rows, their numbers in the file, and the rejects as lines."""
    path = tmp_path / "sources.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    table, numbers, rejects = read(path, SOURCE)
    return table.to_pylist(), numbers, [str(reject) for reject in rejects]


def test_rows_become_values_of_the_columns_types(tmp_path: Path):
    rows, numbers, rejects = sources(tmp_path, HEADER + "a,The Daily,true,\nb,Ведомости,false,in Russian\n")
    assert rows == [
        {"id": "a", "publisher": "The Daily", "weak": True, "note": None},
        {"id": "b", "publisher": "Ведомости", "weak": False, "note": "in Russian"},
    ]
    assert (numbers, rejects) == ([2, 3], [])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("\ufeff" + HEADER + "a,A,true,x\n", id="byte order mark"),
        pytest.param((HEADER + "a,A,true,x\n").replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param((HEADER + "a,A,true,x\n").replace("\n", "\r"), id="old Macintosh line ends"),
        pytest.param(HEADER + "a,A,true,x", id="no last line end"),
        pytest.param(
            " note , weak,extra,publisher,id\nx,true,more,A,a\n", id="another order, an extra column"
        ),
        pytest.param(HEADER + ' a ,"A", true ,x\n', id="quotes and space"),
        pytest.param(HEADER + "\n,,,\na,A,true,x\n\n", id="blank rows"),
    ],
)
def test_spreadsheets_write_csv_in_many_ways_that_mean_the_same(tmp_path: Path, content: str):
    rows, _, rejects = sources(tmp_path, content)
    assert rows == [{"id": "a", "publisher": "A", "weak": True, "note": "x"}]
    assert rejects == []


def test_a_quoted_cell_may_hold_line_breaks_commas_and_quotes_and_counts_as_one_row(tmp_path: Path):
    note = 'one, "two"\r\nthree'
    quoted = note.replace('"', '""')
    rows, numbers, rejects = sources(tmp_path, f'{HEADER}a,A,true,"{quoted}"\nb,B,maybe,\n')
    assert rows[0]["note"] == 'one, "two"\nthree'
    assert numbers == [2]
    assert rejects == [
        "sources.csv, row 3, column weak: 'maybe' is neither true nor false; write true or false"
    ]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_only_line_ends_end_a_row(tmp_path: Path, separator: str):
    rows, _, rejects = sources(tmp_path, f"{HEADER}a,A,true,one{separator}two\n")
    assert (rows[0]["note"], rejects) == (f"one{separator}two", [])


def test_a_formula_is_text_like_any_other(tmp_path: Path):
    rows, _, _ = sources(tmp_path, HEADER + 'a,"=HYPERLINK(""http://x.example"",""A"")",true,+1\n')
    assert rows[0]["publisher"] == '=HYPERLINK("http://x.example","A")'
    assert rows[0]["note"] == "+1"


def test_every_fault_of_a_row_is_told_and_the_good_rows_stay(tmp_path: Path):
    rows, numbers, rejects = sources(tmp_path, HEADER + ",A,perhaps,\nb,B,true,\n")
    assert [row["id"] for row in rows] == ["b"]
    assert numbers == [3]
    assert rejects == [
        "sources.csv, row 2, column id: '' is empty; fill it in",
        "sources.csv, row 2, column weak: 'perhaps' is neither true nor false; write true or false",
    ]


def test_a_row_with_too_few_or_too_many_cells_is_rejected(tmp_path: Path):
    rows, _, rejects = sources(tmp_path, HEADER + "a,A,true\nb,B,true,x,y\nc,C,true,\n")
    assert [row["id"] for row in rows] == ["c"]
    assert rejects == [
        "sources.csv, row 2, column *: 'a,A,true' has 3 cells where the header has 4; "
        "check its commas and quotes",
        "sources.csv, row 3, column *: 'b,B,true,x,y' has 5 cells where the header has 4; "
        "check its commas and quotes",
    ]


def test_an_identifier_used_twice_is_rejected_where_it_comes_again(tmp_path: Path):
    rows, _, rejects = sources(tmp_path, HEADER + "a,First,true,\na,Second,true,\n")
    assert [row["publisher"] for row in rows] == ["First"]
    assert rejects == [
        "sources.csv, row 3, column id: 'a' stands in an earlier row too; give each row its own"
    ]


def test_an_identifier_of_a_rejected_row_is_free(tmp_path: Path):
    rows, _, _ = sources(tmp_path, HEADER + "a,First,maybe,\na,Second,true,\n")
    assert [row["publisher"] for row in rows] == ["Second"]


def test_coordinates_may_be_added(tmp_path: Path):
    write_rows(tmp_path / "incidents.csv", list(GOOD), [GOOD | {"lon": "76.9", "lat": "43.2"}])
    with pytest.raises(TableError, match="it lacks column date_end, time_local"):
        read(tmp_path / "incidents.csv", INCIDENT)
    columns = [name for name in INCIDENT.names if name != "lon"]
    write_rows(tmp_path / "incidents.csv", columns, [GOOD | {"lon": "76.9", "lat": "43.2"}])
    table, _, rejects = read(tmp_path / "incidents.csv", INCIDENT)
    assert rejects == []
    assert table.select(["lon", "lat"]).to_pylist() == [{"lon": 76.9, "lat": 43.2}]
    assert "known_to" not in table.column_names


def test_a_header_without_rows_is_an_empty_table(tmp_path: Path):
    assert sources(tmp_path, HEADER) == ([], [], [])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "sources.csv: the file is empty; give it a header and rows"),
        (b"\xef\xbb\xbf \n\n", "sources.csv: the file is empty; give it a header and rows"),
        (HEADER.encode() + b"a,caf\xe9,true,\n", "sources.csv: byte 28 is not UTF-8; save the file as UTF-8"),
        (HEADER.encode("utf-16"), "sources.csv: byte 0 is not UTF-8; save the file as UTF-8"),
        (b"PK\x03\x04 a workbook", "sources.csv: it is no CSV with our column names"),
        (b"<html>\n<body>", "sources.csv: it is no CSV with our column names"),
        (HEADER.replace(",", ";").encode(), "sources.csv: it is no CSV with our column names"),
        (b"id,publisher,note\na,A,\n", "sources.csv, row 1: it lacks column weak; add the column"),
        (b"id,note\na,\n", "sources.csv, row 1: it lacks column publisher, weak; add them"),
        (b"id,weak,id,publisher,note\n", "sources.csv, row 1: it has column id twice; leave one of each"),
        (HEADER.encode() + b'a,"A,true,\n', "sources.csv: it cannot be read as CSV (unexpected end of data)"),
        (HEADER.encode() + b'a,"A"B,true,\n', "sources.csv: it cannot be read as CSV (',' expected after"),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole_is_one_line(tmp_path: Path, content: bytes, what: str):
    with pytest.raises(TableError) as caught:
        sources(tmp_path, content)
    assert str(caught.value).startswith(what)
    assert "\n" not in str(caught.value)


def test_a_nul_character_is_a_fault_of_its_cell(tmp_path: Path):
    rows, _, rejects = sources(tmp_path, HEADER + "a,A\0,true,\nb,B,true,\n")
    assert [row["id"] for row in rows] == ["b"]
    assert rejects == [
        "sources.csv, row 2, column publisher: 'A\\x00' holds a NUL character; remove it",
    ]


def test_a_missing_file_is_named_and_so_is_a_folder_in_its_place(tmp_path: Path):
    path = tmp_path / "sources.csv"
    with pytest.raises(TableError) as caught:
        read(path, SOURCE)
    assert str(caught.value) == f"{path}: the file cannot be read ({os.strerror(2)}); add it to the package"
    path.mkdir()
    with pytest.raises(TableError, match="the file cannot be read"):
        read(path, SOURCE)


def test_a_rule_may_reject_a_row_for_what_its_cells_say_together(tmp_path: Path):
    path = tmp_path / "sources.csv"
    path.write_text(HEADER + "a,A,true,\nb,B,true,why\n", encoding="utf-8")

    def explained(row: dict[str, object]) -> tuple[str, Fault] | None:
        return None if row["note"] else ("note", Fault("must say why", "say why"))

    table, _, rejects = read(path, SOURCE, (explained,))
    assert table["id"] == pa.chunked_array([["b"]])
    assert [str(reject) for reject in rejects] == [
        "sources.csv, row 2, column note: '' must say why; say why"
    ]


def test_a_cell_of_a_megabyte_is_rejected_and_the_rest_of_the_file_loads(tmp_path: Path):
    rows, _, rejects = sources(tmp_path, f"{HEADER}a,{'A' * (1 << 20)},true,\nb,B,true,\n")
    assert [row["id"] for row in rows] == ["b"]
    assert rejects[0].endswith("is longer than 20,000 characters; shorten it")
    assert len(rejects[0]) < 200
