"""Precision and recall: pure counting, of anything against anything.

Each prediction may meet one gold item and each gold item one prediction. Of all such pairings the one
with most pairs counts (maximum bipartite matching by augmenting paths, Kuhn 1955), so that the order
of the items never matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

P = TypeVar("P")
G = TypeVar("G")


@dataclass(frozen=True)
class Score:
    """Counts: right, of so many predicted, of so many in the gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of the predictions that are right; 1 when there are none."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 when there is none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; 0 when nothing is right and something was to be found or was said."""
        both = self.predicted + self.gold
        return 2 * self.right / both if both else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)


def total(scores: Iterable[Score]) -> Score:
    """All counts together (micro average)."""
    return sum(scores, Score())


def pairs(predicted: Sequence[P], gold: Sequence[G], meets: Callable[[P, G], bool]) -> dict[int, int]:
    """The largest pairing: index of a prediction to index of the gold item that it meets."""
    edges = [[at for at, item in enumerate(gold) if meets(one, item)] for one in predicted]
    taken: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for at in edges[one]:
            if at in tried:
                continue
            tried.add(at)
            if at not in taken or place(taken[at], tried):
                taken[at] = one
                return True
        return False

    for one in range(len(predicted)):
        place(one, set())
    return {one: at for at, one in taken.items()}


@dataclass(frozen=True)
class Compared:
    """A pairing with what was left: indices into predictions and gold."""

    score: Score
    met: dict[int, int]
    invented: tuple[int, ...]
    missed: tuple[int, ...]


def compare(
    predicted: Sequence[P],
    gold: Sequence[G],
    meets: Callable[[P, G], bool],
    is_optional: Callable[[G], bool] = lambda _item: False,
    touches: Callable[[P, G], bool] | None = None,
) -> Compared:
    """Pair predictions with gold. What only touches an optional item is neither right nor wrong.

    touches: when a prediction is about an optional item at all, however well; `meets` where not given.
    """
    near = touches or meets
    due = [at for at, item in enumerate(gold) if not is_optional(item)]
    met = {one: due[at] for one, at in pairs(predicted, [gold[at] for at in due], meets).items()}
    rest = [one for one in range(len(predicted)) if one not in met]
    extra = [item for item in gold if is_optional(item)]
    excused = {one for one in rest if any(near(predicted[one], item) for item in extra)}
    invented = tuple(one for one in rest if one not in excused)
    found = set(met.values())
    missed = tuple(at for at in due if at not in found)
    return Compared(Score(len(met), len(met) + len(invented), len(due)), met, invented, missed)
