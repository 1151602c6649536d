"""An incident row becomes a GeoJSON feature (RFC 7946), the shape that every export shares.

An incident known to a region, macro-region or country only has no geometry (RFC 7946, section 3.2,
an unlocated feature): a point would claim what nobody reported. Its `area_id` and `admin1_id` say
where it belongs.
"""

from __future__ import annotations

from typing import Any

from geo.schema import INCIDENT

Row = dict[str, Any]

HIDDEN = {"id", "lon", "lat", "known_from", "known_to"}
"""Columns that are no property: the identity, the geometry, and the store's own bookkeeping."""

COLUMNS = [name for name in INCIDENT.names if name not in HIDDEN]


def properties(row: Row) -> Row:
    """The properties of an incident, in the order of the schema, then reports, then figures."""
    figures = {name: value for name, value in row.items() if name.startswith("region_")}
    return {name: row[name] for name in COLUMNS} | {"reports": row["reports"] or []} | figures


def feature(row: Row) -> Row:
    """A GeoJSON feature: longitude, latitude, EPSG:4326, six decimals (11 cm)."""
    placed = row["lon"] is not None
    point = [round(row["lon"], 6), round(row["lat"], 6)] if placed else None
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": {"type": "Point", "coordinates": point} if placed else None,
        "properties": properties(row),
    }
