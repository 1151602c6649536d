"""The sentences of the page, built from numbers and days. Pure, so that they can be tested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any


def count(number: int, noun: str) -> str:
    """`1 incident`, `1,200 incidents`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def day(date: dt.date) -> str:
    """`5 January 2022`."""
    return f"{date.day} {date:%B %Y}"


def span(start: dt.date, end: dt.date) -> str:
    """`1–13 January 2022`, `28 December 2021 – 13 January 2022`, or one day."""
    if start == end:
        return day(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def headline(summary: Mapping[str, Any], start: dt.date, end: dt.date) -> tuple[str, str]:
    """The number of incidents, and the rest of the sentence that says what is shown."""
    regions, sources = count(summary["regions"], "region"), count(summary["sources"], "source")
    return count(summary["incidents"], "incident"), f"in {regions} from {sources}, {span(start, end)}"
