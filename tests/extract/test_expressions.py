"""Time expressions as news of both languages words them, reckoned from Wednesday, 17 May 2023.

Of each line the first part is the text, the second the days: first and last, or one; of several times
those with a day, in order.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.extract import times
from geo.extract.language import language
from geo.extract.times import Timed

DAY = dt.date(2023, 5, 17)

ENGLISH = """
Police came on Friday.|2023-05-12
Police came late on Friday night.|2023-05-12
Police came early Tuesday.|2023-05-16
Police came on Tuesday, May 9.|2023-05-09
Police came Tuesday, 9 May 2023.|2023-05-09
Police came on May 9, 2023.|2023-05-09
Police came on 9th May.|2023-05-09
Police came on the 9th of May.|2023-05-09
Police came on 09.05.2023.|2023-05-09
Police came on 2023-05-09.|2023-05-09
Police came on 05/25/2022.|2022-05-25
Police came on 9/5/2023.|2023-05-09
Police came in the night of 3 to 4 May.|2023-05-03 2023-05-04
Police came on the night of 3-4 May.|2023-05-03 2023-05-04
Police came on the night of May 3-4.|2023-05-03 2023-05-04
Police came on the night of May 3.|2023-05-03
Police came on the evening of 3 May.|2023-05-03
Police came overnight into Sunday.|2023-05-13 2023-05-14
Police came overnight Saturday.|2023-05-13
Police came overnight from Saturday to Sunday.|2023-05-13 2023-05-14
Police came in the night from Saturday to Sunday.|2023-05-13 2023-05-14
Police came on the night from 3 to 4 May.|2023-05-03 2023-05-04
Police came on Saturday night into Sunday.|2023-05-13 2023-05-14
Police came earlier this month.|2023-05-01 2023-05-17
Police came earlier in the day.|2023-05-17
Police came earlier today.|2023-05-17
Police came earlier in the week.|2023-05-15 2023-05-17
Police came in the early hours of Monday.|2023-05-15
Police came in the small hours of Monday.|2023-05-15
Police came at dawn on Monday.|2023-05-15
Police came before dawn on Monday.|2023-05-15
Police came shortly before midnight on Sunday.|2023-05-14
Police came on Sunday afternoon.|2023-05-14
Police have come since mid-March.|2023-03-11 2023-05-17
Police have come since early March.|2023-03-01 2023-05-17
Police have come since March.|2023-03-01 2023-05-17
Police have come since March 5.|2023-03-05 2023-05-17
Police have come since Friday.|2023-05-12 2023-05-17
Police have come since last Friday.|2023-05-12 2023-05-17
Police came in mid-March.|2023-03-11 2023-03-20
Police came in late April.|2023-04-21 2023-04-30
Police came at the end of April.|2023-04-21 2023-04-30
Police came at the beginning of April.|2023-04-01 2023-04-10
Police came at the start of the month.|2023-05-01 2023-05-10
Police came last month.|2023-04-01 2023-04-30
Police came last week.|2023-05-08 2023-05-14
Police came the week before last.|2023-05-01 2023-05-07
Police came two weeks ago.|2023-05-03
Police came a fortnight ago.|2023-05-03
Police came ten days ago.|2023-05-07
Police came three days earlier.|2023-05-14
Police came two days ago.|2023-05-15
Police came last night.|2023-05-16 2023-05-17
Police came yesterday evening.|2023-05-16
Police came the day before yesterday.|2023-05-15
Police came this morning.|2023-05-17
Police came today.|2023-05-17
Police came at the weekend.|2023-05-13 2023-05-14
Police came last weekend.|2023-05-13 2023-05-14
Police came over the weekend.|2023-05-13 2023-05-14
Police came this past weekend.|2023-05-13 2023-05-14
Police came between May 3 and May 5.|2023-05-03 2023-05-05
Police came from May 3 to May 5.|2023-05-03 2023-05-05
Police came from 3 to 5 May.|2023-05-03 2023-05-05
Police came on 3-5 May.|2023-05-03 2023-05-05
Police came on May 3 and 4.|2023-05-03 2023-05-04
Police came on 3 and 4 May.|2023-05-03 2023-05-04
Police came April 28 - May 2.|2023-04-28 2023-05-02
Police came between Friday and Sunday.|2023-05-12 2023-05-14
Police came from Friday to Sunday.|2023-05-12 2023-05-14
Police came on Friday and Saturday.|2023-05-12 2023-05-13
Police came in the first week of May.|2023-05-01 2023-05-07
Police came in the last week of April.|2023-04-24 2023-04-30
Police came on the first Monday of May.|2023-05-01
Police came in the first half of April.|2023-04-01 2023-04-15
Police came in the second half of April.|2023-04-16 2023-04-30
Police came in the first quarter of 2023.|2023-01-01 2023-03-31
Police came in the second quarter of 2022.|2022-04-01 2022-06-30
Police came in the third quarter.|2022-07-01 2022-09-30
Police came in spring 2022.|2022-03-01 2022-05-31
Police came in the summer of 2022.|2022-06-01 2022-08-31
Police came last autumn.|2022-09-01 2022-11-30
Police came last winter.|2022-12-01 2023-02-28
Police came in December.|2022-12-01 2022-12-31
Police came in December 2021.|2021-12-01 2021-12-31
Police came in 2019.|2019-01-01 2019-12-31
Police came in early 2022.|2022-01-01 2022-05-01
Police came on New Year's Day.|2023-01-01
Police came on Christmas Eve.|2022-12-24
Police came on May Day.|2023-05-01
Police came in the past 24 hours.|2023-05-16 2023-05-17
Police came in the last three days.|2023-05-14 2023-05-17
Police came over the past week.|2023-05-10 2023-05-17
Police came several days ago.|
Police came three decades ago.|
Police came last Tuesday.|2023-05-16
Police came on Tuesday last week.|2023-05-09
Police came on Tuesday of last week.|2023-05-09
Police came on Monday this week.|2023-05-15
Police came a week ago on Friday.|2023-05-05
Police came Friday a week ago.|2023-05-05
Police came on Jan. 5.|2023-01-05
Police came on Sept 5, 2022.|2022-09-05
Police came on Wed.|2023-05-17
Police came on Wednesday.|2023-05-17
Police came on Fri 12 May.|2023-05-12
Police came on May 12th.|2023-05-12
Police came Friday morning.|2023-05-12
Police came one week ago.|2023-05-10
Police came as recently as Monday.|2023-05-15
Police came by Monday evening.|2023-05-15
They will meet by the end of the month.|2023-05-31
They will meet by the end of May.|2023-05-31
They will meet later this week.|2023-05-17 2023-05-21
They will meet later this month.|2023-05-17 2023-05-31
They will meet next week.|2023-05-22 2023-05-28
They will meet next month.|2023-06-01 2023-06-30
They will meet next Tuesday.|2023-05-23
They will meet on Tuesday.|2023-05-23
They will meet tomorrow.|2023-05-18
They will meet the day after tomorrow.|2023-05-19
They will meet in three days.|2023-05-20
They will meet in a week's time.|2023-05-24
They will meet on June 3.|2023-06-03
They will meet on January 3.|2024-01-03
They will meet at the weekend.|2023-05-20 2023-05-21
They will meet this weekend.|2023-05-20 2023-05-21
They will meet in early June.|2023-06-01 2023-06-10
They will meet later today.|2023-05-17
They will meet tonight.|2023-05-17
It starts on June 3.|2023-06-03
Police came on May 3. The previous evening they had met.|2023-05-03 ; 2023-05-02
Police came on May 3. The following day they left.|2023-05-03 ; 2023-05-04
Police came on May 3. Two days later they left.|2023-05-03 ; 2023-05-05
Police came on May 3. The same day they left.|2023-05-03 ; 2023-05-03
Police came on May 3. They had met the night before.|2023-05-03 ; 2023-05-02
Police came on May 3. They had met three days earlier.|2023-05-03 ; 2023-04-30
Police came on May 3. They had met on the eve of the raid.|2023-05-03 ; 2023-05-02
Police came on May 3. That night they left.|2023-05-03 ; 2023-05-03
Police came on May 3. A week earlier they had met.|2023-05-03 ; 2023-04-26
Police came on May 3. A day earlier they had met.|2023-05-03 ; 2023-05-02
""".strip().splitlines()

RUSSIAN = """
Полиция приехала в пятницу.|2023-05-12
Полиция приехала в пятницу вечером.|2023-05-12
Полиция приехала вечером в пятницу.|2023-05-12
Полиция приехала вечером 12 мая.|2023-05-12
Полиция приехала 12 мая.|2023-05-12
Полиция приехала 12 мая 2023 года.|2023-05-12
Полиция приехала в пятницу, 12 мая.|2023-05-12
Полиция приехала 12.05.2023.|2023-05-12
Полиция приехала утром во вторник.|2023-05-16
Полиция приехала во вторник.|2023-05-16
Полиция приехала в ночь на вторник.|2023-05-16
Полиция приехала в ночь на 12 мая.|2023-05-12
Полиция приехала в ночь с 11 на 12 мая.|2023-05-11 2023-05-12
Полиция приехала в ночь с субботы на воскресенье.|2023-05-13 2023-05-14
Полиция приехала вчера.|2023-05-16
Полиция приехала вчера вечером.|2023-05-16
Полиция приехала накануне.|2023-05-16
Полиция приехала позавчера.|2023-05-15
Полиция приехала сегодня утром.|2023-05-17
Полиция приехала этой ночью.|2023-05-16 2023-05-17
Полиция приехала минувшей ночью.|2023-05-16 2023-05-17
Полиция приехала на прошлой неделе.|2023-05-08 2023-05-14
Полиция приехала в минувшие выходные.|2023-05-13 2023-05-14
Полиция приехала на выходных.|2023-05-13 2023-05-14
Полиция приехала в прошлом месяце.|2023-04-01 2023-04-30
Полиция приехала в апреле.|2023-04-01 2023-04-30
Полиция приехала в начале апреля.|2023-04-01 2023-04-10
Полиция приехала в середине апреля.|2023-04-11 2023-04-20
Полиция приехала в конце апреля.|2023-04-21 2023-04-30
Полиция приехала в первых числах мая.|2023-05-01 2023-05-10
Полиция приехала два дня назад.|2023-05-15
Полиция приехала неделю назад.|2023-05-10
Полиция приехала две недели назад.|2023-05-03
Полиция приехала с 3 по 5 мая.|2023-05-03 2023-05-05
Полиция приехала 3-5 мая.|2023-05-03 2023-05-05
Полиция приехала 3 и 4 мая.|2023-05-03 2023-05-04
Полиция приехала в период с 3 по 5 мая.|2023-05-03 2023-05-05
Полиция приехала с пятницы по воскресенье.|2023-05-12 2023-05-14
Полиция дежурит с пятницы.|2023-05-12 2023-05-17
Полиция дежурит с 3 мая.|2023-05-03 2023-05-17
Полиция дежурит с середины марта.|2023-03-11 2023-05-17
Полиция дежурит с начала месяца.|2023-05-01 2023-05-17
Полиция дежурит с начала года.|2023-01-01 2023-05-17
Полиция дежурит с марта.|2023-03-01 2023-05-17
Полиция приехала за последние сутки.|2023-05-16 2023-05-17
Полиция приехала за минувшие сутки.|2023-05-16 2023-05-17
Полиция приехала за последние три дня.|2023-05-14 2023-05-17
Полиция приехала в первом квартале 2023 года.|2023-01-01 2023-03-31
Полиция приехала летом 2022 года.|2022-06-01 2022-08-31
Полиция приехала прошлой осенью.|2022-09-01 2022-11-30
Полиция приехала в прошлую пятницу.|2023-05-12
Полиция приехала в минувший вторник.|2023-05-16
Полиция приехала во вторник на прошлой неделе.|2023-05-09
Полиция приехала в прошлом году.|2022-01-01 2022-12-31
Полиция приехала в 2019 году.|2019-01-01 2019-12-31
Полиция приехала тридцать лет назад.|
Полиция приехала несколько дней назад.|
Полиция приехала 1 января.|2023-01-01
Полиция приехала в этом месяце.|2023-05-01 2023-05-17
Полиция приехала на этой неделе.|2023-05-15 2023-05-17
Полиция приехала ранее в среду.|2023-05-17
Полиция приехала рано утром в понедельник.|2023-05-15
Полиция приехала поздно вечером в воскресенье.|2023-05-14
Полиция приехала около полуночи 14 мая.|2023-05-14
Полиция приехала на рассвете 14 мая.|2023-05-14
Полиция приехала днём 14 мая.|2023-05-14
Полиция приехала к вечеру понедельника.|2023-05-15
Полиция приехала в первой половине апреля.|2023-04-01 2023-04-15
Полиция приехала во второй половине апреля.|2023-04-16 2023-04-30
Суд пройдёт в пятницу.|2023-05-19
Суд пройдёт 3 июня.|2023-06-03
Суд пройдёт на следующей неделе.|2023-05-22 2023-05-28
Суд пройдёт в следующем месяце.|2023-06-01 2023-06-30
Суд пройдёт завтра.|2023-05-18
Суд пройдёт послезавтра.|2023-05-19
Суд пройдёт через три дня.|2023-05-20
Суд пройдёт через неделю.|2023-05-24
Суд пройдёт в начале июня.|2023-06-01 2023-06-10
Суд пройдёт до конца месяца.|2023-05-31
Суд пройдёт в ближайшую пятницу.|2023-05-19
Полиция приехала 3 мая. Днём ранее она была в городе.|2023-05-03 ; 2023-05-02
Полиция приехала 3 мая. На следующий день она уехала.|2023-05-03 ; 2023-05-04
Полиция приехала 3 мая. Двумя днями ранее она была там.|2023-05-03 ; 2023-05-01
Полиция приехала 3 мая. В тот же день она уехала.|2023-05-03 ; 2023-05-03
Полиция приехала 3 мая. Неделей ранее она была там.|2023-05-03 ; 2023-04-26
Полиция приехала 3 мая. Через два дня она уехала.|2023-05-03 ; 2023-05-05
""".strip().splitlines()


def found(text: str, code: str, published: dt.date) -> list[Timed]:
    spoken = language(code)
    sentences = spoken.split(text)
    marks = [spoken.lexicon.marks(sentence.tokens) for sentence in sentences]
    return times.find(sentences, marks, text, spoken, published)


def days(text: str, code: str) -> str:
    """The days of every time that has one."""
    shown = []
    for one in found(text, code, DAY):
        start, end = one.time.start, one.time.end
        if start is not None:
            shown.append(f"{start}" if start == end else f"{start} {end}")
    return " ; ".join(shown)


@pytest.mark.parametrize("line", ENGLISH)
def test_english_days(line: str):
    text, _, wanted = line.partition("|")
    assert days(text, "en") == wanted


@pytest.mark.parametrize("line", RUSSIAN)
def test_russian_days(line: str):
    text, _, wanted = line.partition("|")
    assert days(text, "ru") == wanted


@given(
    st.sampled_from([(line, "en") for line in ENGLISH] + [(line, "ru") for line in RUSSIAN]),
    st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)),
)
def test_every_day_lies_on_its_side_of_the_publication(line: tuple[str, str], published: dt.date):
    text, code = line
    for one in found(text.partition("|")[0], code, published):
        start, end = one.time.start, one.time.end
        if start is None or end is None:
            continue
        assert start <= end
        assert end >= published if one.time.future else start <= published
