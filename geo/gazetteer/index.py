"""The world's places and their names, mapped into memory and found by binary search.

Nothing of the world becomes a Python object until it is asked for; see `build` for the layout.
"""

from __future__ import annotations

import subprocess
import sys
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import GazetteerError
from geo.gazetteer.build import NAMES, PLACES, file_name

_AFTER = "\x7f"  # sorts after every letter of a key


class Row(NamedTuple):
    """One place of the index. Degrees, EPSG:4326; a country has no coordinates."""

    geonames_id: int
    name: str
    lon: float | None
    lat: float | None
    population: int
    admin0: str
    geonames_admin1: str | None
    kind: str


class Name(NamedTuple):
    """One name of the index, by its keys. place: row of the place it names."""

    loose: str
    key: str
    place: int
    main: bool


@dataclass(frozen=True, eq=False)
class Index:
    """Columns of the index file, as they lie on disk."""

    places: pa.StructArray
    names: pa.StructArray

    @classmethod
    def open(cls, cache: Path) -> Index:
        """The index kept in a folder, built there if it is not (about 15 s, once). Raises GazetteerError."""
        path = cache / file_name()
        if not path.exists():
            call = [sys.executable, "-m", "geo.gazetteer.build", str(path)]
            done = subprocess.run(call, capture_output=True, text=True, check=False)  # noqa: S603
            if done.returncode:
                last = (done.stderr.strip().splitlines() or ["no message"])[-1]
                raise GazetteerError(f"the place index could not be built: {last}")
        return cls.read(path)

    @classmethod
    def read(cls, path: Path) -> Index:
        """Map an index file into memory. Raises GazetteerError."""
        try:
            with pa.memory_map(str(path)) as source:
                table = pa.ipc.open_file(source).read_all()
            places, names = (table[name].chunk(0).flatten() for name in ("places", "names"))
        except (OSError, KeyError, pa.ArrowInvalid) as problem:
            what = f"is not a place index ({problem})"
            raise GazetteerError(what, where=str(path), todo="delete it; it is built again") from None
        if places.type != PLACES or names.type != NAMES:
            raise GazetteerError("is of another layout", where=str(path), todo="delete it; it is built again")
        return cls(places, names)

    def place(self, row: int) -> Row:
        """The place in a row."""
        return Row(**self.places[row].as_py())

    def row_of(self, geonames_id: int) -> int | None:
        """The row of a GeoNames identifier, or None."""
        ids = self._ids()
        row = int(np.searchsorted(ids, geonames_id))
        return row if row < len(ids) and ids[row] == geonames_id else None

    def called(self, loose_key: str, most: int) -> list[Name]:
        """The names with a loose key: all, or the first `most`."""
        first, after = self._range(loose_key, loose_key)
        return self._names(first, min(after, first + most))

    def beginning(self, prefix: str, lengths: range) -> tuple[list[str], npt.NDArray[np.int64]]:
        """Loose keys that begin so and are so long, each with its row for `name`."""
        first, after = self._range(prefix, prefix + _AFTER)
        keys = self.names.field("loose").slice(first, after - first)
        size = pc.binary_length(keys)
        fits = pc.and_(pc.greater_equal(size, lengths.start), pc.less(size, lengths.stop))
        rows = np.flatnonzero(fits.to_numpy(zero_copy_only=False)) + first
        return keys.filter(fits).to_pylist(), rows

    def country(self, code: str) -> Row | None:
        """The country with an ISO alpha-2 code. Countries come first, for their identifiers are negative."""
        codes = self.places.field("admin0").slice(0, int(np.searchsorted(self._ids(), 0)))
        at = pc.index(codes, code).as_py()
        return self.place(at) if at >= 0 else None

    def landmark(self, lon: float, lat: float, country: str, people: int) -> Row | None:
        """The nearest settlement of a country with at least so many people, or None. Degrees, EPSG:4326."""
        admin0, population, lons, lats = map(self.places.field, ("admin0", "population", "lon", "lat"))
        large = pc.and_(pc.equal(admin0, country), pc.greater_equal(population, people))
        rows = np.flatnonzero(pc.and_(large, pc.is_valid(lons)).to_numpy(zero_copy_only=False))
        if not len(rows):
            return None
        east, north = lons.take(rows).to_numpy() - lon, lats.take(rows).to_numpy() - lat
        return self.place(int(rows[np.argmin((east * np.cos(np.radians(lat))) ** 2 + north**2)]))

    def name(self, row: int) -> Name:
        """The name in a row."""
        return self._names(row, row + 1)[0]

    def cities(self, min_population: int) -> pa.Table:
        """Settlements of at least so many people, the largest first.

        Columns geonames_id, name, lon, lat, population, admin0, geonames_admin1.
        """
        large = pc.and_(
            pc.greater_equal(self.places.field("population"), min_population),
            pc.equal(self.places.field("kind"), "settlement"),
        )
        table = pa.Table.from_struct_array(self.places.filter(large)).drop_columns("kind")
        return table.sort_by([("population", "descending"), ("geonames_id", "ascending")])

    def _ids(self) -> npt.NDArray[np.int64]:
        ids: npt.NDArray[np.int64] = self.places.field("geonames_id").to_numpy()
        return ids

    def _range(self, low: str, high: str) -> tuple[int, int]:
        """Rows of names from `low` up to and with `high`."""
        keys = self.names.field("loose")

        def at(row: int) -> Any:
            return keys[row].as_py()

        first = bisect_left(range(len(keys)), low, key=at)
        return first, bisect_left(range(len(keys)), high + "\0", lo=first, key=at)

    def _names(self, first: int, after: int) -> list[Name]:
        found = self.names.slice(first, max(after - first, 0)).to_pylist()
        return [Name(row["loose"], row["key"] or row["loose"], row["place"], row["main"]) for row in found]
