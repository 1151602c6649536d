"""The page "Add data": a file in, what is wrong with which row, a map of what came in, and a data package."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from geo import exports
from geo.errors import GeoError
from geo.ingest import parcel
from geo.ingest.brought import Brought
from geo.ingest.imports import Preview
from geo.query import IncidentQuery
from geo.settings import Settings
from geo.ui import add_map, add_report, add_roles, add_state, add_words
from geo.ui.add_job import Job
from geo.ui.add_state import Held
from geo.ui.i18n import _, count, ngettext

_HERE = Path(__file__).parent

FILES = (
    *("csv", "tsv", "txt", "tab", "xlsx", "xlsm", "xlsb", "xls", "ods", "geojson", "json", "gpkg", "fgb"),
    *("parquet", "geoparquet", "kml", "kmz", "zip"),
)
QUICK = 0.8
"""Seconds within which most files are read, so that no bar need come and go."""

EVERY = 0.5
"""Seconds between two looks at how far it is."""


def draw(version: str) -> None:
    """The file, how it is read, and what came of it. version: of the store, whose boundaries count."""
    settings = Settings.from_environment()
    st.html(_HERE / "add.css")
    st.html(_about(settings))
    upload = st.file_uploader(
        _("A file: CSV, Excel, OpenDocument, GeoJSON, GeoPackage, KML, shapefile in a ZIP …"),
        FILES,
        key="add_file",
        max_upload_size=settings.max_file_mb,
    )
    visit = add_state.visit()
    try:
        visit.take(upload, settings)
    except GeoError as fault:
        _refuse(fault)
    if visit.file:
        _file(visit.file, settings, version)
    else:
        st.html(_what_is_read())


def _about(settings: Settings) -> str:
    """What the page does, and its limits, as HTML."""
    what = _(
        "Bring a table of events. You see how each column is read, what is wrong with which row, and the "
        "map; then take it away as a data package. Only you see it. Nothing is added to the data of this "
        "server, and everything is deleted when you leave."
    )
    limits = _("At most {mb} MB, {rows} rows and {seconds} seconds of reading.").format(
        mb=count(settings.max_file_mb),
        rows=count(settings.max_file_rows),
        seconds=count(settings.max_file_seconds),
    )
    return f'<p class="em-hint em-wide">{escape(what)} <span data-testid="limits">{escape(limits)}</span></p>'


def _what_is_read() -> str:
    """What can be brought, as HTML."""
    lines = [
        _(
            "Exports of ACLED, UCDP GED, GDELT 2.0 and of this map are known by their columns; so is what "
            "each of their columns means."
        ),
        _(
            "Any other table needs a day, a kind of event and a place: coordinates, or a name to look up. "
            "What its columns hold is guessed from their names in English or Russian, from HXL hashtags and "
            "from the cells, and shown to you first."
        ),
        _(
            "A row that cannot be used is never dropped in silence: you get it back with row, column, value, "
            "what is wrong, and what to do."
        ),
    ]
    return f'<div class="em-prose"><ul>{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul></div>'


def _file(held: Held, settings: Settings, version: str) -> None:
    """How the file is read, and what came of it."""
    if held.job:
        held.job.wait(QUICK)
    fault: GeoError | None = None
    seen: Preview | None = None
    with st.spinner(_("Looking at the file …")):
        try:
            seen = held.preview()
        except GeoError as error:
            fault = error
    brought = held.brought
    folded = f"addfile-{held.key}-{'done' if brought else 'open'}"
    with st.expander(_("How the file is read"), expanded=brought is None, key=folded):
        add_roles.choices(held, seen)
        if seen:
            add_roles.draw(held, seen)
    if fault:
        _refuse(fault)
    elif seen and seen.fault and not held.question:
        st.warning(add_words.said(seen.fault.what) + " " + _("Choose it above."))
    if seen and not seen.fault:
        _work(held, settings, version)
    brought = held.brought
    if seen and brought:
        _result(held, brought, seen, settings)


def _work(held: Held, settings: Settings, version: str) -> None:
    """The button that begins to read, or how far it is."""
    job = held.job
    if job is None:
        st.button(
            _("Read the file"), type="primary", key="add_read", on_click=lambda: held.read(settings, version)
        )
    elif not job.is_done:
        _progress(held, job)
    elif job.fault:
        _refuse(job.fault)
        if held.rejects.is_file():
            _downloads_of_rejects(held)
        st.button(_("Read it again"), key="add_again", on_click=lambda: held.read(settings, version))


@st.fragment(run_every=EVERY)
def _progress(held: Held, job: Job) -> None:
    """How far it is, until it is done or no longer wanted."""
    if job.is_done or held.job is not job:
        st.rerun()
    far = job.progress
    if far is None:
        st.progress(0.0, _("Opening the file …"))
    else:
        told = [
            ngettext("{n} row", "{n} rows", far.rows),
            ngettext("{n} row a second", "{n} rows a second", round(far.rate)),
            ngettext("{n} rejected", "{n} rejected", far.rejected),
            add_words.left(far.left),
        ]
        st.progress(min(far.done / max(far.total, 1), 1.0), " · ".join(filter(None, told)))
    if st.button(_("Cancel"), key="add_cancel"):
        held.forget()
        st.rerun()


def _result(held: Held, brought: Brought, seen: Preview, settings: Settings) -> None:
    """The summary, the downloads, and the parts of the report."""
    report = brought.report
    st.html(add_report.summary(report))
    _downloads(held, brought)
    names = {
        "map": _("Map"),
        "rejects": _("Rejected: {n}").format(n=count(report.rejected)),
        "unplaced": _("Without a place: {n}").format(n=count(report.unplaced_count)),
        "flags": _("To look at: {n}").format(n=count(report.flagged.total())),
        "how": _("How it was read"),
    }
    tabs = dict(zip(names, st.tabs(list(names.values()), key="add_tab", on_change="rerun"), strict=True))
    parts: dict[str, Callable[[], object]] = {
        "map": lambda: add_map.draw(brought, settings.max_marks, held.drawn),
        "rejects": lambda: add_report.rejects(report),
        "unplaced": lambda: add_report.unplaced(report),
        "flags": lambda: add_report.flags(report),
        "how": lambda: st.html(add_report.how_read(report, seen)),
    }
    for name, part in parts.items():
        if tabs[name].open:
            with tabs[name]:
                part()


def _downloads(held: Held, brought: Brought) -> None:
    """What came in, and what was rejected, to take away."""
    with st.container(key="addtake", horizontal=True, vertical_alignment="center", gap="small"):
        st.download_button(
            _("Data package"),
            lambda: parcel.zipped(parcel.package(brought)),
            f"{brought.name}.zip",
            "application/zip",
            key="add_zip",
            type="primary",
            on_click="ignore",
        )
        st.download_button(
            "GeoJSON",
            lambda: geojson(brought, held.name),
            f"{brought.name}.geojson",
            "application/geo+json",
            key="add_geojson",
            on_click="ignore",
        )
        if held.rejects.is_file():
            _downloads_of_rejects(held)
        st.button(_("Throw it away"), type="tertiary", key="add_forget", on_click=held.forget)


def _downloads_of_rejects(held: Held) -> None:
    """What was rejected and why, and the rows themselves to be mended."""
    whole = held.rejects.with_suffix(".rows.csv")
    st.download_button(
        _("Rejects, with reasons"),
        held.rejects.read_bytes(),
        "rejects.csv",
        "text/csv",
        key="add_rejects",
        on_click="ignore",
    )
    if whole.is_file():
        st.download_button(
            _("Rejected rows, to mend"),
            whole.read_bytes(),
            "rejects.rows.csv",
            "text/csv",
            key="add_rows",
            on_click="ignore",
        )


def geojson(brought: Brought, file: str) -> bytes:
    """What came in as a FeatureCollection, as every download of this kind."""
    described = {brought.name: {"title": brought.name} | dict(brought.about) | {"version": str(brought.on)}}
    context = exports.describe(IncidentQuery(), described, "geojson", dt.datetime.now(dt.UTC))
    context = replace(context, command=shlex.join(["eventmap", "import", file]))
    return b"".join(exports.FORMATS["geojson"].write(brought.rows(), context))


def _refuse(fault: GeoError) -> None:
    """What is wrong, in one line; the text of a file in it stays text."""
    parts = [fault.where and f"{fault.where}:", add_words.said(fault.what)]
    todo = f"; {add_words.said(fault.todo)}" if fault.todo else ""
    text = " ".join(filter(None, parts)) + todo
    st.html(f'<p class="em-fault" role="alert" data-testid="fault">{escape(" ".join(text.split()))}</p>')
