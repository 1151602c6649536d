"""The tables of what somebody added to a store: files of boundaries and figures, and outlines as brought."""

from __future__ import annotations

import pyarrow as pa

from geo.schema import REGION, field

ADDITION = pa.schema(
    [
        field("id", pa.string(), "Identifier", required=True),
        field("kind", pa.string(), "What was added", required=True, values=("boundaries", "figures")),
        field("admin0", pa.string(), "Country, ISO 3166-1 alpha-2", required=True),
        field("level", pa.int64(), "Level of the units; empty for figures"),
        field("valid_from", pa.date32(), "First day on which the boundaries hold"),
        field("valid_to", pa.date32(), "Last day; empty: they still hold"),
        field("whole", pa.bool_(), "There were no other units on those days", required=True),
        field("rows", pa.int64(), "Units or figures that were added", required=True),
        field("file", pa.string(), "Name of the file", required=True),
        field("sha256", pa.string(), "Checksum of the file", required=True),
        field("source", pa.string(), "Who made it"),
        field("url", pa.string(), "Where it comes from"),
        field("licence", pa.string(), "Terms of use"),
        field("note", pa.string(), "What was found and mended"),
        field("added_at", pa.string(), "When it was added, UTC", required=True),
    ],
    metadata={"title": "Additions", "about": "Boundaries and figures that were added to the store."},
)

UNIT = pa.schema(
    [
        field("addition", pa.string(), "The addition it came with", required=True),
        *[REGION.field(name) for name in ("id", "name", "kind")],
        field("geometry", pa.binary(), "Outline, WKB in EPSG:4326", required=True),
    ]
)

TABLES = {"additions": ADDITION, "added_units": UNIT}
