"""What is shown, to take away: every format, a citation, and the call that makes it again."""

from __future__ import annotations

import datetime as dt
from html import escape
from urllib.parse import urlencode

import streamlit as st

from geo import exports
from geo.exports.cite import cite
from geo.query import IncidentQuery
from geo.store import Store
from geo.ui import nothing, vocabulary
from geo.ui.i18n import _, count, ngettext

WEIGHED = ("geojson", "csv", "csv-zip", "kml")
"""Formats that are quickly made, so that their size can be told beforehand."""

FEW = 500
"""Up to this many incidents."""


def draw(store: Store, query: IncidentQuery, incidents: int) -> None:
    """Links to every format with whom it is for; then how to cite and repeat it."""
    st.html(f'<div class="em-prose"><p>{escape(said(incidents))}</p></div>')
    if not incidents:
        nothing.say(store, query)
    sizes = _sizes(store.version, store, query) if incidents <= FEW else {}
    st.html(links(query, sizes))
    context = exports.describe(query, store.datasets, "geojson", dt.datetime.now(dt.UTC))
    citation = cite(context)
    st.html(_heading(_("Cite this map")))
    text, bibtex, csl = st.tabs([_("Text"), "BibTeX", "CSL-JSON"])
    text.code(citation["text"], language=None, wrap_lines=True)
    bibtex.code(citation["bibtex"], language=None, wrap_lines=True)
    csl.code(citation["csl"], language=None, wrap_lines=True)
    st.html(_heading(_("Make it again")))
    st.code(context.command, language=None, wrap_lines=True)
    again = _(
        "The same store gives the same file, byte for byte, but for the time it was made. The GeoJSON holds "
        "a SHA-256 of its incidents: if two files have the same, they hold the same."
    )
    st.html(f'<div class="em-prose"><p>{escape(again)}</p></div>')


def said(incidents: int) -> str:
    """How much a file made now holds."""
    if not incidents:
        return _("No incident matches this filter; a file made now is valid and empty.")
    shown = ngettext(
        "{n} incident, exactly as the map shows it under this filter.",
        "{n} incidents, exactly as the map shows them under this filter.",
        incidents,
    )
    named = _("Every file but the plain CSV names its sources, licence and filter, and how to cite it.")
    return f"{shown} {named}"


def links(query: IncidentQuery, sizes: dict[str, int]) -> str:
    """A link to each registered format as HTML: data first, then what shows a map. sizes: bytes."""
    address = urlencode(query.to_params(), doseq=True)
    groups = {_("Data"): False, _("To look at and to print"): True}
    return "".join(
        _heading(title)
        + '<ul class="em-formats">'
        + "".join(
            _link(form, address, sizes.get(name))
            for name, form in exports.FORMATS.items()
            if form.drawn == drawn
        )
        + "</ul>"
        for title, drawn in groups.items()
    )


def _link(form: exports.Format, address: str, size: int | None) -> str:
    use = vocabulary.format_use(form.name)
    hint = f" <i>{escape(weight(size))}</i>" if size is not None else ""
    return (
        f'<li><a class="em-button" download href="/api/download/{escape(form.name)}?{escape(address)}">'
        f"{escape(form.title)}</a><span>{escape(use)}{hint}</span></li>"
    )


def weight(size: int) -> str:
    """`120 kB`, `1.4 MB`."""
    if size < 1_000_000:
        return _("{size} kB").format(size=count(max(1, round(size / 1000))))
    return _("{size} MB").format(size=count(round(size / 1_000_000, 1)))


def _heading(text: str) -> str:
    return f'<h2 class="em-h2">{escape(text)}</h2>'


@st.cache_data(max_entries=32, show_spinner=False)
def _sizes(version: str, _store: Store, query: IncidentQuery) -> dict[str, int]:
    """Bytes of the formats that are quickly made."""
    del version  # part of the key: another store, other sizes
    rows = list(_store.export(query))
    context = exports.describe(query, _store.datasets, "geojson", dt.datetime.now(dt.UTC))
    made = {name: exports.FORMATS[name] for name in WEIGHED if name in exports.FORMATS}
    return {name: sum(map(len, form.write(rows, context))) for name, form in made.items()}
