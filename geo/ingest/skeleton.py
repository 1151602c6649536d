"""The skeleton of a data package: a folder with tables to fill in, what each column holds, and a check."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from geo import schema
from geo.errors import CallError

_EVENT = {
    "date_start": "2022-01-05",
    "date_end": "2022-01-05",
    "date_precision": "day",
    "place": "Exampletown",
    "place_text": "the central square",
    "location_precision": "city",
    "event_type": "Protests",
    "sub_event_type": "Peaceful protest",
    "summary": "EXAMPLE, to be replaced: people gathered on the square and left after an hour.",
}
_EXAMPLES: dict[str, dict[str, str]] = {
    "sources": {"id": "daily", "publisher": "EXAMPLE Daily", "weak": "false"},
    "places": {"place": "Exampletown", "name": "Exampletown", "language": "en", "kind": "settlement"},
    "incidents": {"id": "E1", "title": "EXAMPLE, to be replaced: a gathering", **_EVENT},
    "reports": {
        "id": "R1",
        "incident_id": "E1",
        "scope": "event",
        "source_id": "daily",
        "url": "https://example.org/article",
        "reported": "2022-01-06",
        **_EVENT,
    },
    "claims": {},
    "regional_figures": {},
}
_FORMS = {
    "string": "text",
    "date32[day]": "day, 2022-01-05",
    "int64": "whole number",
    "double": "number",
    "bool": "true or false",
}

_CHECK = '''"""Checks this data package: builds it into a store of its own, and says what to correct.

Run it with the Python that eventmap is installed in: python check.py
"""

import subprocess
import sys
import tempfile
from pathlib import Path

here = Path(__file__).resolve().parent
with tempfile.TemporaryDirectory() as folder:
    command = [sys.executable, "-m", "geo", "build", str(here), "--store", str(Path(folder, "check.duckdb"))]
    sys.exit(subprocess.run([*command, "--strict"]).returncode)
'''


def make(folder: Path, country: str = "") -> Path:
    """Make the folder, which must not be there yet. country: ISO alpha-2. Raises CallError."""
    name = folder.name
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name):
        todo = "use small letters, digits and dashes, such as unrest-2022"
        raise CallError(f"{name!r} is no name of a data package", where="NAME", todo=todo)
    if country and not re.fullmatch(r"[A-Za-z]{2}", country):
        raise CallError(f"{country!r} is no ISO code of a country", where="--country", todo="write it as KZ")
    if folder.exists():
        raise CallError("it is there already", where=str(folder), todo="choose another name")
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise CallError(
            f"it cannot be made ({error.strerror})", where=str(folder), todo="choose another"
        ) from None
    for table, columns in schema.PACKAGE_TABLES.items():
        _write(folder / f"{table}.csv", schema.given(columns).names, _EXAMPLES[table], country.upper())
    nations = [country.upper()] if country else []
    descriptor = {
        "profile": "tabular-data-package",
        "name": name,
        "title": name.replace("-", " ").capitalize(),
        "description": "What it covers: which events, where, when, from which kinds of sources.",
        "version": "0.1.0",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "eventmap": {
            "admin0": nations,
            "citation": "Who made it: title. Version.",
            "coverage_note": "What is missing, and why.",
        },
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=2) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(_readme(name), encoding="utf-8")
    (folder / "check.py").write_text(_CHECK, encoding="utf-8")
    return folder


def _write(path: Path, header: list[str], example: dict[str, str], country: str) -> None:
    """A table with its header and, where there is one, an example to be replaced."""
    row = {name: text for name, text in example.items() if name in header}
    if row and "admin0" in header:
        row["admin0"] = country or "KZ"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, restval="")
        writer.writeheader()
        if row:
            writer.writerow(row)


def _readme(name: str) -> str:
    """What goes where, from the columns of geo.schema."""
    parts = [
        f"# {name}\n",
        "A data package of eventmap. Fill in the tables with any spreadsheet program, and save them as",
        "CSV in UTF-8 with commas. Rows marked EXAMPLE show how; replace them. Then:\n",
        "```\npython check.py            says what to correct\n"
        f"eventmap build {name}     builds the store\neventmap serve             shows the map\n```\n",
        "`datapackage.json` says what the data are called, who may use them, and how to cite them.\n",
        "An incident is one event. A report is one source's telling of it; an incident needs at least one.",
        "A claim is one number that somebody made public. What nobody said stays blank, and is no zero.\n",
    ]
    for table, columns in schema.PACKAGE_TABLES.items():
        about = columns.metadata[b"about"].decode()
        parts += [
            f"## {table}.csv\n",
            f"{about}\n",
            "| column | holds | form | needed |",
            "|---|---|---|---|",
        ]
        for column in schema.given(columns):
            words = ", ".join(schema.values(column))
            form = words or schema.meta(column, "pattern") or _FORMS[str(column.type)]
            needed = "yes" if not column.nullable else ""
            parts.append(f"| `{column.name}` | {schema.meta(column, 'title')} | {form} | {needed} |")
        parts.append("")
    return "\n".join(parts) + "\n"
