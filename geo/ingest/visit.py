"""What was accepted from several articles becomes one data package, or one GeoJSON collection.

Each article is written by `accept`; here the tables are laid one under the other. Identifiers get a
prefix by article. A place that two articles name alike and mean differently keeps both, told apart by
a number behind the name that the other tables use.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from geo.extract import Claim, Incident, Reading
from geo.extract.documents import text_of
from geo.extract.shapes import collection
from geo.ingest import parcel
from geo.ingest.accept import accept
from geo.schema import PACKAGE_TABLES, meta

__all__ = ["Accepted", "Claim", "Incident", "Reading", "features", "packed", "text_of"]

Row = dict[str, str]
Tables = dict[str, list[Row]]

NAME = "accepted-articles"


@dataclass(frozen=True)
class Accepted:
    """What a reader took from one article: its corrected reading, the identifiers, and who published it."""

    reading: Reading
    chosen: tuple[str, ...]
    publisher: str = ""
    url: str = ""


def packed(articles: Sequence[Accepted]) -> bytes:
    """A data package of all that was accepted, as a ZIP archive. The same articles give the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        written = [
            accept(one.reading, one.chosen, Path(folder) / f"{at}", one.publisher, url=one.url)
            for at, one in enumerate(articles, 1)
        ]
        return parcel.zipped(merged(written))


def features(articles: Iterable[Accepted]) -> bytes:
    """The accepted incidents as a FeatureCollection (RFC 7946), the claims as a member.

    What is known to an area only has no geometry: a point would claim what nobody reported.
    """
    found: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for at, one in enumerate(articles, 1):
        kept = replace(
            one.reading,
            incidents=tuple(row for row in one.reading.incidents if row.id in one.chosen),
            claims=tuple(row for row in one.reading.claims if row.id in one.chosen),
        )
        shown = collection(kept)
        about = {"publisher": one.publisher, "url": one.url, "published": shown["eventmap"]["published"]}
        points = {row.id for row in kept.incidents if row.location_precision.is_point}
        for feature in shown["features"]:
            placed = feature["geometry"] if feature["id"] in points else None
            own = {"id": f"{at}-{feature['id']}", "geometry": placed}
            found.append(feature | own | {"properties": feature["properties"] | about})
        claims += [claim | about | {"id": f"{at}-{claim['id']}"} for claim in shown["eventmap"]["claims"]]
    whole = {"type": "FeatureCollection", "features": found, "eventmap": {"claims": claims}}
    return orjson.dumps(whole) + b"\n"


def merged(folders: Sequence[Path]) -> dict[str, str]:
    """The files of one data package made of several that `accept` wrote: name and text of each."""
    tables: Tables = {name: [] for name in PACKAGE_TABLES}
    descriptors = [
        json.loads((folder / "datapackage.json").read_text(encoding="utf-8")) for folder in folders
    ]
    for at, folder in enumerate(folders, 1):
        own = {name: _read(folder / f"{name}.csv") for name in PACKAGE_TABLES}
        places = _renamed(own["places"], tables["places"])
        for name, rows in own.items():
            for row in rows:
                told = _prefixed(name, row, f"{at}-")
                if (place := told.get("place")) in places:
                    told["place"] = places[place]
                if name != "places" or told not in tables[name]:
                    tables[name].append(told)
    files = {f"{name}.csv": parcel.table(name, rows) for name, rows in tables.items()}
    described = json.dumps(_descriptor(descriptors), ensure_ascii=False, indent=2)
    return {"datapackage.json": described + "\n"} | files


def _prefixed(table: str, row: Row, prefix: str) -> Row:
    """The row with its own identifier, and those it refers to, made unlike those of other articles."""
    keys = {field.name for field in PACKAGE_TABLES[table] if meta(field, "references")}
    if table != "places":
        keys.add("id")
    return {name: prefix + cell if name in keys and cell else cell for name, cell in row.items()}


def _renamed(mine: Iterable[Row], known: Sequence[Row]) -> dict[str, str]:
    """New keys for places that are called like another one that is already there."""
    taken = {row["place"]: row for row in known}
    renamed = {}
    for row in mine:
        name, number = row["place"], 1
        while name in taken and any(
            taken[name][key] != row[key] for key in ("kind", "admin0", "geonames_id")
        ):
            number += 1
            name = f"{row['place']} ({number})"
        if name != row["place"]:
            renamed[row["place"]] = name
    return renamed


def _descriptor(own: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One descriptor for all: countries and wider areas of each."""
    lands = sorted({land for one in own for land in one["eventmap"]["admin0"]})
    macros = {macro["id"]: macro for one in own for macro in one["eventmap"]["macro_regions"]}
    notes = list(dict.fromkeys(one["eventmap"]["coverage_note"] for one in own))
    title = "; ".join(dict.fromkeys(one["title"] for one in own))
    member = {"admin0": lands, "coverage_note": " ".join(notes), "macro_regions": list(macros.values())}
    return (own[0] if own else {}) | {"name": NAME, "title": title, "eventmap": member}


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
