"""The page "Add data", from a messy file to a map and a data package that can be built."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, Page, expect

from tests.conftest import ROOT
from tests.sources.layouts import acled
from tests.ui.test_walk import grave
from tests.visit import Visit

Visiting = Callable[..., Visit]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

SUMMARY = """Сводка происшествий;;;;;;;;;

Номер;Дата;Город;Страна;Широта;Долгота;Тип события;Погибло;Источник;Описание
1;05/01/2022;Алматы;Казахстан;43,2567;76,9286;протест;;Власть;"Собрались на площади; разошлись"
2;06/01/2022;Алматы;Казахстан;43,2567;76,9286;беспорядки;2;Власть;<b>Столкновения</b>
3;07/01/2022;Семей;Казахстан;;;протест;;Азаттык;Митинг
4;08/01/2022;Спрингфилд;;;;протест;;Азаттык;Где-то
5;09/01/2022;Актобе;Казахстан;57,2;50,3;протест;;Тенгри;Перепутаны координаты
6;10/01/2022;Мангистауская область;Казахстан;;;протест;;Тенгри;По области
7;скоро;Алматы;Казахстан;;;протест;;Тенгри;Нет дня
8;12/01/2022;Алматы;Казахстан;;;парад;;Тенгри;Не то
Итого;;;;;;;2;;
"""
"""What a desk sends: titles above, decimal commas, days to be asked about, a total; swapped coordinates."""


def opened(made: Visit, language: str = "en") -> Page:
    page = made.goto(f"/?page=add&lang={language}")
    expect(page.get_by_test_id("limits")).to_be_visible()
    return page


def bring(page: Page, path: Path) -> None:
    page.locator(".st-key-add_file input[type=file]").set_input_files(path)
    expect(page.locator(".st-key-add_file")).to_contain_text(path.name)


def answer(page: Page, words: str) -> None:
    """Say which day is meant."""
    page.locator(".st-key-addquestion label").filter(has_text=words).click()


def choose(page: Page, box: Locator, option: str) -> None:
    """Choose from a list."""
    box.locator("input").click()
    page.get_by_role("option", name=option, exact=True).click()


def read(page: Page) -> str:
    """Have the file read: what became of its rows."""
    page.locator(".st-key-add_read button").click()
    told = page.get_by_test_id("add-summary")
    expect(told).to_be_visible()
    return told.inner_text()


def marks(page: Page, count: int) -> None:
    """Wait until the map has drawn so many places and areas."""
    frame = page.frame_locator(".st-key-addmap iframe")
    expect(frame.locator(f'html[data-settled="{count}"]')).to_be_attached()


def tab(page: Page, number: int) -> None:
    page.locator(".st-key-add_tab [role=tab]").nth(number).click()


def taken(page: Page, key: str) -> bytes:
    """What a button downloads."""
    with page.expect_download() as waiting:
        page.locator(f".st-key-{key} button").click()
    return waiting.value.path().read_bytes()


def build(content: bytes, folder: Path, environment: dict[str, str]) -> str:
    """What `eventmap build --strict` says of a data package in an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(folder)
    command = [sys.executable, "-m", "geo", "build", str(folder), "--strict", "--store", f"{folder}.duckdb"]
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    return built.stdout


def test_a_messy_csv_becomes_a_map_a_list_of_rejects_and_a_package_that_builds(
    visit: Visiting, tmp_path: Path, environment: dict[str, str], store: Path
) -> None:
    before = hashlib.sha256(store.read_bytes()).hexdigest()
    path = tmp_path / "сводка.csv"
    path.write_bytes(SUMMARY.replace("\n", "\r\n").encode("cp1251"))
    made = visit(viewport=DESKTOP, accept_downloads=True)
    page = opened(made)
    bring(page, path)
    expect(page.get_by_test_id("question")).to_contain_text("In column “Дата”, what does 05/01/2022 mean?")
    assert page.locator(".st-key-add_read").count() == 0
    assert grave(page) == []
    answer(page, "5 January 2022")
    assert read(page) == (
        "9 rows were read: 6 can be used, 3 rejected, 1 without a place, 2 things to look at"
    )
    marks(page, 4)  # two of Almaty in one place, Semey, the swapped one, and a region
    assert grave(page) == []
    tab(page, 1)
    wrong = page.locator(".em-report:visible").nth(1)
    expect(wrong).to_contain_text("is no date we can read")
    expect(wrong).to_contain_text("is a row of totals")
    assert grave(page) == []
    tab(page, 2)
    expect(page.locator(".em-report:visible")).to_contain_text(
        "Springfield (United States, 37.2153, -93.2982)"
    )
    tab(page, 3)
    expect(page.locator(".em-report:visible")).to_contain_text(
        "near it once latitude and longitude are swapped"
    )
    tab(page, 4)
    how = page.locator(".em-how")
    for told in ("Encoding: Windows-1251.", "Cells are parted by: semicolon.", "with the day first"):
        expect(how).to_contain_text(told)
    rejects = list(csv.reader(io.StringIO(taken(page, "add_rejects").decode("utf-8-sig"))))
    assert [row[:3] for row in rejects] == [
        ["row", "column", "value"],
        ["10", "Дата", "скоро"],
        ["11", "Тип события", "парад"],
        ["12", "Номер", "Итого"],
    ]
    whole = list(csv.reader(io.StringIO(taken(page, "add_rows").decode("utf-8-sig"))))
    assert [row[0] for row in whole] == ["Номер", "7", "8", "Итого"]
    points = json.loads(taken(page, "add_geojson"))
    assert [one["id"] for one in points["features"]] == ["1", "2", "3", "4", "5", "6"]
    told = build(taken(page, "add_zip"), tmp_path / "package", environment)
    assert re.search(r"6 incidents\b", told)
    assert "0 rejects" in told
    assert hashlib.sha256(store.read_bytes()).hexdigest() == before
    assert made.foreign == []
    assert made.faults == []


def test_a_workbook_with_two_header_rows_is_read_from_the_sheet_that_is_chosen(
    visit: Visiting, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["Made by the desk", "January"])
    sheet = book.create_sheet("Events")
    sheet.append(["Code", "When", "Where", None, None, "What", "Crowd"])
    sheet.append([None, "date", "city", "lat", "lon", "type", "participants"])
    sheet.append(["a", 44566, "Almaty", 43.2567, 76.9286, "protest", "1,200"])
    sheet.append(["b", 44567, "Aktobe", 50.2797, 57.2072, "riot", "2 500"])
    sheet.append(["c", 44568, "Semey", 50.4111, 80.2275, "protest", "many"])
    path = tmp_path / "book.xlsx"
    book.save(path)
    page = opened(visit(viewport=DESKTOP, accept_downloads=True))
    bring(page, path)
    box = page.locator('[class*="st-key-add-"][class*="-layer"]')
    expect(box).to_be_visible()
    choose(page, box, "Events")
    expect(page.locator(".em-first")).to_contain_text("44566")
    assert read(page) == "3 rows were read: 2 can be used, 1 rejected"
    marks(page, 2)
    tab(page, 1)
    expect(page.locator(".em-report:visible").nth(1)).to_contain_text("many")
    tab(page, 4)
    expect(page.locator(".em-how")).to_contain_text("Two rows of column names were read as one")
    found = json.loads(taken(page, "add_geojson"))["features"]
    assert [(one["properties"]["date_start"], one["properties"]["participants"]) for one in found] == [
        ("2022-01-05", 1200),
        ("2022-01-06", 2500),
    ]


def test_an_export_of_acled_is_known_by_its_columns(visit: Visiting, tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(
        acled(
            {"event_id_cnty": "KAZ1"},
            {"event_id_cnty": "KAZ2", "latitude": "76.9286", "longitude": "43.2567"},
            {"event_id_cnty": "KAZ3", "latitude": "143.25"},
            {"event_id_cnty": "KAZ4", "event_date": "29 February 2022"},
            {"event_id_cnty": "KAZ1", "notes": "The same again."},
            {"event_id_cnty": "KAZ6", "location": "Semey", "latitude": "50.41", "longitude": "80.23"},
        )
    )
    page = opened(visit(viewport=DESKTOP), "ru")
    bring(page, path)
    kind = page.get_by_role("combobox", name="Что это за файл")
    expect(kind).to_have_value("определено: выгрузка ACLED")
    assert read(page) == "Прочитано 6 строк: 3 можно использовать, 3 отклонены, 1 замечание"
    marks(page, 3)
    tab(page, 1)
    wrong = page.locator(".em-report:visible").nth(1)
    for told in ("такого дня нет в календаре", "есть и в строке 2", "больше 90 градусов"):
        expect(wrong).to_contain_text(told)


def test_a_column_can_be_given_another_role_and_nobody_else_sees_it(visit: Visiting, tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("id,day,spot\nunheard-of,2022-01-05,Almaty\nunseen,2022-01-06,Semey\n")
    first, second = visit(viewport=DESKTOP), visit(viewport=DESKTOP)
    page = opened(first)
    bring(page, path)
    expect(page.get_by_text("No column is known to say what kind of event it is.")).to_be_visible()
    choose(page, page.locator('[class*="-fixed-type"]'), "Protests")
    expect(page.get_by_text("No column is known to say where it happened.")).to_be_visible()
    choose(page, page.locator('[class*="-role2"]'), "Place")
    expect(page.locator('[class*="st-key-addcolumn-"]', has_text="spot")).to_contain_text("as you said")
    assert read(page) == "2 rows were read: 2 can be used"
    marks(page, 2)
    held = [folder for folder in folders() if (folder / "secret.csv").is_file()]
    assert len(held) == 1
    other = opened(second)
    expect(other.get_by_test_id("add-summary")).to_have_count(0)
    assert "secret.csv" not in other.content()
    assert "unheard-of" not in other.request.get(f"{second.origin}/api/collections/incidents/items").text()
    first.context.close()
    for _attempt in range(100):
        if not held[0].exists():
            break
        other.wait_for_timeout(100)
    assert not held[0].exists()


def folders() -> list[Path]:
    """Where visits hold their files."""
    return list(Path(tempfile.gettempdir()).glob("eventmap-visit-*"))


def test_hostile_names_stay_words_and_useless_files_are_refused_in_a_line(
    visit: Visiting, tmp_path: Path
) -> None:
    bad = "<img src=x onerror=\"document.title='owned'\">"
    made = visit(viewport=DESKTOP)
    page = opened(made)
    path = tmp_path / "a<b>**b**.csv"
    with path.open("w", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(["date", "place", "type", bad])
        lines.writerow(["2022-01-05", "<script>alert(1)</script>", "protest", "[x](javascript:1)"])
    bring(page, path)
    expect(page.locator(".em-first")).to_contain_text("<img src=x onerror=")
    read(page)
    tab(page, 2)
    expect(page.locator(".em-report:visible")).to_contain_text("<script>alert(1)</script>")
    assert page.locator(".stMain img[src=x], .em-rows script, .em-rows a").count() == 0
    assert page.title() != "owned"
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (80 << 20))
    bring(page, bomb)
    fault = page.get_by_test_id("fault")
    expect(fault).to_contain_text("the archive unpacks 'a.csv' to 80 MB out of 0.1 MB; send the table itself")
    useless = tmp_path / "useless.csv"
    useless.write_text("date,place,type\nsoon,Almaty,protest\n")
    bring(page, useless)
    page.locator(".st-key-add_read button").click()
    expect(fault).to_contain_text("none of 1 rows can be used")
    assert b"soon" in taken(page, "add_rejects")
    large = tmp_path / "large.csv"
    large.write_bytes(b"0" * ((20 << 20) + 1))
    page.locator(".st-key-add_file input[type=file]").set_input_files(large)
    expect(page.locator(".st-key-add_file")).to_contain_text(re.compile(r"must be 20.*MB or smaller"))
    assert page.get_by_test_id("stException").count() == 0
    assert made.faults == []


def test_reading_can_be_cancelled(visit: Visiting, tmp_path: Path) -> None:
    path = tmp_path / "slow.csv"
    names = (f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}lmaatyy{n}" for n in range(20_000))
    path.write_text("date,place,type\n" + "".join(f"2022-01-05,{name},protest\n" for name in names))
    page = opened(visit(viewport=DESKTOP))
    bring(page, path)
    page.locator(".st-key-add_read button").click()
    expect(page.locator(".stProgress")).to_contain_text(re.compile(r"[\d,]+ rows · [\d,]+ rows a second · "))
    page.locator(".st-key-add_cancel button").click()
    expect(page.locator(".st-key-add_read button")).to_be_visible()
    expect(page.locator(".stProgress")).to_have_count(0)


def test_on_a_phone_and_in_the_dark_the_report_keeps_nobody_out(visit: Visiting, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(SUMMARY.encode("cp1251"))
    made = visit(viewport=PHONE, color_scheme="dark")
    page = opened(made, "kk")
    bring(page, path)
    expect(page.get_by_test_id("question")).to_be_visible()
    assert grave(page) == []
    page.locator(".st-key-addquestion label").nth(1).click()
    read(page)
    for number in range(5):
        tab(page, number)
        page.wait_for_timeout(300)
        assert number > 1 or grave(page) == []
        wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert wide, "the page is wider than the window"
    assert made.foreign == []
    assert made.faults == []
