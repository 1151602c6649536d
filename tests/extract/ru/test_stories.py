"""Russian sentences and stories: figures, days, places, speakers, events, and what holds for every text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.extract import Reading, read
from geo.ingest.places import WorldPlaces
from tests.extract.conftest import DAY, Read

MINE = (
    "При взрыве на шахте в Караганде погибли 46 горняков, сообщили в МЧС. Более 200 человек эвакуированы, "
    "18 госпитализированы.\n\nВзрыв произошёл утром 28 октября. 29 октября у здания компании в Темиртау "
    "собрались около 300 человек, они требовали отставки руководства. Жители Балхаша выйдут на митинг "
    "в среду."
)
WORDS = [
    "Полиция", "задержала", "около", "2 200", "человек", "в", "Алматы", ",", ".", "на", "в пятницу",
    "на прошлой неделе", "сообщила", "десятки", "протестующих", "погибли", "«", "»", "Казахстана",
    "из", "пройдут", "начались", "взрыв", "—", "(", ")", "\n\n", "\u202e", "🔥", "2 января", "2019",
    "не менее", "столице", "под", "один", "и", "который", "области", "Актюбинской", "\ufeff",
    "трое", "среди них", "не", "5,8 тысячи", "из них", "заявил",
]  # fmt: skip


def claims(reading: Reading) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(one.metric, one.low, one.best, one.high) for one in reading.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В Актау задержаны около 5,8 тысячи человек.", [("arrested", None, 5800, None)]),
        ("В Актау пострадали не менее восьми человек.", [("injured", 8, 8, None)]),
        ("В Актау ранены более 2 200 человек.", [("injured", 2200, 2200, None)]),
        ("В Актау собрались до тысячи человек.", [("participants", None, 1000, 1000)]),
        ("В Актау погибли двадцать пять человек.", [("killed", 25, 25, 25)]),
        ("В Актау убиты трое и ранены пятеро.", [("killed", 3, 3, 3), ("injured", 5, 5, 5)]),
        ("В Актау погиб военнослужащий.", [("killed_security_forces", 1, 1, 1)]),
        ("В Актау погибли 12 взрослых и пятеро детей.", [("killed", 12, 12, 12), ("killed_minors", 5, 5, 5)]),
        ("В Актау число погибших достигло 164.", [("killed", 164, 164, 164)]),
        ("В Актау 19 человек, среди них девочка, попали в больницу.",
         [("injured", 19, 19, 19), ("injured_minors", 1, 1, 1)]),
        ("В Актау пострадали 10 человек, в том числе трое полицейских.",
         [("injured", 10, 10, 10), ("injured_security_forces", 3, 3, 3)]),
        ("В Актау полиция никого не задержала, никто не пострадал.", []),
        ("В Актау сгорели 15 домов, ущерб оценивают в 2 млн тенге.", []),
        ("Сведения о гибели двух демонстрантов в Актау не подтвердились.", []),
    ],
)  # fmt: skip
def test_figures_are_read_with_their_bounds(reads: Read, text: str, expected: list[object]):
    assert claims(reads(text)) == expected


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("в пятницу", "2022-01-07", "2022-01-07"),
        ("в воскресенье утром", "2022-01-09", "2022-01-09"),
        ("в ночь на четверг", "2022-01-06", "2022-01-06"),
        ("5 января", "2022-01-05", "2022-01-05"),
        ("28 декабря", "2021-12-28", "2021-12-28"),
        ("11 мая 2019 года", "2019-05-11", "2019-05-11"),
        ("с 3 по 5 января", "2022-01-03", "2022-01-05"),
        ("на прошлой неделе", "2022-01-03", "2022-01-09"),
        ("вчера вечером", "2022-01-08", "2022-01-08"),
        ("накануне", "2022-01-08", "2022-01-08"),
        ("два дня назад", "2022-01-07", "2022-01-07"),
        ("весной 2018 года", "2018-03-01", "2018-05-31"),
        ("с начала января", "2022-01-01", "2022-01-09"),
        ("три десятилетия назад", None, None),
    ],
)
def test_days_are_reckoned_from_the_day_of_publication(reads: Read, words: str, start: str, end: str):
    (time,) = reads(f"Митинг в Актау прошёл {words}.").times
    assert (time.start and str(time.start), time.end and str(time.end), time.future) == (start, end, False)


@pytest.mark.parametrize(
    "text",
    [
        "Митинг в Актау ожидается в понедельник.",
        "В понедельник оппозиция проведёт шествие в Актау.",
        "Акция протеста в Актау назначена на 15 января.",
        "Профсоюзы Актау на следующей неделе собираются объявить забастовку.",
        "Протесты могут возобновиться в Актау.",
    ],
)
def test_what_is_to_come_is_marked(reads: Read, text: str):
    reading = reads(text)
    assert all(one.future for one in reading.incidents)
    assert all(time.future for time in reading.times)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("В Жанаозене в субботу начались столкновения.", "Zhanaozen"),
        ("В субботу в Актюбинской области прошли митинги.", "Aktobe Region"),
        ("На окраине Хасавюрта в Дагестане в субботу произошла перестрелка.", "Хасавюрт"),
        ("В субботу вечером был обстрелян Донецк. Обстрел Донецка продолжался час.", "Донецк"),
        ("В провинции Дияла на востоке Ирака в субботу боевики напали на блокпост.", "Дияла"),
    ],
)
def test_places_are_known_in_every_case(reads: Read, text: str, place: str):
    assert {one.place for one in reads(text).incidents} == {place}


@pytest.mark.parametrize(
    "text",
    [
        "Делегация из Чечни приехала в субботу, протест её не коснулся.",
        "На площади Ленина в субботу было тихо.",
        "В субботу боевики обстреляли позиции армии, заявили в Баку.",
    ],
)
def test_lands_of_origin_and_of_speakers_are_no_places_of_events(reads: Read, text: str):
    assert {one.place for one in reads(text).incidents} & {"Чечня", "Ленино", "Баку", "Baku"} == set()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Погибли пять человек, сообщило в воскресенье министерство обороны.", "министерство обороны"),
        ("По данным Минздрава, погибли пять человек.", "Минздрав"),
        ("По словам мэра, погибли пять человек.", "мэр"),
        ("Погибли пять человек, рассказали в министерстве здравоохранения.", "министерство здравоохранения"),
        ("Глава полиции Иван Петров заявил, что погибли пять человек.", "Глава полиции Иван Петров"),
    ],
)
def test_numbers_have_a_speaker_in_the_nominative(reads: Read, text: str, speaker: str):
    (claim,) = reads(f"В Актау в субботу прогремел взрыв. {text}").claims
    assert (claim.claimed_by, claim.metric, claim.best) == (speaker, "killed", 5)


def test_a_story_becomes_incidents_and_claims(reads: Read):
    reading = reads(MINE, dt.date(2023, 10, 29))
    assert [
        (one.event_type, one.place, str(one.date_start)) for one in reading.incidents if not one.future
    ] == [
        ("Explosions/Remote violence", "Karaganda", "2023-10-28"),
        ("Protests", "Temirtau", "2023-10-29"),
    ]
    assert [(one.place, str(one.date_start)) for one in reading.incidents if one.future] == [
        ("Балхаш", "2023-11-01")
    ]
    assert [(one.metric, one.best, one.place) for one in reading.claims] == [
        ("killed", 46, "Karaganda"),
        ("displaced", 200, "Karaganda"),
        ("injured", 18, "Karaganda"),
        ("participants", 300, "Temirtau"),
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_whatever_the_text_spans_slice_back_and_days_lie_on_their_side(places: WorldPlaces, text: str):
    if not text.strip():
        return
    reading = read(text, published=DAY, places=places, language="ru")
    for one in (*reading.toponyms, *reading.times, *reading.figures, *reading.triggers, *reading.speakers):
        assert text[one.span.start : one.span.end] == one.text
    for incident in reading.incidents:
        assert incident.evidence
        assert all(0 <= span.start < span.end <= len(text) for span in incident.evidence)
        assert incident.future or incident.date_start is None or incident.date_start <= DAY
    for claim in reading.claims:
        assert claim.evidence
        bounds = [number for number in (claim.low, claim.best, claim.high) if number is not None]
        assert bounds
        assert bounds == sorted(bounds)
