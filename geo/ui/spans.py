"""Incidents whose day is not known exactly: lines below the bars, from the first to the last possible day.

Incidents of the same days share a line; lines that overlap lie in lanes below each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from geo.ui.i18n import ngettext, span

Span = tuple[dt.date, dt.date, int]
"""First and last possible day, and how many incidents are known only to that."""

LANES = 4
"""Lanes at most; what finds no room in them is left to the table."""


def lanes(spans: Sequence[Span], first: dt.date, last: dt.date) -> pd.DataFrame:
    """One row per line: start, end (days), n, lane (0 is the highest) and label.

    Long spans come first, for they are the ones that one day would belie. first, last: the days drawn.
    """
    free = [dt.date.min] * LANES
    rows = []
    for start, end, number in sorted(spans, key=lambda one: (one[0], -one[1].toordinal())):
        left, right = max(start, first), min(end, last)
        lane = next((lane for lane, until in enumerate(free) if until < left), None)
        if left > right or lane is None:
            continue
        free[lane] = right
        rows.append((left, right, number, lane, _label(start, end, number)))
    return pd.DataFrame(rows, columns=["start", "end", "n", "lane", "label"])


def _label(start: dt.date, end: dt.date, number: int) -> str:
    text = ngettext("{n} incident some time on {days}", "{n} incidents some time on {days}", number)
    return text.format(days=span(start, end))
