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
from geo.ui import vocabulary
from geo.ui.i18n import _, ngettext


def draw(store: Store, query: IncidentQuery, incidents: int) -> None:
    """Links to every format with whom it is for; then how to cite and repeat it."""
    address = urlencode(query.to_params(), doseq=True)
    said = ngettext(
        "{n} incident, exactly as the map shows it under this filter.",
        "{n} incidents, exactly as the map shows them under this filter.",
        incidents,
    )
    if not incidents:
        said = _("No incident matches this filter; a file made now is valid and empty.")
    items = "".join(
        f'<li><a class="em-button" download href="/api/download/{name}?{address}">{escape(form.title)}</a>'
        f"<span>{escape(vocabulary.format_use(name))}</span></li>"
        for name, form in exports.FORMATS.items()
    )
    st.html(f'<p>{escape(said)}</p><ul class="em-formats">{items}</ul>')
    context = exports.describe(query, store.datasets, "geojson", dt.datetime.now(dt.UTC))
    citation = cite(context)
    st.subheader(_("Cite this map"))
    text, bibtex, csl = st.tabs([_("Text"), "BibTeX", "CSL-JSON"])
    text.code(citation["text"], language=None, wrap_lines=True)
    bibtex.code(citation["bibtex"], language="latex", wrap_lines=True)
    csl.code(citation["csl"], language="json", wrap_lines=True)
    st.subheader(_("Make it again"))
    st.code(context.command, language="bash", wrap_lines=True)
    st.caption(_("The same store gives the same file, byte for byte, but for the time it was made."))
