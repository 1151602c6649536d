"""The page "Read an article": a text in, candidates beside it, and what a reader accepts as a data set."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from html import escape
from pathlib import Path

import streamlit as st

from geo import ingest
from geo.errors import GeoError, NoDay
from geo.ingest.visit import Reading, text_of
from geo.settings import Settings
from geo.ui import (
    article_cards,
    article_corrections,
    article_map,
    article_state,
    article_text,
    article_visit,
    article_words,
    vocabulary,
)
from geo.ui.article_state import Candidate, Source
from geo.ui.article_text import Anchor, Mark
from geo.ui.i18n import _, count, date_form, day, ngettext

_CSS = Path(__file__).parent / "article.css"

FILES = ("txt", "md", "html", "htm", "pdf")
LARGEST_MB = 5
LONG = 100_000
"""Characters from which reading takes so long that a bar shows how far it may be."""

PACE, NEARLY = 100_000, 0.97
"""Characters that are read in a second, at least; and where the bar stops when they take longer."""

STEP = 12
"""Candidates that are shown at once."""

Numbered = Sequence[tuple[str, Candidate]]


def draw() -> None:
    """The form, and once a text is read, the text with its candidates."""
    st.html(_CSS)
    reading = article_state.reading()
    about = _(
        "Paste a news story or upload it. What it tells is proposed as incidents and claims, each tied to "
        "its words. Nothing enters a data set before you accept it, and nothing leaves this server."
    )
    st.html(f'<p class="em-hint em-article-about">{escape(about)}</p>')
    with st.expander(_("The article"), expanded=reading is None, key=_form_key()):
        _form()
    article_visit.draw()
    if reading is not None:
        _result(reading)


def _form_key() -> str:
    """A new key for each reading, so that the form folds away once there is one."""
    return f"article-form-{st.session_state.get('article_number', 0)}"


def _form() -> None:
    state = st.session_state
    left, right = st.columns([3, 2], gap="medium")
    with left:
        text = st.text_area(
            _("Text of the article"),
            key="article_pasted",
            height=260,
            placeholder=_("Paste the text here, with its dateline if it has one."),
        )
    with right:
        upload = st.file_uploader(
            _("Or a file: text, Markdown, HTML or PDF"), FILES, key="article_file", max_upload_size=LARGEST_MB
        )
        published = st.date_input(
            _("Day of publication"),
            None,
            dt.date(1900, 1, 1),
            dt.date.today(),
            key="article_day",
            format=date_form(),
            help=_("“Friday” is counted from it. Empty: the day in the dateline, if there is one."),
        )
        publisher = st.text_input(_("Publisher"), key="article_publisher", max_chars=120)
        url = st.text_input(_("Address of the page"), key="article_url", max_chars=500)
    if st.button(_("Read the article"), type="primary", key="article_read"):
        state.article_fault = ""
        try:
            content = text_of(upload.getvalue(), upload.name) if upload else text
            _read(content, published, Source(publisher.strip(), url.strip()))
        except NoDay:
            state.article_fault = _(
                "The text does not say when it was published. Set the day of publication."
            )
        except GeoError as fault:
            state.article_fault = str(fault)
        else:
            st.rerun()
    if said := state.get("article_fault"):
        st.error(said)


def _read(text: str, published: dt.date | None, source: Source) -> None:
    settings = Settings.from_environment()

    def work() -> Reading:
        return ingest.extract(settings, text, published, source=source.url or source.publisher or None)

    said = _("Reading {n} characters …").format(n=count(len(text)))
    if len(text) > LONG:
        reading = patiently(work, said, len(text) / PACE)
    else:
        with st.spinner(said):
            reading = work()
    article_state.begin(reading, source)


def patiently(work: Callable[[], Reading], said: str, seconds: float) -> Reading:
    """Do long work beside a bar that moves as fast as such work is known to take. Raises what it raises."""
    bar = st.progress(0.0, said)
    start = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(work)
        while not wait([job], timeout=0.25).done:
            bar.progress(min((time.monotonic() - start) / seconds, NEARLY), said)
    bar.empty()
    return job.result()


def _result(reading: Reading) -> None:
    incidents: Numbered = [(f"{at}", one) for at, one in enumerate(reading.incidents, 1)]
    claims: Numbered = [(f"{at}", one) for at, one in enumerate(reading.claims, len(incidents) + 1)]
    st.html(_summary(reading))
    left, right = st.columns([11, 10], gap="medium")
    with left:
        marks = found(reading)
        st.html(article_text.legend(marks))
        anchors = [Anchor(one.evidence[0][0], one.id, number) for number, one in [*incidents, *claims]]
        label = escape(_("The article with what was found in it"))
        body = article_text.html(reading.document, marks, anchors)
        st.html(f'<div class="em-article" tabindex="0" role="region" aria-label="{label}">{body}</div>')
    with right:
        _candidates(reading, incidents, claims)


def _candidates(reading: Reading, incidents: Numbered, claims: Numbered) -> None:
    names = {
        "incidents": ngettext("{n} incident", "{n} incidents", len(incidents)),
        "claims": ngettext("{n} claim", "{n} claims", len(claims)),
        "map": _("Map"),
    }
    tabs = dict(zip(names, st.tabs(list(names.values()), key="article_tab", on_change="rerun"), strict=True))
    if tabs["incidents"].open:
        with tabs["incidents"]:
            _cards(reading, incidents, "incidents")
    if tabs["claims"].open:
        with tabs["claims"]:
            _cards(reading, claims, "claims")
    if tabs["map"].open:
        with tabs["map"]:
            past = [(number, article_state.corrected(one)) for number, one in incidents if not one.future]
            article_map.draw(past, reading.published or dt.date.today())


def _cards(reading: Reading, numbered: Numbered, group: str) -> None:
    """The first cards of a group, and a button for more."""
    state = st.session_state
    if not numbered:
        st.info(_("None was found. Rules would rather miss something than make it up."))
    card, fields = {
        "incidents": (article_cards.incident, article_corrections.incident_fields),
        "claims": (article_cards.claim, article_corrections.claim_fields),
    }[group]
    shown = state.article_shown.get(group, STEP)
    for number, candidate in numbered[:shown]:
        now = article_state.corrected(candidate)
        with st.container(border=True, key=article_state.key(candidate, "card"), gap="small"):
            st.html(card(now, number, reading.document, edited=article_state.is_edited(candidate)))
            article_corrections.controls(candidate, number, fields)
    rest = len(numbered) - shown

    def more() -> None:
        state.article_shown[group] = shown + STEP

    if rest > 0:
        label = ngettext("Show {n} more", "Show {n} more", min(rest, STEP))
        st.button(label, key=f"article_more_{group}", on_click=more)


def found(reading: Reading) -> list[Mark]:
    """Everything that was found, as marks of the text."""
    marks = [
        Mark(one.span.start, one.span.end, "place", _place(one))
        for one in reading.toponyms
        if one.use == "place"
    ]
    marks += [
        Mark(one.span.start, one.span.end, "time", article_words.when(one.start, one.end, str(one.precision)))
        for one in reading.times
    ]
    marks += [
        Mark(one.span.start, one.span.end, "figure", one.what.replace("_", " ")) for one in reading.figures
    ]
    marks += [
        Mark(one.span.start, one.span.end, "trigger", vocabulary.event_type(one.event_type))
        for one in reading.triggers
    ]
    marks += [Mark(one.span.start, one.span.end, "speaker", one.text) for one in reading.speakers]
    return marks


def _place(toponym: Candidate) -> str:
    """What a name was taken for."""
    if not toponym.name:
        return toponym.reason or _("not found")
    known = vocabulary.known_to(str(toponym.precision)) if toponym.precision else ""
    return ", ".join(part for part in (toponym.name, toponym.country, known) if part)


def _summary(reading: Reading) -> str:
    """What was read, in one line, as HTML."""
    coming = sum(one.future for one in reading.incidents)
    language = {"en": _("in English"), "ru": _("in Russian")}.get(reading.language, reading.language)
    parts = [
        ngettext("{n} incident", "{n} incidents", len(reading.incidents) - coming),
        ngettext("{n} claim", "{n} claims", len(reading.claims)),
    ]
    if coming:
        parts.append(ngettext("{n} still to come", "{n} still to come", coming))
    read = ", ".join(parts)
    published = _("published on {day}").format(day=day(reading.published)) if reading.published else ""
    rest = ", ".join(part for part in (language, published) if part)
    return f'<p class="em-sum" data-testid="article-summary"><b>{escape(read)}</b> {escape(rest)}</p>'
