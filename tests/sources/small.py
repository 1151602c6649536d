"""A data package of one incident, one report and one claim, to be spoilt in one place at a time."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from geo.schema import PACKAGE_TABLES, given

Row = dict[str, str]

SOURCE = {"id": "daily", "publisher": "The Daily", "weak": "false"}
EVENT = {
    "date_start": "2022-01-05",
    "date_precision": "day",
    "place": "Almaty",
    "location_precision": "city",
    "event_type": "Protests",
    "summary": "People gathered.",
}
INCIDENT = {"id": "I1", "title": "A gathering", **EVENT}
REPORT = {"id": "R1", "incident_id": "I1", "scope": "event", "source_id": "daily", **EVENT}
CLAIM = {
    "id": "C1",
    "metric": "killed",
    "value": "5",
    "qualifier": "exact",
    "unit": "persons",
    "place": "Almaty",
    "claimed_by": "A ministry",
    "reported": "2022-01-06",
    "status": "stands",
    "source_id": "daily",
}
ROWS: dict[str, list[Row]] = {
    "sources": [SOURCE],
    "incidents": [INCIDENT],
    "reports": [REPORT],
    "claims": [CLAIM],
}


def write_package(folder: Path, **changed: list[Row] | str | bytes) -> Path:
    """Write the package; a table is replaced by rows, or its file by a text or bytes as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "datapackage.json").write_text(json.dumps({"name": "small"}), encoding="utf-8")
    for name in PACKAGE_TABLES:
        content = changed.get(name, ROWS.get(name, []))
        if isinstance(content, list):
            write_rows(folder / f"{name}.csv", given(PACKAGE_TABLES[name]).names, content)
        else:
            raw = content if isinstance(content, bytes) else content.encode()
            (folder / f"{name}.csv").write_bytes(raw)
    return folder


def write_rows(path: Path, columns: list[str], rows: list[Row]) -> None:
    """Write a CSV file; cells left out are blank, columns not named are added."""
    more = sorted({name for row in rows for name in row} - set(columns))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*columns, *more], restval="")
        writer.writeheader()
        writer.writerows(rows)
