"""What the rules must know of the world's places: a protocol that ingest fulfils."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a name may mean.

    key: tells places apart. kind: settlement, district (the land around the town it is named after), county,
    region, macro-region, country or continent.
    lon, lat: degrees, EPSG:4326; of an area, a point inside it. country: ISO alpha-2, empty for what
    lies in several. admin1_id: the unit it is, or lies in, on the day asked for; admin1_ids: the units
    that a macro-region consists of. admin1_code: GeoNames' code of that unit. main: whether the name
    asked for is its main name, not an alternate one. dated: whether a data package names it, which
    then knows its name on that day.
    """

    key: int | str
    name: str
    kind: str
    lon: float | None
    lat: float | None
    population: int
    country: str
    admin1_id: str | None = None
    admin1_code: str | None = None
    admin1_ids: tuple[str, ...] = ()
    geonames_id: int | None = None
    main: bool = True
    dated: bool = False


class Places(Protocol):
    """Names become places. Nothing here raises, whatever the text."""

    def named(self, names: Sequence[str], on: dt.date | None) -> Mapping[str, tuple[Place, ...]]:
        """For each name that a place bears: the places, the most populous first. Others are left out.

        on: the day for which names and units must be valid; None is now.
        """
        ...

    def capital(self, country: str, on: dt.date | None) -> Place | None:
        """The capital of a country (ISO alpha-2), by its name on a day."""
        ...

    def country(self, code: str) -> Place | None:
        """A country by its ISO alpha-2 code."""
        ...

    def part(self, place: Place, side: str) -> Place | None:
        """A part of a country that is known as an area of its own: side is "west", "northeast" and so on."""
        ...

    def unit(self, admin1_id: str) -> Place | None:
        """A first-level unit by its identifier."""
        ...

    def given_names(self, words: Sequence[str]) -> frozenset[str]:
        """Those of the words that are given names of persons."""
        ...
