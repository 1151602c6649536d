"""Lines of text that fit, and boxes that do not overlap. Lengths are points, 1/72 inch."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from matplotlib.font_manager import FontProperties, findfont, get_font

from geo.exports.text import printable

FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that a picture is the same everywhere; holds Latin, Cyrillic, Greek, Arabic."""

_LARGE = 200.0


class Box(NamedTuple):
    """A rectangle: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether they overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def within(self, other: Box) -> bool:
        """Whether it lies inside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )


class Page:
    """What is taken on a page of this size."""

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        self.taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Keep others out of here."""
        self.taken.append(box)

    def free(self, box: Box) -> bool:
        """Whether it fits into the frame without touching what is there."""
        return box.within(self.frame) and not any(box.meets(other) for other in self.taken)

    def first(self, wanted: Iterable[Box]) -> Box | None:
        """The first of these that is free, taken; None where none is."""
        for box in wanted:
            if self.free(box):
                self.take(box)
                return box
        return None


def clean(text: str) -> str:
    """One line without what cannot be drawn."""
    return " ".join(str(printable(text)).split())


@lru_cache(maxsize=20_000)
def width(text: str, size: float, weight: str = "normal") -> float:
    """How long a line is."""
    font = get_font(findfont(FontProperties(family=FAMILY, weight=weight)))
    font.set_size(_LARGE, 72)  # where hinting rounds nothing
    font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 64 * size / _LARGE


def wrap(text: str, room: float, size: float, weight: str = "normal", most: int = 99) -> list[str]:
    """Lines no longer than `room`: too long a word is broken, and beyond `most` lines is an ellipsis."""
    lines = [""]
    for word in clean(text).split(" "):
        rest = word
        longer = f"{lines[-1]} {rest}".strip()
        if width(longer, size, weight) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        while width(rest, size, weight) > room and len(lines) <= most:
            cut = _fitting(rest, room, size, weight)
            lines[-1], rest = rest[:cut], rest[cut:]
            lines.append("")
        lines[-1] = rest
        if len(lines) > most:
            break
    if len(lines) > most:
        lines = lines[:most]
        while lines[-1] and width(lines[-1] + "…", size, weight) > room:
            lines[-1] = lines[-1][:-1].rstrip()
        lines[-1] += "…"
    return lines


def shortened(text: str, room: float, size: float, weight: str = "normal") -> str:
    """A line cut to `room`, with an ellipsis where something is missing."""
    text = clean(text)
    if width(text, size, weight) <= room:
        return text
    cut = _fitting(text, room - width("…", size, weight), size, weight)
    return text[:cut].rstrip(" …") + "…"


def _fitting(text: str, room: float, size: float, weight: str) -> int:
    low, high = 1, min(len(text), max(2, int(room)))
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle], size, weight) <= room:
            low = middle
        else:
            high = middle - 1
    return low
