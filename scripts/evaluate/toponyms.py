"""How well names are recognised in a text and put where they belong.

"Same unit": within 161 km (the field's convention, 100 miles), or the same country where the gold is
a country, or the gold's point inside the first-level unit that was predicted. End to end: a prediction
is right when its span is exact and its unit the same.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scripts.evaluate.corpus import GoldToponym
from scripts.evaluate.gold import Row
from scripts.evaluate.judge import distance_km, words
from scripts.evaluate.score import Score

NEAR_KM = 161.0
COUNTRIES = ("PCL",)

Inside = Callable[[str, float, float], bool]
"""Whether a point (lon, lat) lies in the unit with an identifier."""


@dataclass(frozen=True)
class Counts:
    """What was counted over some texts. errors: kinds of error; examples: name, what, instead of what."""

    recognition: Score = Score()
    near: int = 0
    same: int = 0
    recognised: int = 0
    predicted: int = 0
    gold: int = 0
    distances: tuple[float, ...] = ()
    errors: Counter[str] = field(default_factory=Counter)
    examples: tuple[tuple[str, str, str], ...] = ()

    @property
    def near_share(self) -> float:
        """Of all gold names with a place: the share within 161 km."""
        return self.near / self.gold if self.gold else 0.0

    @property
    def same_share(self) -> float:
        """Of all gold names with a place: the share in the same unit."""
        return self.same / self.gold if self.gold else 0.0

    @property
    def of_recognised(self) -> float:
        """Of the recognised names with a place: the share in the same unit."""
        return self.same / self.recognised if self.recognised else 0.0

    @property
    def end_to_end(self) -> Score:
        """Right in span and unit, of what was predicted, of the gold with a place."""
        return Score(self.same, self.predicted, self.gold)

    @property
    def median_km(self) -> float:
        """Median distance of the recognised names that were given a point."""
        return statistics.median(self.distances) if self.distances else 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.recognition + other.recognition,
            self.near + other.near,
            self.same + other.same,
            self.recognised + other.recognised,
            self.predicted + other.predicted,
            self.gold + other.gold,
            self.distances + other.distances,
            self.errors + other.errors,
            self.examples + other.examples,
        )


def score(
    predicted: Sequence[Row],
    gold: Sequence[GoldToponym],
    *,
    inside: Inside,
    countries: Mapping[int, str],
) -> Counts:
    """Count one text. predicted: rows of `toponyms`; those that are taken for no place do not count.

    inside: see Inside. countries: GeoNames identifier of a country to its ISO code. Gold without a place
    counts for recognition only, and a prediction on its span neither for nor against resolution.
    """
    said = [row for row in predicted if row["use"] != "none"]
    by_span = {(row["span"][0], row["span"][1]): row for row in said}
    spans = {(one.start, one.end): one for one in gold}
    hits = by_span.keys() & spans.keys()
    placed = [one for one in gold if one.placed]
    unplaceable = {span for span, one in spans.items() if not one.placed}
    errors: Counter[str] = Counter()
    examples: list[tuple[str, str, str]] = []
    near = same = recognised = 0
    distances = []
    for one in placed:
        row = by_span.get((one.start, one.end))
        if row is None:
            kind = missed(one, said)
            errors[kind] += 1
            examples.append((one.phrase, kind, ""))
            continue
        recognised += 1
        km = _distance(row, one)
        if km is not None:
            distances.append(km)
        near += km is not None and km <= NEAR_KM
        if same_unit(row, one, inside=inside, countries=countries):
            same += 1
        else:
            kind = mistaken(row, one, countries)
            errors[kind] += 1
            examples.append((one.phrase, kind, f"{row.get('name')} for {one.name} ({one.feature})"))
    for span, row in by_span.items():
        if span not in spans:
            kind = invented(row, gold)
            errors[kind] += 1
            examples.append((str(row.get("text")), kind, ""))
    return Counts(
        recognition=Score(len(hits), len(by_span), len(spans)),
        near=near,
        same=same,
        recognised=recognised,
        predicted=len(by_span.keys() - unplaceable),
        gold=len(placed),
        distances=tuple(distances),
        errors=errors,
        examples=tuple(examples),
    )


def same_unit(row: Row, gold: GoldToponym, *, inside: Inside, countries: Mapping[int, str]) -> bool:
    """Whether the place predicted is the gold's, as the top of this module says."""
    if gold.lat is None or gold.lon is None:
        return False
    km = _distance(row, gold)
    if km is not None and km <= NEAR_KM:
        return True
    if row.get("kind") == "country":
        return gold.feature.startswith(COUNTRIES) and countries.get(gold.geonameid or 0) == row.get("country")
    if row.get("kind") == "region" and row.get("admin1_id"):
        return inside(row["admin1_id"], gold.lon, gold.lat)
    return False


def missed(gold: GoldToponym, said: Iterable[Row]) -> str:
    """Why a gold name was not recognised."""
    touched = any(row["span"][0] < gold.end and gold.start < row["span"][1] for row in said)
    return "recognised with other bounds" if touched else "not recognised"


def mistaken(row: Row, gold: GoldToponym, countries: Mapping[int, str]) -> str:
    """What is wrong with a recognised name that was put elsewhere."""
    if row.get("kind") == "continent" and words(row.get("name") or "") == words(gold.name):
        return "the right part of the world, but its point is elsewhere"
    if row.get("lat") is None and not row.get("country"):
        return "recognised, but put nowhere"
    if countries.get(gold.country or 0) != row.get("country"):
        return "put into another country"
    return "right country, another place in it"


def invented(row: Row, gold: Iterable[GoldToponym]) -> str:
    """What is wrong with a prediction where the gold has none of these bounds."""
    touched = any(row["span"][0] < one.end and one.start < row["span"][1] for one in gold)
    return "predicted with other bounds" if touched else "predicted where the gold has no place"


def _distance(row: Row, gold: GoldToponym) -> float | None:
    if row.get("lat") is None or row.get("lon") is None or gold.lat is None or gold.lon is None:
        return None
    return distance_km(row["lat"], row["lon"], gold.lat, gold.lon)
