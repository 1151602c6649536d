"""How well single date expressions are read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.evaluate.gold import Row
from scripts.evaluate.judge import overlap

Answer = tuple[str, str, str]


@dataclass(frozen=True)
class Expression:
    """A sentence with a date in it.

    expected: readings that count as right, first day, last day and precision; none where no day follows
    from the words.
    """

    text: str
    words: str
    span: tuple[int, int]
    language: str
    published: dt.date
    expected: tuple[Answer, ...]


def read(path: Path) -> list[Expression]:
    """The expressions of a file."""
    return [
        Expression(
            row["text"],
            row["expression"],
            (row["evidence"][0], row["evidence"][1]),
            row["language"],
            dt.date.fromisoformat(row["published"]),
            tuple(tuple(answer) for answer in row["expected"] or ()),
        )
        for row in json.loads(path.read_text(encoding="utf-8"))["expressions"]
    ]


def right(times: Sequence[Row], asked: Expression) -> bool:
    """Whether the time expressions of a reading hold the one asked for, and none with another day there."""
    here = [row for row in times if overlap([row["span"]], [asked.span]) and row["start"] is not None]
    if not asked.expected:
        return not here
    found = {(row["start"], row["end"] or row["start"], str(row["precision"])) for row in here}
    return len(found) == 1 and found <= set(asked.expected)


def missed(
    asked: Sequence[Expression], times_of: Callable[[Expression], Sequence[Row]]
) -> list[tuple[Expression, str]]:
    """Those that were read otherwise, with how."""
    wrong = []
    for one in asked:
        times = times_of(one)
        if not right(times, one):
            said = [f"{row['start']}–{row['end']} ({row['precision']})" for row in times if row["start"]]
            wrong.append((one, "; ".join(said) or "no date"))
    return wrong
