"""The same in other orders and cases: phrases, attackers and victims, names of places in Russian news."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.extract import Reading
from tests.extract.conftest import Read


def past(reading: Reading) -> list[tuple[str, str]]:
    return [(one.event_type, one.place) for one in reading.incidents if not one.future]


def claims(reading: Reading) -> list[tuple[str, int | None]]:
    return [(one.metric, one.best) for one in reading.claims]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("В субботу в Бишкеке центральную улицу перекрыли торговцы.", "Protests"),
        ("В субботу двое неизвестных открыли в центре Бишкека беспорядочный огонь.", "Battles"),
        ("В субботу авиация сбросила две управляемые бомбы на Бишкек.", "Explosions/Remote violence"),
        ("Водители в Бишкеке в субботу объявили забастовку.", "Protests"),
        ("Сотрудники завода в Бишкеке отказались в субботу приступать к работе.", "Protests"),
        ("В субботу около 200 рабочих вышли к зданию администрации Бишкека.", "Protests"),
        ("В субботу днём у ворот колонии в Бишкеке стояли родственники осуждённых.", "Protests"),
        ("В субботу в Бишкеке обломки беспилотника повредили теплотрассу.", "Explosions/Remote violence"),
        ("Силовики в субботу нагрянули на рынок в Бишкеке.", "Strategic developments"),
    ],
)
def test_a_phrase_may_stand_apart_and_in_any_order(reads: Read, text: str, kind: str):
    found = past(reads(text, language="ru"))
    assert len(found) == 1
    assert found[0][0] in (kind, "Violence against civilians" if kind == "Battles" else kind)


@pytest.mark.parametrize(
    "text",
    [
        "В субботу мужчина вышел в Бишкеке на улицу и увидел соседа.",
        "У здания мэрии Бишкека в субботу стояли машины полиции.",
        "В субботу полиция Бишкека отпустила всех задержанных.",
        "В субботу в шахте под Бишкеком при взрыве метана погибли 12 горняков.",
    ],
)
def test_what_only_sounds_like_an_event_is_none(reads: Read, text: str):
    assert past(reads(text, language="ru")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В Актау огнестрельное ранение получил 32-летний местный житель.", [("injured", 1)]),
        ("В Актау двое рабочих попали к хирургам с переломами.", [("injured", 2)]),
        ("В Актау случайную прохожую ранило в ногу.", [("injured", 1)]),
        ("В Актау погиб 34-летний Асан Беков.", [("killed", 1)]),
        ("В Актау ранен водитель. Он скончался по дороге.", [("injured", 1), ("killed", 1)]),
        ("В Актау двое мужчин избили журналиста.", [("injured", 1)]),
        ("В Актау двое неизвестных убили троих рабочих.", [("killed", 3)]),
        ("В Актау 12 человек убили боевики.", [("killed", 12)]),
        ("В Актау двое на мотоцикле застрелили во вторник вечером адвоката.", [("killed", 1)]),
        ("В Актау двое раненых скончались.", [("killed", 2)]),
        ("В Актау освобождены 12 заложников.", [("released", 12)]),
        ("В Актау патруль взял двоих рабочих.", [("arrested", 2)]),
        ("В Актау сепаратисты напали на лагерь, захватив четверых.", [("abducted", 4)]),
        ("В Актау жертвами стали 48 человек, среди них 11 женщин и семеро детей.",
         [("killed", 48), ("killed_minors", 7)]),
        ("В Актау погибли трое, в том числе 12-летний мальчик.", [("killed", 3), ("killed_minors", 1)]),
        ("В Актау избиты семеро, у одного перелом.", [("injured", 7)]),
        ("В Актау пострадали семеро полицейских и, по данным оппозиции, двенадцать демонстрантов.",
         [("injured_security_forces", 7), ("injured", 12)]),
        ("В Актау 19 человек задержаны, семеро, среди них журналистка, обратились к врачам.",
         [("arrested", 19), ("injured", 7)]),
        ("В Актау полтора десятка человек вышли на пикет.", [("participants", 15)]),
        ("Её участники, около 150 человек, в Актау жгли покрышки.", [("participants", 150)]),
        ("В Актау к работе не приступили около 300 человек.", [("participants", 300)]),
    ],
)  # fmt: skip
def test_who_did_it_is_told_from_whom_it_was_done_to(reads: Read, text: str, expected: list[object]):
    assert claims(reads(text, language="ru")) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("В Ростове-на-Дону прошёл в субботу митинг.", "Ростов-на-Дону"),
        ("В 12 км от города Рязань упал в субботу беспилотник.", "Рязань"),
        ("В субботу в посёлке Ыйкылма Баткенской области застрелили фермера.", "Баткенская область"),
        ("Жители села Ыйкылма Баткенской области в субботу перекрыли трассу.", "Баткенская область"),
        ("В субботу у магазина на Ленинградском проспекте в Рязани застрелили фермера.", "Рязань"),
        ("Армия нанесла в субботу удары по пригороду Дамаска.", "Дамаск"),
        ("Взрыв прогремел в субботу в Рязани, раненых увезли в больницу в Москве.", "Рязань"),
    ],
)
def test_a_place_is_told_by_what_governs_it(reads: Read, text: str, place: str):
    reading = reads(text, language="ru")
    assert {one.place for one in (*reading.incidents, *reading.claims)} == {place}


def test_a_day_behind_that_is_not_that_of_the_words(reads: Read):
    story = "В субботу в Актау прошёл митинг. Армия сообщила, что в пятницу авиация нанесла удар по Кундузу."
    days = {one.place: one.date_start for one in reads(story, language="ru").incidents}
    assert days["Кундуз"] == dt.date(2022, 1, 7)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("В Мюлузе в субботу прошёл митинг.", "Мюлуз"),
        ("Ош: в субботу застрелили фермера.", "Ош"),
        ("В субботу в Оше застрелили полицейского. Стрелявший, житель Актау, не найден.", "Ош"),
    ],
)
def test_a_place_is_known_in_its_case_in_a_heading_and_apart_from_where_somebody_is_from(
    reads: Read, text: str, place: str
):
    reading = reads(text, language="ru")
    assert {one.place for one in (*reading.incidents, *reading.claims)} == {place}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В Актау в субботу ранены двое: мужчине 44 года, его жене 39.", [("injured", 2)]),
        ("В Актау погибли семеро, пятеро из них — родственники.", [("killed", 7)]),
        ("В Актау в субботу произошёл взрыв, обошлось без пострадавших.", []),
        ("В субботу беспорядки прошли в обоих районах Актау, задержаны 12 человек.", [("arrested", 12)]),
        ("В субботу в Актау мороз достигал минус 30, прошёл митинг.", []),
        ("В субботу в Актау сообщили об уничтожении семи боевиков.", [("killed_attackers", 7)]),
        ("В субботу в Актау на рельсах сидели около 200 человек.", [("participants", 200)]),
    ],
)
def test_ages_degrees_and_who_some_of_them_are_count_nobody(reads: Read, text: str, expected: list[object]):
    assert claims(reads(text, language="ru")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В субботу полиция перекрыла выезды из Актау.", []),
        ("В субботу жители Актау перекрыли выезды.", ["Protests"]),
        ("В субботу рабочие заблокировали ворота завода в Актау.", ["Protests"]),
        ("В субботу в Актау здание забросали бутылками с горючей смесью.", ["Riots"]),
    ],
)
def test_those_who_guard_a_road_do_not_protest_on_it(reads: Read, text: str, expected: list[str]):
    assert [kind for kind, _ in past(reads(text, language="ru"))] == expected
