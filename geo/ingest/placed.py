"""Incidents of a data package get their places: by name, by coordinates, or as they were placed before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.schema import INCIDENT, REPORT, Precision
from geo.sources import known
from geo.sources.package import Package
from geo.sources.versions import versions

if TYPE_CHECKING:
    from geo.ingest.packages import Atlas

Row = dict[str, Any]


def placed(read: Package, atlas: Atlas) -> pd.DataFrame:
    """The versions of a package's incidents with their places: a frame with the columns of INCIDENT.

    A row that says how its place was found (`place_note`) was placed before, and stays where it is, or
    without a place. One that leans on an area nobody knows is sought anew.
    """
    tables = read.tables
    reports = known.with_reported_on(tables["reports"].to_pylist(), REPORT, read.name)
    incidents = versions(tables["incidents"], reports, tables["sources"], read.name)
    about = read.descriptor.get("eventmap", {})
    country = about["admin0"][0] if len(about.get("admin0", [])) == 1 else None
    macros = {macro["place"]: macro["id"] for macro in about.get("macro_regions", [])}
    spots: dict[tuple[str, dt.date], Row] = {}
    rows = []
    for row in incidents.to_pylist():
        name, day = row["place"] or "", row["date_start"]
        if (stays := atlas.standing(row, macros.values())) is not None:
            rows.append(stays)
            continue
        if row["lon"] is not None:
            spot = atlas.at(row["lon"], row["lat"], day)
        else:
            if (name, day) not in spots:
                lookup, found = atlas.find(name, day, country)
                spots[name, day] = found | {"place_note": lookup.reason}
            spot = spots[name, day]
        rows.append(_settle(row, spot, macros))
    return pd.DataFrame(rows, columns=INCIDENT.names)


def _settle(row: Row, spot: Row, macros: Mapping[str, str]) -> Row:
    """One incident with its place. Its precision is the coarser of what was stated and what was found.

    A site that the gazetteer does not know is placed at its town, with precision `city`; its words
    stay in `place_text`. Known to a region or wider, it has no point, even where one was found.
    """
    row = row | {"boundary_valid_on": row["date_start"], "place_note": spot["place_note"]}
    row |= {"lon": None, "lat": None}
    if spot["precision"] is None:
        return row
    precision = max(Precision(row["location_precision"]), spot["precision"], key=lambda p: p.rank)
    row |= {name: spot[name] for name in ("admin0", "admin1_id", "admin1_name", "area_id")}
    row["location_precision"] = precision
    if precision.is_point:
        return row | {"lon": spot["lon"], "lat": spot["lat"], "uncertainty_km": precision.uncertainty_km}
    if precision == Precision.REGION:
        row["area_id"] = row["admin1_id"]
    elif precision == Precision.MACRO_REGION:
        row |= {"area_id": macros.get(row["place"]), "admin1_id": None, "admin1_name": None}
    else:
        row |= {"area_id": row["admin0"], "admin1_id": None, "admin1_name": None}
    return row
