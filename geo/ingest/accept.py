"""What a person accepts of a reading becomes a data package: reports, their incidents, and claims.

A Frictionless Data Package with the tables of schema.py, which `eventmap build` reads.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from geo import schema
from geo.errors import CallError
from geo.extract import Claim, Incident, Reading
from geo.schema import PACKAGE_TABLES, DatePrecision, Precision, Qualifier

Row = dict[str, Any]

_KIND = {
    Precision.SITE: "settlement",
    Precision.CITY: "settlement",
    Precision.DISTRICT: "settlement",
    Precision.REGION: "region",
    Precision.MACRO_REGION: "macro-region",
    Precision.COUNTRY: "country",
}
_UNSAFE = re.compile(r"[^a-z0-9]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_NAME = 40


def accept(
    reading: Reading,
    chosen: Collection[str] | None,
    folder: Path,
    source: str,
    *,
    url: str = "",
) -> Path:
    """Write the chosen incidents and claims as a data package into a new folder.

    chosen: their ids; None is all that have happened. source: the publisher's name. url: the story's address.
    Raises CallError when the folder holds something already, an id is not in the reading, or is that of an
    event still to come: no source has reported it as having happened.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CallError("there is something already", where=str(folder), todo="name a new folder")
    every = {one.id for one in reading.incidents} | {one.id for one in reading.claims}
    wanted = every if chosen is None else set(chosen)
    if strange := sorted(wanted - every):
        todo = f"choose from: {', '.join(sorted(every)) or 'nothing'}"
        raise CallError(f"nothing is called {', '.join(strange)}", where="the reading", todo=todo)
    coming = {one.id for one in reading.incidents if one.future}
    if chosen is None:
        wanted -= coming
    if early := sorted(wanted & coming):
        todo = "leave it out, and read a later story about it"
        raise CallError(f"still to come: {', '.join(early)}", where="the reading", todo=todo)
    publisher = _plain(source) or "not named"
    source_id = _slug(publisher) or "source"
    incidents = [one for one in reading.incidents if one.id in wanted]
    claims = [one for one in reading.claims if one.id in wanted]
    about = {"url": _plain(url), "reported": reading.published and reading.published.isoformat()}
    tables: Mapping[str, list[Row]] = {
        "sources": [
            {"id": source_id, "publisher": publisher, "weak": "false", "note": "read by eventmap extract"}
        ],
        "places": _places(incidents, claims),
        "incidents": [_event(one, reading) | {"id": one.id, "title": one.title} for one in incidents],
        "reports": [_report(one, reading, source_id) | about for one in incidents],
        "claims": [_claim(one, publisher, source_id, reading) | about for one in claims],
        "regional_figures": [],
    }
    _write(folder, tables, _descriptor(folder.name, publisher, incidents, claims))
    return folder


def _event(one: Incident, reading: Reading) -> Row:
    """What a report and an incident both say. Without a day, that of publication is the last it can be."""
    start = one.date_start or one.date_end or reading.published
    unknown = one.date_start is None
    row: Row = {
        "date_start": start,
        "date_end": None if unknown else one.date_end,
        "date_precision": DatePrecision.UNKNOWN if unknown else one.date_precision,
        "place": one.place,
        "place_text": one.place,
        "location_precision": one.location_precision,
        "event_type": one.event_type,
        "sub_event_type": one.sub_event_type,
        "source_type": one.trigger,
        "summary": one.title,
    }
    if one.location_precision.is_point:
        row |= {"lon": one.lon, "lat": one.lat}
    return row


def _report(one: Incident, reading: Reading, source_id: str) -> Row:
    figures = one.figures
    row = _event(one, reading)
    row.pop("lon", None)
    row.pop("lat", None)
    return row | {
        "id": f"R-{one.id}",
        "incident_id": one.id,
        "scope": "event",
        "fatalities": figures.get("killed"),
        "injured": figures.get("injured"),
        "arrested": figures.get("arrested"),
        "participants": figures.get("participants"),
        "source_id": source_id,
    }


def _claim(one: Claim, publisher: str, source_id: str, reading: Reading) -> Row:
    said = " … ".join(reading.document[span.start : span.end] for span in one.evidence)
    value, qualifier = one.best, one.qualifier
    if value is None and one.low is not None:  # "dozens", "8,000 to 10,000": the table has one number
        value, qualifier = one.low, Qualifier.AT_LEAST
    return {
        "id": one.id,
        "metric": one.metric,
        "value": value,
        "qualifier": qualifier,
        "unit": "persons",
        "place": one.place,
        "about_start": one.about_start,
        "about_end": one.about_end,
        "claimed_by": one.claimed_by or publisher,
        "status": "stands",
        "note": _plain(said),
        "source_id": source_id,
    }


def _places(incidents: list[Incident], claims: list[Claim]) -> list[Row]:
    """Every place once, so that a build finds the one that was meant and no namesake."""
    found: dict[str, Row] = {}
    for one in _both(incidents, claims):
        kind = _KIND[one.location_precision]
        if not one.country or one.place in found or (kind == "settlement" and one.geonameid is None):
            continue
        if one.location_precision == Precision.SITE or (kind == "region" and not one.admin1_id):
            continue
        units = (
            list(one.admin1_ids) if kind == "macro-region" else [one.admin1_id] if kind == "region" else []
        )
        found[one.place] = {
            "place": one.place,
            "name": one.place,
            "language": "en",
            "kind": kind,
            "admin0": one.country,
            "geonames_id": one.geonameid if kind == "settlement" else None,
            "admin1_ids": " ".join(unit for unit in units if unit),
        }
    return list(found.values())


def _both(incidents: list[Incident], claims: list[Claim]) -> list[Incident | Claim]:
    return [*incidents, *claims]


def _descriptor(name: str, publisher: str, incidents: list[Incident], claims: list[Claim]) -> Row:
    lands = sorted({one.country for one in _both(incidents, claims) if one.country})
    macros = {
        one.place: list(one.admin1_ids)
        for one in _both(incidents, claims)
        if one.location_precision == Precision.MACRO_REGION and one.admin1_ids
    }
    own: Row = {
        "admin0": lands,
        "coverage_note": f"Candidates accepted from one story of {publisher}.",
        "macro_regions": [
            {"id": f"{ids[0][:2]}-{_slug(place)}", "place": place, "admin1_ids": ids}
            for place, ids in macros.items()
        ],
    }
    return {
        "profile": "tabular-data-package",
        "name": _slug(name) or "accepted",
        "title": f"Accepted from {publisher}",
        "eventmap": own,
        "resources": [
            {"name": table, "path": f"{table}.csv", "format": "csv", "encoding": "utf-8"}
            for table in PACKAGE_TABLES
        ],
    }


def _write(folder: Path, tables: Mapping[str, list[Row]], descriptor: Row) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, wanted in PACKAGE_TABLES.items():
        columns = [*schema.given(wanted).names, *schema.optional(wanted).names]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            for row in tables[name]:
                writer.writerow({column: _cell(row.get(column)) for column in columns})
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return _plain(str(value))


def _plain(text: str) -> str:
    """Without what no table may hold."""
    return " ".join(_UNSEEN.sub("", text).split())


def _slug(text: str) -> str:
    return _UNSAFE.sub("-", text.lower()).strip("-")[:_LONGEST_NAME].strip("-")
