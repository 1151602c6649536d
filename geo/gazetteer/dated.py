"""Names and the days on which they were valid: the overlay that a data package lays over GeoNames.

Made from rows of schema.PLACE: settlements by their GeoNames identifier, regions, macro-regions and
countries. A handful of places, so plain Python objects.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from geo.gazetteer.fold import bare_key, key, loose, region_key

LATEST = dt.date.max - dt.timedelta(days=1)
"""Stands for "now" where no day is given: names that are still valid."""


@dataclass(frozen=True)
class DatedName:
    """A name from `start` until `end`, that day excluded."""

    name: str
    language: str
    start: dt.date
    end: dt.date

    def on(self, day: dt.date) -> bool:
        """Whether it was the name on that day."""
        return self.start <= day < self.end


@dataclass(frozen=True)
class DatedPlace:
    """A place with all its names. place: the name by which other tables refer to it."""

    place: str
    kind: str
    admin0: str
    geonames_id: int | None
    admin1_ids: tuple[str, ...]
    names: tuple[DatedName, ...]

    def name_on(self, day: dt.date) -> str:
        """The English name on a day.

        Of several, the one other tables use; else the one that came last. `place` if none was valid.
        """
        valid = [name for name in self.names if name.language == "en" and name.on(day)]
        best = max(valid, key=lambda name: (name.name == self.place, name.start), default=None)
        return best.name if best else self.place


@dataclass(frozen=True)
class Hit:
    """A place found by one of its names.

    exact: by its key, else by its looser key. bare: the name lacks the word for what the place is.
    """

    place: DatedPlace
    name: DatedName
    exact: bool
    bare: bool


class Overlay:
    """Dated places, found by the keys of their names. Row order decides nothing."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.places = tuple(_places(rows))
        self.by_geonames_id = {place.geonames_id: place for place in self.places if place.geonames_id}
        self._by_loose: dict[str, list[tuple[str, bool, DatedPlace, DatedName]]] = {}
        for place in self.places:
            for name in place.names:
                for tight, bare in _keys(place.kind, name.name):
                    self._by_loose.setdefault(loose(tight), []).append((tight, bare, place, name))

    def find(self, name: str, day: dt.date) -> list[Hit]:
        """Each place with this name once, by the hit that says most.

        That is: with its kind, valid on the day, exact, letter by letter, the name other tables use.
        """
        best: dict[str, tuple[tuple[bool, ...], Hit]] = {}
        for asked in sorted({key(name), region_key(name)}):
            for tight, bare, place, dated in self._by_loose.get(loose(asked), []):
                if bare and not dated.on(day):
                    continue  # nobody shortens a name that is no longer used
                hit = Hit(place, dated, tight == asked, bare)
                same = dated.name.casefold() == name.casefold()
                rank = (not bare, dated.on(day), hit.exact, same, dated.name == place.place)
                if place.place not in best or rank > best[place.place][0]:
                    best[place.place] = (rank, hit)
        return [hit for _, hit in best.values()]

    def keys(self) -> list[str]:
        """All loose keys, for fuzzy matching."""
        return list(self._by_loose)

    def by_key(self, loose_key: str) -> list[Hit]:
        """The places behind one loose key."""
        return [Hit(place, name, False, bare) for _, bare, place, name in self._by_loose.get(loose_key, [])]


def _places(rows: Iterable[Mapping[str, Any]]) -> Iterator[DatedPlace]:
    several: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        several.setdefault(row["place"], []).append(row)
    for place, named in several.items():
        names = [
            DatedName(row["name"], row["language"], _first(row["valid_from"]), _end(row["valid_to"]))
            for row in named
        ]
        if place not in {name.name for name in names}:
            names.append(DatedName(place, "en", dt.date.min, dt.date.max))
        ids = next((int(row["geonames_id"]) for row in named if _given(row["geonames_id"])), None)
        units = next((row["admin1_ids"] for row in named if _given(row["admin1_ids"])), "")
        yield DatedPlace(place, named[0]["kind"], named[0]["admin0"], ids, tuple(units.split()), tuple(names))


def _keys(kind: str, name: str) -> Iterator[tuple[str, bool]]:
    """The keys of a name; of a region's name also that without "Region", marked as bare."""
    if kind != "region":
        yield key(name), False
        return
    yield region_key(name), False
    if bare_key(name) != region_key(name):
        yield bare_key(name), True


def _given(cell: Any) -> bool:
    return cell is not None and cell == cell and cell != ""


def _first(text: Any) -> dt.date:
    """The first day of a partial date; empty is the beginning of time."""
    return dt.date.fromisoformat((str(text) + "-01-01")[:10]) if _given(text) else dt.date.min


def _end(text: Any) -> dt.date:
    """The day on which a name has ended; a month or year counts as still named so, for it may have been."""
    if not _given(text):
        return dt.date.max
    parts = [int(part) for part in str(text).split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    month = parts[1] if len(parts) == 2 else 12
    return dt.date(parts[0], month, calendar.monthrange(parts[0], month)[1]) + dt.timedelta(days=1)
