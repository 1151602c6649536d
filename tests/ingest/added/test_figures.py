"""Figures that somebody brings: matched to the unit of their date, joined, kept; or rejected and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from geo.cli import main
from geo.errors import GeoError, RejectedRows
from geo.ingest import figures
from geo.ingest.figures import Added
from geo.query import IncidentQuery
from geo.settings import Settings
from geo.sources.rejects import Reject
from geo.store import Store

HEADER = "region,figure,value,unit,reference date,source\n"
ROW = "Mangystau,population,745909,persons,2022-01-01,The bureau\n"


@pytest.fixture
def add(settings: Settings, tmp_path: Path) -> Callable[..., Added]:
    """Add rows as a file: `add(ROW)`."""

    def of(rows: str, *, name: str = "figures.csv", header: str = HEADER, **more: object) -> Added:
        path = tmp_path / name
        path.write_text(header + rows, encoding="utf-8")
        return figures.add(settings, path, "KZ", lambda *_: None, **more)

    return of


def refused(rejects: tuple[Reject, ...]) -> list[str]:
    return [str(one) for one in rejects]


def held(settings: Settings, key: str) -> list[tuple[object, ...]]:
    found = Store(settings.store).figures(key)
    return list(
        found[["figure", "value", "unit", "reference", "publisher"]].itertuples(index=False, name=None)
    )


def test_a_figure_is_kept_with_its_source_and_joined_from_its_day_on(
    settings: Settings, add: Callable[..., Added]
):
    done = add(ROW)
    assert (done.count, done.same, done.rejects) == (1, 0, ())
    assert done.row is not None
    assert (done.row["id"], done.row["rows"]) == ("figures-1", 1)
    assert held(settings, "KZ-mangystau") == [("population", 745909.0, "persons", "2022-01-01", "The bureau")]
    store = Store(settings.store)
    assert store.joined_figures(dt.date(2021, 12, 31)).empty
    joined = store.joined_figures(dt.date(2022, 1, 1)).iloc[0]
    assert (joined["admin1_id"], joined["region_population"]) == ("KZ-mangystau", 745909)
    exported = {row["id"]: row for row in store.export(IncidentQuery())}
    assert exported["far"]["region_population"] == 745909
    assert exported["July"]["region_population"] is None


def test_a_region_is_the_one_that_had_the_name_on_the_reference_date(
    settings: Settings, add: Callable[..., Added]
):
    add(
        "Карагандинская область,население,1 375 938,чел.,2022-01-01,Бюро\n"
        "Карагандинская область,население,1 134 855,чел.,01.01.2023,Бюро\n"
        "Шығыс Қазақстан облысы,население,730 000,чел.,2023 г.,Бюро\n"
        "г. Алматы,площадь,682,кв. км,2022,Бюро\n"
    )
    assert held(settings, "KZ-karaganda") == [("population", 1375938.0, "persons", "2022-01-01", "Бюро")]
    assert held(settings, "KZ-karaganda-2022") == [("population", 1134855.0, "persons", "2023-01-01", "Бюро")]
    assert held(settings, "KZ-east-kazakhstan-2022") == [("population", 730000.0, "persons", "2023", "Бюро")]
    assert held(settings, "KZ-almaty-city") == [("area_km2", 682.0, "km2", "2022", "Бюро")]


def test_an_excel_file_is_read_alike(settings: Settings, tmp_path: Path):
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Регион", "Показатель", "Значение", "Единица", "Дата", "Источник"])
    sheet.append(["Мангистауская область", "Население", 745909, "человек", dt.datetime(2022, 1, 1), "Бюро"])
    book.save(tmp_path / "figures.xlsx")
    done = figures.add(settings, tmp_path / "figures.xlsx", "kz", lambda *_: None)
    assert done.rejects == ()
    assert held(settings, "KZ-mangystau") == [("population", 745909.0, "persons", "2022-01-01", "Бюро")]


def test_a_build_keeps_figures_and_joins_them(
    settings: Settings, add: Callable[..., Added], rebuild: Callable[[], None]
):
    add(ROW)
    rebuild()
    assert held(settings, "KZ-mangystau") == [("population", 745909.0, "persons", "2022-01-01", "The bureau")]
    assert Store(settings.store).joined_figures(dt.date(2022, 1, 5))["region_population"].tolist() == [745909]


def test_the_same_file_changes_nothing_and_a_corrected_value_is_joined(
    settings: Settings, add: Callable[..., Added]
):
    add(ROW)
    before = settings.store.read_bytes()
    again = add(ROW)
    assert (again.row, again.same) == (None, 1)
    assert settings.store.read_bytes() == before
    add(ROW.replace("745909", "745910"))
    assert [row[1] for row in held(settings, "KZ-mangystau")] == [745909, 745910]
    assert Store(settings.store).joined_figures(dt.date(2022, 1, 5))["region_population"].tolist() == [745910]


REJECTED = {
    "unknown": (
        "Atlantis,population,1,persons,2022,Bureau",
        "column region: 'Atlantis' is no unit of KZ on 2022-12-31; correct the name, or the reference date",
    ),
    "not-yet": (
        "Abai Region,population,1,persons,2022-01-01,Bureau",
        "column region: 'Abai Region' is no unit of KZ on 2022-01-01; correct the name, or the reference "
        "date",
    ),
    "two": (
        "Almaty,population,1,persons,2022-01-01,Bureau",
        "column region: 'Almaty' can be KZ-almaty-city or KZ-almaty-region; write one of these",
    ),
    "no-number": (
        "Mangystau,area,many,km2,2022,Bureau",
        "column value: 'many' is not a number; write it with digits and a decimal point",
    ),
    "separator": (
        'Mangystau,area,"1,234",km2,2022,Bureau',
        "column value: '1,234' can be a fraction or thousands; write it without separators of thousands",
    ),
    "no-value": ("Mangystau,area,,km2,2022,Bureau", "column value: '' is empty; fill it in"),
    "no-source": ("Mangystau,area,1,km2,2022,", "column source: '' is empty; fill it in"),
    "two-days": (
        "Mangystau,area,1,km2,05/01/2022,Bureau",
        "column reference date: '05/01/2022' can be two days; write it as 2022-01-05, 2022-01 or 2022",
    ),
    "no-day": (
        "Mangystau,area,1,km2,2022-02-30,Bureau",
        "column reference date: '2022-02-30' is no day, month or year; write it as 2022-01-05, 2022-01 or "
        "2022",
    ),
}


@pytest.mark.parametrize("case", REJECTED)
def test_a_bad_row_is_rejected_with_a_reason_and_the_good_one_taken(add: Callable[..., Added], case: str):
    row, told = REJECTED[case]
    done = add(f"{ROW}{row}\n")
    assert refused(done.rejects) == [f"figures.csv, row 3, {told}"]
    assert done.row is not None
    assert done.row["rows"] == 1


def test_a_figure_that_stands_twice_is_rejected_once(add: Callable[..., Added]):
    done = add(ROW + ROW + ROW.replace("Mangystau", "Мангистауская область"))
    assert refused(done.rejects) == [
        "figures.csv, row 3, column region: 'Mangystau' stands in row 2 too; leave one of them",
        "figures.csv, row 4, column region: 'Мангистауская область' is KZ-mangystau, as row 2 is; leave one "
        "of them",
    ]


def test_without_a_good_row_nothing_is_changed(settings: Settings, add: Callable[..., Added]):
    before = settings.store.read_bytes()
    with pytest.raises(RejectedRows, match=r"figures.csv: none of 1 rows can be used; the first: .*Atlantis"):
        add("Atlantis,population,1,persons,2022,Bureau\n")
    assert settings.store.read_bytes() == before


def test_a_missing_column_is_named(add: Callable[..., Added]):
    with pytest.raises(GeoError) as caught:
        add("Mangystau,1\n", header="region,value\n")
    assert str(caught.value) == (
        "figures.csv: it lacks a column for figure, unit, reference, source; name the columns region, "
        "figure, value, unit, reference, source"
    )


def test_the_command_tells_counts_and_writes_rejects(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("EVENTMAP_STORE", str(settings.store))
    monkeypatch.setenv("EVENTMAP_CACHE", str(settings.cache))
    path = tmp_path / "mine.csv"
    path.write_text(HEADER + ROW + "Atlantis,population,1,persons,2022,Bureau\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["figures", "add", str(path), "--admin0", "KZ"])
    assert ended.value.code == 0
    told = capsys.readouterr()
    assert told.out.split("\n")[:3] == [
        "        1 figures added",
        "        0 held already",
        "        1 rejects",
    ]
    assert "rejected: mine.csv, row 3" in told.err
    written = (tmp_path / "copy.mine.rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert written[1].startswith("3,region,Atlantis,is no unit of KZ on 2022-12-31,")
