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
from rapidfuzz import fuzz, process

from geo.gazetteer import reasons
from geo.gazetteer.dated import LATEST, DatedPlace, Hit, Overlay
from geo.gazetteer.fold import LONGEST_NAME, bare_key, key, loose
from geo.gazetteer.index import Index, Row
from geo.gazetteer.match import How, Lookup, Match, ranked, rival, weigh
from geo.schema import Precision

LIKENESS = 88.0
"""Least Indel ratio, of 100, for a fuzzy match."""

SHORTEST_FUZZY = 5
"""Letters below which a similar name is a coincidence."""

_MOST_NAMES = 5000  # names with one looser key that are weighed
_BLOCK = 40_000  # names that one fuzzy search compares
_ASSUMED = {"settlement": 20_000, "region": 500_000, "macro-region": 2_000_000, "country": 10_000_000}
_PRECISION = {
    "settlement": Precision.CITY,
    "region": Precision.REGION,
    "macro-region": Precision.MACRO_REGION,
    "country": Precision.COUNTRY,
}

Point = tuple[float, float]
Found = dict[tuple[str, str], Match]


class Gazetteer:
    """Finds places by name.

    index: the world. places: rows of schema.PLACE, the dated names of a data package; may be empty.
    """

    def __init__(
        self, index: Index, places: pa.Table | pd.DataFrame | Iterable[Mapping[str, Any]] = ()
    ) -> None:
        self.index = index
        self.overlay = Overlay(_rows(places))

    def geocode(
        self,
        name: str,
        *,
        on: dt.date | None = None,
        country: str | None = None,
        near: Point | None = None,
    ) -> Lookup:
        """The place a name meant on a day.

        on: names valid that day come first, and the match carries the English one; None is now.
        country: only places of that country (ISO alpha-2). near: (lon, lat) of where the story plays;
        nearer places are likelier. Never raises for any text.
        """
        day, country = on or LATEST, country.upper() if country else None
        shown = reasons.shown(name)
        if len(name) > LONGEST_NAME:
            return Lookup(shown, on, None, (), f"no place name has more than {LONGEST_NAME} characters")
        if not key(name):
            return Lookup(shown, on, None, (), "there is no letter or digit in it")
        elsewhere: tuple[Match, ...] = ()
        for found in self._searches(name, day, country):
            here = [one for one in found.values() if country in (None, one.country)]
            if here:
                return self._decided(shown, on, ranked(here, near))
            elsewhere = elsewhere or ranked(list(found.values()), near)
        return Lookup(shown, on, None, elsewhere, reasons.miss(shown, country, elsewhere, self.country_name))

    def geocode_many(
        self,
        names: Sequence[str],
        on: dt.date | Sequence[dt.date | None] | None = None,
        country: str | None = None,
    ) -> list[Lookup]:
        """One lookup for each name, in order; on: one day or one per name. Each distinct pair is sought once."""
        days = [on] * len(names) if on is None or isinstance(on, dt.date) else list(on)
        pairs = list(zip(names, days, strict=True))
        known = {
            (name, day): self.geocode(name, on=day, country=country) for name, day in dict.fromkeys(pairs)
        }
        return [known[pair] for pair in pairs]

    def cities(self, min_population: int, on: dt.date | None = None) -> pa.Table:
        """Settlements for map labels, the largest first, by their English names on a day.

        Columns name, lon, lat (degrees, EPSG:4326), population, admin0, geonames_admin1.
        """
        table = self.index.cities(min_population)
        dated = self.overlay.by_geonames_id
        pairs = zip(table["geonames_id"].to_pylist(), table["name"].to_pylist(), strict=True)
        names = [dated[number].name_on(on or LATEST) if number in dated else name for number, name in pairs]
        return table.set_column(1, "name", pa.array(names, pa.string())).drop_columns("geonames_id")

    def country_name(self, code: str) -> str:
        """The English name of a country, or the code itself where it is not known."""
        return self.index.country(code).name if self.index.country(code) else code

    def _searches(self, name: str, day: dt.date, country: str | None) -> Iterator[Found]:
        """Candidates from ever weaker readings of the name."""
        yield self._named(name, day)
        head, _, tail = name.rpartition(",")
        if head and not country and (named := self._country(tail, day)):
            yield {place: one for place, one in self._named(head, day).items() if one.country == named}
        if bare_key(name) != key(name):
            yield self._named(bare_key(name), day)
        yield self._similar(name, day, country)

    def _named(self, name: str, day: dt.date) -> Found:
        """Places with this name by its key or looser key. A dated name counts before GeoNames' own."""
        found: Found = {}
        for hit in self.overlay.find(name, day):
            how = How.BARE if hit.bare else How.NAME if hit.name.on(day) else How.OTHER_TIME
            self._add(found, self._dated(hit.place, hit.name.name, how, day, exact=hit.exact))
        tight = key(name)
        for one in sorted(self.index.called(loose(tight), _MOST_NAMES), key=lambda one: not one.main):
            row = self.index.place(one.place)
            if ("id", str(row.geonames_id)) not in found or found[("id", str(row.geonames_id))].weight < 0:
                how = How.NAME if one.main else How.ALTERNATE
                self._add(found, self._plain(row, how, day, exact=one.key == tight))
        return found
