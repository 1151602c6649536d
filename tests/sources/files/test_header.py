"""Which row names the columns."""

from __future__ import annotations

from geo.sources.files.header import find, fold, is_tags

NAMES = ["Дата", "Город", "Тип"]
DATA = ["05.01.2022", "Алматы", "митинг"]


def test_the_first_row_names_the_columns():
    found = find([NAMES, DATA])
    assert (found.names, found.above, found.notes) == (NAMES, 1, ())


def test_titles_above_it_are_passed_over_and_told():
    found = find([["Отчёт за январь", "", ""], ["", "", ""], NAMES, DATA])
    assert (found.names, found.above) == (NAMES, 3)
    assert found.notes == ("2 rows above the column names passed over",)


def test_a_row_of_known_names_wins_over_a_wide_title():
    found = find([["Отчёт", "отдел", "2022"], NAMES, DATA], frozenset(map(fold, NAMES)))
    assert found.names == NAMES


def test_two_header_rows_with_merged_cells_are_joined():
    upper = ["Дата", "Место", "", "Погибшие", ""]
    lower = ["", "Город", "Область", "мин", "макс"]
    found = find([upper, lower, ["2022-01-05", "Алматы", "Алматы", "1", "2"]])
    assert found.names == ["Дата", "Место Город", "Место Область", "Погибшие мин", "Погибшие макс"]
    assert found.above == 2
    assert found.notes == ("two header rows were read as one, such as 'Место Город'",)
    assert found.under == ("", "Город", "Область", "мин", "макс")


def test_hashtags_below_the_names_are_taken_as_such():
    found = find([NAMES, ["#date", "#loc +name", "#event+type"], DATA])
    assert (found.tags, found.above) == (["#date", "#loc +name", "#event+type"], 2)
    assert found.notes == ("a row of HXL hashtags names the columns",)


def test_only_a_row_of_nothing_else_is_hashtags():
    assert is_tags(["#date", "", "#geo+lat"])
    assert not is_tags(["#date", "Алматы"])
    assert not is_tags(["", ""])


def test_names_are_compared_without_case_and_signs():
    assert fold("Event_Date") == fold("eventDate") == fold(" EVENT date: ") == "event date"
    assert fold("Населённый пункт") == "населенный пункт"
