"""What a visit holds, and for how long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from geo.errors import CallError
from geo.ingest.imports import Options
from geo.settings import Settings
from geo.ui import add, add_state
from geo.ui.add_job import Job
from geo.ui.add_state import Held, Visit


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    st.session_state.clear()
    yield
    st.session_state.clear()


def uploaded(
    name: str, content: bytes = b"date,place,type\n2022-01-05,Almaty,protest\n", key: str = "k"
) -> Any:
    return UploadedFile(UploadedFileRec(key, name, "text/csv", content), FileURLs())


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\a.csv", "a.csv"),
        ("a\x00\nb.csv", "ab.csv"),
        ("..", "file"),
        ("x" * 300 + ".csv", "x" * 80 + ".csv"),
        ("сводка 2022.xlsx", "сводка 2022.xlsx"),
    ],
)
def test_a_file_is_held_under_a_plain_name(name: str, plain: str) -> None:
    assert add_state.plain_name(name) == plain


def test_another_role_of_a_column_frees_the_one_it_had() -> None:
    now = {"date": "When", "place": "Where"}
    assert add_state.given(now, {}, "Where", "region") == {"place": "", "region": "Where"}
    assert add_state.given(now, {"place": "Where"}, "Where", "") == {"place": ""}
    assert add_state.given(now, {}, "Else", "place") == {"place": "Else"}


def test_a_value_for_all_rows_can_be_taken_back() -> None:
    options = add_state.with_fixed(Options(), "type", "Protests")
    assert options.fixed == {"type": "Protests"}
    assert add_state.with_fixed(options, "type", "") == Options()


def test_a_visit_holds_one_file_and_deletes_it_in_the_end() -> None:
    visit, settings = Visit(), Settings()
    visit.take(uploaded("a.csv"), settings)
    assert visit.file
    first = visit.file.path
    visit.take(uploaded("a.csv"), settings)
    assert visit.file.path == first
    visit.take(uploaded("b.csv", key="other"), settings)
    assert not first.exists()
    second = visit.file.path
    assert second.name == "b.csv"
    assert second.stat().st_mode & 0o077 == 0 or second.parent.stat().st_mode & 0o077 == 0
    visit.end()
    assert not second.parent.exists()


def test_a_file_that_is_too_large_is_refused_in_one_line() -> None:
    with pytest.raises(CallError) as caught:
        Visit().take(uploaded("a.csv", b"x" * ((1 << 20) + 1)), Settings(max_file_mb=1))
    assert str(caught.value) == (
        "a.csv: it is larger than 1 MB, the most that are taken here; part it, or use eventmap import"
    )


def test_what_is_said_anew_forgets_what_came_of_the_file_before() -> None:
    held = Held("k", "a.csv", b"date,place,type\n01/02/2022,Almaty,protest\n")
    try:
        assert held.preview().fault is not None
        assert held.question
        held.job = Job(lambda watch: None, 1)  # type: ignore[arg-type, return-value]
        held.say(held.options)
        assert held.job
        held.say(Options(columns={"date": ""}))
        assert held.job is None
    finally:
        held.close()


def test_a_plain_name_is_one_file_in_its_folder(tmp_path: Path) -> None:
    held = Held("k", "../a b.csv", b"x")
    try:
        assert held.path.parent.parent != tmp_path
        assert held.path.read_bytes() == b"x"
        assert held.path.name == "a b.csv"
    finally:
        held.close()


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_limits_are_those_of_the_settings() -> None:
    told = words(add._about(Settings(max_file_mb=7, max_file_rows=1234, max_file_seconds=5)))
    assert told.endswith("At most 7 MB, 1,234 rows and 5 seconds of reading.")


def test_the_uploader_takes_what_readers_read() -> None:
    from geo.sources.files import files

    assert {f".{name}" for name in add.FILES} == set(files.KINDS) - {".shp"}
