"""The world's places for reading texts: many exact names at once, and the unit of each place by date.

A file mapped into memory, with one row of lists:

    places: list<struct<key, name, lon, lat, population, country, admin1, kind, geonames_id>>
            key is the unit's identifier for an area, those of its units for a wider one, else empty;
            country is a row of `codes`, kind one of KINDS; of a country, admin1 is the name of its capital;
            countries and settlements come first, in the order of the gazetteer's index
    units:  list<list<int32>>: for each period, the row (in `places`) of the unit a settlement lies in, or -1
    names:  list<struct<hash, place, main>> ordered by hash, the 64 bits of a name's key
    given:  list<uint64>, ordered hashes of given names of persons
    codes:  list<string>; turns: list<date32>, the days on which the next period begins
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geo.errors import GazetteerError
from geo.gazetteer.fold import key

KINDS = ("country", "region", "macro-region", "county", "settlement", "continent")
MOST = 60
"""Places that one name may bring up: of Springfields and San Joses the most populous."""

Hashes = npt.NDArray[np.uint64]


class Found(NamedTuple):
    """A place of the world. row: its number. admin1: GeoNames' code. main: whether by its main name."""

    row: int
    key: str
    name: str
    lon: float | None
    lat: float | None
    population: int
    country: str
    admin1: str | None
    kind: str
    geonames_id: int | None
    unit: int
    main: bool


@lru_cache(maxsize=20_000)
def hashed(name: str) -> int:
    """64 bits of a name's key; 0 where it has none."""
    return _digest(key(name))


def _digest(folded: str) -> int:
    if not folded or folded.isdigit():
        return 0
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "big") or 1


@dataclass(frozen=True, eq=False)
class World:
    """The columns of the file as they lie on disk."""

    name: pa.Array
    key: pa.Array
    admin1: pa.Array
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    population: npt.NDArray[np.int64]
    country: npt.NDArray[np.int16]
    kind: npt.NDArray[np.int8]
    geonames_id: npt.NDArray[np.int64]
    units: tuple[npt.NDArray[np.int32], ...]
    hashes: Hashes
    of: npt.NDArray[np.int32]
    main: npt.NDArray[np.uint8]
    given: Hashes
    codes: tuple[str, ...]
    turns: tuple[dt.date, ...]

    @cached_property
    def _settled(self) -> tuple[int, int]:
        """The first row of a settlement, and the first after all of them."""
        rows = np.flatnonzero(self.kind == KINDS.index("settlement"))
        return int(rows[0]), int(rows[-1]) + 1

    @cached_property
    def _country_rows(self) -> dict[str, int]:
        """A few hundred."""
        return {self.codes[code]: row for row, code in enumerate(self.country[: self._settled[0]])}

    @cached_property
    def _unit_rows(self) -> dict[str, int]:
        """A few thousand."""
        rows = np.flatnonzero(self.kind == KINDS.index("region"))
        return dict(zip(self.key.take(rows).to_pylist(), rows.tolist(), strict=True))

    @classmethod
    def read(cls, path: Path) -> World:
        """Map a file into memory. Raises GazetteerError."""
        try:
            with pa.memory_map(str(path)) as source:
                table = pa.ipc.open_file(source).read_all()
            column = {name: table[name].chunk(0).flatten() for name in table.column_names}
            places = dict(zip(PLACES.names, column["places"].flatten(), strict=True))
            names = dict(zip(NAMES.names, column["names"].flatten(), strict=True))
            plain = {name: places[name].to_numpy() for name in _NUMBERS}
            return cls(
                name=places["name"],
                key=places["key"],
                admin1=places["admin1"],
                **plain,
                units=tuple(one.values.to_numpy() for one in column["units"]),
                hashes=names["hash"].to_numpy(),
                of=names["place"].to_numpy(),
                main=names["main"].to_numpy(),
                given=column["given"].to_numpy(),
                codes=tuple(column["codes"].to_pylist()),
                turns=tuple(column["turns"].to_pylist()),
            )
        except (OSError, KeyError, ValueError, TypeError, pa.ArrowException) as problem:
            what = f"is not an index of the world ({problem})"
            raise GazetteerError(what, where=str(path), todo="delete it; it is built again") from None

    def named(self, names: Sequence[str]) -> Mapping[str, list[tuple[int, bool]]]:
        """The rows of the places with each of these names, by its exact key, the most populous first.

        With each row, whether the name is the place's main one. Names that none bears are left out.
        """
        asked = np.array([hashed(name) for name in names], dtype=np.uint64)
        first = self.hashes.searchsorted(asked, side="left")
        after = self.hashes.searchsorted(asked, side="right")
        return {
            names[at]: self._most_populous(range(int(first[at]), int(after[at])))
            for at in np.flatnonzero(after > first).tolist()
        }

    def period(self, on: dt.date | None) -> int:
        """Which of the periods a day lies in; None is the last but the one of the far future."""
        day = on or dt.date.today()
        return sum(turn <= day for turn in self.turns)

    def place(self, row: int, period: int, *, main: bool = True) -> Found:
        """The place in a row."""
        kind = KINDS[self.kind[row]]
        lon, lat = float(self.lon[row]), float(self.lat[row])
        known = lon == lon
        number = int(self.geonames_id[row])
        return Found(
            row,
            self.key[row].as_py(),
            self.name[row].as_py(),
            lon if known else None,
            lat if known else None,
            int(self.population[row]),
            self.codes[self.country[row]],
            self.admin1[row].as_py(),
            kind,
            number or None,
            int(self.units[period][row]),
            main,
        )

    def country_row(self, code: str) -> int | None:
        """The row of a country, or None."""
        return self._country_rows.get(code)

    def settlement_row(self, geonames_id: int) -> int | None:
        """The row of a settlement by its GeoNames identifier, or None."""
        first, last = self._settled
        row = first + int(np.searchsorted(self.geonames_id[first:last], geonames_id))
        return row if row < last and self.geonames_id[row] == geonames_id else None

    def unit_row(self, key: str) -> int | None:
        """The row of a unit by its identifier, or None."""
        return self._unit_rows.get(key)

    def given_names(self, words: Iterable[str]) -> frozenset[str]:
        """Those of the words that are given names."""
        asked = [word for word in words if word]
        if not asked:
            return frozenset()
        wanted = np.array([hashed(word) for word in asked], dtype=np.uint64)
        at = np.minimum(np.searchsorted(self.given, wanted), len(self.given) - 1)
        return frozenset(asked[nth] for nth in np.flatnonzero(self.given[at] == wanted))

    def _most_populous(self, rows: range) -> list[tuple[int, bool]]:
        ranked = sorted(rows, key=lambda at: -int(self.population[self.of[at]]))[:MOST]
        return [(int(self.of[at]), bool(self.main[at])) for at in ranked]


_NUMBERS = ("lon", "lat", "population", "country", "kind", "geonames_id")

PLACES = pa.struct(
    {
        "key": pa.string(),
        "name": pa.string(),
        "lon": pa.float64(),
        "lat": pa.float64(),
        "population": pa.int64(),
        "country": pa.int16(),
        "admin1": pa.string(),
        "kind": pa.int8(),
        "geonames_id": pa.int64(),
    }
)
NAMES = pa.struct({"hash": pa.uint64(), "place": pa.int32(), "main": pa.uint8()})


def write(
    path: Path,
    places: Sequence[tuple[Any, ...]],
    units: Sequence[npt.NDArray[np.int32]],
    names: Iterable[tuple[str, int, bool]],
    given: Iterable[str],
    codes: Sequence[str],
    turns: Sequence[dt.date],
) -> None:
    """Write the file. places: rows as in PLACES. units: one array for each period. names: key, row, main."""
    best: dict[tuple[int, int], bool] = {}
    for text, row, main in names:
        pair = (_digest(text), row)
        best[pair] = best.get(pair, False) or main
    best = {pair: main for pair, main in best.items() if pair[0]}
    order = sorted(best)
    rows = pa.StructArray.from_arrays(
        [
            pa.array([number for number, _ in order], pa.uint64()),
            pa.array([row for _, row in order], pa.int32()),
            pa.array([int(best[pair]) for pair in order], pa.uint8()),
        ],
        fields=list(NAMES),
    )
    columns = [
        pa.array(cells, kind.type) for cells, kind in zip(zip(*places, strict=True), PLACES, strict=True)
    ]
    table = pa.table(
        {
            "places": _one(pa.StructArray.from_arrays(columns, fields=list(PLACES))),
            "units": _one(pa.array([part.tolist() for part in units], pa.list_(pa.int32()))),
            "names": _one(rows),
            "given": _one(pa.array(sorted({hashed(name) for name in given}), pa.uint64())),
            "codes": _one(pa.array(codes, pa.string())),
            "turns": _one(pa.array(turns, pa.date32())),
        }
    )
    with pa.ipc.new_file(str(path), table.schema) as writer:
        writer.write_table(table)


def _one(values: pa.Array) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array([0, len(values)], pa.int32()), values)
