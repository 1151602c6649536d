"""The files of a data package as text, and as one ZIP archive.

A package of what was brought holds what was found for each row, its place and its numbers, so that a
build makes the same rows of it as an import of the file does.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo import schema
from geo.ingest.brought import Brought
from geo.schema import INCIDENT, PACKAGE_TABLES, REPORT

Row = dict[str, Any]

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that entries of an archive carry, so that the same rows make the same bytes."""

_EVENT = [name for name in schema.given(REPORT).names if name in INCIDENT.names and name != "id"]
_NUMBERS = {"fatalities": "fatalities_best"} | {
    name: name for name in ("participants", "injured", "arrested")
}


def zipped(files: Mapping[str, str]) -> bytes:
    """Texts by file name as a ZIP archive. The same texts give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return held.getvalue()


def table(name: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """A table of a data package as CSV, with the columns that a package supplies or may add."""
    wanted = PACKAGE_TABLES[name]
    columns = [*schema.given(wanted).names, *schema.optional(wanted).names]
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, columns, restval="", lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue()


def package(brought: Brought) -> dict[str, str]:
    """The files of a data package of what was brought."""
    told = brought.tellings()
    incidents = brought.incidents.to_pylist()
    publishers = dict.fromkeys(one["publisher"] for tellings in told.values() for one in tellings)
    rows: dict[str, list[Row]] = {name: [] for name in PACKAGE_TABLES}
    rows["sources"] = [
        {"id": source_id(name), "publisher": name, "weak": "false"} for name in publishers if name
    ]
    rows["incidents"] = incidents
    rows["reports"] = [_report(row, one, told[row["id"]]) for row in incidents for one in told[row["id"]]]
    described = json.dumps(_descriptor(brought), ensure_ascii=False, indent=2)
    return {"datapackage.json": described + "\n"} | {
        f"{name}.csv": table(name, found) for name, found in rows.items()
    }


def source_id(publisher: str) -> str:
    """The identifier of a publisher, as a store gives it."""
    return f"s-{hashlib.md5(publisher.encode(), usedforsecurity=False).hexdigest()[:16]}"


def _report(incident: Row, telling: Row, tellings: Sequence[Row]) -> Row:
    """Where several told of an incident, nobody knows whose numbers the provider took."""
    row = {name: incident[name] for name in _EVENT} | {
        name: telling[name] for name in ("id", "scope", "summary", "url", "reported")
    }
    if len(tellings) == 1:
        row |= {name: incident[own] for name, own in _NUMBERS.items()}
    return row | {"incident_id": incident["id"], "source_id": source_id(telling["publisher"])}


def _descriptor(brought: Brought) -> Row:
    about = dict(brought.about)
    nations = sorted(set(brought.incidents["admin0"].drop_null().to_pylist()))
    own = about.get("eventmap", {}) | {"admin0": nations, "macro_regions": list(brought.macros)}
    return (
        {"profile": "tabular-data-package", "name": brought.name, "title": brought.name}
        | about
        | {
            "version": brought.on.isoformat(),
            "eventmap": own,
            "resources": [
                {"name": name, "path": f"{name}.csv", "format": "csv", "encoding": "utf-8"}
                for name in PACKAGE_TABLES
            ],
        }
    )
