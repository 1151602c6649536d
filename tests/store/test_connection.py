"""What can be wrong with a store file, each in one line that says what to do."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from geo.errors import NotAStore, StoreError, StoreMissing, StoreTooNew
from geo.schema import SCHEMA_VERSION
from geo.store import connection
from tests.store import small

ELSEWHERE = "name another file, or move this one away and build"


def refusal(path: Path) -> StoreError:
    with pytest.raises(StoreError) as caught:
        connection.connect(path, 1)
    assert caught.value.where == str(path)
    assert "\n" not in str(caught.value)
    return caught.value


def duckdb_file(path: Path, *statements: str) -> Path:
    with duckdb.connect(str(path)) as db:
        for statement in statements:
            db.execute(statement)
    return path


def test_a_file_that_is_not_there_is_to_be_built(tmp_path: Path):
    error = refusal(tmp_path / "none.duckdb")
    assert isinstance(error, StoreMissing)
    assert str(error) == f"{tmp_path}/none.duckdb: there is no store here; build it with `eventmap build`"
    assert isinstance(refusal(tmp_path), StoreMissing)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.duckdb", b"date,place\n" * 10_000),
        ("short.duckdb", b"x"),
        ("empty.duckdb", b""),
        ("a newer lock version.duckdb", b"the words of an error in the name of a file"),
        ("it's.duckdb", b"a quote in the name of a file"),
        ("sqlite.duckdb", b"SQLite format 3\0" + b"\0" * 4096),
    ],
)
def test_a_file_that_is_no_duckdb_file_is_no_store(tmp_path: Path, name: str, content: bytes):
    (tmp_path / name).write_bytes(content)
    error = refusal(tmp_path / name)
    assert isinstance(error, NotAStore)
    assert (error.what, error.todo) == ("this file is no store", ELSEWHERE)
    assert (tmp_path / name).read_bytes() == content


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE other (n INT)",),
        ("CREATE TABLE meta (n INT)",),
        ("CREATE TABLE meta (key VARCHAR, value VARCHAR)",),
        ("CREATE TABLE meta AS SELECT 'schema_version' AS key, 'one' AS value",),
        ("CREATE TABLE meta AS SELECT 'schema_version' AS key, NULL::VARCHAR AS value",),
    ],
)
def test_a_duckdb_file_of_somebody_else_is_no_store(tmp_path: Path, statements: tuple[str, ...]):
    error = refusal(duckdb_file(tmp_path / "theirs.duckdb", *statements))
    assert isinstance(error, NotAStore)
    assert (error.what, error.todo) == ("this DuckDB file is no store of eventmap", ELSEWHERE)


@pytest.mark.parametrize(
    ("version", "kind", "what", "todo"),
    [
        (
            SCHEMA_VERSION + 1,
            StoreTooNew,
            f"the store has format {SCHEMA_VERSION + 1}, this program reads {SCHEMA_VERSION}",
            "upgrade eventmap, or build the store again",
        ),
        (-1, StoreError, "the store has the older format -1", "build it with `eventmap build`"),
    ],
)
def test_a_store_of_another_format_is_refused(
    tmp_path: Path, version: int, kind: type[StoreError], what: str, todo: str
):
    path = tmp_path / "other.duckdb"
    small.store(path).close()
    duckdb_file(path, f"UPDATE meta SET value = '{version}' WHERE key = 'schema_version'")
    error = refusal(path)
    assert type(error) is kind
    assert (error.what, error.todo) == (what, todo)


def test_a_file_of_a_newer_duckdb_is_refused(tmp_path: Path):
    path = duckdb_file(tmp_path / "future.duckdb", "CREATE TABLE meta (key VARCHAR, value VARCHAR)")
    raw = bytearray(path.read_bytes())
    struct.pack_into("<Q", raw, 12, 9999)  # the version of the file format
    checksum = 5381  # of the first block, as DuckDB computes it
    for (word,) in struct.iter_unpack("<Q", raw[8:4096]):
        checksum ^= word * 0xBF58476D1CE4E5B9 & (1 << 64) - 1
    struct.pack_into("<Q", raw, 0, checksum)
    path.write_bytes(raw)
    error = refusal(path)
    assert isinstance(error, StoreTooNew)
    assert error.what == "written by a newer DuckDB"


def test_a_file_that_another_program_writes_to_is_told_apart(tmp_path: Path):
    path = tmp_path / "held.duckdb"
    small.store(path).close()
    script = f"import duckdb; db = duckdb.connect({str(path)!r}); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        error = refusal(path)
        other.communicate(b"\n")
    assert (error.what, error.todo) == ("another program is writing to it", "close that program")


def test_a_good_store_opens_read_only_with_any_number_of_threads(tmp_path: Path):
    path = tmp_path / "it's good.duckdb"
    small.store(path).close()
    one, two = connection.connect(path, 1), connection.connect(path, 2)
    assert one.execute("SELECT count(*) FROM incidents").fetchone() == (0,)
    with pytest.raises(duckdb.Error, match="read-only"):
        two.execute("DELETE FROM store.incidents")


def test_no_extension_comes_from_the_network(tmp_path: Path):
    small.store(tmp_path / "a.duckdb").close()
    db = connection.connect(tmp_path / "a.duckdb", 1)
    found = db.execute(
        "SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%known_extensions' ORDER BY name"
    ).fetchall()
    assert found == [("autoinstall_known_extensions", "false"), ("autoload_known_extensions", "false")]
