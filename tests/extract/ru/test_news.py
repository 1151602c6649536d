"""Classes of language that Russian news has: how events, victims, places and days are told."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.extract import Reading
from geo.extract.languages.ru.naming import bases
from geo.extract.languages.ru.spelling import spellings
from tests.extract.conftest import Read

DAY = dt.date(2022, 1, 9)  # a Sunday
_PROTEST, _RIOT, _BATTLE = "Protests", "Riots", "Battles"
_BLAST, _ATTACK, _OTHER = "Explosions/Remote violence", "Violence against civilians", "Strategic developments"


def past(reading: Reading) -> list[tuple[str, str]]:
    return [(one.event_type, one.place) for one in reading.incidents if not one.future]


def claims(reading: Reading) -> list[tuple[str, int | None]]:
    return [(one.metric, one.best) for one in reading.claims]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("В субботу у здания суда в Бишкеке собрались родственники осуждённых.", _PROTEST),
        ("Учителя Бишкека в субботу не вышли на работу.", _PROTEST),
        ("В субботу в Бишкеке демонстранты забросали полицию камнями.", _RIOT),
        ("В субботу в Бишкеке подрались болельщики двух клубов.", _RIOT),
        ("В субботу в Бишкеке толпа пыталась прорваться в парламент.", _RIOT),
        ("Боевики напали в субботу на полицейский участок в Бишкеке.", _BATTLE),
        ("В субботу вечером в Бишкеке завязалась перестрелка.", _BATTLE),
        ("В субботу беспилотник врезался в жилой дом в Одессе.", _BLAST),
        ("Ракета попала в субботу в жилой дом в Одессе.", _BLAST),
        ("Армия нанесла в субботу удар по городу Одесса.", _BLAST),
        ("Одесса в субботу подверглась обстрелу.", _BLAST),
        ("В субботу в Одессе неизвестный бросил гранату во двор.", _BLAST),
        ("В субботу в Бишкеке зарезали таксиста.", _ATTACK),
        ("Вооружённые люди похитили в субботу в Бишкеке бизнесмена.", _ATTACK),
        ("Силовики провели в субботу обыски в Бишкеке.", _OTHER),
        ("В субботу над Одессой сбили два беспилотника.", _OTHER),
        ("В субботу в Бишкеке ввели комендантский час.", _OTHER),
    ],
)
def test_events_of_every_kind_are_told(reads: Read, text: str, kind: str):
    assert [found for found, _ in past(reads(text, language="ru"))] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "В субботу автомобиль сбил пешехода в Бишкеке.",
        "Митинга, о котором писали в субботу в Бишкеке, не было.",
        "Митинг в Бишкеке в субботу отменили.",
        "Суд в Бишкеке в субботу обсуждал нападение на журналиста.",
        "В субботу в Бишкеке взорвался баллон, взрыв бытового газа разрушил дом.",
        "Глава области, находящийся в Москве, выразил в субботу соболезнования семье погибшего.",
    ],
)
def test_what_is_no_event_is_left_out(reads: Read, text: str):
    assert past(reads(text, language="ru")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Пять человек стали жертвами взрыва в Актау.", [("killed", 5)]),
        ("В Актау с ножевыми ранениями в районную больницу доставлены двое.", [("injured", 2)]),
        ("В Актау полицейские увезли девять человек.", [("arrested", 9)]),
        ("В Актау неизвестные увезли девять человек.", [("abducted", 9)]),
        ("Из Актау эвакуировали 600 женщин и детей.", [("displaced", 600)]),
        ("В Актау бастуют около двух с половиной тысяч рабочих.", [("participants", 2500)]),
        ("В Актау на площадь вышли человек триста.", [("participants", 300)]),
        ("В Актау погибли двое мужчин и женщина.", [("killed", 3)]),
        ("В Актау убиты двое полицейских и семь мирных жителей.",
         [("killed_security_forces", 2), ("killed", 7)]),
        ("В Актау ранены пять человек: трое пограничников и двое рабочих.",
         [("injured", 5), ("injured_security_forces", 3)]),
        ("В Актау троим понадобилась помощь врачей.", [("injured", 3)]),
        ("Террориста застрелил в Актау солдат.", [("killed_attackers", 1)]),
        ("В Актау задержаны пятеро подозреваемых.", [("arrested", 5)]),
        ("В Актау с 20:00 до 8:00 действует запрет, задержаны 37 человек.", [("arrested", 37)]),
        ("В Актау уничтожены 29 беспилотников, о 29 уничтоженных аппаратах сообщили в МВД.", []),
        ("В Актау задержаны двое студентов 19 и 20 лет.", [("arrested", 2)]),
        ("В Актау несколько участников бросили камни.", []),
        ("В Актау убит отец троих детей.", [("killed", 1)]),
        ("В Актау осколками убило 71-летнюю женщину.", [("killed", 1)]),
        ("В Актау 58-летнего сторожа увезли в больницу.", [("injured", 1)]),
        ("В Актау ранены фельдшер и водитель скорой.", [("injured", 2)]),
        ("В Актау в отдел полиции доставлены 11 человек.", [("arrested", 11)]),
        ("В Актау полиция доставила троих раненых в больницу.", [("injured", 3)]),
        ("В Актау один полицейский получил сотрясение мозга.", [("injured_security_forces", 1)]),
        ("Власти Актау сообщили о похищении трёх рабочих.", [("abducted", 3)]),
    ],
)  # fmt: skip
def test_people_are_counted(reads: Read, text: str, expected: list[object]):
    assert claims(reads(text, language="ru")) == expected


def test_each_number_of_a_list_has_its_town(reads: Read):
    reading = reads(
        "В субботу задержаны 120 человек в Москве, 35 — в Казани и семь — в Омске.", language="ru"
    )
    assert [(one.best, one.place) for one in reading.claims] == [(120, "Москва"), (35, "Казань"), (7, "Омск")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("В субботу в Баткенском районе прошёл митинг.", "Баткенский район"),
        ("В субботу в селе Ак-Сай Баткенского района прошёл митинг.", "Ак-Сай"),
        ("В субботу в монгольской столице прошёл митинг.", "Ulan Bator"),
        ("В субботу полиция Бишкека задержала двух активистов.", "Бишкек"),
        ("В субботу на трассе у Хасавюрта прогремел взрыв.", "Хасавюрт"),
        ("В субботу беспилотники атаковали нефтебазу под Рязанью.", "Рязань"),
        ("При атаке беспилотников на Белгород в субботу ранен мужчина.", "Белгород"),
        ("В субботу в Кундузе, на севере Афганистана, прогремел взрыв.", "Кундуз"),
        ("В субботу в чилийском городе Кольипульи прошёл митинг, сообщили власти Чили.", "Collipulli"),
        ("В субботу в Ленинском районе Красноярска произошла драка.", "Красноярск"),
        ("В субботу на улице Казанской в Москве произошла драка.", "Москва"),
    ],
)
def test_places_are_told_by_cases_and_adjectives(reads: Read, text: str, place: str):
    assert {one.place for one in reads(text, language="ru").incidents} == {place}


@pytest.mark.parametrize(
    "text",
    [
        "В субботу обсерватория, базирующаяся в Лондоне, сообщила о взрыве.",
        "В субботу неизвестный, житель деревни под Лондоном, открыл огонь.",
        "В субботу раненых при взрыве увезли в Лондон.",
        "Боевики в субботу обстреляли колонну. В Лондоне это не комментировали.",
        "В субботу задержаны 38 человек, заявил на брифинге в Лондоне министр.",
    ],
)
def test_where_speakers_sit_and_people_come_from_nothing_happens(reads: Read, text: str):
    assert "Лондон" not in {one.place for one in reads(text, language="ru").incidents}


def test_an_event_is_told_in_every_town_of_a_list(reads: Read):
    assert past(reads("В субботу митинги прошли в Оше, Баткене и Нарыне.", language="ru")) == [
        (_PROTEST, "Ош"),
        (_PROTEST, "Баткен"),
        (_PROTEST, "Нарын"),
    ]


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("В Ингушетии убиты двое боевиков.\n\nОперация началась во вторник в Назрани.", "Назрань", 4),
        ("Взрыв прогремел в Назрани.\n\nЭто произошло в ночь на пятницу.", "Назрань", 7),
        ("Ещё одна акция прошла в Назрани. Накануне у мэрии собрались матери.", "Назрань", 8),
        ("В Магасе сожгли машину. Полиция нашла её в ночь на пятницу.", "Магас", 7),
    ],
)
def test_a_lead_takes_place_and_day_from_what_follows(reads: Read, text: str, place: str, day: int):
    found = [(one.place, one.date_start) for one in reads(text, language="ru").incidents if not one.future]
    assert found == [(place, dt.date(2022, 1, day))]


def test_there_is_the_place_told_last(reads: Read):
    reading = reads(
        "Не утихают страсти в Назрани. В субботу там собрались на митинг 300 человек.", language="ru"
    )
    assert [(one.best, one.place) for one in reading.claims] == [(300, "Назрань")]


def test_a_story_plays_where_it_is_sent_from_if_it_names_no_other_place(reads: Read):
    story = "ТБИЛИСИ, 9 янв — Агентство. Полиция в воскресенье разогнала митинг. Власти Грузии молчат."
    assert past(reads(story, language="ru")) == [(_PROTEST, "Тбилиси")]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("третий день", "2022-01-07", "2022-01-09"),
        ("под утро", "2022-01-09", "2022-01-09"),
        ("в ночь на 5 января", "2022-01-05", "2022-01-05"),
        ("по состоянию на пятницу", "2022-01-07", "2022-01-07"),
    ],
)
def test_days_are_told_in_the_ways_of_news(reads: Read, words: str, start: str, end: str):
    (time,) = reads(f"Шахтёры Актау бастуют {words}.", language="ru").times
    assert (str(time.start), str(time.end), time.future) == (start, end, False)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Президент созвал на вторник совет безопасности в Актау.", "2022-01-11"),
        ("Власти согласовали митинг в Актау на 27 января.", "2022-01-27"),
        ("Профсоюз рассчитывает возобновить забастовку в Актау в среду.", "2022-01-12"),
        ("Оппозиция собирается выйти на площадь Актау 15 января.", "2022-01-15"),
    ],
)
def test_what_is_set_for_a_day_ahead_is_to_come(reads: Read, text: str, start: str):
    reading = reads(text, language="ru")
    assert [(one.future, str(one.date_start)) for one in reading.incidents] == [(True, start)]


@pytest.mark.parametrize(
    ("adjective", "town"),
    [("Баткенский", "Баткен"), ("Сочинский", "Сочи"), ("Белорецкий", "Белорецк"), ("Тверской", "Тверь")],
)
def test_an_adjective_is_made_of_the_name_of_a_town(adjective: str, town: str):
    assert town in bases(adjective)


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("Кольипульи", "collipulli"),
        ("Эрсилья", "ercilla"),
        ("Хамунди", "jamundi"),
        ("Лашкаргах", "lashkargah"),
    ],
)
def test_a_foreign_name_is_spelled_as_at_home(name: str, spelling: str):
    assert spelling in spellings(name)
    assert spellings("London") == ()
