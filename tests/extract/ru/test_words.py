"""Russian words and names: lemmas, forms of entries, names in the nominative."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ExtractError
from geo.extract.language import MOST_GUESSED, language, tell
from geo.extract.languages.ru.dictionary import nominative
from geo.extract.languages.ru.morphology import Words

WORDS = Words()


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("погибли", "погибнуть"),
        ("воскресенье", "воскресение"),
        ("во", "в"),
        ("четырёх", "четыре"),
        ("Об", "о"),
    ],
)
def test_a_word_is_looked_up_by_its_lemma(word: str, lemma: str):
    assert WORDS.normal(word) == lemma


@pytest.mark.parametrize("form", ["погибший", "погибших", "погибшими", "погибшего"])
def test_an_entry_is_found_in_every_form(form: str):
    assert WORDS.normal(form) in {lemma for lemma, _ in WORDS.forms("погибший", "noun")}


@pytest.mark.parametrize(
    ("words", "following", "expected"),
    [
        ("Жанаозене", "", "Жанаозен"),
        ("Алматы", "", "Алматы"),
        ("ЕРЕВАН", "", "Ереван"),
        ("Бельцах", "", "Бельцы"),
        ("Нижнем Новгороде", "", "Нижний Новгород"),
        ("Ростове-на-Дону", "", "Ростов-на-Дону"),
        ("Актюбинской", "области", "Актюбинская область"),
        ("Жамбылской", "и Туркестанской областях", "Жамбылская область"),
        ("Приморском", "крае", "Приморский край"),
        ("Соединённых Штатах", "", "Соединённые Штаты"),
    ],
)
def test_a_name_is_listed_in_the_nominative(words: str, following: str, expected: str):
    assert expected in WORDS.names(words.split(), following.split(), begins=False)


@pytest.mark.parametrize(("word", "begins"), [("МВД", False), ("Полиция", True), ("Ленина", False)])
def test_words_and_persons_are_no_names_of_places(word: str, begins: bool):
    assert WORDS.names([word], [], begins=begins) == ()


def test_speakers_are_called_in_the_nominative():
    assert nominative("министерстве", "sing") == "министерство"
    assert nominative("МВД") == "МВД"


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяА-Я-’\u0301", min_size=1, max_size=40))
def test_no_word_is_too_odd_for_the_dictionary(word: str):
    assert WORDS.normal(word) == WORDS.normal(word)
    assert all(isinstance(name, str) for name in WORDS.names([word], [word], begins=False))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("У Києві в понеділок відбувся мітинг, на якому було близько двох тисяч людей.", "Ukrainian"),
        ("В София вчера се проведе протест, в който според полицията са участвали хиляди души.", "Bulgarian"),
        ("Алматыда сенбі күні митинг өтті, бұл туралы бүгін айтылды және екі адам жарақат алды.", "Kazakh"),
        ("У Мінску ў нядзелю прайшоў марш пратэсту, былі затрыманыя каля ста чалавек.", "Belarusian"),
    ],
)  # fmt: skip
def test_other_cyrillic_languages_are_called_by_name(text: str, name: str):
    with pytest.raises(ExtractError, match=f"it seems to be in {name}"):
        tell(text)


@pytest.mark.parametrize("text", ["Взрыв в Актау", "Компания Facebook сообщила о сбое в работе в США."])
def test_russian_is_told(text: str):
    assert tell(text) == "ru"


def test_digits_are_plain_whatever_groups_them():
    tokens = [
        token
        for one in language("ru").split("Более 2 200 и 5,8 тыс. человек, 12 300 домов")
        for token in one.tokens
    ]
    assert [token.normal for token in tokens if token.kind == "number"] == ["2200", "5.8", "12300"]


def test_a_text_of_invented_words_is_refused_before_all_are_guessed_at():
    letters = "бвгджзклмнпрст"
    words = ("".join(some) + "уво" for some in itertools.permutations(letters, 4))
    invented = [word for word in itertools.islice(words, 2 * MOST_GUESSED) if not WORDS.is_listed(word)]
    text = "В пятницу полиция сообщила, что в городе погибли люди. "
    russian = language("ru")
    assert russian.split(text + " ".join(invented[:MOST_GUESSED]))
    with pytest.raises(ExtractError, match="more than 4,000 of its words are in no dictionary of Russian"):
        russian.split(text + " ".join(invented[: MOST_GUESSED + 1]))
