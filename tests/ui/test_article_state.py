"""What a reader ticks, corrects and accepts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
import streamlit as st

from geo.ui import article_state, article_visit
from geo.ui.article_state import Source
from tests.ui.article_small import claim, incident, reading

COMING = incident(id="i2", future=True)


@pytest.fixture(autouse=True)
def begun() -> Iterator[None]:
    st.session_state.clear()
    article_state.begin(reading(incident(), COMING, claim()), Source("Gazette"))
    yield
    st.session_state.clear()


def test_all_that_has_happened_is_ticked_and_nothing_that_is_to_come() -> None:
    assert article_state.chosen() == ("i1", "c1")
    article_state.take(COMING, True)
    assert article_state.chosen() == ("i1", "c1")
    article_state.take(claim(), False)
    assert article_state.chosen() == ("i1",)


def test_a_correction_lies_over_the_reading_and_can_be_taken_back() -> None:
    article_state.edit(incident(), {"place": "Bukavu"})
    assert article_state.corrected(incident()).place == "Bukavu"
    assert article_state.whole().incidents[0].place == "Bukavu"
    assert article_state.reading().incidents[0].place == "Goma"
    article_state.edit(incident(), {"place": "Goma"})
    assert not article_state.is_edited(incident())


def test_what_is_accepted_stays_when_another_article_is_read() -> None:
    article_state.accept()
    other = replace(reading(incident(id="i1", date_start=dt.date(2022, 10, 1))), document="Another.")
    article_state.begin(other, Source())
    article_state.accept()
    assert [one.chosen for one in article_state.visit()] == [("i1", "c1"), ("i1",)]
    assert article_visit.told() == "Data set of this visit: 2 incidents, 1 claim, from 2 articles"


def test_accepting_an_article_again_replaces_what_was_taken_from_it() -> None:
    article_state.accept()
    article_state.take(claim(), False)
    article_state.accept()
    assert [one.chosen for one in article_state.visit()] == [("i1",)]
    article_state.take(incident(), False)
    article_state.accept()
    assert article_state.visit() == []


def test_a_new_reading_starts_without_the_choices_of_the_last() -> None:
    before = article_state.key(incident(), "take")
    article_state.take(incident(), False)
    article_state.edit(incident(), {"place": "Bukavu"})
    article_state.begin(reading(incident()), Source())
    assert article_state.chosen() == ("i1",)
    assert not article_state.is_edited(incident())
    assert article_state.key(incident(), "take") != before


def test_the_visit_can_be_emptied() -> None:
    article_state.accept()
    article_state.empty()
    assert article_visit.told() == "Your data set of this visit is empty."
