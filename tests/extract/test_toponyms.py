"""Names that are places and names that are none, and which place is meant."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extract.conftest import Read


def found(reads: Read, text: str, **options: str) -> dict[str, tuple[str | None, str | None, str | None]]:
    """By the words of the text: use, country and unit of each name taken for a place."""
    return {
        one.text: (one.use, one.country, one.admin1_id)
        for one in reads(text, **options).toponyms
        if one.use != "none"
    }


@pytest.mark.parametrize(
    ("text", "name", "country", "unit"),
    [
        ("The police in Paris, Texas, were called.", "Paris", "US", "US-texas"),
        ("The police in Paris were called by the French government.", "Paris", "FR", "FR-paris"),
        ("The fire was in Lexington, Ky., and in the county.", "Ky.", "US", "US-kentucky"),
        ("He was seen in Georgia and in Alabama by the police.", "Georgia", "US", "US-georgia"),
        ("He was seen in Georgia and in Armenia by the police.", "Georgia", "GE", None),
        ("The police were in Washington on the day.", "Washington", "US", "US-district-of-columbia"),
        ("There was a protest in the city of Almaty.", "Almaty", "KZ", "KZ-almaty-city"),
    ],
)
def test_the_text_tells_which_place_is_meant(
    reads: Read, text: str, name: str, country: str, unit: str | None
):
    assert found(reads, text)[name][1:] == (country, unit)


def test_a_local_paper_means_its_own_town(reads: Read):
    text = "The police were called to a house in London on the day."
    assert found(reads, text)["London"][1] == "GB"
    assert found(reads, text, source="lfpress.com")["London"][1] == "CA"


def test_a_unit_is_that_of_the_day(reads: Read):
    text = "There was a protest in Semey on the day."
    (before,) = reads(text, dt.date(2022, 1, 9)).toponyms
    (after,) = reads(text, dt.date(2023, 1, 9)).toponyms
    assert (before.admin1_id, after.admin1_id) == ("KZ-east-kazakhstan", "KZ-abai")


@pytest.mark.parametrize("text", ["President Lincoln was there.", "He met James Lancaster at the house."])
def test_a_person_is_no_place(reads: Read, text: str):
    assert found(reads, text) == {}


def test_an_adjective_says_where_somebody_is_from(reads: Read):
    assert found(reads, "A Russian television channel reported it.") == {"Russian": ("origin", "RU", None)}


def test_a_newspaper_is_no_place(reads: Read):
    assert "Washington" not in found(reads, "The Washington Post said that it was so.")


def test_a_name_that_is_none_has_a_reason(reads: Read):
    (one,) = [
        one for one in reads("He met James Lancaster at the house.").toponyms if one.text == "Lancaster"
    ]
    assert (one.use, one.name, one.reason) == ("none", None, "part of the name of a person")


def test_an_arabic_article_before_a_hyphen_is_no_name(reads: Read):
    found = reads("Two people were killed by a mine in Al-Quneitra on Friday.", published=dt.date(2022, 1, 9))
    assert [one.text for one in found.toponyms] == ["Quneitra"]
