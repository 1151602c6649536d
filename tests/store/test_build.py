"""A store is written whole or not at all, in the tables that the schema describes."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from geo.errors import NotAStore, StoreError
from geo.query import IncidentQuery
from geo.schema import CLAIM, EVENT_TYPES, FIGURE, INCIDENT, REPORT, SOURCE, values
from geo.store import Store, mercator, write
from geo.store.build import ddl
from tests.store import small
from tests.store.small import claim, day, incident, report


def test_a_table_is_defined_by_its_schema():
    columns = pa.schema([pa.field("id", pa.string(), nullable=False), pa.field("n", pa.int64())])
    assert ddl("things", columns) == 'CREATE TABLE "things" ("id" VARCHAR NOT NULL, "n" BIGINT)'
    assert ddl("things", pa.schema([SOURCE.field("weak"), REPORT.field("scope")])) == (
        'CREATE TABLE "things" ("weak" BOOLEAN NOT NULL, "scope" ENUM(\'event\', \'total\') NOT NULL)'
    )


@pytest.mark.parametrize("table", [INCIDENT, REPORT, CLAIM, SOURCE, FIGURE])
def test_every_table_of_the_schema_can_be_made(table: pa.Schema):
    with duckdb.connect() as db:
        db.execute(ddl("made", table))
        made = {name: (kind, null) for name, kind, null, *_ in db.execute("DESCRIBE made").fetchall()}
    assert list(made) == table.names
    for column in table:
        kind, null = made[column.name]
        assert null == ("YES" if column.nullable else "NO")
        assert kind.startswith("ENUM(") == bool(values(column))


def test_words_that_the_schema_does_not_know_are_refused(tmp_path: Path):
    with pytest.raises(duckdb.ConversionException):
        write(tmp_path / "a.duckdb", small.tables([incident("I1", event_type="Strike")]))
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_fails_leaves_the_old_store_and_nothing_else(tmp_path: Path):
    path = tmp_path / "a.duckdb"
    small.store(path, [incident("I1")]).close()
    before = path.read_bytes()
    with pytest.raises(duckdb.Error):
        write(path, small.tables([incident("I2")], [report("R1", "I2", scope="all of it")]))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_build_replaces_the_store_under_a_reader_who_keeps_the_old_one(tmp_path: Path):
    path = tmp_path / "a.duckdb"
    old = small.store(path, [incident("I1")])
    new = small.store(path, [incident("I2"), incident("I3")])
    assert [row["id"] for row in old.export(IncidentQuery())] == ["I1"]
    assert [row["id"] for row in new.export(IncidentQuery())] == ["I2", "I3"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_no_store_is_not_replaced(tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("my notes")
    with pytest.raises(NotAStore, match="name another file, or move this one away"):
        write(path, small.tables())
    assert path.read_text() == "my notes"


def test_an_empty_file_is_replaced(tmp_path: Path):
    path = tmp_path / "new.duckdb"
    path.touch()
    write(path, small.tables())
    assert path.stat().st_size > 0


def test_folders_above_the_store_are_made(tmp_path: Path):
    write(tmp_path / "a" / "b" / "c.duckdb", small.tables())
    assert (tmp_path / "a" / "b" / "c.duckdb").is_file()


def test_where_no_file_can_be_made_the_build_says_so(tmp_path: Path):
    (tmp_path / "a.duckdb").mkdir()
    with pytest.raises(IsADirectoryError):
        write(tmp_path / "a.duckdb", small.tables())
    assert list(tmp_path.iterdir()) == [tmp_path / "a.duckdb"]
    if Path("/proc").is_dir():
        with pytest.raises(StoreError, match=r"^/proc: no file can be made here; choose another path"):
            write(Path("/proc/a.duckdb"), small.tables())


def test_the_same_tables_make_the_same_rows_in_the_same_order(tmp_path: Path):
    rows = [incident(f"I{n}", lon=float(n * 37 % 180), lat=float(n)) for n in range(40)]
    order = []
    for number, given in enumerate((rows, rows[::-1])):
        path = tmp_path / f"{number}.duckdb"
        small.store(path, given).close()
        with duckdb.connect(str(path), read_only=True) as db:
            order.append(db.execute("SELECT id FROM incidents").fetchall())
    assert order[0] == order[1]


def test_incidents_lie_by_quarter_and_then_near_what_is_near(tmp_path: Path):
    spots = [(10.0, 10.0), (100.0, 50.0), (10.1, 10.1), (100.1, 50.1)]
    rows = [incident(f"I{n}", lon=lon, lat=lat) for n, (lon, lat) in enumerate(spots)]
    later = {"date_start": day(5).replace(month=7)}
    path = tmp_path / "a.duckdb"
    small.store(path, [incident("I9", lon=0.0, lat=0.0, **later), *rows, incident("I8")]).close()
    with duckdb.connect(str(path), read_only=True) as db:
        order = [key for (key,) in db.execute("SELECT id FROM incidents").fetchall()]
    assert order[-1] == "I9"
    assert abs(order.index("I0") - order.index("I2")) == 1
    assert abs(order.index("I1") - order.index("I3")) == 1


def test_pixels_and_harm_are_derived_and_what_has_no_point_has_no_pixel(tmp_path: Path):
    rows = [
        incident("I1", lon=76.9, lat=43.25, fatalities_best=2, injured=5),
        incident("I2", area_id="AA-west", injured=1),
    ]
    path = tmp_path / "a.duckdb"
    small.store(path, rows).close()
    with duckdb.connect(str(path), read_only=True) as db:
        found = db.execute("SELECT id, px, py, harm FROM incidents ORDER BY id").fetchall()
    assert found == [("I1", *mercator.pixel(76.9, 43.25), 7), ("I2", None, None, 1)]


def test_a_store_of_nothing_is_a_store(tmp_path: Path):
    held = small.store(tmp_path / "a.duckdb")
    assert held.counts() == {"reports": 0, "claims": 0, "incidents": 0, "placed": 0, "unplaced": 0}
    assert held.extent == (None, None)
    assert held.days(IncidentQuery()).num_rows == 0


def test_counts_are_of_todays_incidents_and_all_reports_and_claims(tmp_path: Path):
    rows = [
        incident("I1", known_to=day(8)),
        incident("I1", known_from=day(8)),
        incident("I2", lon=5.0, lat=5.0),
        incident("I3", area_id="AA"),
    ]
    reports = [report("R1", "I1"), report("R2", None)]
    held: Store = small.store(tmp_path / "a.duckdb", rows, reports, [claim("C1")])
    assert held.counts() == {"reports": 2, "claims": 1, "incidents": 3, "placed": 2, "unplaced": 1}


def test_event_types_keep_their_order(tmp_path: Path):
    rows = [incident(f"I{n}", event_type=kind) for n, kind in enumerate(reversed(EVENT_TYPES))]
    held = small.store(tmp_path / "a.duckdb", rows)
    assert held.days(IncidentQuery())["event_type"].to_pylist() == list(EVENT_TYPES)
