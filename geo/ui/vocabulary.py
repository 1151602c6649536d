"""Names of things that data and queries carry, as a reader knows them, in the reader's language."""

from __future__ import annotations

from geo.ui.i18n import _

PAGES = ("map", "claims", "table", "article", "add", "duplicates", "sources", "method", "download")
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
        "article": _("Read an article"),
        "add": _("Add data"),
        "sources": _("Sources"),
        "duplicates": _("Duplicates"),
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


def sub_event_type(kind: str) -> str:
    """The label of a sub-event type; one that is not of the schema is shown as it is."""
    return {
        "Peaceful protest": _("Peaceful protest"),
        "Protest with intervention": _("Protest with intervention"),
        "Excessive force against protesters": _("Excessive force against protesters"),
        "Violent demonstration": _("Violent demonstration"),
        "Mob violence": _("Mob violence"),
        "Armed clash": _("Armed clash"),
        "Government regains territory": _("Government regains territory"),
        "Non-state actor overtakes territory": _("Non-state actor overtakes territory"),
        "Air/drone strike": _("Air/drone strike"),
        "Chemical weapon": _("Chemical weapon"),
        "Grenade": _("Grenade"),
        "Remote explosive/landmine/IED": _("Remote explosive/landmine/IED"),
        "Shelling/artillery/missile attack": _("Shelling/artillery/missile attack"),
        "Suicide bomb": _("Suicide bomb"),
        "Abduction/forced disappearance": _("Abduction/forced disappearance"),
        "Attack": _("Attack"),
        "Sexual violence": _("Sexual violence"),
        "Agreement": _("Agreement"),
        "Arrests": _("Arrests"),
        "Change to group/activity": _("Change to group/activity"),
        "Disrupted weapons use": _("Disrupted weapons use"),
        "Headquarters or base established": _("Headquarters or base established"),
        "Looting/property destruction": _("Looting/property destruction"),
        "Non-violent transfer of territory": _("Non-violent transfer of territory"),
        "Other": _("Other"),
    }.get(kind, kind)


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


def known_to(name: str) -> str:
    """How exactly a place is known."""
    return {
        "site": _("site"),
        "city": _("town"),
        "district": _("district"),
        "region": _("region"),
        "macro-region": _("wider area"),
        "country": _("country"),
    }[name]


def format_use(name: str) -> str:
    """For whom a format is; nothing for one that is not known here."""
    return {
        "geojson": _("for web maps and most mapping programs"),
        "csv": _("for spreadsheets, the table alone"),
        "csv-zip": _("tables with a README and a description of every column"),
        "xlsx": _("for Excel, with reports and sources on sheets of their own"),
        "gpkg": _("for QGIS and ArcGIS"),
        "geoparquet": _("for analysis of large data"),
        "fgb": _("for fast web maps"),
        "kml": _("for Google Earth"),
        "html": _("a page that opens without a network"),
        "png": _("a picture for print and screen"),
        "svg": _("a drawing to edit"),
        "pdf": _("a page for print"),
    }.get(name, "")
