"""How the map was made, for a reader who must defend it. Numbers come from the store, none is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from geo.query import IncidentQuery
from geo.schema import Precision
from geo.store import Store
from geo.ui import vocabulary
from geo.ui.i18n import _, called, count, day, ngettext

Row = dict[str, Any]


def draw(store: Store) -> None:
    """Plain sentences, a table of precisions, notes on outlines, and incidents per region, none included."""
    st.html(f'<div class="em-prose em-method">{"".join(sections(store))}</div>')


def sections(store: Store) -> Iterator[str]:
    """The page as HTML, section by section."""
    on = store.extent[0] or dt.date.today()
    made, counts = store.makeup, store.counts()
    units = store.regions(on, store.countries)
    yield _section(_("From reports to incidents"), _incidents(made))
    yield _section(_("Incidents and claims"), _claims(made))
    yield _section(_("How exactly a place is known"), _places(counts["unplaced"])) + precisions(
        made["places"]
    )
    yield _section(_("Days"), _days(made["days"]))
    yield _section(_("As known on a day"), _known(made))
    yield _section(_("Borders"), [_borders(), _later(store.regions_ever(), on)]) + outlines(units)
    yield _section(_("What is missing"), [_missing(), *_coverage(store)])
    yield regions(store.region_names, store.region_counts(IncidentQuery()), made["incidents"])
    yield _section(_("Terms of use"), []) + terms(store.datasets)
    yield _section(_("To cite and to repeat"), [_repeat()])


def _section(title: str, paragraphs: Iterable[str]) -> str:
    written = "".join(f"<p>{escape(text)}</p>" for text in paragraphs if text)
    return f'<h2 class="em-h2">{escape(title)}</h2>{written}'


def _incidents(made: Row) -> list[str]:
    return [
        _(
            "{reports} reports were read. Reports of one event make one incident: {incidents} in all, of which "
            "{several} are told of by more than one report."
        ).format(
            reports=count(made["reports"]), incidents=count(made["incidents"]), several=count(made["several"])
        ),
        _(
            "The numbers of two reports are never added. Where they differ, the lowest and the highest stand "
            "side by side, as in 1–3."
        ),
    ]


def _claims(made: Row) -> list[str]:
    stood = made["statuses"]
    return [
        _(
            "An incident is something that happened at a place on a day. A claim is a number that somebody made "
            "public, such as the deaths in a whole country. Claims stand on a page of their own, beside one "
            "another, and are never added up or turned into incidents."
        ),
        _(
            "Of {claims} claims, {superseded} were replaced by a later one, {retracted} withdrawn and "
            "{disputed} are disputed."
        ).format(
            claims=count(made["claims"]),
            **{name: count(stood.get(name, 0)) for name in ("superseded", "retracted", "disputed")},
        ),
        ngettext(
            "{n} report only adds up several events: it belongs to no incident.",
            "{n} reports only add up several events: they belong to no incident.",
            made["totals"],
        )
        if made["totals"]
        else "",
    ]


def _places(unplaced: int) -> list[str]:
    lines = [
        _(
            "A place is drawn no more exactly than its reports tell it. Coordinates are those of the gazetteer "
            "GeoNames for the place that is named, or those a source gives itself. No dot is moved to make room."
        )
    ]
    if unplaced:
        lines.append(
            ngettext(
                "For {n} incident no place was found; it is counted, and listed below the map.",
                "For {n} incidents no place was found; they are counted, and listed below the map.",
                unplaced,
            )
        )
    return lines


def precisions(counts: dict[str, int]) -> str:
    """A table: how exactly a place is known, how that is drawn, and how many incidents are so known."""
    rows = "".join(
        f'<tr><th scope="row">{escape(vocabulary.known_to(known))}</th><td>{escape(drawn_as(known))}</td>'
        f"<td>{count(counts.get(known, 0))}</td></tr>"
        for known in Precision
    )
    heads = "".join(
        f'<th scope="col">{escape(text)}</th>' for text in (_("Known to"), _("On the map"), _("Incidents"))
    )
    return f'<table class="em-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def drawn_as(known: Precision) -> str:
    """What a place that is known so exactly looks like."""
    if known.uncertainty_km is not None:
        return _("a dot; it happened within about {km} km").format(km=count(known.uncertainty_km))
    return {
        Precision.REGION: _("a hatched border with a count, never a dot"),
        Precision.MACRO_REGION: _("a dashed outline around its regions, with a count"),
    }.get(known, _("listed beside the map, not drawn"))


def _days(counts: dict[str, int]) -> list[str]:
    vague = sum(counts.get(name, 0) for name in ("week", "month", "unknown"))
    return [
        _(
            "An incident counts on every day it touches. The day of {day} incidents is known; {range} last "
            "several days."
        ).format(day=count(counts.get("day", 0)), range=count(counts.get("range", 0))),
        ngettext(
            "For {n} incident only a week or month is known: it shows on each day on which it may have happened.",
            "For {n} incidents only a week or month is known: they show on each day on which they may have "
            "happened.",
            vague,
        )
        if vague
        else "",
    ]


def _known(made: Row) -> list[str]:
    return [
        _(
            "Every report and claim keeps the day it was made public, so that the map can be set back to what "
            "was known on a day. A claim stands on the day it was made, even if it was withdrawn that same day."
        ),
        ngettext(
            "{n} report does not say when it was published; it counts as known from the last day of its event.",
            "{n} reports do not say when they were published; they count as known from the last day of their "
            "event.",
            made["undated_reports"],
        ),
        ngettext(
            "{n} claim does not say so either; it is shown today only.",
            "{n} claims do not say so either; they are shown today only.",
            made["undated_claims"],
        ),
    ]


def _borders() -> str:
    return _(
        "Regions are drawn and counted as they were on the day of the event. Outlines are those of Natural "
        "Earth, made for maps of the whole world: a border may be off by a few kilometres."
    )


def _later(units: pd.DataFrame, on: dt.date) -> str:
    """Which units came later and have no outline."""
    later = units[(units["geometry_quality"] == "none") & units["valid_from"].notna()]
    later = later[later["valid_from"].map(lambda start: start > on)] if len(later) else later
    if later.empty:
        return ""
    names = ", ".join(later["name"])
    return _("These units date from {day} or later and have no outline yet: {names}.").format(
        day=day(min(later["valid_from"])), names=names
    )


def outlines(units: pd.DataFrame) -> str:
    """What a reader should know of single outlines, in the words of the reference data."""
    noted = units[units["note"].notna()]
    items = "".join(
        f"<li><b>{escape(name)}</b>{_approximate(quality)}: {escape(note)}</li>"
        for name, quality, note in zip(noted["name"], noted["geometry_quality"], noted["note"], strict=True)
    )
    if not items:
        return ""
    title = escape(_("Notes on single outlines"))
    return f"<details><summary>{title}</summary><ul>{items}</ul></details>"


def _approximate(quality: str) -> str:
    return " (" + escape(_("approximate")) + ")" if quality == "approximate" else ""


def _missing() -> str:
    return _(
        "No row for a place is not calm there: it means that no report is on record here. Where the internet "
        "was cut or few journalists worked, little was reported, and pages that are gone cannot be read."
    )


def _coverage(store: Store) -> Iterator[str]:
    """What each data set says of its own gaps."""
    for found in store.datasets.values():
        yield str(found.get("eventmap", {}).get("coverage_note", ""))


def regions(names: dict[str, str], counts: dict[str, int], incidents: int) -> str:
    """How many incidents each region has, none included, and how many lie in no single region."""
    items = "".join(
        f"<li>{escape(called(name, key))} <b>{count(counts.get(key, 0))}</b></li>"
        for key, name in names.items()
    )
    wider = incidents - sum(counts.get(key, 0) for key in names)
    rest = (
        ngettext(
            "{n} incident lies in none of them, or in more than one.",
            "{n} incidents lie in none of them, or in more than one.",
            wider,
        )
        if wider
        else ""
    )
    title = escape(_("Incidents per region"))
    return f'<h3>{title}</h3><ul class="em-regions">{items}</ul><p>{escape(rest)}</p>'


def terms(datasets: dict[str, Row]) -> str:
    """Licences and sources of each data set, as it names them, and those of the ground."""
    sources = escape(_("Sources"))
    items = "".join(
        f"<li><b>{escape(found.get('title', name))}</b>: {_named(found.get('licenses', []))}. "
        f"{sources}: {_named(found.get('sources', []))}.</li>"
        for name, found in datasets.items()
    )
    ground = _("Boundaries: Natural Earth, public domain. Places: GeoNames, CC BY 4.0.")
    return f"<ul>{items}<li>{escape(ground)}</li></ul>"


def _named(entries: Iterable[Row]) -> str:
    """Titles, linked where they have an address on the web."""
    return "; ".join(
        _anchor(str(one.get("title") or one.get("name", "")), str(one.get("path", ""))) for one in entries
    )


def _anchor(title: str, path: str) -> str:
    if not path.startswith(("http://", "https://")):
        return escape(title)
    return f'<a href="{escape(path)}" target="_blank" rel="noopener">{escape(title)}</a>'


def _repeat() -> str:
    return _(
        "The page Download has a citation for exactly what is shown, in three forms, and the command that makes "
        "the same file again from the same store."
    )
