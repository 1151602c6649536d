"""Names in the reader's language, by day."""

from __future__ import annotations

from pathlib import Path

from geo.store import spoken
from tests.store import small


def test_a_name_is_that_of_the_day_and_language(tmp_path: Path) -> None:
    with_names = small.store(tmp_path / "a.duckdb")
    cursor = with_names._cursor()
    assert spoken.names(cursor, "ru", small.day(2)) == {"Westville": "Старый Вествиль"}
    assert spoken.names(cursor, "ru", small.day(3)) == {"Westville": "Вествиль"}
    assert spoken.names(cursor, "en", small.day(3)) == {}
    with_names.close()
