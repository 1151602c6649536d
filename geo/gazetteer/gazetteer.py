"""Geocoding with abstention: a name becomes one place, or a plain account of why it does not.

Names are sought by their key and looser key (see `fold`) among the dated names of a data package and
all names of GeoNames; only where nothing is found, among similar spellings (rapidfuzz, Indel ratio).
Which candidate is meant, `match` decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

from geo.gazetteer import reasons
from geo.gazetteer.candidates import Candidates, Found
from geo.gazetteer.dated import LATEST, Overlay
from geo.gazetteer.fold import LONGEST_NAME, bare_key, key
from geo.gazetteer.index import Index
from geo.gazetteer.match import LISTED, Lookup, Match, great_circle_km, ranked, rival

_LANDMARK_PEOPLE, _LANDMARK_KM = 100_000, 300.0  # a city that tells a reader where a place lies

Point = tuple[float, float]
Rows = Iterable[Mapping[str, Any]]


class Gazetteer:
    """Finds places by name.

    index: the world. places: rows of schema.PLACE, the dated names of a data package; may be empty.
    """

    def __init__(self, index: Index, places: Rows | pd.DataFrame | pa.Table = ()) -> None:
        self.index = index
        self.overlay = Overlay(_rows(places))
        self._candidates = Candidates(index, self.overlay)

    def geocode(
        self,
        name: str,
        *,
        on: dt.date | None = None,
        country: str | None = None,
        near: Point | None = None,
    ) -> Lookup:
        """The place that a name meant on a day. Never raises, whatever the text.

        on: names valid that day come first, and the match carries the English one; None is now.
        country: only places of that country (ISO alpha-2). near: (lon, lat) in degrees of where the
        story plays; nearer places are likelier.
        """
        day, country = on or LATEST, country.upper() if country else None
        shown = reasons.shown(name)
        if len(name) > LONGEST_NAME:
            return Lookup(shown, on, None, (), f"no place name has more than {LONGEST_NAME} characters")
        if not key(name) or key(name).isdigit():
            return Lookup(shown, on, None, (), "there is no letter in it")
        elsewhere: tuple[Match, ...] = ()
        for found in self._readings(name, day, country):
            here = [one for one in found.values() if country in (None, one.country)]
            if here:
                return self._decided(shown, on, here, country, near)
            elsewhere = elsewhere or ranked(list(found.values()), near)
        reason = reasons.miss(shown, country, elsewhere, self._describe, self.country_name)
        return Lookup(shown, on, None, elsewhere[:LISTED], reason)

    def geocode_many(
        self,
        names: Sequence[str],
        on: dt.date | Sequence[dt.date | None] | None = None,
        country: str | None = None,
    ) -> list[Lookup]:
        """One lookup per name, in order. on: one day or one per name. Each distinct pair is sought once."""
        days = [on] * len(names) if on is None or isinstance(on, dt.date) else list(on)
        pairs = list(zip(names, days, strict=True))
        known = {pair: self.geocode(pair[0], on=pair[1], country=country) for pair in dict.fromkeys(pairs)}
        return [known[pair] for pair in pairs]

    def cities(self, min_population: int, on: dt.date | None = None) -> pa.Table:
        """Settlements for map labels, the largest first, by their English names on a day.

        Columns name, lon, lat (degrees, EPSG:4326), population, admin0, geonames_admin1.
        """
        table = self.index.cities(min_population)
        dated = self.overlay.by_geonames_id
        pairs = zip(table["geonames_id"].to_pylist(), table["name"].to_pylist(), strict=True)
        names = [dated[number].name_on(on or LATEST) if number in dated else name for number, name in pairs]
        table = table.drop_columns("geonames_id")
        return table.set_column(0, "name", pa.array(names, pa.string()))

    def country_name(self, code: str) -> str:
        """The English name of a country, or the code itself where it is not known."""
        row = self.index.country(code)
        return row.name if row else code

    def _readings(self, name: str, day: dt.date, country: str | None) -> Iterator[Found]:
        """Candidates from ever weaker readings of a name."""
        yield self._candidates.named(name, day)
        head, _, tail = name.rpartition(",")
        if head and country is None and (land := self._country(tail, day)):
            found = self._candidates.named(head, day)
            yield {identity: one for identity, one in found.items() if one.country == land}
        if bare_key(name) not in ("", key(name)):
            yield self._candidates.named(bare_key(name), day)
        yield self._candidates.similar(name, day, country)

    def _country(self, name: str, day: dt.date) -> str | None:
        """The country that a name stands for: "Aktau, Kazakhstan"."""
        found = [one for one in self._candidates.named(name, day).values() if one.kind == "country"]
        return found[0].country if found else None

    def _decided(
        self, shown: str, on: dt.date | None, found: list[Match], country: str | None, near: Point | None
    ) -> Lookup:
        candidates = ranked(found, near)
        other = rival(candidates)
        if other:
            reason = reasons.too_close(shown, candidates[0], other, len(found), country, self._describe)
            return Lookup(shown, on, None, candidates[:LISTED], reason)
        reason = reasons.matched(shown, on, candidates[0], candidates[1:], self._describe)
        return Lookup(shown, on, candidates[0], candidates[:LISTED], reason)

    def _describe(self, one: Match) -> str:
        """A place as a reader can tell it from another of its name."""
        if one.kind == "country":
            return f"the country {one.name}"
        told = [self.country_name(one.country)]
        if one.kind == "settlement":
            told = [self._region(one), *told]
            told += [f"{one.population:,} people"] if one.population else []
        return f"{one.name} ({', '.join(part for part in told if part)})"

    def _region(self, one: Match) -> str:
        """The state of the United States, or the nearest large city; nothing for places of a package.

        A package names units of one time only, and the day asked for may be another.
        """
        if one.admin1_ids:
            return ""
        if one.country == "US" and one.geonames_admin1:
            return one.geonames_admin1
        if one.lon is None or one.lat is None:
            return ""
        city = self.index.landmark(one.lon, one.lat, one.country, _LANDMARK_PEOPLE)
        if city is None or city.geonames_id == one.geonames_id or city.lon is None or city.lat is None:
            return ""
        away = great_circle_km((one.lon, one.lat), (city.lon, city.lat))
        known = self.overlay.by_geonames_id.get(city.geonames_id)
        name = known.place if known else city.name
        return f"{max(away, 1):.0f} km from {name}" if away < _LANDMARK_KM else ""


def _rows(places: Rows | pd.DataFrame | pa.Table) -> Rows:
    if isinstance(places, pa.Table):
        rows: Rows = places.to_pylist()
        return rows
    if isinstance(places, pd.DataFrame):
        return [dict(zip(places.columns, row, strict=True)) for row in places.itertuples(index=False)]
    return places
