"""Every place that a name may mean, from the dated names of a data package and from the index.

A candidate's score is, at this stage, only how well its name fits; `match.ranked` makes it a score.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from geo.gazetteer.dated import DatedPlace, Hit, Overlay
from geo.gazetteer.fold import key, loose
from geo.gazetteer.index import Index, Row
from geo.gazetteer.match import How, Match, weigh
from geo.schema import Precision

LIKENESS = 88.0
"""Least Indel ratio, of 100, for a fuzzy match."""

SHORTEST_FUZZY = 5
"""Letters below which a similar name is a coincidence."""

_MOST_NAMES = 5000  # names with one looser key that are weighed
_MOST_SIMILAR = 30
_BLOCK = 30_000  # names that one fuzzy search compares, at most

_ASSUMED = {"settlement": 20_000, "region": 500_000, "macro-region": 2_000_000, "country": 10_000_000}
"""People to reckon with where no number is known."""

_PRECISION = {
    "settlement": Precision.CITY,
    "region": Precision.REGION,
    "macro-region": Precision.MACRO_REGION,
    "country": Precision.COUNTRY,
}

Found = dict[tuple[str, Any], Match]
"""Candidates by what they are: a GeoNames identifier, a country, or a place of the data package."""


@dataclass(frozen=True)
class Candidates:
    """Seeks in both tables at once.

    A place that both know is taken from the data package, which knows the days.
    """

    index: Index
    overlay: Overlay

    def named(self, name: str, day: dt.date) -> Found:
        """Places with this name, by its key or its looser key."""
        tight = key(name)
        found: Found = {}
        for hit in self.overlay.find(name, day):
            found[_identity(hit.place)] = self._dated(hit, day, 100.0)
        dated = set(found)
        names = self.index.called(loose(tight), _MOST_NAMES) if tight else []
        for one in names:
            row = self.index.place(one.place)
            identity = _identity_of(row)
            if identity not in dated:
                how = How.NAME if one.main else How.ALTERNATE
                _keep_best(found, identity, self._plain(row, how, one.key, one.key == tight, 100.0, day))
        return found

    def similar(self, name: str, day: dt.date, country: str | None) -> Found:
        """Places with a similar name: at least LIKENESS alike and of much the same length."""
        wanted = loose(key(name))
        found: Found = {}
        if len(wanted) < SHORTEST_FUZZY:
            return found
        for text, likeness, _ in _alike(wanted, self.overlay.keys()):
            for hit in self.overlay.by_key(text):
                _keep_best(found, _identity(hit.place), self._dated(hit, day, likeness))
        dated = set(found)
        texts, rows = self._block(wanted)
        for text, likeness, at in _alike(wanted, texts):
            one = self.index.name(int(rows[at]))
            row = self.index.place(one.place)
            identity = _identity_of(row)
            if identity not in dated and country in (None, row.admin0):
                how = How.NAME if one.main else How.ALTERNATE
                _keep_best(found, identity, self._plain(row, how, text, False, likeness, day))
        return found

    def _block(self, wanted: str) -> tuple[list[str], Any]:
        """Names that begin alike: two letters in common, or as many more as keep the search short."""
        slack = max(1, round(len(wanted) * (100 - LIKENESS) / LIKENESS))
        lengths = range(len(wanted) - slack, len(wanted) + slack + 1)
        texts, rows = self.index.beginning(wanted[:2], lengths)
        for letters in range(3, len(wanted)):
            if len(texts) <= _BLOCK:
                break
            texts, rows = self.index.beginning(wanted[:letters], lengths)
        return texts[:_BLOCK], rows[:_BLOCK]

    def _dated(self, hit: Hit, day: dt.date, likeness: float) -> Match:
        place, row = hit.place, self._row(hit.place)
        people = row.population or None if row else None
        how = How.BARE if hit.bare else How.NAME if hit.name.on(day) else How.OTHER_TIME
        reckoned = people or _ASSUMED[place.kind]
        weight, fit = weigh(how, reckoned, exact=hit.exact, likeness=likeness, curated=True)
        precision = _PRECISION[place.kind]
        if place.kind == "settlement" and row is None:  # known, but not where in its region
            precision = Precision.REGION if place.admin1_ids else Precision.COUNTRY
        return Match(
            name=place.name_on(day),
            lat=row.lat if row else None,
            lon=row.lon if row else None,
            score=fit,
            precision=precision,
            kind=place.kind,
            country=place.admin0,
            geonames_id=place.geonames_id,
            geonames_admin1=row.geonames_admin1 if row else None,
            admin1_ids=place.admin1_ids,
            population=people,
            matched=hit.name.name,
            how=how,
            exact=hit.exact,
            likeness=likeness,
            weight=weight,
        )

    def _plain(self, row: Row, how: How, matched: str, exact: bool, likeness: float, day: dt.date) -> Match:
        known = self.overlay.by_geonames_id.get(row.geonames_id)
        reckoned = row.population or 500
        weight, fit = weigh(how, reckoned, exact=exact, likeness=likeness, curated=known is not None)
        return Match(
            name=known.name_on(day) if known else row.name,
            lat=row.lat,
            lon=row.lon,
            score=fit,
            precision=_PRECISION[row.kind],
            kind=row.kind,
            country=row.admin0,
            geonames_id=row.geonames_id if row.geonames_id > 0 else None,
            geonames_admin1=row.geonames_admin1,
            admin1_ids=known.admin1_ids if known else (),
            population=row.population or None,
            matched=row.name if how is How.NAME else matched,
            how=how,
            exact=exact,
            likeness=likeness,
            weight=weight,
        )

    def _row(self, place: DatedPlace) -> Row | None:
        if place.kind == "country":
            return self.index.country(place.admin0)
        if place.kind != "settlement" or place.geonames_id is None:
            return None
        at = self.index.row_of(place.geonames_id)
        return None if at is None else self.index.place(at)


def _identity_of(row: Row) -> tuple[str, Any]:
    return ("country", row.admin0) if row.kind == "country" else ("id", row.geonames_id)


def _identity(place: DatedPlace) -> tuple[str, Any]:
    if place.kind == "country":
        return "country", place.admin0
    return ("id", place.geonames_id) if place.geonames_id else ("place", place.place)


def _keep_best(found: Found, identity: tuple[str, Any], one: Match) -> None:
    if identity not in found or one.weight > found[identity].weight:
        found[identity] = one


def _alike(wanted: str, texts: list[str]) -> list[tuple[str, float, int]]:
    return process.extract(wanted, texts, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=_MOST_SIMILAR)
