"""What reading a text asks of the world's places, answered by the gazetteer and a data package's names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from geo.extract.places import Place
from geo.gazetteer.dated import LATEST, DatedPlace, Overlay
from geo.gazetteer.fold import bare_key, key, region_key
from geo.gazetteer.world import World
from geo.schema import PLACE, given
from geo.settings import Settings
from geo.sources import package

_KEPT = 20_000  # places: the news of a day names the same few thousand, and their namesakes
_ASSUMED = {"macro-region": 2_000_000, "region": 500_000, "settlement": 20_000, "country": 10_000_000}


class WorldPlaces:
    """A `geo.extract.Places`.

    world: the index. dated: names of data packages, which know their days and take precedence.
    """

    def __init__(self, world: World, dated: Sequence[Mapping[str, Any]] = ()) -> None:
        self.world = world
        self.overlay = Overlay(dated)
        self._keys = {
            spelled(name.name)
            for place in self.overlay.places
            for name in place.names
            for spelled in (key, region_key, bare_key)
        }
        self._country = lru_cache(maxsize=300)(self._country_of)
        self._capital = lru_cache(maxsize=300)(self._capital_of)
        self._place = lru_cache(maxsize=_KEPT)(self._place_of)

    @classmethod
    def open(cls, settings: Settings) -> WorldPlaces:
        """The world, with the dated names of every package in `data/`. Raises GazetteerError."""
        from geo.ingest.world import open_world

        rows: list[dict[str, Any]] = []
        for found in sorted(settings.data.glob("*/datapackage.json")):
            rows += package.read(found.parent).tables["places"].select(given(PLACE).names).to_pylist()
        return cls(open_world(settings), rows)

    def named(self, names: Sequence[str], on: dt.date | None) -> Mapping[str, tuple[Place, ...]]:
        """See `geo.extract.Places`."""
        found: dict[str, tuple[Place, ...]] = {}
        period = self.world.period(on)
        for name, rows in self.world.named(names).items():
            places = [self._place(row, period, main) for row, main in rows]
            places = [place for place in places if place.country != "ZZ"]
            if places:
                found[name] = tuple(places)
        for name in names:
            if key(name) in self._keys:
                dated = [self._dated(hit.place, on, main=not hit.bare) for hit in self._hits(name, on)]
                known = {(one.kind, one.geonames_id or one.admin1_id or one.country) for one in dated}
                others = [
                    one
                    for one in found.get(name, ())
                    if (one.kind, one.geonames_id or one.admin1_id or one.country) not in known
                    and (
                        one.kind != "country"
                        or one.country not in {place.country for place in dated if place.kind == "country"}
                    )
                ]
                if dated or others:
                    found[name] = tuple(sorted([*dated, *others], key=lambda one: -one.population))
        return found

    def _hits(self, name: str, on: dt.date | None) -> list[Any]:
        return [hit for hit in self.overlay.find(name, on or LATEST) if hit.exact]

    def capital(self, country: str, on: dt.date | None) -> Place | None:
        """See `geo.extract.Places`."""
        return self._capital(country, on)

    def _capital_of(self, country: str, on: dt.date | None) -> Place | None:
        row = self.world.country_row(country)
        name = self.world.place(row, 0).admin1 if row is not None else None
        if not name:
            return None
        here = [
            place
            for place in self.named([name.strip()], on).get(name.strip(), ())
            if place.country == country and place.kind == "settlement"
        ]
        return here[0] if here else None

    def country(self, code: str) -> Place | None:
        """See `geo.extract.Places`."""
        return self._country(code)

    def _country_of(self, code: str) -> Place | None:
        row = self.world.country_row(code)
        return None if row is None else self._place(row, 0, True)

    def part(self, place: Place, side: str) -> Place | None:
        """See `geo.extract.Places`: areas that a data package names, such as "Western Kazakhstan"."""
        for name in (f"{side}ern {place.name}", f"{side} {place.name}"):
            for hit in self._hits(name, None):
                if hit.place.kind == "macro-region" and hit.place.admin0 == place.country:
                    return self._dated(hit.place, None, main=True)
        return None

    def unit(self, admin1_id: str) -> Place | None:
        """See `geo.extract.Places`."""
        row = self.world.unit_row(admin1_id)
        return None if row is None else self._place(row, 0, True)

    def given_names(self, words: Sequence[str]) -> frozenset[str]:
        """See `geo.extract.Places`."""
        return self.world.given_names(words)

    def _place_of(self, number: int, period: int, main: bool) -> Place:
        row = self.world.place(number, period, main=main)
        unit = row.key if row.kind in ("region", "county") else None
        members: tuple[str, ...] = ()
        if row.kind == "macro-region":
            members = tuple(row.key.split())
        elif unit is None and row.unit >= 0:
            unit = self.world.key[row.unit].as_py()
        known = self.overlay.by_geonames_id.get(row.geonames_id or 0) if row.kind == "settlement" else None
        return Place(
            key=row.row,
            name=known.place if known else row.name,
            kind=row.kind,
            lon=row.lon,
            lat=row.lat,
            population=row.population,
            country=row.country,
            admin1_id=unit,
            admin1_code=row.admin1 if row.kind != "country" else None,
            admin1_ids=members,
            geonames_id=row.geonames_id,
            main=row.main,
        )

    def _dated(self, place: DatedPlace, on: dt.date | None, *, main: bool) -> Place:
        day = on or LATEST
        row = None
        if place.kind == "settlement" and place.geonames_id:
            row = self.world.settlement_row(place.geonames_id)
        elif place.kind == "country":
            row = self.world.country_row(place.admin0)
        elif (place.kind == "region" and len(place.admin1_ids) == 1) or (
            place.kind == "macro-region" and place.admin1_ids
        ):
            row = self.world.unit_row(place.admin1_ids[0])
        found = self.world.place(row, self.world.period(day)) if row is not None else None
        unit = place.admin1_ids[0] if place.kind in ("region", "settlement") and place.admin1_ids else None
        if found and place.kind == "settlement" and found.unit >= 0:
            unit = self.world.key[found.unit].as_py()
        return Place(
            key=found.row if found and place.kind != "macro-region" else place.place,
            name=place.name_on(day),
            kind=place.kind,
            lon=found.lon if found else None,
            lat=found.lat if found else None,
            population=(found.population if found else 0) or _ASSUMED[place.kind],
            country=place.admin0,
            admin1_id=unit,
            admin1_code=found.admin1 if found and place.kind != "country" else None,
            admin1_ids=place.admin1_ids if place.kind == "macro-region" else (),
            geonames_id=place.geonames_id
            or (found.geonames_id if found and place.kind == "country" else None),
            main=main,
            dated=True,
        )
