"""How places are called in Russian and Kazakh."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from geo.gazetteer.spoken import COLUMNS, spoken

ROOT = Path(__file__).resolve().parents[2]
CITIES = ROOT / "data" / "reference" / "city_names.csv"


def names(on: dt.date, language: str = "ru") -> dict[str, str]:
    with (ROOT / "data" / "kazakhstan-2022" / "places.csv").open(encoding="utf-8", newline="") as stream:
        places = [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(stream)]
    found = spoken(places, CITIES)
    assert found.schema == COLUMNS
    return {
        row["key"]: row["name"]
        for row in found.to_pylist()
        if row["language"] == language
        and (row["valid_from"] or dt.date.min) <= on < (row["valid_to"] or dt.date.max)
    }


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1950-01-01", "Акмолинск"),
        ("2019-03-22", "Астана"),
        ("2022-01-05", "Нур-Султан"),
        ("2023-01-01", "Астана"),
    ],
)
def test_a_name_is_that_of_the_day(day: str, name: str) -> None:
    assert names(dt.date.fromisoformat(day))["Nur-Sultan"] == name


def test_of_several_names_the_one_most_like_the_english_is_shown() -> None:
    found = names(dt.date(2022, 1, 5))
    assert (found["Kazakhstan"], found["Aktobe"], found["Uralsk"]) == ("Казахстан", "Актобе", "Уральск")


def test_a_region_is_found_by_its_identifier_and_by_its_name() -> None:
    found = names(dt.date(2022, 1, 5), "kk")
    assert found["KZ-mangystau"] == found["Mangystau Region"] == "Маңғыстау облысы"
    assert "KZ-almaty-city" not in found  # a city goes by its own name
    assert found["Almaty"] == "Алматы"


def test_countries_and_large_cities_are_named() -> None:
    found = names(dt.date(2022, 1, 5))
    assert (found["KZ"], found["CN"], found["UZ Tashkent"]) == ("Казахстан", "Китай", "Ташкент")
