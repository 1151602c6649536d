"""Any table of events, by the roles of its columns."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from openpyxl import Workbook

from geo.errors import CallError
from geo.sources.cells import Fault
from geo.sources.dates import Order
from geo.sources.words import both, kind
from tests.sources.bring import bring

RUSSIAN = (
    "№ п/п;Дата события;Населённый пункт;Область;Широта;Долгота;Тип события;Число погибших;Источник;Ссылка\n"
)
LINE = "1;25.01.2022;Актау;Мангистау;43°39'N;51,17;столкновение;3;Vlast; https://example.org/a\n"


def test_a_russian_table_needs_no_word_of_explanation(tmp_path: Path):
    found = bring(tmp_path / "a.csv", RUSSIAN + LINE + LINE.replace("25", "05"))
    assert [str(row["date_start"]) for row in found.rows] == ["2022-01-25", "2022-01-05"]
    row = found.rows[0]
    assert {
        name: str(row[name]) for name in ("date_start", "place", "region", "lat", "lon", "event_type")
    } == {
        "date_start": "2022-01-25",
        "place": "Актау",
        "region": "Мангистау",
        "lat": "43.65",
        "lon": "51.17",
        "event_type": "Battles",
    }
    assert (row["sub_event_type"], row["source_type"], row["fatalities_best"]) == (
        "Armed clash",
        "столкновение",
        3,
    )
    assert row["title"] == row["summary"] == "Armed clash, Актау"
    assert [(one["publisher"], one["url"]) for one in row["tellings"]] == [("Vlast", "https://example.org/a")]
    assert "date: 'Дата события' by its name" in found.notes
    assert "days read day-first" in found.notes


def test_hashtags_say_what_columns_hold(tmp_path: Path):
    tags = "#date+occurred,#geo+lat,#geo+lon,#event+type,#affected+killed"
    table = f"A,B,C,D,E\n{tags}\n2022-01-05,43.2,76.9,riot,4\n"
    row = bring(tmp_path / "a.csv", table).row
    assert (row["lon"], row["lat"], row["event_type"], row["fatalities_best"]) == (76.9, 43.2, "Riots", 4)


def test_values_say_what_nameless_columns_hold(tmp_path: Path):
    table = "A,B,C,type\n2022-01-05,43.2567,176.9286,riot\n2022-01-06,43.6500,151.1700,riot\n"
    found = bring(tmp_path / "a.csv", table)
    assert [(row["lon"], row["lat"]) for row in found.rows] == [(176.9286, 43.2567), (151.17, 43.65)]
    assert "date: 'A' by its values" in found.notes


def test_what_is_said_overrules_what_is_guessed(tmp_path: Path):
    table = "date,published,place,type\n2022-01-05,2022-01-07,Almaty,riot\n"
    options = {
        "columns": {"date": "published", "reported": ""},
        "fixed": {"type": "protest", "source": "Desk"},
    }
    row = bring(tmp_path / "a.csv", table, **options).row
    assert (str(row["date_start"]), row["tellings"][0]["publisher"]) == ("2022-01-07", "Desk")
    assert row["event_type"] == "Riots"  # a column says more than what holds for all


def test_days_are_read_in_the_order_that_is_said(tmp_path: Path):
    table = "date,place,type\n05/01/2022,Almaty,riot\n"
    for order, day in ((Order.DAY_FIRST, "2022-01-05"), (Order.MONTH_FIRST, "2022-05-01")):
        assert str(bring(tmp_path / "a.csv", table, order=order).row["date_start"]) == day


def test_a_row_without_an_identifier_is_known_by_its_words(tmp_path: Path):
    table = "date,place,type\n2022-01-05,Almaty,riot\n2022-01-06,Almaty,riot\n"
    one, two = bring(tmp_path / "a.csv", table).rows
    again = bring(tmp_path / "b.csv", "date,place,type\n2022-01-06,Almaty,riot\n").row
    assert one["id"] != two["id"] == again["id"]


def test_a_last_day_makes_a_range(tmp_path: Path):
    table = "date,end date,place,type\n2022-01-05,2022-01-07,Almaty,riot\n2022-01-05,2022-01-01,Almaty,riot\n"
    found = bring(tmp_path / "a.csv", table)
    assert (str(found.rows[0]["date_end"]), found.rows[0]["date_precision"]) == ("2022-01-07", "range")
    assert found.rejects == [
        "a.csv, row 3, column end date: '2022-01-01' is before the first day, 2022-01-05; "
        "swap or correct them"
    ]


def test_a_role_that_there_is_not_is_refused(tmp_path: Path):
    table = "date,place,type\n2022-01-05,Almaty,riot\n"
    with pytest.raises(CallError, match=r"--map: no role is called 'colour'; choose from: id, date, end"):
        bring(tmp_path / "a.csv", table, columns={"colour": "type"})
    with pytest.raises(CallError, match=r"--set: no role is called 'colour'"):
        bring(tmp_path / "a.csv", table, fixed={"colour": "red"})


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Battles", ("Battles", None)),
        ("armed clash", ("Battles", "Armed clash")),
        ("МИТИНГ", ("Protests", None)),
        ("Задержания", ("Strategic developments", "Arrests")),
        ("air strike", ("Explosions/Remote violence", "Air/drone strike")),
    ],
)
def test_words_mean_types(word: str, meant: tuple[str, str | None]):
    assert kind(word) == meant


def test_a_type_and_another_types_sub_type_do_not_go_together():
    assert both(("Protests", None), ("Protests", "Peaceful protest")) == ("Protests", "Peaceful protest")
    with pytest.raises(Fault, match="is no kind of 'Protests'"):
        both(("Protests", None), ("Battles", "Armed clash"))


FRAME = {"date": ["2022-01-05"], "type": ["riot"], "killed": [3]}


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.fgb", "a.parquet", "a.kml", "a.zip"])
def test_geodata_of_every_kind_are_read_in_degrees(tmp_path: Path, name: str):
    frame = gpd.GeoDataFrame(FRAME, geometry=[shapely.Point(76.93, 43.25)], crs="EPSG:4326")
    path = tmp_path / name
    if name == "a.parquet":
        frame.to_crs("EPSG:3857").to_parquet(path)
    elif name == "a.zip":
        frame.to_crs("EPSG:32643").to_file(tmp_path / "a.shp")
        with zipfile.ZipFile(path, "w") as archive:
            for part in tmp_path.glob("a.*"):
                if part != path:
                    archive.write(part, part.name)
    elif name in ("a.gpkg", "a.fgb"):
        frame.to_crs("EPSG:3857").to_file(path)
    else:
        frame.to_file(path, driver="LIBKML" if name == "a.kml" else None)
    found = bring(path)
    assert (found.row["lon"], found.row["lat"]) == pytest.approx((76.93, 43.25))
    assert found.row["fatalities_best"] == 3
    if name in ("a.gpkg", "a.fgb", "a.parquet", "a.zip"):
        assert "coordinates were converted to longitude and latitude (EPSG:4326)" in found.notes


def test_a_geojson_that_was_cut_says_so(tmp_path: Path):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [1, 2]},
        "properties": {"date": "x"},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature] * 9})
    with pytest.raises(
        Exception, match="the file is damaged, was cut in the middle, or is not what its name says"
    ):
        bring(tmp_path / "a.geojson", text[:200])


def test_a_workbook_keeps_days_numbers_and_titles_apart(tmp_path: Path):
    book = Workbook()
    for row in (
        ["Отчёт за январь"],
        [],
        ["Дата", "Город", "Тип", "Погибло"],
        [dt.datetime(2022, 1, 5), "Алматы", "митинг", 2],
        [dt.datetime(2022, 1, 6, 14, 30), "Актау", "бой", None],
    ):
        book.active.append(row)
    book.create_sheet("Ещё").append(["a", "b"])
    book.save(tmp_path / "a.xlsx")
    found = bring(tmp_path / "a.xlsx")
    assert [(row["row"], str(row["date_start"]), row["time_local"]) for row in found.rows] == [
        (4, "2022-01-05", None),
        (5, "2022-01-06", "14:30:00"),
    ]
    assert "worksheet 'Sheet' was read, of 'Ещё' nothing (--sheet NAME)" in found.notes


def test_an_opendocument_sheet_is_read(tmp_path: Path):
    frame = pd.DataFrame({"date": ["2022-01-05"], "place": ["Алматы"], "type": ["riot"], "killed": [7]})
    pyogrio.write_dataframe(frame, tmp_path / "a.ods", driver="ODS")
    assert bring(tmp_path / "a.ods").row["fatalities_best"] == 7
