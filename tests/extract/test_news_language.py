"""Classes of English news language: who is counted, what happens to them, where and when, what is to come."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extract.conftest import Read

DAY = dt.date(2022, 1, 9)  # a Sunday


def claims_of(reads: Read, text: str) -> list[tuple[str, int | None]]:
    return [(one.metric, one.best or one.low or one.high) for one in reads(text, DAY).claims]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two rickshaw pullers were killed in Aktau.", [("killed", 2)]),
        ("Two of his bodyguards were killed in Aktau.", [("killed", 2)]),
        ("All nine on board died in Aktau.", [("killed", 9)]),
        ("In Aktau four men died; a fifth succumbed to burns.", [("killed", 4), ("killed", 1)]),
        ("In Aktau a trader and her son were kidnapped.", [("abducted", 2)]),
        ("A shell killed a mother and her three children in Aktau.", [("killed", 4)]),
        ("The driver was killed in Aktau.", [("killed", 1)]),
        ("Roughly 300 Kenyans took shelter in Aktau.", [("displaced", 300)]),
        ("Several dozen teachers held a sit-in in Aktau.", [("participants", 24)]),
        ("Hundreds of demonstrators reached the bank in Aktau.", [("participants", 200)]),
        ("A hundred and twenty people were hurt in Aktau.", [("injured", 120)]),
        ("In Aktau 40 people were injured, three of whom died.", [("injured", 40), ("killed", 3)]),
        (
            "In Aktau 34 people, nine of them juveniles, were arrested.",
            [("arrested", 34), ("arrested_minors", 9)],
        ),
        (
            "In Aktau 17 people were killed, among them four policemen.",
            [("killed", 17), ("killed_security_forces", 4)],
        ),
    ],
)
def test_people_are_counted_by_whatever_they_are_called(reads: Read, text: str, found: list[tuple[str, int]]):
    assert claims_of(reads, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A vendor in Aktau was hit by a stray bullet and died.", [("killed", 1)]),
        ("Four sailors seized last week were released in Aktau.", [("released", 4)]),
        ("Three officers received minor injuries in Aktau.", [("injured_security_forces", 3)]),
        ("Police in Aktau picked up 71 suspects.", [("arrested", 71)]),
        ("Four herders were reported killed in Aktau.", [("killed", 4)]),
        ("Some 6,200 people left Aktau.", [("displaced", 6200)]),
        ("More than 400 families have left their homes around Aktau.", [("displaced", 400)]),
    ],
)
def test_what_happened_to_them_is_told_in_many_words(reads: Read, text: str, found: list[tuple[str, int]]):
    assert claims_of(reads, text) == found


def test_somebody_else_may_count_the_same_people(reads: Read):
    text = "About 2,500 people marched through Aktau on Friday, police said. The organisers spoke of 6,000."
    assert claims_of(reads, text) == [("participants", 2500), ("participants", 6000)]


@pytest.mark.parametrize(
    "text",
    [
        "A flood killed 40 cattle in Aktau.",
        "A mob gathered to lynch two men in Aktau.",
        "Two of those arrested in Aktau will appear in court.",
        "Guards in Aktau took the phones of two reporters.",
        "The turnout in Aktau was below 10 percent.",
        "A missile hit a block in Aktau at 4:20 in the morning.",
        "The blockade in Aktau lasted six hours.",
        "Ghana sent an envoy to Aktau.",
    ],
)
def test_what_is_no_count_of_people_makes_no_claim(reads: Read, text: str):
    assert claims_of(reads, text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Farmers barricaded the highway at Aktau on Friday.", "Peaceful protest"),
        ("Roads were blocked in Aktau on Friday.", "Peaceful protest"),
        ("Rebels ambushed a patrol in Aktau on Friday.", "Armed clash"),
        ("Gunmen attack the airport in Aktau on Friday.", "Attack"),
        ("Police used pepper spray in Aktau on Friday.", "Protest with intervention"),
        ("Youths hurled bricks in Aktau on Friday.", "Violent demonstration"),
        ("There were clashes in Aktau on Friday.", "Armed clash"),
        ("Clashes were also reported around Aktau on Friday.", "Armed clash"),
        ("The two sides signed a truce in Aktau on Friday.", "Agreement"),
        ("Pirates boarded a tanker off Aktau on Friday.", "Attack"),
    ],
)
def test_events_are_told_by_what_is_done_to_what(reads: Read, text: str, kind: str):
    (one,) = reads(text, DAY).incidents
    assert (one.place, one.sub_event_type, str(one.date_start)) == ("Aktau", kind, "2022-01-07")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Troops retook Atyrau, 190 kilometres west of Aktau, on Friday.", "Atyrau"),
        ("On Friday a bomb exploded at the entrance to Aktau.", "Aktau"),
        ("A bomb exploded on Friday on the road from Aktau to the border.", "Aktau"),
        ("On Friday a bomb exploded south of Aktau.", "Aktau"),
        ("A driver from Atyrau was shot dead in Aktau on Friday.", "Aktau"),
        ("On Friday a bomb exploded in the Caspian Sea port of Aktau.", "Aktau"),
        ("In Aktau, a trading town in western Kazakhstan, a bomb exploded on Friday.", "Aktau"),
        ("Three men, one of them a boy, were shot dead on Friday in a raid in Aktau.", "Aktau"),
        ("ASTANA, Jan 9 - A bomb exploded among shoppers in Aktau on Friday.", "Aktau"),
        ("On Friday a bomb exploded in Aktau, a ministry in Astana said.", "Aktau"),
    ],
)
def test_a_place_is_where_it_happened_and_not_what_it_lies_near(reads: Read, text: str, place: str):
    assert [one.place for one in reads(text, DAY).incidents] == [place]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("KABUL, Jan 9 - A bomb exploded in Aktau on Friday.", ("2022-01-07", "2022-01-07")),
        (
            "Fighting shook Aktau from Friday evening into the early hours of Saturday.",
            ("2022-01-07", "2022-01-08"),
        ),
        ("Truckers have been blocking the road at Aktau since Friday.", ("2022-01-07", "2022-01-09")),
        (
            "Tension has been high since Friday, when rioters burned cars in Aktau.",
            ("2022-01-07", "2022-01-07"),
        ),
    ],
)
def test_an_event_has_the_day_that_is_told_for_it(reads: Read, text: str, days: tuple[str, str]):
    (one,) = reads(text, DAY).incidents
    assert (str(one.date_start), str(one.date_end)) == days


def test_the_end_of_an_order_is_no_day_on_which_something_happened(reads: Read):
    (curfew,) = reads("A curfew was imposed in Aktau until Monday.", DAY).incidents
    assert curfew.date_start is None
    (clashes,) = reads("Clashes in Aktau lasted until Thursday.", DAY).incidents
    assert str(clashes.date_start) == "2022-01-06"


def test_an_opening_told_roughly_and_what_tells_it_exactly_are_one_event(reads: Read):
    text = (
        "Gunmen have killed 42 people in attacks in western Kazakhstan, officials said on Sunday.\n\n"
        "They opened fire on a village near Aktau on Friday evening."
    )
    reading = reads(text, DAY)
    assert [(one.place, str(one.date_start)) for one in reading.incidents] == [("Aktau", "2022-01-07")]
    assert [(one.best, one.place) for one in reading.claims] == [(42, "Aktau")]


def test_an_opening_that_only_says_whence_it_was_sent_plays_where_the_next_sentence_does(reads: Read):
    reading = reads(
        "ASTANA (AP) - Police arrested 50 people after a protest turned violent, they said Sunday. "
        "A crowd of around 600 gathered in Aktau on Saturday evening."
    )
    assert [(one.place, one.date_start) for one in reading.incidents] == [("Aktau", dt.date(2022, 1, 8))]
    assert {one.place for one in reading.claims} == {"Aktau"}


def test_an_opening_with_a_day_of_its_own_stays_where_it_was_sent_from(reads: Read):
    reading = reads(
        "ALMATY (AP) - Police fired tear gas at protesters on Saturday. "
        "A crowd of around 600 gathered in Aktau on Saturday evening."
    )
    assert {one.place for one in reading.incidents} == {"Almaty", "Aktau"}


def test_the_province_is_that_of_the_town_told_of_and_not_of_the_dateline(reads: Read):
    reading = reads(
        "ALMATY, January 9 (Reuters) - Police detained 89 people in the city of Atyrau on Saturday. "
        "The governor has banned all gatherings in the province for two weeks."
    )
    assert {one.place for one in reading.incidents} <= {"Atyrau", "Atyrau Region"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Three people wounded in Aktau on Saturday were evacuated to Almaty for care.", [("injured", 3)]),
        ("Two more people died on Sunday in Aktau, bringing to 22 the number of those killed since Friday.",
         [("killed", 2), ("killed", 22)]),
    ],
)  # fmt: skip
def test_the_wounded_stay_where_they_were_hurt_and_a_toll_may_follow_its_number(
    reads: Read, text: str, found: list[tuple[str, int]]
):
    claims = reads(text).claims
    assert [(one.metric, one.best) for one in claims] == found
    assert {one.place for one in claims} == {"Aktau"}


def test_a_guard_is_a_person_and_does_not_guard(reads: Read):
    reading = reads("A security guard was shot dead in Aktau on Saturday.")
    assert [one.event_type for one in reading.incidents] == ["Violence against civilians"]


def test_a_town_with_a_longer_name_than_the_known_one_is_not_that_one(reads: Read):
    reading = reads("Gunmen killed four farmers in the village of Aktau Nowhere in Kazakhstan on Saturday.")
    assert {one.place for one in (*reading.incidents, *reading.claims)} == {"Kazakhstan"}


def test_what_happened_days_before_elsewhere_keeps_its_own_day(reads: Read):
    text = "The raid came two days after a man was shot dead in Aktau. It was Friday in Atyrau."
    assert all(
        one.place != "Atyrau" for one in reads("On Friday police raided homes in Atyrau. " + text).claims
    )


@pytest.mark.parametrize(
    "text",
    [
        "He will appear before a judge in Aktau on Monday.",
        "Residents of Aktau plan a rally outside the courthouse on Monday.",
        "A hearing in Aktau is set for January 29.",
        "A delegation arrives in Aktau next week.",
        "Unions called a new rally in Aktau for Monday.",
    ],
)
def test_what_is_planned_is_to_come(reads: Read, text: str):
    (one,) = reads(text, DAY).incidents
    assert one.future
    assert one.date_start is not None
    assert one.date_start >= DAY


@pytest.mark.parametrize(
    "text",
    [
        "The state of emergency was ordered on Friday by a company whose headquarters are in Aktau.",
        "Analysts based in Aktau said on Friday that fighting had broken out.",
        "A cook was shot on Friday and flown to Aktau.",
    ],
)
def test_where_somebody_sits_or_is_brought_is_no_place_of_events(reads: Read, text: str):
    opening = "A market was open in Kazakhstan on Saturday. "
    assert [one.place for one in reads(opening + text, DAY).incidents if one.place == "Aktau"] == []


def test_a_sentence_may_end_with_the_time_of_day(reads: Read):
    reading = reads("The raid in Aktau ended at 5 a.m. Two men were killed. It was 5 a.m. Monday there.", DAY)
    assert len(reading.sentences) == 3


@pytest.mark.parametrize(
    "whence", ["most of them from Syria and Eritrea", "most of whom from Syria or Eritrea"]
)
def test_where_people_come_from_is_no_place_of_events(reads: Read, whence: str):
    reading = reads(f"Police in Aktau freed 85 migrants, {whence}, in a raid on a warehouse on Friday.", DAY)
    assert {one.place for one in (*reading.incidents, *reading.claims)} == {"Aktau"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("About 300 people blocked a road near Aktau.", [("participants", 300)]),
        ("About 200 families fled a village near Aktau.", [("displaced", 200)]),
        ("Gunmen shot dead a ward administrator in Aktau.", [("killed", 1)]),
        ("Gunmen killed the mayor and two of his bodyguards in Aktau.", [("killed", 1), ("killed", 2)]),
        (
            "A bomb in Aktau killed four soldiers, two clerks and a boy.",
            [("killed_security_forces", 4), ("killed", 2), ("killed_minors", 1)],
        ),
        ("In Aktau 17 died. Three of the dead were civilians.", [("killed", 17), ("killed", 3)]),
        (
            "Police arrested 34 people, of whom 11 were minors, in Aktau.",
            [("arrested", 34), ("arrested_minors", 11)],
        ),
        ("The attackers, five of whom were killed, stormed a hotel in Aktau.", [("killed_attackers", 5)]),
        ("The army took four prisoner in Aktau.", [("captured", 4)]),
        ("The army lost eight men in Aktau.", [("killed", 8)]),
        ("The death toll in the Aktau blast rose by two to 23.", [("killed", 23)]),
        ("A crowd estimated at 20,000 by police gathered in Aktau.", [("participants", 20000)]),
        (
            "Police said 5,000 took part in the march in Aktau, organisers 12,000.",
            [("participants", 5000), ("participants", 12000)],
        ),
    ],
)
def test_numbers_are_read_as_news_words_them(reads: Read, text: str, found: list[tuple[str, int]]):
    assert claims_of(reads, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The country's jails hold more than 60,000 people, a group in Aktau said.",
        "Bandits have killed thousands around Aktau over the past decade.",
        "In recent years smugglers have abducted hundreds of people in Aktau.",
        "The two sides exchanged fire in Aktau.",
        "Two ministers joined the talks in Aktau.",
        "The army held exercises with 2,000 soldiers near Aktau.",
    ],
)
def test_standing_numbers_and_those_of_many_years_are_no_claims(reads: Read, text: str):
    assert claims_of(reads, text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Witnesses accused soldiers of opening fire near a shop in Aktau on Friday.", "Battles"),
        ("At least 60 people were killed in the attack on Aktau on Friday.", "Violence against civilians"),
        ("The border guards shot dead two smugglers near Aktau on Friday.", "Violence against civilians"),
    ],
)
def test_events_are_read_as_news_words_them(reads: Read, text: str, kind: str):
    assert [(one.place, one.event_type) for one in reads(text, DAY).incidents] == [("Aktau", kind)]


def test_places_listed_are_each_the_scene(reads: Read):
    reading = reads("Protesters took to the streets of Aktau, Atyrau and Almaty on Saturday.", DAY)
    assert [one.place for one in reading.incidents] == ["Aktau", "Atyrau", "Almaty"]
    reading = reads("Police detained 40 people in Aktau and 12 in Atyrau on Saturday.", DAY)
    assert [(one.best, one.place) for one in reading.claims] == [(40, "Aktau"), (12, "Atyrau")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gunmen killed Mayor Jose Alvarez in Aktau.", [("killed", 1)]),
        ("Journalist Ana Perez, 34, was detained in Aktau.", [("arrested", 1)]),
        (
            "A bomb in Aktau killed four people and injured Governor Ali Khan.",
            [("killed", 4), ("injured", 1)],
        ),
        ("The police spokesman Jose Alvarez said in Aktau that two men were killed.", [("killed", 2)]),
    ],
)
def test_a_person_named_with_an_office_is_one(reads: Read, text: str, found: list[tuple[str, int]]):
    assert claims_of(reads, text) == found


def test_what_somebody_is_arrested_over_has_a_place_and_a_day_of_its_own(reads: Read):
    text = (
        "Police in Aktau arrested five men on Friday in connection with a bombing in Atyrau "
        "that killed 12 people on January 3."
    )
    reading = reads(text, DAY)
    assert [(one.best, one.place, str(one.about_start)) for one in reading.claims] == [
        (5, "Aktau", "2022-01-07"),
        (12, "Atyrau", "2022-01-03"),
    ]
    assert [(one.place, str(one.date_start)) for one in reading.incidents] == [
        ("Aktau", "2022-01-07"),
        ("Atyrau", "2022-01-03"),
    ]


def test_the_sentence_behind_an_opening_may_name_its_town(reads: Read):
    text = (
        "Police in Kazakhstan shot dead two people on Saturday at a protest. The shooting happened in Aktau."
    )
    reading = reads(text, DAY)
    assert [(one.place, str(one.date_start)) for one in reading.incidents] == [("Aktau", "2022-01-08")]
    assert [(one.best, one.place) for one in reading.claims] == [(2, "Aktau")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "In Aktau police fired on a crowd, killing one man and hurting nine.",
            [("killed", 1), ("injured", 9)],
        ),
        ("Two men died and 27 people were wounded in Aktau.", [("killed", 2), ("injured", 27)]),
        ("A raid in Aktau wounded five pupils before the gunman was shot.", [("injured_minors", 5)]),
        ("Seven of the abducted pupils were freed near Aktau.", [("released", 7)]),
        ("Inmates in Aktau took seven guards hostage.", [("abducted", 7)]),
        ("Villagers beat two suspected thieves to death in Aktau.", [("killed", 2)]),
        ("A court in Aktau jailed six activists.", [("sentenced", 6)]),
        ("Police clashed with about 400 fans in Aktau.", [("participants", 400)]),
        ("A 17-year-old died of his injuries in Aktau.", [("killed", 1)]),
        ("Eleven miners were kidnapped and killed in Aktau.", [("killed", 11)]),
        (
            "In Aktau a policeman was killed and another wounded.",
            [("killed_security_forces", 1), ("injured", 1)],
        ),
        ("Rescuers in Aktau found eight bodies and two survivors.", [("killed", 8)]),
        ("Those killed in Aktau were a watchman and a driver.", []),
    ],
)
def test_who_suffers_what_is_told_by_the_verb_beside_them(
    reads: Read, text: str, found: list[tuple[str, int]]
):
    assert claims_of(reads, text) == found


def test_the_police_of_a_town_act_there(reads: Read):
    assert [one.place for one in reads("Aktau police arrested 14 people on Friday.", DAY).incidents] == [
        "Aktau"
    ]
