"""Writes the tables of a data package into its descriptor, from the columns in geo.schema.

    python data/describe.py data/kazakhstan-2022

The descriptor (datapackage.json) follows the Frictionless Data Package and Table Schema, version 1.
Of each resource, this script owns the members in `resource()`; whatever else the file holds (licences,
sources, the member `eventmap`) is written by hand and kept. The same columns give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo.schema import PACKAGE_TABLES, given, meta, values

DESCRIPTOR = "datapackage.json"
PARTIAL_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
TYPES = {
    pa.string(): "string",
    pa.date32(): "date",
    pa.int64(): "integer",
    pa.float64(): "number",
    pa.bool_(): "boolean",
}


def table_field(column: pa.Field) -> dict[str, Any]:
    """A Table Schema field: name, type, title, unit and what its values must satisfy."""
    described: dict[str, Any] = {
        "name": column.name,
        "type": TYPES[column.type],
        "title": meta(column, "title"),
    }
    if unit := meta(column, "unit"):
        described["unit"] = unit
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.name == "id":
        constraints["unique"] = True
    if words := values(column):
        constraints["enum"] = list(words)
    if meta(column, "pattern") == "partial date":
        constraints["pattern"] = PARTIAL_DATE
    for bound in ("minimum", "maximum"):
        if text := meta(column, bound):
            constraints[bound] = json.loads(text)
    if constraints:
        described["constraints"] = constraints
    return described


def foreign_keys(name: str, schema: pa.Schema) -> list[dict[str, Any]]:
    """The columns that hold another table's `id`; a table refers to itself by an empty name."""
    return [
        {"fields": [column.name], "reference": {"resource": "" if to == name else to, "fields": ["id"]}}
        for column in schema
        if (to := meta(column, "references"))
    ]


def resource(name: str) -> dict[str, Any]:
    """A table's resource: where it is, what it is, and the columns a data package supplies."""
    whole = PACKAGE_TABLES[name]
    schema = given(whole)
    described: dict[str, Any] = {"fields": [table_field(column) for column in schema], "missingValues": [""]}
    if "id" in schema.names:
        described["primaryKey"] = ["id"]
    if keys := foreign_keys(name, schema):
        described["foreignKeys"] = keys
    about = {key.decode(): text.decode() for key, text in (whole.metadata or {}).items()}
    return {
        "name": name,
        "profile": "tabular-data-resource",
        "path": f"{name}.csv",
        "title": about.get("title", name),
        "description": about.get("about", ""),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": described,
    }


def describe(descriptor: dict[str, Any]) -> dict[str, Any]:
    """The descriptor with its resources as geo.schema has them, and everything else as it was."""
    before = {old["name"]: old for old in descriptor.get("resources", [])}
    resources = [{**(made := resource(name)), **_kept(before.get(name, {}), made)} for name in PACKAGE_TABLES]
    return {**descriptor, "resources": resources}


def _kept(old: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in old.items() if key not in made}


def text(descriptor: dict[str, Any]) -> str:
    """The descriptor as the file holds it."""
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Rewrite the resources of one package's descriptor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("package", type=Path, help="the folder that holds datapackage.json")
    path = parser.parse_args().package / DESCRIPTOR
    path.write_text(text(describe(json.loads(path.read_text("utf-8")))), "utf-8")


if __name__ == "__main__":
    main()
