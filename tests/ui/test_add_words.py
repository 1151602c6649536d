"""Words of readers in the words of the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from geo.ui import add_words


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    st.session_state.clear()
    yield
    st.session_state.clear()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("is no date we can read", "is no date we can read"),
        ("say --dates day-first or --dates month-first", "say above which of the two is meant"),
        (
            "swap them: --map lat=lon --map lon=lat",
            "swap the two columns above, or these two cells",
        ),
        (
            "use one of: Protests, Explosions/Remote violence, Arrests",
            "use one of: Protests, Explosions, Arrests",
        ),
        ("lies in RU, and the row names KZ", "lies in Russia, and the row names Kazakhstan"),
        (
            "read as cp1251; if letters look wrong, name the encoding with --encoding",
            "The encoding was guessed: Windows-1251. If letters look wrong, choose another.",
        ),
        ("something that nobody has said before {n}", "something that nobody has said before {n}"),
        (
            "1,200 formulas have no value and count as empty: open the workbook in a spreadsheet program, "
            "save it, and send it again",
            "1,200 formulas have no value and count as empty. Open the workbook, save it, "
            "and bring it again.",
        ),
        ("stands in row 3 too", "stands in row 3 too"),
        ("has 3 cells where the header has 2", "has 3 cells where the header has 2"),
    ],
)
def test_what_a_reader_says_is_said_in_the_words_of_the_page(said: str, shown: str) -> None:
    assert add_words.said(said) == shown


def test_it_is_said_in_the_language_of_the_page() -> None:
    st.session_state.lang = "ru"
    assert add_words.said("is empty") == "пусто"
    assert add_words.said("lies in RU, and the row names KZ") == (
        "находится здесь: Россия, а в строке названо: Казахстан"
    )


def test_names_in_what_is_said_are_no_placeholders() -> None:
    said = "lies 900 km from {km} {0}, the place named"
    assert add_words.said(said) == said


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(None, ""), (0.2, "about 1 s left"), (59.6, "about 60 s left"), (150, "about 2 min left")],
)
def test_the_time_left_is_told_roughly(seconds: float | None, shown: str) -> None:
    assert add_words.left(seconds) == shown
