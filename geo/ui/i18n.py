"""The page's words in the reader's language.

English texts stand in the code; Russian and Kazakh in gettext catalogues, `locale/<language>/
LC_MESSAGES/eventmap.po`, read as they are (Babel), so that nothing has to be compiled.
Dates and numbers take the form of the language (Unicode CLDR, through Babel).
"""

from __future__ import annotations

import datetime as dt
import io
from functools import cache
from pathlib import Path

import streamlit as st
from babel import dates, numbers
from babel.messages import mofile, pofile
from babel.support import NullTranslations, Translations

LANGUAGES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}
"""Languages of the page, by ISO 639-1 code, in their own words."""

_LOCALE = Path(__file__).parent / "locale"


@cache
def catalogue(code: str) -> NullTranslations:
    """The texts of a language; those of the code itself for English."""
    path = _LOCALE / code / "LC_MESSAGES" / "eventmap.po"
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as stream:
        texts = pofile.read_po(stream, locale=code)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, texts)
    compiled.seek(0)
    return Translations(compiled)


def language() -> str:
    """The language of this run of the page."""
    chosen = st.session_state.get("lang")
    return chosen if chosen in LANGUAGES else "en"


def _(text: str) -> str:
    """A text in the reader's language."""
    return catalogue(language()).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """A text that depends on a number, with the number in it as `{n}`."""
    chosen = catalogue(language()).ngettext(one, many, number)
    return chosen.replace("{n}", count(number))


def count(number: float) -> str:
    """`1,200`, `1 200`."""
    return numbers.format_decimal(number, locale=_form())


def day(date: dt.date) -> str:
    """`5 January 2022`, `5 января 2022 г.`."""
    return dates.format_date(date, "long", locale=_form())


def short_day(date: dt.date) -> str:
    """`5 Jan`, `5 янв.`."""
    return dates.format_skeleton("MMMd", date, locale=_form())


def short_month(date: dt.date) -> str:
    """`Jan 2022`."""
    return dates.format_skeleton("yMMM", date, locale=_form())


def slider_form() -> str:
    """How a slider writes a day: its words are English, whatever the language."""
    return "D MMM" if language() == "en" else "DD.MM"


def date_form() -> str:
    """How a field for a date wants it."""
    return "DD/MM/YYYY" if language() == "en" else "DD.MM.YYYY"


def called(name: str, key: str = "") -> str:
    """What a place is called in the reader's language, or its English name.

    key: the identifier of a region or the code of a country.
    """
    table: dict[str, str] = st.session_state.get("names", {})
    return table.get(key) or table.get(name) or name


def _form() -> str:
    """English in British form: the day comes before the month."""
    return {"en": "en_GB"}.get(language(), language())


def span(start: dt.date, end: dt.date) -> str:
    """`1–13 January 2022`, `28 December 2021 – 3 January 2022`, or one day."""
    if start == end:
        return day(end)
    if language() == "kk":  # the year stands first, which takes the CLDR's own pattern
        return dates.format_interval(start, end, "yMMMd", locale=_form())
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    first = day(start) if start.year != end.year else dates.format_date(start, "d MMMM", locale=_form())
    return f"{first} – {day(end)}"
