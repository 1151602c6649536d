"""What speaks for two incidents being one, and how much: comparisons, their levels, and weights.

The model is that of Fellegi and Sunter (1969, "A theory for record linkage", JASA 64): a comparison
falls on one level; `m` is how often pairs that are one event fall on it, `u` how often other pairs of
the same days and surroundings do, and log2(m / u) is its weight. The weights of a pair add up to
its odds. They are fixed, so that the same two incidents have the same reasons tomorrow;
docs/duplicates.md says what they were measured on. Pure: SQL as text, no store.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

NEARNESS = 5.0
"""Kilometres between the circles of two uncertain points that are still compared."""

SAME_SPOT = 2.0
"""Kilometres up to which two points are the same spot: two gazetteers differ by as much on one town."""


@dataclass(frozen=True)
class Level:
    """One outcome of a comparison. when: SQL on the columns of a pair; empty: whatever is left."""

    name: str
    text: str
    when: str
    m: float
    u: float

    @property
    def weight(self) -> float:
        """In bits: positive speaks for one event, negative against, 0 says nothing."""
        return math.log2(self.m / self.u)


def _silent(name: str, text: str, when: str) -> Level:
    return Level(name, text, when, 1.0, 1.0)


_KIN = ("Protests", "Riots"), ("Battles", "Explosions/Remote violence"), ("Riots", "Battles")
_KIN_SQL = " OR ".join(
    f"(least(a_type, b_type), greatest(a_type, b_type)) = ('{min(two)}', '{max(two)}')" for two in _KIN
)

COMPARISONS: dict[str, tuple[Level, ...]] = {
    "days": (
        Level("same", "same day", "a_start = b_start AND a_latest = b_latest", 0.68, 0.33),
        Level("overlap", "overlapping days", "a_start <= b_latest AND b_start <= a_latest", 0.26, 0.22),
        Level("next", "one day apart", "", 0.06, 0.45),
    ),
    "place": (
        Level("spot", "same place", f"km <= {SAME_SPOT}", 0.80, 0.525),
        Level("near", "places that match, given how exactly they are known", "km <= reach", 0.10, 0.17),
        Level("beside", "neighbouring places", "km IS NOT NULL", 0.02, 0.05),
        Level("country", "same country, no exact place given", "a_area = b_area AND wide", 0.025, 0.055),
        Level("area", "same region, no exact place given", "a_area = b_area", 0.025, 0.02),
        _silent("name", "a place of the same name that could not be found", "a_lost AND b_lost"),
        Level("within", "one report names only the region", "", 0.03, 0.18),
    ),
    "type": (
        Level("same", "same kind of event", "a_type = b_type AND a_sub = b_sub", 0.51, 0.20),
        Level("wide", "same type of event", "a_type = b_type", 0.20, 0.13),
        Level("kin", "related types of event", _KIN_SQL, 0.24, 0.18),
        Level("other", "different types of event", "", 0.05, 0.49),
    ),
    "actors": (
        _silent("unknown", "actors not named by both", "who IS NULL"),
        Level("same", "same people or groups", "who >= 0.5", 0.38, 0.14),
        Level("some", "some of the same people or groups", "who > 0", 0.12, 0.06),
        Level("other", "different people or groups", "", 0.50, 0.80),
    ),
    "figures": (
        _silent("unknown", "no figure given by both", "apart IS NULL"),
        Level("same", "a number that agrees", "apart <= 1.1", 0.55, 0.10),
        Level("close", "numbers of the same order", "apart <= 2", 0.20, 0.15),
        Level("other", "numbers that disagree", "", 0.25, 0.75),
    ),
    "words": (
        _silent("unknown", "accounts that cannot be compared word by word", "told IS NULL"),
        Level("same", "told in much the same words", "told >= 0.5", 0.20, 0.004),
        Level("many", "many words in common", "told >= 0.25", 0.20, 0.03),
        Level("some", "some words in common", "told >= 0.12", 0.20, 0.13),
        Level("few", "told in different words", "", 0.40, 0.836),
    ),
}
"""In the order in which reasons are read out."""

PRIOR = 0.5
"""How likely it is, before anything is compared, that an incident is among those near it in another set."""


def level(name: str) -> str:
    """SQL: on which level a pair falls, as its number."""
    *rest, _last = COMPARISONS[name]
    cases = " ".join(f"WHEN {one.when} THEN {at}" for at, one in enumerate(rest))
    return f"(CASE {cases} ELSE {len(rest)} END)::TINYINT"


def bits() -> str:
    """SQL: the weights of a pair's levels, added up; a level is a column by the comparison's name."""
    lists = (
        f"[{', '.join(f'{one.weight:.4f}' for one in levels)}][l_{name} + 1]::DOUBLE"
        for name, levels in COMPARISONS.items()
    )
    return " + ".join(lists)


def score() -> str:
    """SQL: the probability that a pair is one event. `rivals`: how many each has to choose from, at most.

    The more there are near an incident on its days, the less it says to be one of them: without this,
    every two marches of one town on one day would count as one.
    """
    return f"1 / (1 + pow(2.0, -({bits()})) * (rivals - {PRIOR}) / {PRIOR})"
