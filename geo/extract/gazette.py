"""Names of a text, looked up: what a language's own usage says ("U.K."), else what the world's places say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from geo.extract.language import Language
from geo.extract.names import Name
from geo.extract.places import Place, Places

SHORT = 3
"""Letters up to which a word in capitals is an abbreviation."""


@dataclass(frozen=True)
class Gazette:
    """The names of places as one language writes them."""

    language: Language
    places: Places
    on: dt.date | None

    @cached_property
    def _tables(self) -> Mapping[str, Any]:
        return self.language.lexicon.tables

    @property
    def demonyms(self) -> Mapping[str, str]:
        """Adjectives and names of inhabitants, by the country or area they belong to."""
        return _demonyms(self.language)

    @property
    def inhabitants(self) -> frozenset[str]:
        """Those demonyms that name people only: "Turks"."""
        return _inhabitants(self.language)

    @cached_property
    def strong_locatives(self) -> frozenset[str]:
        """Words that hardly stand before a name that is no place."""
        return frozenset(self._tables.get("strong_locatives", {}).get("words", ()))

    @cached_property
    def movements(self) -> frozenset[str]:
        """Words before a place that somebody goes to or comes from."""
        return frozenset(self._tables.get("movements", {}).get("words", ()))

    @cached_property
    def joins(self) -> frozenset[str]:
        """Words that join names of one list."""
        return frozenset(self._tables.get("joining", {}).get("words", ()))

    def side_name(self, side: str) -> str:
        """How a side of a country is called: "northern"."""
        names: Mapping[str, str] = self._tables.get("side_names", {})
        return names.get(side, side)

    def is_capital(self, place: Place) -> bool:
        """Whether a place is the capital of its country."""
        capital = self.places.capital(place.country, self.on)
        return capital is not None and capital.key == place.key

    @cached_property
    def after_a_town(self) -> Mapping[str, str]:
        """Short forms of units that follow a town."""
        short: Mapping[str, str] = self._tables.get("after_a_town", {})
        return short

    @property
    def no_places(self) -> frozenset[str]:
        """Names that are hardly ever places, in lower case."""
        return _no_places(self.language)

    @property
    def inflects(self) -> bool:
        """Whether names have forms in this language."""
        return self.language.lexicon.morphology.inflects_names

    def given_names(self, words: Sequence[str]) -> frozenset[str]:
        """Those of the words that are given names of persons."""
        own = self.language.lexicon.morphology.is_given_name
        return self.places.given_names(words) | {word for word in words if own(word)}

    def look_up(self, names: Sequence[str], written_from: str = "") -> dict[str, tuple[Place, ...]]:
        """For each name that places bear, those places; demonyms and short forms are not among them.

        written_from: the name that a dateline begins with, which may be short and in capitals.
        """
        usual = self._tables.get("names", {})
        areas = self._tables.get("world_areas", {})
        found: dict[str, tuple[Place, ...]] = {}
        asked = []
        for name in dict.fromkeys(names):
            if name in usual:
                place = self.area(usual[name])
                if place:
                    found[name] = (place,)
                    continue
            if name in areas:
                found[name] = (self._world_area(name),)
            elif name.lower() not in self.no_places and (
                name == written_from or not (name.isupper() and len(name) <= SHORT)
            ):
                asked.append(name)
        found.update(self.places.named(asked, self.on))
        found.update(self._units_called([name for name in dict.fromkeys(names) if name not in found]))
        found.update(self._named_after([name for name in dict.fromkeys(names) if name not in found]))
        if self._tables.get("gazetteer", {}).get("other_script"):
            found = {name: tuple(_main(place) for place in here) for name, here in found.items()}
        return found

    def _units_called(self, names: Iterable[str]) -> dict[str, tuple[Place, ...]]:
        """Units whose name is a common word, and that a text calls units: "Plateau State", then "Plateau"."""
        words = _unit_words(self.language)
        called: dict[str, str] = {}
        for name in names:
            first, _, last = name.rpartition(" ")
            if last.lower() in words and first.lower() in self.no_places:
                called[name] = first
        if not called:
            return {}
        places = self.places.named(list(called.values()), self.on)
        units = {
            first: tuple(place for place in places.get(first, ()) if place.kind == "region")
            for first in called.values()
        }
        found = {name: units[first] for name, first in called.items() if units[first]}
        return found | {first: here for first, here in units.items() if here}

    def _named_after(self, names: Iterable[str]) -> dict[str, tuple[Place, ...]]:
        """Areas that no gazetteer lists, by the towns and units that their adjectives are made of."""
        bases = {name: self.language.lexicon.morphology.named_after(name) for name in names}
        bases = {name: one for name, one in bases.items() if one[1] and name.lower() not in self.no_places}
        if not bases:
            return {}
        places = self.places.named([base for _, several in bases.values() for base in several], self.on)
        found = {}
        for name, (kind, several) in bases.items():
            here = {place.key: place for base in several for place in places.get(base, ())}.values()
            areas = self._units_of(here) if kind == "region" else _districts(name, here)
            if areas:
                found[name] = tuple(areas)
        return found

    def _units_of(self, places: Iterable[Place]) -> list[Place]:
        """The units among them, else those that the towns lie in."""
        places = list(places)
        units = [place for place in places if place.kind == "region"]
        if not units:
            ids = dict.fromkeys(place.admin1_id for place in places if place.admin1_id)
            units = [unit for one in ids if (unit := self.places.unit(one)) is not None]
        return sorted(units, key=lambda place: -place.population)

    def no_places_as_written(self, names: Iterable[Sequence[Name]]) -> Iterator[str]:
        """Those of the names that are no places."""
        return (one.text for group in names for one in group if one.text.lower() in self.no_places)

    def area(self, key: str) -> Place | None:
        """A country, unit or world area by how the lexicon refers to it."""
        if len(key) == 2:
            return self.places.country(key)
        if "-" in key and key[:2].isupper() and key[2] == "-":
            return self.places.unit(key)
        if key in self._tables.get("world_areas", {}):
            return self._world_area(key)
        named = self.places.named([key], self.on).get(key, ()) if key else ()
        return next((place for place in named if place.kind == "continent"), None)

    def _world_area(self, name: str) -> Place:
        lon, lat = self._tables["world_areas"][name]
        return Place(name, name, "continent", lon, lat, 100_000_000, "")


@cache
def _demonyms(language: Language) -> Mapping[str, str]:
    tables = language.lexicon.tables
    words = {word: area for area, several in tables.get("demonyms", {}).items() for word in several.split()}
    return {**words, **tables.get("demonym_phrases", {})}


@cache
def _inhabitants(language: Language) -> frozenset[str]:
    known = _demonyms(language)
    plural = {word for word in known if word.endswith("s") and word[:-1] in known}
    return frozenset(plural | set(language.lexicon.tables.get("inhabitants", {}).get("words", ())))


@cache
def _no_places(language: Language) -> frozenset[str]:
    words = language.lexicon.tables.get("not_places", {}).get("words", ())
    return frozenset(word.lower() for word in words)


@cache
def _unit_words(language: Language) -> frozenset[str]:
    return frozenset(language.lexicon.words_of("region_word"))


def _districts(name: str, places: Iterable[Place]) -> list[Place]:
    towns = sorted((one for one in places if one.kind == "settlement"), key=lambda one: -one.population)
    return [replace(one, kind="district", key=f"{name}@{one.key}", name=name, main=True) for one in towns]


def _main(place: Place) -> Place:
    """In a script that the gazetteer's main names are not written in, a town's other name is as good."""
    return replace(place, main=True) if place.population >= _TOWN else place


_TOWN = 1_000
