"""Labels beside the points of a chart, none over another: where each goes, and how much it says. Pure.

Points lie at a share of the width, labels at pixels from their point. So a placing that is free of
overlaps in one width stays so in any greater one: what lies apart moves apart. It is therefore
computed for a few widths, and the style sheet shows the one that fits.

Places are tried from the nearest outwards, in several orders of the labels, and the cheapest placing
of all is kept: the greedy method of Christensen, Marks and Shieber, "An Empirical Study of Algorithms
for Point-Feature Label Placement" (1995), with restarts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

LINE = 16.0
"""Height of a line of text in pixels."""

HEAD = 23.0
"""Height of a label's first line, which holds the number."""

_NEAR = 1.0
_BESIDE = 13.0
_AIR = 3.0
_RANKS = 16
_FEW = 10
_THIN = frozenset("iljftrI.,'’()|:;! -–·1")
_WIDE = frozenset("mwMW@%—жшщюыфмдЖШЩЮЫФМДОQ")


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, air: float = 0.0) -> bool:
        """Whether the two overlap, or lie nearer than `air`."""
        return (
            self.left < other.right + air
            and other.left < self.right + air
            and self.top < other.bottom + air
            and other.top < self.bottom + air
        )


@dataclass(frozen=True)
class Wording:
    """One way to write a label: number, who said it, when; `cost` is what a reader loses by it."""

    head: str
    who: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    cost: float = 0.0

    @cached_property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels, rather too large than too small."""
        lines = (*self.who, *self.when)
        widths = [text_width(self.head, 20, digits=0.58), *(text_width(line, 12.5) for line in lines)]
        return max(widths) + 6, HEAD + LINE * len(lines)


@dataclass(frozen=True)
class Label:
    """A point in pixels that wants a label, the ways to write it, and what it costs to leave it out.

    above, below: how far its mark reaches.
    """

    x: float
    y: float
    wordings: tuple[Wording, ...]
    missing: float = 200.0
    above: float = 8.0
    below: float = 8.0

    @property
    def mark(self) -> Box:
        """What its point covers."""
        return Box(self.x - 8, self.y - self.above, self.x + 8, self.y + self.below)


@dataclass(frozen=True)
class Placed:
    """A label's place: its text, its box relative to its point, and whether a line leads to it."""

    wording: Wording
    dx: float
    top: float
    leftwards: bool
    leader: bool
    cost: float


def place(labels: Sequence[Label], lines: Sequence[Box], bounds: Box) -> list[Placed | None]:
    """For each label its place, or None where there is no room for it.

    No label may cover points or lines, or leave `bounds`. What leads to a label may cross lines.
    """
    options = [_options(label, labels, lines, bounds) for label in labels]
    best: tuple[float, list[Placed | None]] = (float("inf"), [None] * len(labels))
    for order in _orders(options):
        made = _greedy(order, labels, options)
        cost = sum(one.cost if one else label.missing for one, label in zip(made, labels, strict=True))
        if cost < best[0]:
            best = (cost, made)
    return best[1]


def box_of(label: Label, placed: Placed) -> Box:
    """The rectangle that a placed label covers."""
    width, height = placed.wording.size
    left = label.x + placed.dx - (width if placed.leftwards else 0)
    return Box(left, placed.top, left + width, placed.top + height)


def text_width(text: str, size: float, *, digits: float = 0.51) -> float:
    """Width of a text in pixels, estimated from the kinds of its letters and rather too large."""
    total = 0.0
    for letter in text:
        if letter.isdigit():
            total += digits
        elif letter in _THIN:
            total += 0.33
        elif letter in _WIDE:
            total += 0.84
        elif letter.isupper():
            total += 0.63
        else:
            total += 0.55
    return total * size


def wrap(text: str, most: float, size: float = 12.5) -> tuple[str, ...]:
    """The lines of a text, none wider than `most` pixels unless one word is."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


Option = tuple[Placed, Box, Box | None]
Sides = npt.NDArray[np.float64]


def _options(label: Label, every: Sequence[Label], lines: Sequence[Box], bounds: Box) -> list[Option]:
    """Every place for a label that covers nothing but perhaps another label, cheapest first."""
    covered = _sides([*(one.mark for one in every), *lines])
    others = _sides([one.mark for one in every if one is not label])
    crossing = _sides(lines)
    made: list[Option] = []
    for placed in _around(label):
        box = box_of(label, placed)
        inside = (
            bounds.left <= box.left
            and box.right <= bounds.right
            and bounds.top <= box.top
            and box.bottom <= bounds.bottom
        )
        if not inside or _met(covered, box, 1.0):
            continue
        leader = _leader(label, placed, box)
        if leader and _met(others, leader):
            continue
        crossed = _met(crossing, leader) if leader else 0
        made.append((replace(placed, cost=placed.cost + 6 * crossed), box, leader))
    return sorted(made, key=lambda one: one[0].cost)


def _sides(boxes: Sequence[Box]) -> Sides:
    """The left, top, right and bottom sides of boxes, for many comparisons at once."""
    return np.array([(one.left, one.top, one.right, one.bottom) for one in boxes]).reshape(-1, 4).T


def _met(sides: Sides, box: Box, air: float = 0.0) -> int:
    """How many of these boxes overlap with one, or lie nearer than `air`."""
    left, top, right, bottom = sides
    across = (left < box.right + air) & (box.left < right + air)
    return int(np.count_nonzero(across & (top < box.bottom + air) & (box.top < bottom + air)))


def _around(label: Label) -> Iterator[Placed]:
    for wording in label.wordings:
        _width, height = wording.size
        for leftwards in (False, True):
            beside = -_BESIDE if leftwards else _BESIDE
            yield Placed(
                wording, beside, label.y - HEAD / 2 - 1, leftwards, False, wording.cost + 5 + leftwards
            )
            for rank in range(_RANKS):
                away = _NEAR + rank * LINE
                dx = 0.0 if rank else (6.0 if leftwards else -6.0)
                cost = wording.cost + rank * 3 + (3 if rank else 0) + leftwards
                above, below = label.y - label.above - away - height, label.y + label.below + away
                yield Placed(wording, dx, above, leftwards, rank > 0, cost)
                yield Placed(wording, dx, below, leftwards, rank > 0, cost + 1)


def _leader(label: Label, placed: Placed, box: Box) -> Box | None:
    """The thin box of the line from the point to the far end of its label."""
    if not placed.leader:
        return None
    above = box.bottom < label.y
    ends = (box.top, label.y - label.above) if above else (label.y + label.below, box.bottom)
    return Box(label.x - 1, ends[0], label.x + 1, ends[1])


def _orders(options: Sequence[Sequence[Option]]) -> Iterator[list[int]]:
    """Orders to try: along the line, against it, the most cramped first; then one or two labels first."""
    along = list(range(len(options)))
    yield along
    yield along[::-1]
    cramped = sorted(along, key=lambda at: len(options[at]))
    yield cramped
    for first in along if len(along) <= 3 * _FEW else ():
        yield [first, *(at for at in along if at != first)]
        if len(along) <= _FEW:
            for second in along:
                yield list(dict.fromkeys((first, second, *cramped)))


def _greedy(
    order: Sequence[int], labels: Sequence[Label], options: Sequence[Sequence[Option]]
) -> list[Placed | None]:
    taken: list[Box] = []
    leaders: list[Box] = []
    made: list[Placed | None] = [None] * len(labels)
    for at in order:
        for placed, box, leader in options[at]:
            if placed.cost >= labels[at].missing:
                break
            if any(box.meets(one, _AIR) for one in taken) or any(box.meets(one, 2.0) for one in leaders):
                continue
            if leader and any(leader.meets(one, 2.0) for one in taken):
                continue
            made[at] = placed
            taken.append(box)
            if leader:
                leaders.append(leader)
            break
    return made
