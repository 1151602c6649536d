"""How places are called in the languages of the page: names to show, never names to look up.

From the dated names of the data packages, the countries of Unicode CLDR (through Babel), and a list of
large cities (data/reference/city_names.csv). A place without a name in a language keeps its English one.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from anyascii import anyascii
from babel import Locale
from rapidfuzz.fuzz import ratio

from geo.gazetteer.dated import DatedName, DatedPlace, Overlay

LANGUAGES = ("ru", "kk")
"""Languages besides English, ISO 639-1."""

COLUMNS = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("language", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("valid_from", pa.date32()),
        pa.field("valid_to", pa.date32()),
    ]
)


def spoken(places: Iterable[Mapping[str, Any]], cities: Path) -> pa.Table:
    """What to call a place, by key and language, from `valid_from` until `valid_to` (that day excluded).

    A key is the English name that tables use, the identifier of a region, the code of a country (ISO
    3166-1 alpha-2), or country and English name of a large city (`UZ Tashkent`).
    places: rows of schema.PLACE. cities: a CSV file with admin0, name, language, local.
    """
    rows = [*_countries(), *_cities(cities), *_places(places)]
    return pa.Table.from_pylist(list(rows), schema=COLUMNS)


def _countries() -> Iterator[dict[str, Any]]:
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                yield {"key": code, "language": language, "name": name}


def _cities(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield {"key": f"{row['admin0']} {row['name']}", "language": row["language"], "name": row["local"]}


def _places(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for place in Overlay(rows).places:
        keys = [place.place]
        if place.kind == "region" and len(place.admin1_ids) == 1:
            keys.append(place.admin1_ids[0])
        for language in LANGUAGES:
            for name, start, end in _turns(place, language):
                days = {"valid_from": start, "valid_to": end}
                yield from ({"key": key, "language": language, "name": name} | days for key in keys)


def _turns(place: DatedPlace, language: str) -> Iterator[tuple[str, dt.date | None, dt.date | None]]:
    """From each day on which its names in a language change: the one to show, until the next such day."""
    names = [name for name in place.names if name.language == language]
    days = sorted({name.start for name in names} | {name.end for name in names})
    for start, end in itertools.pairwise(days):
        if valid := [name for name in names if name.on(start)]:
            chosen = max(valid, key=lambda name: _closeness(name, place.place))
            yield (
                chosen.name,
                None if start == dt.date.min else start,
                None if end == dt.date.max else end,
            )


def _closeness(name: DatedName, english: str) -> tuple[float, str]:
    """Of several names at one time, the one that sounds most like the English name is shown."""
    return ratio(anyascii(name.name).casefold(), english.casefold()), name.name
