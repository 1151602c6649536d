"""Where and when sentences play that name no place or day: sentences in, places and days out."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extract.conftest import Read

DAY = dt.date(2022, 1, 9)  # a Sunday

IN_TOWN = "A bomb exploded in Aktau on Friday, police said. "
TWO_TOWNS = "Protesters set fire to cars in Aktau on Friday. In Atyrau, police fired tear gas on Saturday. "


def claim_of(reads: Read, text: str, metric: str, best: int) -> tuple[str, str, str]:
    """Place, first and last day of a number."""
    (one,) = [one for one in reads(text, DAY).claims if (one.metric, one.best) == (metric, best)]
    return one.place, str(one.about_start), str(one.about_end)


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        (IN_TOWN + "Twelve people were killed.", "Aktau", "2022-01-07"),
        (IN_TOWN + "\n\nTwelve people were killed.", "Aktau", "2022-01-07"),
        (IN_TOWN + "The mayor of Atyrau sent his regards. Twelve people were killed.", "Aktau", "2022-01-07"),
        (IN_TOWN + "Twelve people were killed, officials said on Sunday.", "Aktau", "2022-01-07"),
        (IN_TOWN + "Some lay in a hospital in Atyrau. Twelve people were killed.", "Aktau", "2022-01-07"),
        (TWO_TOWNS + "Twelve people were killed.", "Atyrau", "2022-01-08"),
        (TWO_TOWNS + "Twelve people were killed in Aktau.", "Aktau", "2022-01-07"),
        (TWO_TOWNS + "Across the country, twelve people were killed.", "Kazakhstan", "2022-01-08"),
        (TWO_TOWNS + "\n\nSince Friday, twelve people have been killed.", "Kazakhstan", "2022-01-07"),
    ],
)  # fmt: skip
def test_a_number_goes_with_the_scene_before_it(reads: Read, text: str, place: str, day: str):
    assert claim_of(reads, text, "killed", 12)[:2] == (place, day)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ALMATY, Jan 9 - A bomb exploded on Friday.", "Almaty"),
        ("ASTANA, Jan 9 - A bomb exploded in Aktau on Friday.", "Aktau"),
        ("The minister was in Aktau. On Friday a bomb exploded in the city.", "Aktau"),
        ("NIS, Jan 9 - A bomb exploded in this Serbian city on Friday.", "Niš"),
        ("Kazakhstan sells oil to Russia. On Friday a bomb exploded in the capital.", "Nur-Sultan"),
        ("Oil from Kazakhstan goes to China. On Saturday a bomb exploded in the capital.", "Nur-Sultan"),
        ("Residents of Aktau burned cars on Friday.", "Aktau"),
        ("On Friday a blast rocked Aktau.", "Aktau"),
        ("On Friday a bomb exploded in Aktau, 300 km from Atyrau.", "Aktau"),
    ],
)  # fmt: skip
def test_an_incident_plays_where_its_sentence_says_or_means(reads: Read, text: str, place: str):
    assert [one.place for one in reads(text, DAY).incidents][-1] == place


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (IN_TOWN + "A day earlier police had fired tear gas in Atyrau.", "2022-01-06"),
        (IN_TOWN + "In Atyrau, police fired tear gas.", "2022-01-07"),
        (IN_TOWN + "In Atyrau, police fired tear gas on Saturday.", "2022-01-08"),
        (IN_TOWN + "Hours later police fired tear gas in Atyrau.", "2022-01-07"),
    ],
)
def test_an_incident_without_a_day_goes_on_with_the_one_before(reads: Read, text: str, start: str):
    (one,) = [one for one in reads(text, DAY).incidents if one.place == "Atyrau"]
    assert str(one.date_start) == start


def test_a_part_of_a_number_may_have_a_place_of_its_own(reads: Read):
    text = "Police arrested 27 people in Kazakhstan on Friday, 12 of them were arrested in Aktau."
    assert claim_of(reads, text, "arrested", 27)[0] == "Kazakhstan"


@pytest.mark.parametrize(
    ("text", "metric", "bounds"),
    [
        ("Forty-three people were killed in Aktau.", "killed", (43, 43, 43)),
        ("Between 20 and 30 people were killed in Aktau.", "killed", (20, None, 30)),
        ("Several hundred people protested in Aktau.", "participants", (200, None, 999)),
        ("A march in Aktau drew about 800 people.", "participants", (None, 800, None)),
        ("A woman of 71 died in Aktau when a shell hit her house.", "killed", (1, 1, 1)),
        ("A suicide bomber killed nine people in Aktau.", "killed", (9, 9, 9)),
        ("In Aktau 2,100 of the mine's 2,400 workers went on strike.", "participants", (2100, 2100, 2100)),
        ("Gunmen freed 28 pupils in Aktau on Friday.", "released", (28, 28, 28)),
        ("Some 300 soldiers arrived in Aktau on Friday.", "troops_deployed", (None, 300, None)),
        ("The fighting forced 3,000 people to flee Aktau.", "displaced", (3000, 3000, 3000)),
    ],
)
def test_numbers_are_found_however_they_are_worded(
    reads: Read, text: str, metric: str, bounds: tuple[int | None, ...]
):
    (one,) = reads(text, DAY).claims
    assert (one.metric.removesuffix("_minors"), (one.low, one.best, one.high)) == (metric, bounds)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Students clashed with police in Aktau on Friday.", "Violent demonstration"),
        ("Rebels clashed with the army in Aktau on Friday.", "Armed clash"),
        ("Police opened fire on protesters in Aktau on Friday.", "Excessive force against protesters"),
        ("Gunmen opened fire on a bus in Aktau on Friday.", "Attack"),
        ("Militants attacked a police station in Aktau on Friday.", "Armed clash"),
        ("A man was shot in Aktau on Friday as police fired tear gas.", "Protest with intervention"),
        ("Gunmen seized 20 pupils in Aktau on Friday.", "Abduction/forced disappearance"),
        ("Rebels seized Aktau on Friday.", "Non-state actor overtakes territory"),
    ],
)  # fmt: skip
def test_who_stands_around_a_word_tells_the_kind_of_event(reads: Read, text: str, kind: str):
    (one,) = reads(text, DAY).incidents
    assert (one.place, one.sub_event_type) == ("Aktau", kind)
