"""The sentence above the map: what is shown, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from html import escape
from typing import Any

from geo.query import IncidentQuery
from geo.ui.i18n import _, day, language, ngettext, span

Days = tuple[dt.date, dt.date]


def header(datasets: Mapping[str, Any], summary: Mapping[str, Any], query: IncidentQuery, days: Days) -> str:
    """The title and the sentence, as HTML."""
    title = "; ".join(_title(name, found) for name, found in datasets.items())
    number, rest = headline(summary, days)
    known = _("as known on {day}").format(day=day(query.known_on)) if query.known_on else _("as known today")
    mark = ' class="em-past"' if query.known_on else ""
    return (
        f'<header class="em-header"><h1>{escape(title)}</h1><p data-testid="headline">'
        f"<b>{escape(number)}</b> {escape(rest)}, <b{mark}>{escape(known)}</b></p></header>"
    )


def _title(name: str, descriptor: Mapping[str, Any]) -> str:
    """The title of a data set, in the reader's language where the data set gives it."""
    own: dict[str, str] = descriptor.get("eventmap", {}).get("titles", {})
    return own.get(language()) or descriptor.get("title", name)


def headline(summary: Mapping[str, Any], days: Days) -> tuple[str, str]:
    """The number of incidents, and where they come from and which days they are of."""
    number = ngettext("{n} incident", "{n} incidents", summary["incidents"])
    regions = ngettext("in {n} region", "in {n} regions", summary["regions"])
    sources = ngettext("from {n} source", "from {n} sources", summary["sources"])
    return number, f"{regions} {sources}, {span(*days)}"
