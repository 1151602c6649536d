"""What an incident, report, claim, place, region and figure is: defined here and nowhere else.

Each table is an Arrow schema whose fields carry metadata: `title`, `unit`, `values` (the words
allowed), `given` (a data package supplies it, or may: `optional`; all else is derived) and
`queryable` (a query may filter on it). Validation, table definitions, the descriptor of a data
package, exports and the docs derive from these.

Vocabulary: event and sub-event types are those of the ACLED codebook (2023); place precision
follows UCDP's `where_prec` and ACLED's `geo_precision`. Coordinates are EPSG:4326, x = longitude.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pyarrow as pa

SCHEMA_VERSION = 5
"""Raised whenever a store written before can no longer be read."""

CRS = "EPSG:4326"


class Precision(StrEnum):
    """How exactly a place is known, finest first. Only the first three are drawn as points."""

    SITE = "site"
    CITY = "city"
    DISTRICT = "district"
    REGION = "region"
    MACRO_REGION = "macro-region"
    COUNTRY = "country"

    @property
    def rank(self) -> int:
        """0 for the finest."""
        return list(Precision).index(self)

    @property
    def is_point(self) -> bool:
        """Whether an honest map may draw it as a dot."""
        return self.rank <= Precision.DISTRICT.rank

    @property
    def uncertainty_km(self) -> float | None:
        """Radius drawn around a point: our convention, generous on purpose. Areas use their own size."""
        return {Precision.SITE: 1.0, Precision.CITY: 10.0, Precision.DISTRICT: 25.0}.get(self)


class DatePrecision(StrEnum):
    """How exactly a day is known. `week` and `month`: some time within, from `date_start` on."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    UNKNOWN = "unknown"


class ClaimStatus(StrEnum):
    """What became of a claim."""

    STANDS = "stands"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    DISPUTED = "disputed"


class Scope(StrEnum):
    """What the numbers of a report are about.

    `total`: they add up several events, so they are claims and never an incident's own.
    """

    EVENT = "event"
    TOTAL = "total"


class Qualifier(StrEnum):
    """How a claimed number was worded."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"


class GeometryQuality(StrEnum):
    """Where a region's outline comes from."""

    SURVEYED = "surveyed"
    APPROXIMATE = "approximate"
    NONE = "none"


EVENT_TYPES: dict[str, tuple[str, ...]] = {
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Air/drone strike",
        "Chemical weapon",
        "Grenade",
        "Remote explosive/landmine/IED",
        "Shelling/artillery/missile attack",
        "Suicide bomb",
    ),
    "Violence against civilians": ("Abduction/forced disappearance", "Attack", "Sexual violence"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}
"""The six ACLED event types in the order they are drawn, with their sub-types."""

SUB_EVENT_TYPES = tuple(sub for subs in EVENT_TYPES.values() for sub in subs)


def field(name: str, kind: pa.DataType, title: str, *, required: bool = False, **more: Any) -> pa.Field:
    """An Arrow field with its metadata. `values` may be any iterable of words."""
    metadata = {"title": title}
    for key, value in more.items():
        metadata[key] = "|".join(value) if key == "values" else str(value)
    return pa.field(name, kind, nullable=not required, metadata=metadata)


def meta(column: pa.Field, key: str) -> str:
    """One piece of a field's metadata, or the empty string."""
    found: bytes = (column.metadata or {}).get(key.encode(), b"")
    return found.decode()


def values(column: pa.Field) -> tuple[str, ...]:
    """The words a field may hold; empty when it is free."""
    text = meta(column, "values")
    return tuple(text.split("|")) if text else ()


def given(schema: pa.Schema) -> pa.Schema:
    """The part of a table that a data package supplies."""
    return pa.schema([column for column in schema if meta(column, "given") == "True"])


def optional(schema: pa.Schema) -> pa.Schema:
    """The columns that a data package may add."""
    return pa.schema([column for column in schema if meta(column, "given") == "optional"])


# fmt: off
_TEXT, _DAY, _COUNT, _REAL, _FLAG = pa.string(), pa.date32(), pa.int64(), pa.float64(), pa.bool_()
_IN = {"given": True}
_MAY: dict[str, Any] = {"given": "optional"}


def _event(required_type: bool) -> list[pa.Field]:
    """What a report and an incident both say: when, where, what, who."""
    return [
        field("date_start", _DAY, "First day", required=True, queryable=True, **_IN),
        field("date_end", _DAY, "Last day, where a source gives one", queryable=True, **_IN),
        field("date_precision", _TEXT, "How exactly the day is known", required=True, values=DatePrecision, **_IN),
        field("time_local", _TEXT, "Local time, as the source words it", **_IN),
        field("place", _TEXT, "Place, by the name in places.csv", queryable=True, **_IN),
        field("place_text", _TEXT, "Place, as the source words it", **_IN),
        field("location_precision", _TEXT, "How exactly the place is known", required=True, values=Precision, queryable=True, **_IN),
        field("event_type", _TEXT, "Event type (ACLED)", required=required_type, values=EVENT_TYPES, queryable=True, **_IN),
        field("sub_event_type", _TEXT, "Sub-event type (ACLED)", values=SUB_EVENT_TYPES, queryable=True, **_IN),
        field("source_type", _TEXT, "Kind of event, in the source's own word", **_IN),
        field("actors", _TEXT, "Who took part", queryable=True, **_IN),
        field("summary", _TEXT, "What happened", required=True, queryable=True, **_IN),
    ]


def _range(name: str, title: str, best: str) -> list[pa.Field]:
    return [
        field(f"{name}_low", _COUNT, f"{title}, lowest report", unit="persons", minimum=0, queryable=True, **_MAY),
        field(best, _COUNT, f"{title}, best report", unit="persons", minimum=0, queryable=True, **_MAY),
        field(f"{name}_high", _COUNT, f"{title}, highest report", unit="persons", minimum=0, queryable=True, **_MAY),
    ]


INCIDENT = pa.schema(
    [
        field("id", _TEXT, "Identifier", required=True, queryable=True, **_IN),
        field("dataset", _TEXT, "Data set", required=True, queryable=True),
        field("title", _TEXT, "Headline", required=True, queryable=True, **_IN),
        *_event(required_type=True),
        field("date_latest", _DAY, "Last day it can touch, given the precision of its date", required=True),
        field("uncertainty_km", _REAL, "Radius within which it happened", unit="km", minimum=0, queryable=True),
        field("lon", _REAL, "Longitude, EPSG:4326", unit="degree", minimum=-180, maximum=180, **_MAY),
        field("lat", _REAL, "Latitude, EPSG:4326", unit="degree", minimum=-90, maximum=90, **_MAY),
        field("area_id", _TEXT, "Region, macro-region or country, where no point is known", queryable=True, **_MAY),
        field("place_note", _TEXT, "How the place was found, or why it was not", **_MAY),
        field("admin0", _TEXT, "Country, ISO 3166-1 alpha-2", queryable=True, **_MAY),
        field("admin1_id", _TEXT, "Region valid on the first day", queryable=True, **_MAY),
        field("admin1_name", _TEXT, "Name of that region", queryable=True),
        field("boundary_valid_on", _DAY, "Day for which the region was looked up"),
        *_range("fatalities", "Killed", "fatalities_best"),
        *_range("injured", "Injured", "injured"),
        *_range("arrested", "Arrested", "arrested"),
        *_range("participants", "Taking part", "participants"),
        field("report_count", _COUNT, "Reports of it", required=True, queryable=True),
        field("first_reported_on", _DAY, "Day it became public", queryable=True),
        field("first_reported_basis", _TEXT, "How that day is known", values=("stated", "month", "year", "event")),
        field("known_from", _DAY, "First day on which this version was known", required=True),
        field("known_to", _DAY, "Day from which a later version replaces it; empty: today's"),
    ],
    metadata={"title": "Incidents", "about": "One event, from one or more reports."},
)

REPORT = pa.schema(
    [
        field("id", _TEXT, "Identifier", required=True, **_IN),
        field("dataset", _TEXT, "Data set", required=True),
        field("incident_id", _TEXT, "The incident it tells of; empty for a total", references="incidents", queryable=True, **_IN),
        field("also_incident_id", _TEXT, "A second incident within the same account, whose numbers it does not give", references="incidents", **_IN),
        field("scope", _TEXT, "What its numbers are about", required=True, values=Scope, queryable=True, **_IN),
        *_event(required_type=True),
        field("participants", _COUNT, "Taking part", unit="persons", minimum=0, queryable=True, **_IN),
        field("fatalities", _COUNT, "Killed", unit="persons", minimum=0, queryable=True, **_IN),
        field("injured", _COUNT, "Injured", unit="persons", minimum=0, queryable=True, **_IN),
        field("arrested", _COUNT, "Arrested", unit="persons", minimum=0, queryable=True, **_IN),
        field("source_id", _TEXT, "Publisher", required=True, references="sources", queryable=True, **_IN),
        field("url", _TEXT, "Address of the page", **_IN),
        field("reported", _TEXT, "Day made public; a month or year where no more is known", pattern="partial date", **_IN),
        field("reported_on", _DAY, "Day from which it counts as known", required=True, queryable=True),
        field("reported_basis", _TEXT, "How that day is known", required=True, values=("stated", "month", "year", "event")),
    ],
    metadata={"title": "Reports", "about": "One source's telling of one event."},
)

CLAIM = pa.schema(
    [
        field("id", _TEXT, "Identifier", required=True, **_IN),
        field("dataset", _TEXT, "Data set", required=True),
        field("metric", _TEXT, "What is counted", required=True, queryable=True, **_IN),
        field("value", _REAL, "Number claimed; empty where a claim only withdraws or gives none", minimum=0, queryable=True, **_IN),
        field("qualifier", _TEXT, "How the number was worded", required=True, values=Qualifier, queryable=True, **_IN),
        field("low", _REAL, "Lower bound; empty where open", queryable=True),
        field("high", _REAL, "Upper bound; empty where open", queryable=True),
        field("unit", _TEXT, "Unit", required=True, queryable=True, **_IN),
        field("place", _TEXT, "Place it is about", required=True, queryable=True, **_IN),
        field("admin0", _TEXT, "Country, ISO 3166-1 alpha-2", queryable=True),
        field("admin1_id", _TEXT, "Region it is about; empty for a country or for anything else", queryable=True),
        field("about_start", _DAY, "First day it is about", queryable=True, **_IN),
        field("about_end", _DAY, "Last day it is about", queryable=True, **_IN),
        field("claimed_by", _TEXT, "Who says it", required=True, queryable=True, **_IN),
        field("reported", _TEXT, "Day made public; a month or year where no more is known", pattern="partial date", **_IN),
        field("reported_on", _DAY, "Day from which it counts as known; empty where that is not known", queryable=True),
        field("reported_basis", _TEXT, "How that day is known", required=True, values=("stated", "month", "year", "unknown")),
        field("status", _TEXT, "What became of it", required=True, values=ClaimStatus, queryable=True, **_IN),
        field("superseded_by", _TEXT, "The claim that took its place", references="claims", queryable=True, **_IN),
        field("withdrawn_on", _DAY, "Day it was withdrawn", **_IN),
        field("status_from", _DAY, "First day on which the status holds; before it, the claim stood"),
        field("note", _TEXT, "Note", **_IN),
        field("source_id", _TEXT, "Publisher", required=True, references="sources", **_IN),
        field("url", _TEXT, "Address of the page", **_IN),
    ],
    metadata={"title": "Claims", "about": "One number, by someone, made public on a day, about a place and days."},
)

SOURCE = pa.schema(
    [
        field("id", _TEXT, "Identifier", required=True, **_IN),
        field("dataset", _TEXT, "Data set", required=True),
        field("publisher", _TEXT, "Publisher", required=True, **_IN),
        field("weak", _FLAG, "A machine translation or an unsigned reprint", required=True, **_IN),
        field("note", _TEXT, "Note", **_IN),
    ],
    metadata={"title": "Sources", "about": "Who published the reports, claims and figures."},
)

FIGURE = pa.schema(
    [
        field("dataset", _TEXT, "Data set", required=True),
        field("admin0", _TEXT, "Country, ISO 3166-1 alpha-2", required=True, queryable=True, **_IN),
        field("admin1_id", _TEXT, "Region; empty for the country's printed total", queryable=True, **_IN),
        field("figure", _TEXT, "What is measured", required=True, queryable=True, **_IN),
        field("value", _REAL, "Value", required=True, queryable=True, **_IN),
        field("unit", _TEXT, "Unit", required=True, queryable=True, **_IN),
        field("reference", _TEXT, "Date or period it refers to, as the source words it", required=True, queryable=True, **_IN),
        field("preferred", _FLAG, "The value to join, where sources differ", required=True, queryable=True, **_IN),
        field("source_id", _TEXT, "Publisher", required=True, references="sources", queryable=True, **_IN),
        field("url", _TEXT, "Address of the page", **_IN),
        field("licence", _TEXT, "Terms of use", **_IN),
        field("note", _TEXT, "Note", **_IN),
    ],
    metadata={"title": "Regional figures", "about": "One value for one region on a reference date."},
)

PLACE = pa.schema(
    [
        field("place", _TEXT, "The name other tables use", required=True, **_IN),
        field("name", _TEXT, "A name of the place", required=True, **_IN),
        field("language", _TEXT, "Language of the name, ISO 639-1", required=True, **_IN),
        field("valid_from", _TEXT, "Day, month or year from which it was the name", pattern="partial date", **_IN),
        field("valid_to", _TEXT, "Day, month or year until which it was the name (that day excluded)", pattern="partial date", **_IN),
        field("kind", _TEXT, "What the place is", required=True, values=("settlement", "region", "macro-region", "country"), **_IN),
        field("admin0", _TEXT, "Country, ISO 3166-1 alpha-2", required=True, **_IN),
        field("geonames_id", _COUNT, "GeoNames identifier of a settlement, which gives its coordinates", **_IN),
        field("admin1_ids", _TEXT, "Regions it is, or consists of; separated by spaces", **_IN),
        field("url", _TEXT, "Address of the page", **_IN),
        field("note", _TEXT, "Note", **_IN),
    ],
    metadata={"title": "Places", "about": "Dated names of places, in their languages."},
)

REGION = pa.schema(
    [
        field("id", _TEXT, "Identifier: country and name, and the year where a later unit has the same name", required=True, queryable=True),
        field("admin0", _TEXT, "Country, ISO 3166-1 alpha-2", required=True, queryable=True),
        field("name", _TEXT, "Name", required=True, queryable=True),
        field("kind", _TEXT, "What it is called: region, city", required=True, queryable=True),
        field("valid_from", _DAY, "First day of the unit in this extent; empty: not known", queryable=True),
        field("valid_to", _DAY, "Last day of the unit in this extent; empty: still valid", queryable=True),
        field("split_from", _TEXT, "The unit whose land it was before", queryable=True),
        field("geonames_admin1", _TEXT, "GeoNames code of the unit, which assigns places where there is no outline"),
        field("geometry_quality", _TEXT, "Where its outline comes from", required=True, values=GeometryQuality),
        field("area_km2", _REAL, "Area of the outline, in an equal-area projection", unit="km2", queryable=True),
        field("note", _TEXT, "What a reader should know of its outline"),
    ],
    metadata={"title": "Regions", "about": "First-level administrative units, each with the days it was valid."},
)

# fmt: on

PACKAGE_TABLES: dict[str, pa.Schema] = {
    "sources": SOURCE,
    "places": PLACE,
    "incidents": INCIDENT,
    "reports": REPORT,
    "claims": CLAIM,
    "regional_figures": FIGURE,
}
"""The tables of a data package, in the order in which they refer to each other."""
