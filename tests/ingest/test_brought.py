"""A file that is brought for a visit: the same rows as an import makes, and nothing stored."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geo import exports, ingest
from geo.errors import CallError, RejectedRows
from geo.ingest import Atlas, brought, imports, parcel
from geo.ingest.brought import Brought
from geo.ingest.imports import Options
from geo.query import IncidentQuery
from geo.settings import Settings
from geo.store import Store
from tests.ingest.conftest import Deliver
from tests.sources.layouts import acled, gdelt, ucdp

Row = dict[str, Any]
Known = Callable[..., dict[str, Row]]

TABLE = """id;Дата;Город;Страна;Широта;Долгота;Тип;Погибло;Источник;Ссылка;Описание
1;05.01.2022;Алматы;Казахстан;43,25;76,93;протест;;Власть;https://v.kz/1;"Собрались; разошлись"
2;13.01.2022;Семей;Казахстан;;;беспорядки;2;Власть;;"Две
строки"
3;14.01.2022;Springfield;США;;;протест;1;Reuters;;Где-то
4;15.01.2022;;Казахстан;;;протест;;AP;;Вся страна
5;16.01.2022;Almaty;Казахстан;51,1;71,4;протест;;AP;;=1+1
6;17.01.2023;Семей;Казахстан;;;протест;;AP;;После раздела
6;17.01.2023;Семей;Казахстан;;;протест;;AP;;Ещё раз
7;29.02.2022;Алматы;Казахстан;;;протест;;AP;;Нет такого дня
"""
OWN = """id,title,date_start,date_precision,location_precision,event_type,summary,area_id,admin0,admin1_id
a,West,2022-01-05,day,macro-region,Protests,In the west,KZ-west,KZ,
b,Region,2022-01-05,day,region,Protests,In a region,KZ-mangystau,KZ,KZ-mangystau
c,Atlantis,2022-01-05,day,region,Protests,In Atlantis,XX-atlantis,,
"""


@pytest.fixture
def bring(settings: Settings, atlas: Atlas, tmp_path: Path) -> Callable[..., Brought]:
    def of(name: str, content: str | bytes, options: Options | None = None, **limits: int) -> Brought:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return brought.bring(replace(settings, **limits), path, options, atlas=atlas)

    return of


def built(found: Brought, settings: Settings, folder: Path) -> dict[str, Row]:
    """What a build makes of the data package."""
    with zipfile.ZipFile(io.BytesIO(parcel.zipped(parcel.package(found)))) as packed:
        packed.extractall(folder)
    made = replace(settings, store=folder / "built.duckdb")
    ingest.build(made, [folder], strict=True)
    opened = Store(made.store)
    try:
        return {row["id"]: row for row in opened.export(IncidentQuery())}
    finally:
        opened.close()


def different(rows: dict[str, Row], others: dict[str, Row]) -> dict[str, Any]:
    """What two stores say differently of each incident."""
    return {
        key: unlike
        for key in rows.keys() | others.keys()
        if (
            unlike := {
                name: (rows.get(key, {}).get(name), others.get(key, {}).get(name))
                for name in rows.get(key, {}).keys() | others.get(key, {}).keys()
                if rows.get(key, {}).get(name) != others.get(key, {}).get(name)
            }
        )
    }


LATER = {
    "ucdp.csv": {
        key: {"known_from": (dt.date(2013, 1, 6), dt.date(2013, 1, 4))} for key in ("UCDP-2", "UCDP-300380")
    }
}
"""A build knows since when each of several reports was public, an import only since when the first was."""

FILES = {
    "table.csv": TABLE,
    "acled.csv": acled({}, {"event_id_cnty": "KAZ2", "geo_precision": "3"}, {"event_id_cnty": "KAZ3"}),
    "ucdp.csv": ucdp(
        {"where_prec": "1"}, {"id": "2", "where_prec": "4", "low": "1", "best": "2", "high": "9"}
    ),
    "gdelt.csv": gdelt({}, {"GLOBALEVENTID": "1020304051"}),
}


@pytest.mark.parametrize("name", FILES)
def test_a_package_builds_into_the_rows_that_an_import_adds(
    name: str,
    bring: Callable[..., Brought],
    deliver: Deliver,
    known: Known,
    settings: Settings,
    tmp_path: Path,
):
    report = deliver(name, FILES[name], on="2026-01-01")
    imported = known()
    found = bring(name, FILES[name])
    assert (found.report.good, found.report.rejected) == (report.good, report.rejected)
    rows = built(found, settings, tmp_path / "package")
    assert different(rows, imported) == LATER.get(name, {})
    shown = {row["id"]: row for row in found.rows()}
    for row in (*shown.values(), *imported.values()):
        row["reports"] = len(row["reports"])
    assert different(shown, {key: {n: r[n] for n in shown[key]} for key, r in imported.items()}) == {}


def test_what_was_exported_comes_back_with_its_areas(
    bring: Callable[..., Brought], settings: Settings, tmp_path: Path
):
    found = bring("own.csv", OWN)
    assert found.report.kind == "incidents"
    assert [(one.row, one.reason) for one in found.report.unplaced] == [
        (4, "no area has the identifier XX-atlantis")
    ]
    rows = built(found, settings, tmp_path / "package")
    assert [rows[key]["area_id"] for key in "abc"] == ["KZ-west", "KZ-mangystau", None]
    assert rows["a"]["uncertainty_km"] > rows["b"]["uncertainty_km"] > 100


def test_nothing_is_stored(bring: Callable[..., Brought], settings: Settings):
    bring("table.csv", TABLE)
    assert not settings.store.exists()


def test_a_file_with_more_rows_than_are_taken_is_refused_in_one_line(bring: Callable[..., Brought]):
    with pytest.raises(CallError) as caught:
        bring("table.csv", TABLE, max_file_rows=7)
    assert str(caught.value) == (
        "table.csv: it has more than 7 rows, the most that are taken here; part it, or use eventmap import"
    )
    assert bring("table.csv", TABLE, max_file_rows=8).report.rows == 8


def test_whoever_watches_can_end_it(settings: Settings, atlas: Atlas, tmp_path: Path):
    path = tmp_path / "table.csv"
    path.write_text(TABLE)

    def enough(progress: imports.Progress) -> None:
        raise KeyError(progress.rows)

    with pytest.raises(KeyError, match="8"):
        brought.bring(settings, path, watch=enough, atlas=atlas)


def test_progress_comes_every_few_hundred_rows(settings: Settings, atlas: Atlas, tmp_path: Path):
    path = tmp_path / "many.csv"
    lines = [f"{n},2022-01-05,Almaty,43.25,76.93,protest" for n in range(1200)]
    path.write_text("\n".join(["id,date,place,lat,lon,type", *lines]))
    seen: list[tuple[int, float]] = []
    brought.bring(settings, path, watch=lambda at: seen.append((at.rows, at.done / at.total)), atlas=atlas)
    assert [rows for rows, _ in seen] == [500, 1000, 1200]
    assert [round(share, 1) for _, share in seen] == [0.4, 0.8, 1.0]


def test_a_file_of_which_no_row_can_be_used_says_why(bring: Callable[..., Brought]):
    with pytest.raises(RejectedRows, match="none of 1 rows can be used; 1 of them: column date: is no date"):
        bring("bad.csv", "date,place,type\nsoon,Almaty,protest\n")


def test_a_file_without_a_name_gets_one(bring: Callable[..., Brought]):
    assert bring("!!!.csv", TABLE).name == "my-data"


def test_the_geojson_can_be_brought_again(bring: Callable[..., Brought]):
    found = bring("table.csv", TABLE)
    context = exports.describe(IncidentQuery(), {}, "geojson", dt.datetime(2022, 1, 1, tzinfo=dt.UTC))
    written = b"".join(exports.FORMATS["geojson"].write(found.rows(), context))
    again = bring("table.geojson", written)
    assert (again.report.kind, again.report.good, again.report.rejected) == ("incidents", 6, 0)
    columns = ["id", "lon", "lat", "admin1_id", "admin1_name", "fatalities_best", "summary"]
    assert [[row[name] for name in columns] for row in again.rows()] == [
        [row[name] for name in columns] for row in found.rows()
    ]
