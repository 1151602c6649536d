"""Names of things that data and queries carry, as a reader knows them, in the reader's language."""

from __future__ import annotations

from geo.ui.i18n import _

PAGES = ("map", "claims", "table", "sources", "method", "download")
FIGURES = (
    "",
    "population",
    "density",
    "gross_regional_product_per_head",
    "unemployment_rate",
    "incidents",
    "incidents_per_100k",
    "deaths_per_100k",
)
"""What regions can be shaded by; the first is nothing."""

PRECISIONS = ("", "region", "city")
"""Coarsest places wanted, by the precision of the query; the first is any."""


def page(name: str) -> str:
    """The label of a page."""
    return {
        "map": _("Map"),
        "claims": _("Claims"),
        "table": _("Table"),
        "sources": _("Sources"),
        "method": _("Method"),
        "download": _("Download"),
    }[name]


def event_type(kind: str) -> str:
    """The short label of an event type."""
    return {
        "Protests": _("Protests"),
        "Riots": _("Riots"),
        "Battles": _("Battles"),
        "Explosions/Remote violence": _("Explosions"),
        "Violence against civilians": _("Violence against civilians"),
        "Strategic developments": _("Strategic developments"),
    }[kind]


def figure(name: str) -> str:
    """What regions are shaded by."""
    return {
        "": _("Nothing"),
        "population": _("Population"),
        "density": _("People per km²"),
        "gross_regional_product_per_head": _("Regional product per head"),
        "unemployment_rate": _("Unemployment"),
        "incidents": _("Incidents"),
        "incidents_per_100k": _("Incidents per 100,000 people"),
        "deaths_per_100k": _("Deaths claimed per 100,000 people"),
    }[name]


def precision(name: str) -> str:
    """The coarsest place wanted."""
    return {"": _("Any"), "region": _("Region"), "city": _("Town")}[name]
