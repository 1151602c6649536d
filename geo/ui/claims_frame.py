"""The ground a panel of the claims chart is drawn on: measures, positions, and HTML elements on it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from geo.ui.claims_steps import Panel, TimeScale, ValueScale
from geo.ui.claims_words import amount

RIGHT = 16.0
"""Pixels left free at the right, so that a point on the last day is not cut."""

STRIP = 30.0
_MAIN, _PART = (84.0, 280.0), (84.0, 110.0)
"""Pixels above and within the upright scale."""


@dataclass(frozen=True)
class Frame:
    """One panel with its scales. gutter: pixels at the left for the numbers of the upright scale."""

    panel: Panel
    time: TimeScale
    values: ValueScale
    main: bool
    gutter: float

    @property
    def top(self) -> float:
        """Pixels above the highest line, which labels may use."""
        return (_MAIN if self.main else _PART)[0]

    @property
    def base(self) -> float:
        """Where the upright scale begins, in pixels from the top."""
        return self.top + ((_MAIN if self.main else _PART)[1] if self.panel.marks else 0)

    @property
    def axis(self) -> float:
        """Where the axis of time lies: below the strip of what was said without a number."""
        return self.base + (STRIP if self.panel.wordless else 0)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        return self.base - self.values(value) * (self.base - self.top)

    @property
    def steps(self) -> list[str]:
        """What is written at the lines across."""
        return [amount(step) for step in self.values.steps] if self.panel.marks else []


def values_of(panel: Panel, main: bool) -> ValueScale:
    """The upright scale of a panel."""
    return ValueScale.over([mark.value for mark in panel.marks] or [0, 1], 5 if main else 3)


def share(part: float) -> str:
    """A share of the width as CSS has it."""
    return f"{part * 100:.2f}%"


def tag(kind: str, text: str | None = None, **style: float | str) -> str:
    """An element of the chart: a line or box without text, or a text that screen readers leave out.

    style: CSS properties; numbers are pixels.
    """
    rules = ";".join(f"{name}:{at if isinstance(at, str) else f'{at:.1f}px'}" for name, at in style.items())
    if text is None:
        return f'<i class="{kind}" style="{rules}"></i>'
    return f'<span class="{kind}" aria-hidden="true" style="{rules}">{escape(text)}</span>'
